"""Why an event happened: its causes among the events before it, found backwards. Pure but for the backlog it goes back
through.

A result's cause is its call; a retry's is the error before it; a call that is given a path or a value that a result or
the prompt held is caused by that; one on a file that was read or written before is caused by that; else the prompt
before it is the cause. What a subagent did goes back to the call that started it, and neither its errors nor what it
was told are another agent's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from gateway.analysis.agent_starts import agent_of, own_prompt_before, start_of
from gateway.analysis.command_intent import intent_of
from gateway.analysis.event_text import arguments_of, kind_of, one_line, subject_of, tool_of
from gateway.analysis.prompts import prompt_of
from gateway.model.event import ERROR, TOOL_CALL, TOOL_RESULT, USER_PROMPT, Event
from gateway.traces.event_lookup import Backlog

MAX_LINKS = 10_000
"""Longest chain that is followed."""
MAX_BYTES = 8 * 1024 * 1024
"""How far back a value is looked for."""
MAX_VALUES = 40
"""Most values of one call that are looked for."""
MAX_ERRORS = 200
MAX_CALLS = 1_000
"""Most errors, and most calls of its tool, before a call that are compared with it."""
_MIN_PLAIN = 16
"""Shortest value that is looked for when it is neither a path nor a name with a digit in it."""
_MIN = 5

PARENT, RETRY, VALUE, FILE, PROMPT, AGENT = "parent", "retry", "value", "file", "prompt", "agent"


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a chain: event numbers of the cause and the effect, and why we think so.

    kind   PARENT, RETRY, VALUE, FILE, PROMPT or AGENT
    value  the path or value that went from one to the other, or ""
    """

    cause: int
    effect: int
    kind: str
    why: str
    value: str = ""


def causes(backlog: Backlog, number: int) -> list[Link]:
    """Return the chain from the root cause to event `number` (1-based), root first."""
    chain: list[Link] = []
    starts: dict[str, int] = {}
    while len(chain) < MAX_LINKS:
        link = _cause(backlog, number, starts)
        if link is None:
            break
        chain.append(link)
        number = link.cause
    return chain[::-1]


def _cause(backlog: Backlog, number: int, starts: dict[str, int]) -> Link | None:
    """Return the link to an event's cause; a cause is always before its effect, so that chains end."""
    event = backlog.event(number)
    call = _call_of(backlog, event, number)
    if call:
        return Link(call, number, PARENT, f"{event.type} of this call" if event.type != TOOL_CALL else "part of this")
    start = _start(backlog, event, number, starts)
    prompt = 0 if start else own_prompt_before(backlog, event, number)
    if event.type == TOOL_CALL:
        scope = None if agent_of(event) and not start else agent_of(event)
        link = _retry(backlog, event, number, start or prompt, scope) or _flow(backlog, event, number, scope)
        if link:
            return link
    if start:
        return Link(start, number, AGENT, f"done by the subagent that #{start} started")
    return (
        Link(prompt, number, PROMPT, f"prompt at #{prompt} triggered this")
        if prompt and event.type != USER_PROMPT
        else None
    )


def _start(backlog: Backlog, event: Event, number: int, starts: dict[str, int]) -> int:
    """Return what started an event's subagent; looked for once an agent, as it goes through all the agent's lines."""
    agent = agent_of(event)
    if agent not in starts or starts[agent] >= number:
        starts[agent] = start_of(backlog, event, number)
    return starts[agent]


def _foreign(candidate: Event, scope: str | None) -> bool:
    """Whether an event is another agent's; never where the session is itself a subagent's (no scope)."""
    return scope is not None and agent_of(candidate) != scope


def _call_of(backlog: Backlog, event: Event, number: int) -> int:
    """Return the number of the event that another answers, 0 when there is none: by its parent's id, else by the
    client's id of the call.
    """
    if event.parent:
        for other in backlog.holding(_quoted(event.parent), number, number * MAX_BYTES):
            if backlog.event(other).id == event.parent:
                return other
    for key in ("tool_use_id", "request_id"):
        name = event.data.get(key)
        if event.type in (TOOL_RESULT, ERROR) and name is not None:
            for other in backlog.holding(_quoted(name), number, MAX_BYTES):
                candidate = backlog.event(other)
                if candidate.type == TOOL_CALL and candidate.data.get(key) == name:
                    return other
    return 0


