from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from gateway.reports.status_line import line_of
from tests.stores import call, pytest_story, session, verdict

ROOT = Path(__file__).parents[2]
ENTRY = ROOT / "gateway" / "entry.py"


def given(folder: Path, **more: Any) -> dict[str, Any]:
    """Return what the client hands over."""
    return {
        "session_id": "s-1",
        "workspace": {"current_dir": str(folder), "project_dir": str(folder)},
        "model": {"id": "claude-opus-4-5", "display_name": "Opus 4.5"},
        "cost": {"total_cost_usd": 0.41494},
        "context_window": {"used_percentage": 41.7, "context_window_size": 200_000},
        **more,
    }


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    asked, denied = call(1, "a", "Bash", verdict("ask"), command="x"), call(2, "b", "Read", verdict("deny"), file_path=".env")
    session(tmp_path / ".agent-traces", "s-1", *pytest_story(), asked, denied)
    return tmp_path


class TestLine:
    def test_tells_model_context_cost_and_verdicts(self, project: Path) -> None:
        assert line_of(given(project)) == "Opus 4.5 · context 42% of 200k · $0.41 · 6 calls, 1 blocked, 1 asked"

    @pytest.mark.parametrize(
        ("more", "line"),
        [
            ({"cost": {}, "context_window": None}, "Opus 4.5 · 6 calls, 1 blocked, 1 asked"),
            ({"cost": {"total_cost_usd": "1"}, "model": {"id": "m"}}, "m · context 42% of 200k · 6 calls, 1 blocked, 1 asked"),
            ({"cost": {"total_cost_usd": 0}}, "Opus 4.5 · context 42% of 200k · $0.00 · 6 calls, 1 blocked, 1 asked"),
            ({"session_id": "other"}, "Opus 4.5 · context 42% of 200k · $0.41 · not recorded"),
            ({"session_id": 1}, "Opus 4.5 · context 42% of 200k · $0.41 · no session"),
            ({"session_id": "../s-1"}, "Opus 4.5 · context 42% of 200k · $0.41 · not recorded"),
            ({"workspace": {"project_dir": "/nowhere\0"}}, "Opus 4.5 · context 42% of 200k · $0.41 · not recorded"),
            ({"workspace": {"project_dir": "/\ud800"}}, "Opus 4.5 · context 42% of 200k · $0.41 · not recorded"),
            (
                {"context_window": {"used_percentage": float("inf")}, "cost": {"total_cost_usd": float("nan")}},
                "Opus 4.5 · 6 calls, 1 blocked, 1 asked",
            ),
        ],
    )
    def test_what_is_not_known_is_left_out(self, project: Path, more: dict[str, Any], line: str) -> None:
        assert line_of(given(project, **more)) == line

    def test_what_steers_a_terminal_does_not_reach_it(self, project: Path) -> None:
        assert "\x1b" not in line_of(given(project, model={"display_name": "a\x1b[31m\nb"})).partition(" · context")[0]


class TestProcess:
    @staticmethod
    def run(folder: Path, data: bytes, *words: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([sys.executable, "-I", str(ENTRY), *words, "statusline"], input=data, capture_output=True, cwd=folder, check=False)

    def test_as_the_client_starts_it(self, project: Path) -> None:
        done = self.run(project, json.dumps(given(project)).encode())
        assert (done.returncode, done.stdout.decode(), done.stderr) == (0, f"{line_of(given(project))}\n", b"")

    def test_with_another_store(self, project: Path, tmp_path: Path) -> None:
        store = tmp_path / "elsewhere"
        session(store, "s-1", call(0, "a", "Bash", command="x"))
        assert self.run(project, json.dumps(given(project)).encode(), "--trace-dir", str(store)).stdout.endswith(b" 1 call\n")

    @pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff", b'{"session_id": "s-1"'])
    def test_whatever_comes_it_says_a_line(self, project: Path, data: bytes) -> None:
        done = self.run(project, data)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"no session\n", b"")

    def test_is_quick(self, project: Path) -> None:
        data = json.dumps(given(project)).encode()
        whole = min(self.seconds([sys.executable, "-I", str(ENTRY), "statusline"], project, data) for _ in range(5))
        typed = min(self.seconds([sys.executable, "-I", str(ENTRY), "list", "--help"], project, b"") for _ in range(5))
        assert whole < 0.7 * typed, "typer alone costs as much"

    @staticmethod
    def seconds(words: list[str], folder: Path, data: bytes) -> float:
        start = time.perf_counter()
        subprocess.run(words, input=data, capture_output=True, cwd=folder, check=True, env=dict(os.environ))
        return time.perf_counter() - start
