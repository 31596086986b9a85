"""`why`: the causal chain of an event, root first, and the rule behind its verdict."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from gateway.analysis.causes import Link, causes
from gateway.analysis.event_text import call_line, one_line, reasons_of, text_of, tool_of, verdict_of
from gateway.model.errors import NothingError
from gateway.model.event import ASSISTANT_RESPONSE, TOOL_CALL, TOOL_RESULT, USER_PROMPT, Event
from gateway.reports.arguments import AsJson, named, print_json, store_of, warned
from gateway.traces.event_lookup import Backlog
from gateway.traces.reader import meta

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject


def command(
    context: typer.Context,
    target: Annotated[
        list[str],
        typer.Argument(help="A session (default: latest) and an event's number or id.", metavar="[SESSION] EVENT"),
    ],
    as_json: AsJson = False,
) -> None:
    """Show the chain of causes that led to an event."""
    if len(target) > 2:
        raise typer.BadParameter("expected a session and an event")
    store = store_of(context)
    name = named(context, target[0] if len(target) == 2 else "")
    text = target[-1].removeprefix("#")
    number = int(text) if text.isdecimal() and len(text) < 12 else 0
    with Backlog(store, name, number=number, id="" if number else text, warn=warned) as backlog:
        if not backlog.wanted:
            raise NothingError(
                f"no event `{target[-1]}`; the session has {backlog.count}", "`agent-strace replay` shows their numbers"
            )
        chain = causes(backlog, backlog.wanted)
        data = _data(store, name, backlog, chain)
        sys.stdout.write(_text(data)) if not as_json else print_json(data)


def _data(store: str, name: str, backlog: Backlog, chain: list[Link]) -> JsonObject:
    target = backlog.event(backlog.wanted)
    noted = meta(store, name)
    return {
        "session": name,
        "event": backlog.wanted,
        "told": told(target),
        "chain": [_step(link, backlog) for link in chain],
        "parent_session": noted.get("parent_session_id") or "",
        "parent_event": noted.get("parent_event_id") or "",
        "verdict": verdict_of(target),
        "reasons": reasons_of(target),
        "decision": target.data.get("decision"),
    }


def _step(link: Link, backlog: Backlog) -> JsonObject:
    cause, effect = backlog.event(link.cause), backlog.event(link.effect)
    return {
        "cause": link.cause,
        "cause_id": cause.id,
        "cause_told": told(cause),
        "effect": link.effect,
        "effect_id": effect.id,
        "effect_told": told(effect),
        "kind": link.kind,
        "why": link.why,
        "value": link.value,
        "verdict": verdict_of(effect),
    }


def _text(data: JsonObject) -> str:
    number, chain = data["event"], data["chain"]
    lines = [
        f"Why did event #{number} happen?",
        "",
        f"  #{number:>3}  {data['told']}",
        "",
        "Causal chain (root → target):",
        "",
    ]
    if data["parent_session"]:
        lines.append(
            f"     (session started by {data['parent_session']}{' event ' + data['parent_event'] if data['parent_event'] else ''})"
        )
    if chain:
        lines.append(f"     #{chain[0]['cause']:>3}  {chain[0]['cause_told']}")
    for step in chain:
        mark = {"deny": "   ⛔ blocked", "ask": "   ❓ asked"}.get(step["verdict"], "")
        lines += [f"          ({step['why']})", f"  ←  #{step['effect']:>3}  {step['effect_told']}{mark}"]
    if not chain:
        lines.append("  nothing before it led to it")
    if data["verdict"]:
        lines += ["", f"Verdict: {data['verdict']}"]
        lines += [f"  {reason}" for reason in data["reasons"]]
    return "\n".join(lines) + "\n"


def told(event: Event) -> str:
    """Return an event as one line."""
    if event.type == TOOL_CALL:
        return f"tool_call: {call_line(event, 120)}"
    text = one_line(text_of(event), 120)
    if event.type in (USER_PROMPT, ASSISTANT_RESPONSE):
        return f'{event.type}: "{text}"'
    tool = f"{one_line(tool_of(event), 80)} " if event.type == TOOL_RESULT and tool_of(event) else ""
    return f"{one_line(event.type, 40)}: {tool}{text}".rstrip(": ")
