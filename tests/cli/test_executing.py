from __future__ import annotations

import subprocess
import sys
from pathlib import Path


class TestExecuting:
    def test_the_help_says_what_it_is_for(self) -> None:
        done = subprocess.run([sys.executable, "-m", "gateway", "exec", "--help"], capture_output=True, text=True, check=False)
        assert done.returncode == 0 and "redact its output" in " ".join(done.stdout.split())

    def test_options_before_it_count(self, tmp_path: Path) -> None:
        command = [sys.executable, "-m", "gateway", "--trace-dir", str(tmp_path / "t"), "exec", "--redact", "--", "sh", "-c", "echo hello; exit 5"]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
        assert (done.returncode, done.stdout) == (5, "hello\n"), done.stderr
