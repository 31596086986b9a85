from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gateway.reports.pager import paged


class TestPaged:
    def test_goes_straight_out_where_nobody_looks_on(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PAGER", "false")
        for wanted in (True, False):
            with paged(wanted=wanted) as write:
                write("a\n")
        assert capsys.readouterr().out == "a\na\n"

    def test_goes_through_the_pager_on_a_terminal(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setenv("PAGER", f"sh -c 'cat > {tmp_path}/seen'")
        with paged(wanted=True) as write:
            write("a ⛔\n" * 10_000)
        assert (tmp_path / "seen").read_text() == "a ⛔\n" * 10_000 and capsys.readouterr().out == ""

    def test_a_pager_that_is_left_early_is_no_error(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setenv("PAGER", "true")
        written = []
        with paged(wanted=True) as write:
            for number in range(100_000):
                write("some line\n")
                written.append(number)
        assert len(written) < 100_000

    @pytest.mark.parametrize(("name", "value"), [("PAGER", "cat"), ("PAGER", ""), ("PAGER", "no-such-pager"), ("TERM", "dumb")])
    def test_no_pager(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str) -> None:
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setenv("PAGER", "less")
        monkeypatch.setenv(name, value)
        with paged(wanted=True) as write:
            write("a\n")
        assert capsys.readouterr().out == "a\n"
