"""What a hook starts goes on alone: the hook does not wait for it, and nothing of the client's stays open."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from gateway.doors.hook import detached

START = "import sys; sys.path.insert(0, sys.argv[1]); from gateway.doors.hook.detached import start; start(sys.argv[2:])"
ROOT = Path(detached.__file__).parents[3]


def test_nobody_waits_for_it_and_it_ends_its_work(tmp_path: Path) -> None:
    work = [sys.executable, "-c", "import sys, time; time.sleep(2); open(sys.argv[1], 'w').close()", str(tmp_path / "done")]
    begun = time.monotonic()
    done = subprocess.run([sys.executable, "-c", START, str(ROOT), *work], capture_output=True, timeout=60, check=True)
    assert (done.stdout, done.stderr) == (b"", b"") and time.monotonic() - begun < 2
    while not (tmp_path / "done").exists() and time.monotonic() - begun < 30:
        time.sleep(0.05)
    assert (tmp_path / "done").exists()


def test_a_command_that_is_not_there_is_no_trouble(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", START, str(ROOT), str(tmp_path / "none")], capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
