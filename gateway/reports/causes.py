"""`why`: the causal chain of an event, root first, and the rule behind its verdict."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from gateway.analysis.causes import causes
from gateway.analysis.words import call_line, one_line, text_of, tool_of, verdict_of
from gateway.model.errors import NothingError
from gateway.model.event import TOOL_CALL, TOOL_RESULT, Event
from gateway.reports.arguments import AsJson, loaded, named, print_json


def command(
    context: typer.Context,
    target: Annotated[list[str], typer.Argument(help="A session, left out for the latest, and an event's number or id.", metavar="[SESSION] EVENT")],
    as_json: AsJson = False,
) -> None:
    """Trace the causal chain of an event."""
    if len(target) > 2:
        raise typer.BadParameter("expected a session and an event")
    name = named(context, target[0] if len(target) == 2 else "")
    recorded = loaded(context, name)
    number = _number(recorded, target[-1])
    chain = causes(recorded, number)
    if as_json:
        links = [{"cause": link.cause, "effect": link.effect, "why": link.why} for link in chain]
        print_json(
            {
                "session": name,
                "event": number,
                "told": told(recorded[number - 1]),
                "chain": links,
                "decision": recorded[number - 1].data.get("decision"),
            }
        )
        return
    lines = [
        f"Why did event #{number} happen?",
        "",
        f"  #{number:>3}  {told(recorded[number - 1])}",
        "",
        "Causal chain (root → target):",
        "",
    ]
    if chain:
        lines.append(f"     #{chain[0].cause:>3}  {told(recorded[chain[0].cause - 1])}")
    for link in chain:
        lines.append(f"          ({link.why})")
        lines.append(f"  ←  #{link.effect:>3}  {told(recorded[link.effect - 1])}")
    if not chain:
        lines.append("  nothing before it led to it")
    lines += _verdict(recorded[number - 1])
    sys.stdout.write("\n".join(lines) + "\n")


def _number(recorded: list[Event], text: str) -> int:
    plain = text.removeprefix("#")
    if plain.isdigit():
        if 1 <= int(plain) <= len(recorded):
            return int(plain)
        raise NothingError(f"no event #{plain}; the session has {len(recorded)}")
    for number, event in enumerate(recorded, 1):
        if plain and event.id.startswith(plain):
            return number
    raise NothingError(f"no event `{text}`", "`agent-strace replay` shows their numbers")


def told(event: Event) -> str:
    """Return an event as one line."""
    if event.type == TOOL_CALL:
        return f"tool_call: {call_line(event, 120)}"
    text = one_line(text_of(event), 120)
    tool = f"{tool_of(event)} " if event.type == TOOL_RESULT and tool_of(event) else ""
    return f'{event.type}: {tool}"{text}"' if event.type in ("user_prompt", "assistant_response") else f"{event.type}: {tool}{text}".rstrip(": ")


def _verdict(event: Event) -> list[str]:
    decision: Any = event.data.get("decision")
    effect = verdict_of(event)
    if not effect or not isinstance(decision, dict):
        return []
    lines = ["", f"Verdict: {effect}"]
    for reason in decision.get("reasons") or ():
        if isinstance(reason, dict) and (reason.get("effect") == effect):
            lines.append(f"  {reason.get('text')}{_place(reason)}")
    return lines


def _place(reason: dict[str, Any]) -> str:
    return f" [{reason['source']}]" if reason.get("source") else ""
