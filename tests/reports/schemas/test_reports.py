from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from gateway.reports.schemas.reports import DOCUMENTS
from tests.analysis.test_phases import README
from tests.gates.fresh import ROOT, report_schemas
from tests.reports.command_line import Run
from tests.stores import call, event, pytest_story, result, session, verdict

LINES = {
    "list": ("list", "--json"),
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
}


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
        (tmp_path / "eval.json").write_text(json.dumps({"assertions": [{"metric": "errors", "max": 99}]}))
        monkeypatch.chdir(tmp_path)

    @pytest.mark.parametrize("name", sorted(DOCUMENTS))
    def test_what_is_printed_has_the_published_shape_and_nothing_else(self, world: None, run: Run, name: str) -> None:
        schemas = closed(report_schemas())
        done = run(*LINES[name])
        assert done.code == 0, done.err
        documents = [json.loads(line) for line in done.out.splitlines()] if name == "replay" else [done.json]
        for document in documents:
            jsonschema.validate(document, {**schemas["properties"][name], "$defs": schemas["$defs"]})

    def test_the_published_file_is_what_the_code_says(self) -> None:
        assert json.loads((ROOT / "schemas" / "reports.schema.json").read_text()) == report_schemas(), "run: python -m tests.gates.fresh"
