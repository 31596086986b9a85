"""Memory does not grow with the record: ten times the events take next to nothing more."""

from __future__ import annotations

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


LAUNCHER = """
import os, sys
out = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
pid = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, out, 1)])
_, status, usage = os.wait4(pid, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_maxrss)
"""
"""Starts a command from a small process: the kernel counts what stood in a process before it became the command, too."""


def peak(store: Path, line: str) -> int:
    """Return the peak of a command's memory, in kilobytes."""
    words = [sys.executable, "-m", "gateway", "--trace-dir", str(store), *line.split()]
    launcher = [sys.executable, "-S", "-c", LAUNCHER, str(store.parent / "out"), *words]
    code, most = subprocess.run(launcher, cwd=store.parent, stdout=subprocess.PIPE, text=True, check=True).stdout.split()
    assert code == "0", line
    return int(most)


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
