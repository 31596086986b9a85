"""No report and no export tells a call that did not happen as done: one session with each outcome, every form of each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gateway.analysis.columns import EMPTY
from gateway.exports import FORMATS
from gateway.reports.registry import REPORTS
from tests.reports.command_line import Run
from tests.reports.html.test_session_page import columns, pages
from tests.stores import call, event, failure, result, session, verdict

NO = "The user doesn't want to proceed with this tool use. The tool use was rejected"
TOOLS = {"Read": "file_path", "Write": "file_path", "Bash": "command"}
OUTCOMES = ("done", "failed", "refused", "rejected", "unknown", "asked")
PREVENTED = ("refused", "rejected")
NOT_HAPPENED = (*PREVENTED, "unknown")


def marker(tool: str, outcome: str) -> str:
    """Return the name that only one call of the session is about."""
    return f"{tool.lower()}-{outcome}.key"


def story() -> list[dict[str, Any]]:
    """Return a session in which each tool comes to each outcome."""
    lines = [event("session_start", 0), event("user_prompt", 0.5, prompt="do it")]
    at = 1.0
    for tool, key in TOOLS.items():
        for outcome in OUTCOMES:
            name, path = f"{tool}-{outcome}", marker(tool, outcome)
            decision = {"refused": verdict("deny", text="no"), "asked": verdict("ask")}.get(outcome)
            actions = [{"verb": "read", "target": path}] if tool == "Bash" else []
            line = call(at, name, tool, decision, **{key: f"cat {path}" if tool == "Bash" else path})
            line["data"]["actions"] = actions
            lines.append(line)
            if outcome in ("done", "asked"):
                lines.append(result(at + 0.5, name, tool, "fine"))
            elif outcome in ("failed", "rejected"):
                lines.append(failure(at + 0.5, name, tool, NO if outcome == "rejected" else "exit code 1"))
            at += 1
    return [*lines, event("note", at, hook_event="PostToolBatch"), event("session_end", at + 1)]


PREVENTED_MARKERS = [marker(tool, outcome) for tool in TOOLS for outcome in PREVENTED]
MARKERS = [marker(tool, outcome) for tool in TOOLS for outcome in NOT_HAPPENED]
CLAIMS = ("Ran:", "Read ", "Read:", "Wrote", "Used:", "Searched", "accessed (", " only: read", " only: wrote", " only: ran")
"""How text tells that something was done."""
LISTS = frozenset(("files_read", "files_written", "sensitive", "read", "written", "commands", "searched", "ran", "wrote", "used"))
"""Keys below which `--json` tells what was done."""
TOLD_APART = (
    "refused by policy",
    "rejected, not run",
    "no result recorded",
    "⛔ blocked",
    "was kept from",
    "tool_call:",
)

COMMANDS: dict[str, list[tuple[str | int, ...]]] = {
    "list": [("list",), ("list", "--json")],
    "replay": [("replay",), ("replay", "--json"), ("replay", "--tree")],
    "show": [("show",), ("show", "--json")],
    "audit": [("audit",), *(("audit", "--format", form) for form in ("json", "junit", "github", "sarif"))],
    "stats": [("stats",), ("stats", "--json")],
    "inspect": [("inspect",)],
    "explain": [("explain",), ("explain", "--json")],
    "cost": [("cost",), ("cost", "--json")],
    "token-budget": [("token-budget",), ("token-budget", "--json")],
    "dashboard": [("dashboard",), ("dashboard", "--json")],
    "diff": [
        ("diff", "s", "empty"),
        ("diff", "s", "empty", "--json"),
        ("diff", "s", "empty", "--semantic"),
        ("diff", "s", "empty", "--semantic", "--json"),
    ],
    "verify": [("verify",), ("verify", "--json")],
    "why": [("why", "s", 7), ("why", "s", 7, "--json")],
    "annotate": [("annotate", "s", "--list")],
    "search": [("search", "error:false"), ("search", "verdict:deny"), ("search", "verdict:deny", "--json")],
    "share": [],
}
"""Report -> the forms it prints; `share` writes a page, which is opened below."""


@pytest.fixture
def recorded(store: Path) -> Path:
    session(store, "empty", event("session_start", 0), event("user_prompt", 0.5, prompt="do it"), event("session_end", 1))
    session(store, "s", *story())
    (store.parent / ".agent-scope.json").write_text('{"files": {"read": {"deny": ["*.key"]}}}')
    return store


def claims(text: str) -> list[str]:
    """Return the lines that tell of something that did not happen as if it had."""
    claims, section = [], ""
    for line in text.splitlines():
        if line and not line.startswith(" "):
            section = line
        claimed = any(word in line for word in CLAIMS) or "accessed (" in section
        if claimed and any(name in line for name in MARKERS) and not any(word in line for word in TOLD_APART):
            claims.append(line)
    return claims


def below(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield (keys, text) of every text in a document."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from below(item, (*path, key))
    elif isinstance(value, list):
        for item in value:
            yield from below(item, path)
    elif isinstance(value, str):
        yield path, value


class TestReports:
    def test_every_report_is_here(self) -> None:
        assert [name for name, _, _ in REPORTS if name not in COMMANDS] == []

    @pytest.mark.parametrize("words", [words for forms in COMMANDS.values() for words in forms], ids=lambda words: " ".join(map(str, words)))
    def test_nothing_that_did_not_happen_is_told_as_done(self, recorded: Path, run: Run, words: tuple[str | int, ...]) -> None:
        ran = run(*words, *(("s",) if words[0] in ("show", "stats", "explain", "audit", "replay", "cost", "inspect") else ()))
        assert ran.out and "Traceback" not in ran.err, ran.err
        if ran.out[0] not in "{[":
            assert claims(ran.out) == []
        if ran.out.startswith("{") and words[0] != "inspect" and "--json" in words and words[0] != "replay":
            told = [(path, text) for path, text in below(ran.json) if LISTS.intersection(path) and any(name in text for name in MARKERS)]
            assert told == []

    def test_the_test_can_fail(self) -> None:
        assert claims(f"  Ran: cat {marker('Bash', 'refused')}") and claims(f"Sensitive files accessed (1):\n  {marker('Read', 'rejected')}")
        assert not claims(f"  Ran: cat {marker('Bash', 'done')}\n  Not done: {marker('Read', 'refused')} (refused by policy)")

    def test_what_happened_is_told(self, recorded: Path, run: Run) -> None:
        shown = run("show", "s", "--json").json
        assert shown["files_read"] == ["read-done.key", "read-asked.key", "bash-done.key", "bash-failed.key", "bash-asked.key"]
        assert shown["files_written"] == ["write-done.key", "write-asked.key"]
        counts = {"done": 6, "failed": 3, "refused": 3, "rejected": 3, "unknown": 3}
        assert shown["outcomes"] == counts == run("stats", "s", "--json").json["outcomes"]
        assert {(item["outcome"], item["tool"]) for item in shown["not_done"]} == {(outcome, tool) for outcome in PREVENTED for tool in TOOLS}
        rows = {row["session"]: row for row in run("list", "--json").json["sessions"]}
        assert (rows["s"]["files_read"], rows["s"]["files_written"]) == (5, 2)

    def test_explain_tells_each_call_by_its_outcome(self, recorded: Path, run: Run) -> None:
        deeds = [deed for phase in run("explain", "s", "--json").json["phases"] for deed in phase["deeds"]]
        assert [(deed["tool"], deed["outcome"]) for deed in deeds] == [
            (tool, "done" if outcome == "asked" else outcome) for tool in TOOLS for outcome in OUTCOMES
        ]

    def test_diff_tells_what_only_one_was_kept_from(self, recorded: Path, run: Run) -> None:
        (pair,) = run("diff", "s", "empty", "--json").json["phases"]
        assert pair["only_a"]["prevented"][:2] == ["Read read-refused.key", "Read read-rejected.key"]
        assert "s only: was kept from Read read-refused.key" in run("diff", "s", "empty").out

    def test_audit_tells_sensitive_files_apart(self, recorded: Path, run: Run) -> None:
        audit = run("audit", "s", "--json").json["audits"][0]
        calls = [item for key in ("allowed", "no_policy", "asked", "violations", "known") for item in audit[key]]
        assert {item["outcome"] for item in calls} == {"done", "failed", "refused", "rejected", "unknown"}
        assert {item["blocked"] for item in calls if item["outcome"] == "refused"} == {True}
        assert all(item["outcome"] in NOT_HAPPENED for item in audit["sensitive_not_accessed"])


class TestExports:
    @pytest.mark.parametrize("form", FORMATS)
    def test_what_was_refused_carries_that_beside_it(self, recorded: Path, run: Run, form: str) -> None:
        out = run("export", "s", "--format", form).out
        name = marker("Write", "refused")
        assert name in out
        if form == "chrome":
            slices = [item for item in json.loads(out)["traceEvents"] if item["ph"] == "X"]
            assert len(slices) == len(TOOLS) * len(OUTCOMES)
            for item in slices:
                word = next(outcome for outcome in OUTCOMES if f"-{outcome}.key" in item["name"])
                assert item["args"]["outcome"] == ("done" if word == "asked" else word)
        elif form == "otlp":
            spans = [span for scope in json.loads(out)["resourceSpans"][0]["scopeSpans"] for span in scope["spans"]]
            for span in spans:
                facts = {item["key"]: item["value"].get("stringValue") for item in span["attributes"]}
                for word in OUTCOMES:
                    if f"-{word}.key" in str(facts.get("gen_ai.tool.call.arguments")):
                        assert facts["agent_strace.outcome"] == ("done" if word == "asked" else word)
                        assert span.get("status", {}).get("code", 0) == (2 if word in ("failed", *PREVENTED) else 0)
        else:
            # these are the record as it is: the verdict stands in the same event
            event_of = next(line for line in out.replace("},\n", "}\n").splitlines() if name in line)
            assert "deny" in event_of


class TestPage:
    def test_each_call_is_in_its_data_with_what_became_of_it(self, recorded: Path) -> None:
        _, about, streams, _ = pages(recorded, "s")
        found = columns(about, streams)
        told = [about["outcomes"][code] for code, kind in zip(found["outcome"], found["type"], strict=True) if about["types"][kind] == "tool_call"]
        assert told == ["done" if outcome == "asked" else outcome for _ in TOOLS for outcome in OUTCOMES]
        assert {
            about["outcomes"][code] for code, kind in zip(found["outcome"], found["type"], strict=True) if about["types"][kind] != "tool_call"
        } == {""}
        assert [about["types"][kind] for kind, flags in zip(found["type"], found["flags"], strict=True) if flags & EMPTY] == ["note"]

    def test_which_phases_failed_is_in_its_data(self, recorded: Path, run: Run) -> None:
        _, about, _, _ = pages(recorded, "s")
        assert about["failed_phases"] == [phase["number"] for phase in run("explain", "s", "--json").json["phases"] if phase["failed"]]
