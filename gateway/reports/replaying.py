"""`replay`: a session as it happened, with event numbers, times and verdicts."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from typing import Annotated

import typer

from gateway.analysis.summary import Summary, summarized
from gateway.analysis.trees import children_of, printed_tree
from gateway.analysis.words import clock, is_command, length, one_line, subject_of, text_of, tool_of, verdict_of
from gateway.model.event import (
    ASSISTANT_RESPONSE,
    DECISION,
    ERROR,
    LLM_REQUEST,
    LLM_RESPONSE,
    SESSION_END,
    SESSION_START,
    TOOL_CALL,
    TOOL_RESULT,
    USER_PROMPT,
    Event,
)
from gateway.reports.arguments import SessionName, named, store_of, warned
from gateway.traces.reader import events, lean_events, meta

_MARKS = {
    SESSION_START: "▶ session_start",
    SESSION_END: "■ session_end",
    USER_PROMPT: "👤 user_prompt",
    ASSISTANT_RESPONSE: "🤖 assistant_response",
    TOOL_CALL: "→ tool_call",
    TOOL_RESULT: "← tool_result",
    ERROR: "✗ error",
    LLM_REQUEST: "⇢ llm_request",
    LLM_RESPONSE: "⇠ llm_response",
    DECISION: "◆ decision",
}
_VERDICTS = {"deny": "⛔ blocked", "ask": "❓ asked"}
_RULE = "─" * 50


def command(
    context: typer.Context,
    session: SessionName = "",
    only: Annotated[str, typer.Option("--filter", metavar="TYPES", help="Only events of these types, with commas between.")] = "",
    live: Annotated[bool, typer.Option("--live", help="With the pauses that there were.")] = False,
    speed: Annotated[float, typer.Option("--speed", metavar="N", help="How many times faster than it was.", min=0.01)] = 1.0,
    expand: Annotated[bool, typer.Option("--expand-subagents", help="Subagents' sessions under the call that started them.")] = False,
    tree: Annotated[bool, typer.Option("--tree", help="Only the hierarchy of sessions.")] = False,
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", help="At most N events.", min=1)] = None,
    first: Annotated[int, typer.Option("--from", metavar="N", help="Begin at event N.", min=1)] = 1,
) -> None:
    """Replay a session."""
    store = store_of(context)
    name = named(context, session)
    if tree:
        for line in printed_tree(store, name):
            sys.stdout.write(line + "\n")
        return
    wanted = frozenset(filter(None, (part.strip() for part in only.split(","))))
    for line in _heading(store, name, summarized(lean_events(store, name, warned))):
        sys.stdout.write(line + "\n")
    shown = 0
    for number, event, start in _numbered(store, name):
        if number < first or (wanted and event.type not in wanted):
            continue
        if live:
            _pause(event, speed)
        for line in _lines(number, event, start):
            sys.stdout.write(line + "\n")
        if expand and event.type == TOOL_CALL:
            _expand(store, name, event)
        shown += 1
        if limit and shown >= limit:
            break


def _heading(store: str, name: str, summary: Summary) -> Iterator[str]:
    noted = meta(store, name)
    attribution = noted.get("attribution")
    provider = attribution.get("agent_provider") if isinstance(attribution, dict) else ""
    yield "Session Summary"
    yield _RULE
    yield f"  Session:    {name[:16]}"
    if noted.get("command"):
        yield f"  Command:    {one_line(str(noted['command']))}"
    if noted.get("agent_name") or provider:
        yield f"  Agent:      {noted.get('agent_name') or provider}"
    yield f"  Duration:   {summary.seconds:.2f}s"
    yield f"  Tool calls: {summary.calls}"
    yield f"  Errors:     {summary.errors}"
    if summary.verdicts.get("deny") or summary.verdicts.get("ask"):
        yield f"  Blocked:    {summary.verdicts.get('deny', 0)}, asked: {summary.verdicts.get('ask', 0)}"
    yield _RULE


def _numbered(store: str, name: str) -> Iterator[tuple[int, Event, float]]:
    start = 0.0
    for number, event in enumerate(events(store, name), 1):
        start = start or event.timestamp
        yield number, event, start


_last = {"at": 0.0}


def _pause(event: Event, speed: float) -> None:
    if _last["at"] and event.timestamp > _last["at"]:
        sys.stdout.flush()
        time.sleep(min((event.timestamp - _last["at"]) / speed, 3600.0))
    _last["at"] = event.timestamp


def _lines(number: int, event: Event, start: float, indent: str = "") -> Iterator[str]:
    """Yield one event: its line, and below it what it is about."""
    mark = _MARKS.get(event.type, f"· {event.type}")
    took = f" ({length(event.duration_ms / 1000)})" if event.duration_ms is not None and event.type in (TOOL_RESULT, ERROR) else ""
    verdict = _VERDICTS.get(verdict_of(event), "")
    tool = f" {tool_of(event)}" if event.type in (TOOL_CALL, TOOL_RESULT, ERROR) and tool_of(event) else ""
    yield f"{indent}#{number:<4} +{clock(event.timestamp - start):>9}  {mark}{tool}{took}{'   ' + verdict if verdict else ''}"
    about = _about(event)
    if about:
        yield f"{indent}{' ' * 18}{about}"
    if verdict:
        yield f"{indent}{' ' * 18}{_why(event)}"


def _about(event: Event) -> str:
    if event.type == TOOL_CALL:
        return ("$ " if is_command(event) else "") + subject_of(event, 160)
    if event.type in (USER_PROMPT, ASSISTANT_RESPONSE):
        return f'"{one_line(_plain(text_of(event)), 160)}"'
    return one_line(text_of(event), 160)


def _plain(text: str) -> str:
    """Return a response without its Markdown marks."""
    for mark in ("**", "__", "`", "### ", "## ", "# "):
        text = text.replace(mark, "")
    return text


def _why(event: Event) -> str:
    decision = event.data.get("decision")
    reasons = decision.get("reasons") if isinstance(decision, dict) else None
    effect = verdict_of(event)
    for reason in reasons or ():
        if isinstance(reason, dict) and reason.get("effect") == effect:
            source = f" [{reason['source']}]" if reason.get("source") else ""
            return f"{one_line(str(reason.get('text')), 140)} ({reason.get('rule')}){source}"
    return ""


def _expand(store: str, parent: str, call: Event) -> None:
    for child in children_of(store, parent, call.id):
        for number, event, start in _numbered(store, child):
            for line in _lines(number, event, start, "│ "):
                sys.stdout.write(line + "\n")
