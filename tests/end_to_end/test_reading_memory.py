"""Memory does not grow with the record: ten times the events take next to nothing more."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.sessions import write_session

COMMANDS = (
    "stats big",
    "why big 4990",
    "explain big",
    "explain big --json",
    "replay big",
    "replay big --json",
    "show big",
    "list",
    "inspect big",
    "diff big big",
)
MOST = 120 * 1024
"""Kilobytes that a command may take at most."""
MORE = 30 * 1024
"""Kilobytes that it may take more for ten times the events: names of files, places of events, a cache in memory."""


def peak(store: Path, line: str) -> int:
    """Return the peak of a command's memory, in kilobytes."""
    words = [sys.executable, "-m", "gateway", "--trace-dir", str(store), *line.split()]
    with open(store.parent / "out", "wb") as out, subprocess.Popen(words, stdout=out, cwd=store.parent) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, line
    return usage.ru_maxrss


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a store with a session, and one with a session ten times as long."""
    folder = tmp_path_factory.mktemp("memory")
    write_session(folder / "short", "big", 5_000)
    write_session(folder / "long", "big", 50_000)
    return folder / "short", folder / "long"


class TestMemory:
    @pytest.mark.parametrize("line", COMMANDS)
    def test_does_not_grow_with_the_record(self, stores: tuple[Path, Path], line: str) -> None:
        short, long = (peak(store, line) for store in stores)
        assert long < MOST and long - short < MORE
