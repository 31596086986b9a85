from __future__ import annotations

import importlib
import json
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, get_type_hints

import jsonschema
import pytest

from gateway.cli.policy import STEPS
from gateway.cli.registry import COMMANDS
from gateway.host import approvals
from gateway.reports.schemas.reports import DOCUMENTS
from tests.analysis.test_phases import README
from tests.exports.otlp.collector import Collector
from tests.gates.fresh import ROOT, report_schemas
from tests.reports.command_line import Run
from tests.stores import call, event, pytest_story, result, session, verdict

LINES = {
    "list": ("list", "--json"),
    "search": ("search", "tool:*", "--json"),
    "show": ("show", "s1", "--json"),
    "stats": ("stats", "s1", "--include-subagents", "--json"),
    "explain": ("explain", "s1", "--json"),
    "why": ("why", "s1", "14", "--json"),
    "replay": ("replay", "s1", "--json", "--expand-subagents"),
    "replay --tree": ("replay", "s1", "--tree", "--json"),
    "inspect": ("inspect", "s1"),
    "annotate --list": ("annotate", "s1", "--list", "--json"),
    "diff": ("diff", "s1", "s2", "--json"),
    "diff --semantic": ("diff", "s1", "s2", "--semantic", "--json"),
    "diff --eval-config": ("diff", "s1", "s2", "--eval-config", "eval.json"),
    "dashboard": ("dashboard", "--json"),
    "share": ("share", "s1", "-o", "s1.html", "--json"),
    "audit": ("audit", "s1", "s2", "--shadow", "--json"),
    "verify": ("verify", "s2", "--decisions", "--json"),
    "redact": ("redact", "s1", "--dry-run", "--json"),
    "cost": ("cost", "s1", "--json"),
    "cost --by": ("cost", "--by", "model", "--json"),
    "token-budget": ("token-budget", "s1", "--limit", "100000", "--json"),
    "import": ("import", "transcript.jsonl", "--json"),
    "import --discover": ("import", "--discover", "--json"),
    "approvals": ("approvals", "--json"),
    "watch": ("watch", "s1", "--max-calls", "1", "--max-idle", "0.1", "--json"),
    "export --endpoint": ("export", "s1", "--format", "otlp", "--json", "--endpoint"),
    "policy generate": ("policy", "s2", "--json"),
    "policy check": ("policy", "check", "new.json", "--json"),
    "policy test": ("policy", "test", "cases.jsonl", "--policy", "new.json", "--json"),
    "policy backtest": ("policy", "backtest", "--policy", "new.json", "--all", "--json"),
    "policy diff": ("policy", "diff", "old.json", "new.json", "--json"),
    "policy eval": ("policy", "eval", "Bash: cat .env; ls"),
    "policy explain": ("policy", "explain", "--policy", "new.json", "Bash: cat .env; $X", "--json"),
}
STREAMS = frozenset(("replay", "watch"))
"""Commands that print one document a line."""
FINDING = frozenset(("audit", "watch", "verify", "policy check", "policy test"))
"""Commands that may end with 1 or 3 here: the sessions hold violations, and no hashes."""


def closed(schema: Any) -> Any:
    """Return a schema that allows no key it does not name."""
    if isinstance(schema, dict):
        inner = {key: closed(value) for key, value in schema.items()}
        return {**inner, "additionalProperties": False} if "properties" in inner else inner
    return [closed(item) for item in schema] if isinstance(schema, list) else schema


