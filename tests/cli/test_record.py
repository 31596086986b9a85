"""`record` reads its options; what it does stands in tests/end_to_end/test_record.py."""

from __future__ import annotations

import subprocess
import sys


class TestOptions:
    def test_an_unknown_style(self) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "gateway", "record", "--deny-style", "loud", "--", "true"], capture_output=True, text=True, check=False
        )
        assert done.returncode == 2 and "loud" in done.stderr
