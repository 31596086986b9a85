"""Runs the command line in this process and tells what came of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gateway import cli


class Ran:
    """What a command printed and how it ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.out = out
        self.err = err

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)


Run = Callable[..., Ran]


def runner(store: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command on a store."""

    def run(*words: str | int) -> Ran:
        code = 0
        try:
            cli.main(["--trace-dir", str(store), *map(str, words)])
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return run
