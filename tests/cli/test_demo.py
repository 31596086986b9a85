from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """The demo, run as a user runs it, in an empty folder."""
    folder = tmp_path_factory.mktemp("demo")
    done = subprocess.run([sys.executable, "-m", "gateway", "demo"], cwd=folder, capture_output=True, text=True, check=False)
    assert list(folder.iterdir()) == []
    return done


class TestDemo:
    def test_shows_an_allowed_an_asked_and_a_blocked_call(self, shown: subprocess.CompletedProcess[str]) -> None:
        assert shown.returncode == 0, shown.stderr
        for word in (
            "✅ allowed",
            "✂  redacted   in the record it says: GITHUB_TOKEN=[REDACTED:",
            "❓ asked",
            "⛔ blocked",
            "agent-strace replay",
            "agent-strace audit",
            "Violations",
        ):
            assert word in shown.stdout, shown.stdout

    def test_the_token_stands_nowhere(self, shown: subprocess.CompletedProcess[str]) -> None:
        assert "ghp_" not in shown.stdout

    def test_names_the_folder_that_holds_everything(self, shown: subprocess.CompletedProcess[str]) -> None:
        match = re.search(r"Everything stands in (\S+);", shown.stdout)
        assert match and (Path(match.group(1)) / "shop" / ".agent-traces").is_dir()
        shutil.rmtree(match.group(1))
