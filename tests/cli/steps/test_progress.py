from __future__ import annotations

import io

import pytest

from gateway.cli.steps.progress import watched_sessions


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class TestWatchedSessions:
    @pytest.mark.parametrize("names", [[], ["a"], ["a", "b", "c"]])
    @pytest.mark.parametrize("err", [io.StringIO, Terminal])
    def test_every_session_comes_by_in_order(self, names: list[str], err: type[io.StringIO], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.stderr", err())
        assert list(watched_sessions(names)) == names

    def test_nothing_is_shown_where_nobody_looks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        err = io.StringIO()
        monkeypatch.setattr("sys.stderr", err)
        list(watched_sessions(["a", "b"]))
        assert err.getvalue() == ""
