"""Observe mode from a real hook to the audit: nothing is refused, both verdicts are recorded, and it is told what enforcing would change."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import run, run_json
from tests.recorded import Project

CALLS: list[tuple[str, dict[str, Any]]] = [
    ("Bash", {"command": "make test"}),
    ("Bash", {"command": "curl https://x.example.com"}),
    ("Read", {"file_path": ".env"}),
    ("Bash", {"command": "ls"}),
]


def hooked(project: Project) -> list[str]:
    """Send each call through the hook as a client does; return what it answered."""
    answers = []
    for number, (tool, given) in enumerate(CALLS):
        payload = {
            "session_id": "observed",
            "cwd": str(project.root),
            "hook_event_name": "PreToolUse",
            "tool_name": tool,
            "tool_input": given,
            "tool_use_id": f"toolu_{number}",
        }
        done = subprocess.run(
            [sys.executable, "-m", "gateway", "hook", "pre-tool"],
            input=json.dumps(payload),
            capture_output=True,
            text=True,
            cwd=project.root,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
            check=False,
        )
        said = json.loads(done.stdout)["hookSpecificOutput"]["permissionDecision"] if done.stdout.strip() else ""
        answers.append("deny" if done.returncode == 2 else said or "allow")
    return answers


class TestObserveMode:
    @pytest.mark.parametrize(
        ("policy", "answers", "recorded"),
        [
            (
                {"mode": "observe", "commands": {"deny": ["curl"], "ask": ["make"]}, "files": {"read": {"deny": [".env"]}}},
                ["allow", "allow", "ask", "allow"],
                [("allow", "ask"), ("allow", "deny"), ("ask", "deny"), ("allow", "allow")],
            ),
            (
                {"commands": {"deny": [{"match": "curl", "mode": "observe"}], "ask": ["make"]}},
                ["ask", "allow", "ask", "allow"],
                [("ask", "ask"), ("allow", "deny"), ("ask", "ask"), ("allow", "allow")],
            ),
        ],
        ids=["document", "entry"],
    )
    def test_both_verdicts_from_the_hook_to_the_audit(self, tmp_path: Path, policy: Any, answers: list[str], recorded: list[tuple[str, str]]) -> None:
        project = Project(tmp_path / "p", policy)
        assert hooked(project) == answers
        decisions = [event.data["decision"] for event in project.calls("observed")]
        assert [(one["effect"], one.get("shadow", one["effect"])) for one in decisions] == recorded
        store = ("--trace-dir", project.store)
        (audit,) = run_json(*store, "audit", "--json")["audits"]
        assert audit["violations"] == []
        changed = [(CALLS[one["event"] - 1][1], one["would"]) for one in audit["would_have_changed"]]
        assert changed == [(given, would) for (_, given), (was, would) in zip(CALLS, recorded, strict=True) if was != would]
        assert "Enforcing everything would have stopped" in run(*store, "audit", "--shadow")[1]

    def test_a_user_file_that_observes_switches_baseline_to_watching(self, tmp_path: Path, own_world: Path) -> None:
        user = own_world / ".config" / "agent-strace" / "agent-scope.json"
        user.parent.mkdir(parents=True)
        user.write_text('{"mode": "observe"}')
        project = Project(tmp_path / "p", {})
        assert hooked(project) == ["allow"] * 4
        (audit,) = run_json("--trace-dir", project.store, "audit", "--json")["audits"]
        assert [one["would"] for one in audit["would_have_changed"]] == ["ask"]
