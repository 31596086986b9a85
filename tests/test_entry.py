"""The entry file as agents start it: a process that looks at one word and answers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from gateway.doors.hook.install import ENTRY


class TestMain:
    def test_version_is_said(self) -> None:
        done = subprocess.run([sys.executable, ENTRY, "--version"], capture_output=True, text=True, check=False)
        assert done.returncode == 0 and done.stdout.startswith("agent-strace ")

    def test_a_lane_that_cannot_be_loaded_refuses(self, tmp_path: Path) -> None:
        broken = tmp_path / "gateway"
        broken.mkdir()
        (broken / "entry.py").write_text(Path(ENTRY).read_text())
        (broken / "__init__.py").write_text("raise RuntimeError('half installed')\n")
        done = subprocess.run([sys.executable, "-I", "-S", str(broken / "entry.py"), "hook", "pre-tool"], input="{}", capture_output=True, text=True)
        assert done.returncode == 2 and "half installed" in done.stderr and "Traceback" not in done.stderr

    def test_the_interpreter_flags_of_setup_are_enough(self) -> None:
        done = subprocess.run([sys.executable, "-I", "-S", ENTRY, "hook", "nonsense", "event", "x"], input="", capture_output=True, text=True)
        assert done.returncode == 2 and "unknown agent or event" in done.stderr
