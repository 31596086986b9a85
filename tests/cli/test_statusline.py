from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.reports.command_line import runner
from tests.stores import call, session


def test_reads_stdin_and_the_store_that_was_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    session(tmp_path, "s-1", call(0, "a", "Bash", command="x"))
    given = json.dumps({"session_id": "s-1", "model": {"id": "m"}}).encode()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(given), isatty=lambda: False))
    assert runner(tmp_path, capsys)("statusline").out == "m · 1 call\n"
