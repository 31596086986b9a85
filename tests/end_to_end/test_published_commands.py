"""Every command line that the published tool's README shows works here, on a project with sessions to work on."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gateway.cli.registry import COMMANDS, GROUPS
from tests.analysis.test_phases import README
from tests.stores import call, event, pytest_story, result, session

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = ROOT / "tests" / "fixtures" / "published_store"

LINES = """
setup
setup --redact
setup --global
setup --redact --global
replay
replay abc123
replay --expand-subagents
replay --tree
replay --filter tool_call,error
replay --live --speed 1000
list
explain
explain abc123
stats
stats abc123
stats --include-subagents
inspect abc123
export abc123 --format json
export abc123 --format csv
export abc123 --format ndjson
export abc123 --format otlp
import --discover
import session.jsonl
cost
cost abc123
cost abc123 --model opus
cost abc123 --model sonnet
cost abc123 --model haiku
cost abc123 --model gpt4
cost abc123 --model gpt4o
cost abc123 --input-price 3.0 --output-price 15.0
diff abc123 def456
diff --semantic abc123 def456
diff abc123 def456 --semantic
diff abc123 def456 --semantic --eval-config eval.json
why abc123 4
why 4
audit
audit abc123
audit abc123 --policy .agent-scope.json
audit --policy .agent-scope.json
policy
policy --output new.json
policy --last 20 --output newer.json
dashboard
dashboard --last 20
dashboard --since 2024-06-01
dashboard --html report.html
show abc123
annotate abc123 12 --note "Why did it call bash here instead of write_file?"
annotate abc123 12 --label regression
annotate abc123 12 --bookmark
annotate abc123 --list
annotate abc123 12 --delete ANNOTATION_ID
token-budget abc123
token-budget abc123 --model claude-3-5-sonnet
token-budget abc123 --model gpt-4o --warn-at 75
token-budget abc123 --model unheard-of --limit 100000
share abc123 -o page.html
share abc123
watch --max-context-pct 80 --max-idle 0.1 abc123
""".strip().splitlines()
FOUND = {1: ("audit", "token-budget"), 4: ("watch",)}
"""Commands that may end with a finding, and those that may say that nothing tells what they were asked to watch."""

TRANSCRIPT = [
    {
        "type": "user",
        "sessionId": "imported-1",
        "uuid": "u1",
        "timestamp": "2026-02-02T02:40:00Z",
        "cwd": "/p",
        "message": {"role": "user", "content": "hi"},
    },
    {
        "type": "assistant",
        "sessionId": "imported-1",
        "uuid": "u2",
        "parentUuid": "u1",
        "timestamp": "2026-02-02T02:40:01Z",
        "cwd": "/p",
        "message": {
            "id": "m1",
            "role": "assistant",
            "model": "claude-sonnet-4-5",
            "content": [{"type": "text", "text": "hello"}],
            "usage": {"input_tokens": 5, "output_tokens": 2},
        },
    },
]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a project with a policy, a store, a transcript and an evaluation."""
    store = tmp_path / ".agent-traces"
    shutil.copytree(PUBLISHED, store)
    meta = {"agent_name": "claude-code", "attribution": {"working_dir": str(tmp_path), "os_user": "alice"}}
    session(store, "abc123", *README, meta=meta)
    session(store, "def456", *README[:6], call(10, "e", "Bash", command="uv run pytest"), result(50, "e", "Bash"), meta=meta)
    os.utime(session(store, "latest1", *pytest_story(), event("x", 200), meta=meta), (4e9, 4e9))
    (tmp_path / ".agent-scope.json").write_text(json.dumps({"commands": {"deny": ["curl"]}}))
    (tmp_path / "eval.json").write_text(json.dumps({"assertions": [{"metric": "errors", "of": "delta", "max": 0}]}))
    (tmp_path / "session.jsonl").write_text("".join(json.dumps(line) + "\n" for line in TRANSCRIPT))
    transcripts = Path.home() / ".claude" / "projects" / "-p"
    transcripts.mkdir(parents=True)
    shutil.copy(tmp_path / "session.jsonl", transcripts / "imported-1.jsonl")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(line: str, project: Path) -> subprocess.CompletedProcess[str]:
    """Run one command line in the project."""
    words = shlex.split(line)
    if "ANNOTATION_ID" in words:
        made = run("annotate abc123 12 --label x --json", project)
        words[words.index("ANNOTATION_ID")] = json.loads(made.stdout)["annotation_id"]
    return subprocess.run(
        [sys.executable, "-m", "gateway", *words], cwd=project, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


class TestLines:
    @pytest.mark.parametrize("line", LINES)
    def test_runs(self, project: Path, line: str) -> None:
        done = run(line, project)
        name = line.split()[0]
        assert done.returncode == 0 or name in FOUND.get(done.returncode, ()), done.stderr
        assert done.stdout or done.stderr
        assert "Traceback" not in done.stdout + done.stderr
        for word in ("new.json", "newer.json", "report.html", "page.html"):
            assert word not in line.split() or (project / word).stat().st_size > 100

    def test_every_command_of_the_list_is_known(self) -> None:
        known = {command.name for command in COMMANDS} | {group.name for group in GROUPS}
        assert {line.split()[0] for line in LINES} <= known


class TestPublishedStore:
    """Sessions that another version wrote are read by every command."""

    SESSIONS = sorted(path.name for path in PUBLISHED.iterdir() if path.is_dir())
    READERS = (
        "replay S",
        "replay S --json",
        "replay S --tree",
        "replay S --expand-subagents",
        "list --json",
        "show S",
        "stats S --include-subagents",
        "inspect S",
        "explain S",
        "cost S",
        "why S 2",
        "diff S S",
        "diff S S --semantic",
        "audit S --json",
        "annotate S --list",
        "export S --format ndjson",
        "export S --format csv",
        "export S --format otlp",
        "dashboard --json",
        "verify S",
        "share S",
    )

    @pytest.mark.parametrize("name", SESSIONS)
    def test_by_every_command(self, project: Path, name: str) -> None:
        for line in self.READERS:
            done = run(line.replace("S", name), project)
            fine = (0, 3) if line.startswith("verify") else (0, 1)  # two of them have no hashes, and are not called whole
            assert done.returncode in fine and done.stdout + done.stderr and "Traceback" not in done.stderr, (line, done.stderr)