def _retry(backlog: Backlog, event: Event, number: int, prompt: int, scope: str | None) -> Link | None:
    """The error, since the prompt, of the last try of the same thing by the same tool; none when that try went well."""
    errors = [other for other, _ in zip(backlog.errors_before(number, after=prompt), range(MAX_ERRORS), strict=False)]
    if not errors:
        return None
    tool, thing = tool_of(event), _thing(event)
    for looked, other in enumerate(backlog.holding(_quoted(tool), number, MAX_BYTES)):
        if other <= prompt or looked >= MAX_CALLS:
            return None
        before = backlog.event(other)
        if (
            before.type == TOOL_CALL
            and tool_of(before) == tool
            and _thing(before) == thing
            and not _foreign(before, scope)
        ):
            failed = next(
                (
                    error
                    for error in errors
                    if error > other and _call_of(backlog, backlog.event(error), error) == other
                ),
                0,
            )
            return Link(failed, number, RETRY, f"retry after error at #{failed}") if failed else None
    return None


def _thing(event: Event) -> str:
    subject = subject_of(event, 2000)
    return intent_of(subject) if kind_of(event) == "run" else subject


def _flow(backlog: Backlog, event: Event, number: int, scope: str | None) -> Link | None:
    """The latest event before a call that held a path or value it is given, or that read or wrote the file it is
    about.
    """
    best: Link | None = None
    for value in _values(event):
        for needle in _written(value):
            for other in backlog.holding(needle, number, MAX_BYTES):
                if best is not None and other <= best.cause:
                    break
                candidate = backlog.event(other)
                if candidate.type != TOOL_CALL and _foreign(candidate, scope):
                    continue  # an agent sees no other agent's results, but the files it left
                link = _link(candidate, other, event, number, value)
                if link is not None:
                    best = link
                    break
    return best


def _link(candidate: Event, other: int, event: Event, number: int, value: str) -> Link | None:
    shown = one_line(value, 80)
    if candidate.type in (TOOL_RESULT, ERROR):
        held = any(
            value in text
            for text in _texts({key: item for key, item in candidate.data.items() if key not in ("tool_name", "cwd")})
        )
        return (
            Link(
                other,
                number,
                VALUE,
                f"`{shown}` came from the {'result' if candidate.type == TOOL_RESULT else 'error'} at #{other}",
                value,
            )
            if held
            else None
        )
    if candidate.type == USER_PROMPT:
        if prompt_of(candidate) is None:
            return None
        return Link(other, number, VALUE, f"`{shown}` was named in the prompt at #{other}", value)
    if candidate.type != TOOL_CALL:
        return None
    before, after = kind_of(candidate), kind_of(event)
    same = subject_of(candidate, 2000) == value
    if same and (before == "write" or (before == "read" and after in ("write", "run"))):
        return Link(other, number, FILE, f"{'wrote' if before == 'write' else 'read'} `{shown}` at #{other}", value)
    return None


def _values(event: Event) -> list[str]:
    """Return the paths and values that a call is given, those that say most first."""
    found: dict[str, None] = {}
    for text in _texts(arguments_of(event)):
        whole = text.strip()
        if "\n" not in whole and (" " not in whole or "/" in whole):
            found[whole] = None
        elif whole:
            found[max(whole.splitlines(), key=len).strip()] = None
        for word in whole[:4000].split():
            found[word.strip("\"'`,;()[]{}<>:=")] = None
    values = [value for value in found if _tells(value)]
    return sorted(values, key=lambda value: ("/" not in value, -len(value)))[:MAX_VALUES]


def _tells(value: str) -> bool:
    """Whether it would be no accident to see a value twice."""
    if len(value) < _MIN or value.startswith("-") or len(value) > 2000:
        return False
    inner = value[1:-1]
    return (
        "/" in inner
        or "." in inner
        or len(value) >= _MIN_PLAIN
        or (any(char.isdigit() for char in value) and any(char.isalpha() for char in value))
    )


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


def _quoted(value: object) -> bytes:
    return json.dumps(value).encode()


def _written(value: str) -> set[bytes]:
    """Return the forms in which a value may stand inside a JSON string: with its characters as they are, or escaped to
    ASCII.
    """
    return {json.dumps(value, ensure_ascii=plain)[1:-1].encode("utf-8", "surrogatepass") for plain in (False, True)}
