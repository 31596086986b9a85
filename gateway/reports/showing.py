"""`show`: who and what a session was: attribution, verdicts, files, policy, integrity."""

from __future__ import annotations

import sys
from typing import Any

import typer

from gateway.analysis.summary import summarized
from gateway.analysis.words import length
from gateway.reports.arguments import AsJson, SessionName, named, print_json, store_of, warned
from gateway.traces.chain import check_chain
from gateway.traces.reader import lean_events, meta

_FACTS = (
    ("User", "os_user"),
    ("Provider", "agent_provider"),
    ("Host", "hostname"),
    ("Repository", "git_repo"),
    ("Branch", "git_branch"),
    ("Commit", "git_commit"),
    ("CWD", "working_dir"),
)


def command(context: typer.Context, session: SessionName = "", as_json: AsJson = False) -> None:
    """Show who and what a session was."""
    store = store_of(context)
    name = named(context, session)
    data = described(store, name)
    if as_json:
        print_json(data)
        return
    sys.stdout.write(_text(data))


def described(store: str, name: str) -> dict[str, Any]:
    """Return what `show` tells of a session."""
    summary = summarized(lean_events(store, name, warned))
    noted = meta(store, name)
    attribution = noted.get("attribution")
    intact, problem = check_chain(store, name)
    return {
        "session": name,
        "attribution": attribution if isinstance(attribution, dict) else {},
        "command": noted.get("command") or "",
        "agent": noted.get("agent_name") or "",
        "parent_session": noted.get("parent_session_id") or "",
        "first": summary.first,
        "last": summary.last,
        "seconds": round(summary.seconds, 3),
        "events": summary.events,
        "tool_calls": summary.calls,
        "errors": summary.errors,
        "verdicts": dict(summary.verdicts),
        "rules": dict(sorted(((rule, sum(counts.values())) for rule, counts in summary.rules.items()), key=lambda one: -one[1])),
        "files_read": list(summary.read),
        "files_written": list(summary.written),
        "policy_revisions": list(summary.revisions),
        "integrity": {"intact": intact, "problem": problem},
    }


def _text(data: dict[str, Any]) -> str:
    attribution = data["attribution"]
    lines = [
        f"Session {data['session']} ({length(data['seconds'])}, {data['events']} events, {data['tool_calls']} tool calls)",
        "",
        "Attribution",
    ]
    for label, key in _FACTS:
        value = attribution.get(key)
        if value:
            lines.append(f"  {label + ':':12}{str(value)[:12] if key == 'git_commit' else value}")
    ancestry = attribution.get("process_ancestry")
    if isinstance(ancestry, list) and ancestry:
        names = [str(one.get("name", one)) if isinstance(one, dict) else str(one) for one in ancestry]
        lines.append(f"  {'Processes:':12}{' ← '.join(names)}")
    if len(lines) == 3:
        lines.append("  nothing was noted")
    if data["parent_session"]:
        lines.append(f"  {'Parent:':12}{data['parent_session']}")
    verdicts = data["verdicts"]
    told = ", ".join(f"{verdicts[key]} {key}" for key in ("allow", "ask", "deny") if verdicts.get(key)) or "none recorded"
    lines += ["", f"Verdicts:    {told}"]
    lines += [f"  {count:>4}  {rule}" for rule, count in data["rules"].items()]
    lines.append(f"Files:       {len(data['files_read'])} read, {len(data['files_written'])} written")
    lines += [f"  Wrote {path}" for path in data["files_written"][:20]]
    lines.append(f"Policy:      {', '.join(data['policy_revisions']) or 'none recorded'}")
    integrity = data["integrity"]
    lines.append(f"Integrity:   {'intact' if integrity['intact'] else integrity['problem']}")
    return "\n".join(lines) + "\n"
