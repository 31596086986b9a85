"""The folders of this user."""

from __future__ import annotations

import os

import pytest

from gateway.host.user_folders import config_folder, home, state_folder

STRANGER = 54321


class TestPlaces:
    def test_defaults_and_variables(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert config_folder() == home() + "/.config/agent-strace" and state_folder() == home() + "/.local/state/agent-strace"
        monkeypatch.setenv("XDG_CONFIG_HOME", "/c")
        monkeypatch.setenv("XDG_STATE_HOME", "/s")
        assert (config_folder(), state_folder()) == ("/c/agent-strace", "/s/agent-strace")

    @pytest.mark.parametrize("told", ["", "relative", None])
    def test_a_home_that_is_not_told_is_the_user_databases(self, told: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
        import pwd

        monkeypatch.delenv("HOME") if told is None else monkeypatch.setenv("HOME", told)
        assert home() == pwd.getpwuid(os.geteuid()).pw_dir

    def test_a_user_without_an_entry(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("HOME")
        monkeypatch.setattr(os, "geteuid", lambda: STRANGER)
        assert home() == "/"
