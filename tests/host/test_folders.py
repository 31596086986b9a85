from __future__ import annotations

from pathlib import Path

import pytest

from gateway.host.folders import config_folder, home, policies_from, project_root, state_folder, trace_folder


class TestProjectRoot:
    @pytest.mark.parametrize(
        ("marks", "start", "want"),
        [
            ([], "a/b", "a/b"),
            ([".git"], "a/b", ""),
            ([".git", "a/.agent-traces"], "a/b", "a"),
            ([".git", "a/.agent-traces", "a/b/.git"], "a/b", "a"),
            ([".agent-scope.json", "a/b/.git"], "a/b", ""),
            (["a/.agent-scope.json", ".agent-scope.json"], "a/b/c", "a"),
        ],
    )
    def test_nearest_policy_then_trace_then_git(self, tmp_path: Path, marks: list[str], start: str, want: str) -> None:
        (tmp_path / start).mkdir(parents=True)
        for mark in marks:
            (tmp_path / mark).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / mark).mkdir()
        assert project_root(f"{tmp_path}/{start}") == f"{tmp_path}/{want}".rstrip("/")

    def test_a_home_folder_is_no_project_unless_it_has_a_policy(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        (tmp_path / ".git").mkdir()
        (tmp_path / "x").mkdir()
        assert project_root(f"{tmp_path}/x") == f"{tmp_path}/x"
        (tmp_path / ".agent-scope.json").touch()
        assert project_root(f"{tmp_path}/x") == str(tmp_path)


class TestPolicies:
    def test_every_policy_upwards_nearest_first(self, tmp_path: Path) -> None:
        (tmp_path / "a").mkdir()
        for folder in (tmp_path, tmp_path / "a"):
            (folder / ".agent-scope.json").touch()
        assert policies_from(f"{tmp_path}/a/deeper")[:2] == [f"{tmp_path}/a/.agent-scope.json", f"{tmp_path}/.agent-scope.json"]

    def test_a_dangling_link_counts_as_there(self, tmp_path: Path) -> None:
        (tmp_path / ".agent-scope.json").symlink_to("gone")
        assert policies_from(str(tmp_path))


class TestPlaces:
    def test_defaults_and_variables(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert config_folder() == home() + "/.config/agent-strace" and state_folder() == home() + "/.local/state/agent-strace"
        monkeypatch.setenv("XDG_CONFIG_HOME", "/c")
        monkeypatch.setenv("XDG_STATE_HOME", "/s")
        assert (config_folder(), state_folder()) == ("/c/agent-strace", "/s/agent-strace")

    def test_the_trace_folder(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert trace_folder("/p") == "/p/.agent-traces" and trace_folder("/") == "/.agent-traces"
        monkeypatch.setenv("AGENT_TRACE_DIR", "mine")
        assert trace_folder("/p") == "/p/mine"
