"""`show`: who and what a session was: attribution, verdicts, files, policy, integrity."""

from __future__ import annotations

import sys

import typer

from gateway.analysis.call_outcomes import WORDS, told_counts
from gateway.analysis.event_text import length, one_line
from gateway.analysis.index import session_index
from gateway.analysis.summary import told_effects
from gateway.reports.arguments import AsJson, SessionName, named, print_json, store_of, warned
from gateway.reports.list import moment
from gateway.traces.integrity import integrity
from gateway.traces.reader import meta

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

SHOWN = 20
"""Most files and rules that the text shows of each kind."""
_COMMIT = 12
"""Characters of a commit that are shown."""
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
    """Show who ran a session, where, and what came of it."""
    store = store_of(context)
    name = named(context, session)
    data = described(store, name)
    if as_json:
        print_json(data)
        return
    sys.stdout.write("\n".join(_lines(data)) + "\n")


def described(store: str, name: str) -> JsonObject:
    """Return what `show` tells of a session."""
    index = session_index(store, name, warned)
    summary = index.summary
    noted = meta(store, name)
    attribution = noted.get("attribution")
    record = integrity(store, name)
    return {
        "session": name,
        "title": summary.title,
        "attribution": attribution if isinstance(attribution, dict) else {},
        "command": noted.get("command") or "",
        "agent": noted.get("agent_name") or "",
        "parent_session": noted.get("parent_session_id") or "",
        "parent_event": noted.get("parent_event_id") or "",
        "first": summary.first,
        "last": summary.last,
        "seconds": round(summary.seconds, 3),
        "ended": summary.ended,
        "events": summary.events,
        "types": summary.types,
        "tool_calls": summary.calls,
        "errors": summary.errors,
        "tokens": summary.tokens,
        "verdicts": summary.verdicts,
        "outcomes": summary.outcomes,
        "not_done": [
            {"event": number, "outcome": outcome, "tool": tool, "subject": subject}
            for number, outcome, tool, subject in summary.not_done
        ],
        "rules": [
            {"rule": rule, "source": summary.sources.get(rule, ""), **counts}
            for rule, counts in sorted(summary.rules.items(), key=lambda rule: -sum(rule[1].values()))
        ],
        "files_read": list(summary.read),
        "files_written": list(summary.written),
        "policy_revisions": list(summary.revisions),
        "skipped_lines": index.skipped,
        "clock_steps": summary.clock_steps,
        "integrity": {"intact": record.whole, "problem": record.problem, "unchecked": record.unchecked},
    }


def _lines(data: JsonObject) -> list[str]:
    lines = [
        f"Session {data['session']} ({length(data['seconds'])}, {data['events']} events, {data['tool_calls']} tool calls)"
    ]
    if data["title"]:
        lines.append(f'  "{data["title"]}"')
    lines += ["", "Attribution", *_attribution(data), ""]
    lines.append(f"Started:     {moment(data['first'])}{'' if data['ended'] else ', not ended'}")
    if data["errors"]:
        lines.append(f"Errors:      {data['errors']}")
    lines += [*_verdicts(data), *_outcomes(data), *_files(data)]
    lines.append(f"Policy:      {', '.join(data['policy_revisions']) or 'none recorded'}")
    held = data["integrity"]
    lines.append(f"Integrity:   {held['problem'] or held['unchecked'] or 'intact'}")
    if data["skipped_lines"]:
        lines.append(f"Skipped:     {data['skipped_lines']} lines that hold no event")
    if data["clock_steps"]:
        lines.append(f"Clock:       went back {data['clock_steps']} times; times are counted on")
    return lines


def _attribution(data: JsonObject) -> list[str]:
    attribution = data["attribution"]
    told = []
    for label, key in _FACTS:
        if attribution.get(key):
            told.append(
                f"  {label + ':':12}{one_line(str(attribution[key]))[: _COMMIT if key == 'git_commit' else None]}"
            )
    if data["agent"]:
        told.insert(0, f"  {'Agent:':12}{one_line(str(data['agent']), 80)}")
    ancestry = attribution.get("process_ancestry")
    if isinstance(ancestry, list) and ancestry:
        names = [str(item.get("name", item)) if isinstance(item, dict) else str(item) for item in ancestry]
        told.append(f"  {'Processes:':12}{one_line(' ← '.join(names), 200)}")
    if data["parent_session"]:
        event = f" event {data['parent_event']}" if data["parent_event"] else ""
        told.append(f"  {'Started by:':12}{one_line(str(data['parent_session']) + event, 200)}")
    return told or ["  nothing was noted"]


def _verdicts(data: JsonObject) -> list[str]:
    verdicts = data["verdicts"]
    counts = (
        ", ".join(f"{verdicts[key]} {key}" for key in ("allow", "ask", "deny") if verdicts.get(key)) or "none recorded"
    )
    lines = [f"Verdicts:    {counts}"]
    for rule in data["rules"][:SHOWN]:
        effects = told_effects(rule)
        lines.append(
            f"  {one_line(rule['rule'], 60)}: {effects}{' [' + one_line(rule['source'], 80) + ']' if rule['source'] else ''}"
        )
    return lines


def _files(data: JsonObject) -> list[str]:
    lines = [f"Files:       {len(data['files_read'])} read, {len(data['files_written'])} written"]
    for word, paths in (("Read", data["files_read"]), ("Wrote", data["files_written"])):
        lines += [f"  {word} {path}" for path in paths[:SHOWN]]
        if len(paths) > SHOWN:
            lines.append(f"  … and {len(paths) - SHOWN} more")
    return lines


def _outcomes(data: JsonObject) -> list[str]:
    """Return what became of the calls, and those that did not happen."""
    if not data["outcomes"]:
        return []
    lines = [f"Calls:       {told_counts(data['outcomes'])}"]
    lines += [
        f"  Not done {one_line(call['tool'] + ' ' + call['subject'], 120)} ({WORDS[call['outcome']]})"
        for call in data["not_done"][:SHOWN]
    ]
    if len(data["not_done"]) > SHOWN:
        lines.append(f"  … and {len(data['not_done']) - SHOWN} more")
    return lines
