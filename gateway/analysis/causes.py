"""Why an event happened: its causes among the events before it, found backwards. Pure.

A result's cause is its call; a retry's is the error before it; a call that names a path or a value that a result held is caused by
that result; a call on a file that was read or written before is caused by that; else the prompt before it is the cause.
"""

from __future__ import annotations

from dataclasses import dataclass

from gateway.analysis.words import arguments_of, flat, kind_of, subject_of, text_of, tool_of
from gateway.model.event import ERROR, TOOL_CALL, TOOL_RESULT, USER_PROMPT, Event

MAX_LOOKED_AT = 4_000
MIN_VALUE = 6
MAX_TEXT = 200_000


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a chain: event numbers of the cause and the effect, and why we think so."""

    cause: int
    effect: int
    why: str


def causes(events: list[Event], number: int) -> list[Link]:
    """Return the chain from the root cause to event `number` (1-based), root first."""
    chain: list[Link] = []
    at = number
    seen = {at}
    while True:
        link = _cause(events, at)
        if link is None or link.cause in seen:
            break
        chain.append(link)
        seen.add(link.cause)
        at = link.cause
    return chain[::-1]


def _cause(events: list[Event], number: int) -> Link | None:
    event = events[number - 1]
    if event.parent:
        for other in range(number - 1, 0, -1):
            if events[other - 1].id == event.parent:
                return Link(other, number, f"{event.type} of this call")
    if event.type == TOOL_CALL:
        found = _retry(events, number) or _value(events, number) or _same_file(events, number)
        if found:
            return found
    for other in range(number - 1, 0, -1):
        if events[other - 1].type == USER_PROMPT:
            return Link(other, number, f"prompt at #{other} triggered this")
    return None


def _looked_at(number: int) -> range:
    return range(number - 1, max(number - 1 - MAX_LOOKED_AT, 0), -1)


def _retry(events: list[Event], number: int) -> Link | None:
    """An error of the same tool and nearly the same command before it."""
    event = events[number - 1]
    words = set(subject_of(event).split())
    calls = {events[other - 1].id: events[other - 1] for other in _looked_at(number) if events[other - 1].type == TOOL_CALL}
    for other in _looked_at(number):
        candidate = events[other - 1]
        if candidate.type == USER_PROMPT:
            return None
        if candidate.type != ERROR:
            continue
        failed = calls.get(candidate.parent)
        if tool_of(candidate) == tool_of(event) or (failed is not None and tool_of(failed) == tool_of(event)):
            before = set(subject_of(failed).split()) if failed is not None else words
            if not words or len(words & before) * 2 >= min(len(words), len(before)):
                return Link(other, number, f"retry after error at #{other}")
    return None


def _value(events: list[Event], number: int) -> Link | None:
    """A result whose text holds a path or value that this call is given."""
    values = [word.strip("\"'`,;()") for value in _texts(arguments_of(events[number - 1])) for word in value.split()]
    values = [value for value in values if len(value) >= MIN_VALUE and ("/" in value or "." in value or any(char.isdigit() for char in value))][:40]
    if not values:
        return None
    for other in _looked_at(number):
        candidate = events[other - 1]
        if candidate.type in (TOOL_RESULT, ERROR):
            text = (flat(candidate.data.get("result")) or text_of(candidate))[:MAX_TEXT]
            hit = next((value for value in values if value in text), None)
            if hit:
                return Link(other, number, f"`{hit[:80]}` came from the result at #{other}")
    return None


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return []


def _same_file(events: list[Event], number: int) -> Link | None:
    event = events[number - 1]
    subject = subject_of(event)
    if not subject or kind_of(event) not in ("read", "write", "run"):
        return None
    for other in _looked_at(number):
        candidate = events[other - 1]
        if candidate.type == TOOL_CALL and kind_of(candidate) in ("read", "write"):
            path = subject_of(candidate)
            if path and (path == subject or (kind_of(event) == "run" and path in subject)):
                return Link(other, number, f"{'read' if kind_of(candidate) == 'read' else 'wrote'} `{path}` at #{other}")
    return None
