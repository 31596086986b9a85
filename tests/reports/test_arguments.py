from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.reports.arguments import folder_of, json_text, told_progress
from tests.stores import session


class TestJson:
    @given(st.text())
    def test_says_the_same_whatever_is_escaped(self, text: str) -> None:
        written = json_text({"a": text})
        assert json.loads(written) == {"a": text} and not any(char in written for char in "\x1b\x07\x7f\x9b\u202e\u2066")

    def test_other_letters_stay(self) -> None:
        assert json_text(["é漢"]) == '["é漢"]' and json_text({"a": 1}, 2) == '{\n  "a": 1\n}'


class TestFolder:
    @pytest.mark.parametrize(
        ("meta", "folder"),
        [
            ({"attribution": {"working_dir": "/p/x/"}}, "/p/x"),
            ({"attribution": {"working_dir": "/"}}, "/"),
            ({"attribution": {"working_dir": "relative"}}, None),
            ({"attribution": 7}, None),
            ({}, None),
        ],
    )
    def test_where_a_session_worked(self, tmp_path: Path, meta: dict[str, object], folder: str | None) -> None:
        session(tmp_path / ".agent-traces", "s", meta=meta)
        assert folder_of(f"{tmp_path}/.agent-traces/", "s") == (folder or str(tmp_path))


class TestProgress:
    def test_only_a_person_is_told(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        told_progress(1, 100)
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        told_progress(1, 10)
        assert capsys.readouterr().err == ""
        told_progress(1, 100)
        assert capsys.readouterr().err == "\r\x1b[Kreading 2 of 100 sessions"