class TestShapes:
    @pytest.fixture
    def world(self, store: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Write sessions in which everything occurs."""
        usage = {"input_tokens": 5, "output_tokens": 7}
        more = [
            call(120, "d", "Read", verdict("deny"), file_path=".env"),
            call(121, "k", "Bash", verdict("ask", "push"), command="git push"),
            event("assistant_response", 122, model="claude-sonnet-4-5", usage=usage, text="x"),
        ]
        session(store, "s1", *pytest_story(), *more, meta={"agent_name": "a", "attribution": {"os_user": "u"}})
        session(store, "s2", *README, call(200, "z", "Write", file_path="n"), result(201, "z", "Write"))
        session(store, "child", event("session_start", 5), meta={"parent_session_id": "s1", "parent_event_id": "c1"})
        run("annotate", "s1", "3", "--note", "n")
        call_id = "toolu_1"
        start = {"sessionId": "t1", "cwd": str(tmp_path), "timestamp": "2026-01-02T03:04:05Z", "version": "2.1.0", "parentUuid": None}
        used = {"type": "tool_use", "id": call_id, "name": "Bash", "input": {"command": "cat .env"}}
        answer = {"type": "assistant", "uuid": "u1", "message": {"role": "assistant", "model": "m", "content": [used]}, **start}
        (tmp_path / "transcript.jsonl").write_text(json.dumps(answer) + "\n")
        (tmp_path / "old.json").write_text(json.dumps({"files": {"read": {"deny": ["*.key"]}}, "limits": {"tool_calls": 5}}))
        deny = {"read": {"deny": [".env", {"match": "old/**", "expires": "2020-01-01"}]}}
        (tmp_path / "new.json").write_text(json.dumps({"files": deny, "commands": {"ask": ["git push"]}}))
        (tmp_path / "cases.jsonl").write_text(json.dumps({"call": "Read: .env", "expect": "allow"}) + "\n")
        monkeypatch.setenv("HOME", str(tmp_path / "home"))
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
        reasons = [{"effect": "ask", "rule": "r", "source": "", "text": "t", "hint": ""}]
        waiting = {"tool": "Bash", "arguments": {}, "cwd": "/", "reasons": reasons, "session": "s1", "store": str(store)}
        approvals.ask("a" * 32, waiting, time.time())
        (tmp_path / "eval.json").write_text(json.dumps({"assertions": [{"metric": "errors", "max": 99}]}))
        monkeypatch.chdir(tmp_path)

    @pytest.mark.parametrize("name", sorted(DOCUMENTS))
    def test_what_is_printed_has_the_published_shape_and_nothing_else(self, world: None, run: Run, name: str) -> None:
        schemas = closed(report_schemas())
        with Collector() as collector:
            done = run(*LINES[name], *([collector.endpoint] if name == "export --endpoint" else []))
        assert done.code == 0 or (name in FINDING and done.code in (1, 3)), done.err
        documents = [json.loads(line) for line in done.out.splitlines()] if name in STREAMS else [done.json]
        assert documents
        for document in documents:
            jsonschema.validate(document, {**schemas["properties"][name], "$defs": schemas["$defs"]})

    def test_the_published_file_is_what_the_code_says(self) -> None:
        assert json.loads((ROOT / "schemas" / "reports.schema.json").read_text()) == report_schemas(), "run: python -m tests.gates.fresh"


def commands_with_json() -> set[str]:
    """Return every command and policy step that has the option `--json`, and those that print nothing else."""
    named = {command.name: command.module for command in COMMANDS} | {f"policy {name}": module for name, module, _ in STEPS}
    options = {name: get_type_hints(importlib.import_module(module).command, include_extras=True) for name, module in named.items()}
    return {name for name, hints in options.items() if any("--json" in getattr(hint, "param_decls", ()) for hint in spread(hints))}


def spread(hints: dict[str, Any]) -> list[Any]:
    """Return what the annotations of a command's options hold."""
    parts = [part for hint in hints.values() for part in getattr(hint, "__metadata__", ())]
    return [
        SimpleNamespace(param_decls=[*(part.param_decls or ()), *([part.default] if isinstance(part.default, str) else [])])
        for part in parts
        if hasattr(part, "param_decls")
    ]


class TestCoverage:
    def test_every_command_with_json_has_a_schema(self) -> None:
        heads = {name.partition(" --")[0] for name in DOCUMENTS}
        assert len(commands_with_json()) > 20
        assert sorted(commands_with_json() - heads) == []

    def test_seeded_red(self) -> None:
        assert commands_with_json() - {"audit"} != commands_with_json()
        assert commands_with_json() - (set(DOCUMENTS) - {"audit"}) >= {"audit"}
