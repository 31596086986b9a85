"""A store of its own for every report's test, and the command line on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reports.command_line import Run, runner


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Return a store to write sessions into."""
    return tmp_path / ".agent-traces"


@pytest.fixture
def run(store: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command on the store."""
    return runner(store, capsys)
