"""Running the command line inside the test's process."""

from __future__ import annotations

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

from gateway.cli import main


class _Out(io.TextIOWrapper):
    def text(self) -> str:
        self.flush()
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue().decode()


def run(*arguments: str, stdin: str = "") -> tuple[int, str, str]:
    """Return (exit code, stdout, stderr) of one command."""
    out, err = _Out(io.BytesIO(), encoding="utf-8"), _Out(io.BytesIO(), encoding="utf-8")
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
    try:
        with redirect_stdout(out), redirect_stderr(err):
            try:
                main(list(arguments))
                code = 0
            except SystemExit as end:
                code = int(end.code or 0)
    finally:
        sys.stdin = before
    return code, out.text(), err.text()


def run_json(*arguments: str, stdin: str = "", code: int = 0) -> Any:
    """Return what a command printed as one JSON document; its exit code must be `code`."""
    got, out, err = run(*arguments, stdin=stdin)
    assert got == code, (got, out[-2000:], err[-2000:])
    return json.loads(out)
