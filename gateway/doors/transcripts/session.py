"""Finished: one session as its agent's own file tells it, and the entries it is made of. What every format translates
to.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from gateway.model.call import ToolCall, ToolResult
from gateway.model.errors import ProtocolError
from gateway.traces.decode import LATEST, foreign_object, number_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject


@dataclass(frozen=True, slots=True)
class Called:
    """A call that was made; its id names it."""

    call: ToolCall
    at: float


@dataclass(frozen=True, slots=True)
class Returned:
    """What a call came back with."""

    result: ToolResult
    at: float


@dataclass(frozen=True, slots=True)
class Said:
    """A prompt, a response, a usage, a mark.

    name  what tells it from every other entry of its session, the same whenever the file is read
    """

    kind: str
    data: JsonObject
    at: float
    name: str


Entry = Called | Returned | Said


@dataclass(frozen=True, slots=True)
class Finished:
    """One session.

    entries      yields what happened, in order
    parent       session that started it, or ""
    parent_call  the call there that did, or ""
    """

    session: str
    agent: str
    path: str
    cwd: str
    started: float
    entries: Callable[[], Iterator[Entry]]
    attribution: JsonObject = field(default_factory=dict)
    parent: str = ""
    parent_call: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A session file that could be imported; `size` in bytes, `modified` in seconds since the epoch."""

    agent: str
    session: str
    path: str
    cwd: str
    size: int
    modified: float


def found_below(root: str, wanted: Callable[[str, str], bool], found: Callable[[str], Found]) -> Iterator[Found]:
    """Yield what `found` knows of every file below a folder that is `wanted`, by its folder and name; one that cannot
    be read is passed over.
    """
    for place, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            if wanted(place, name):
                with suppress(OSError, ProtocolError):
                    yield found(f"{place}/{name}")


def json_lines(path: str) -> Iterator[JsonObject]:
    """Yield the objects of a file with one a line; what is torn or no object is passed over. Raises OSError."""
    with open(path, "rb") as file:
        for line in file:
            value = foreign_object(line)
            if value is not None:
                yield value


def refuse_unread(path: str, agent: str, known: Callable[[JsonObject], bool]) -> None:
    """Raise ProtocolError when no line of a file is one that we know: it must not pass for a session without calls.
    Raises OSError.
    """
    if not any(known(line) for line in json_lines(path)):
        raise ProtocolError(f"`{path}` cannot be read as a session of {agent}", "none of its lines is of a known kind")


def seconds(value: object) -> float:
    """Return a time (ISO 8601, or milliseconds since the epoch) as seconds since the epoch, 0.0 when it is none."""
    number = number_in(value, LATEST * 1000)
    if number is not None:
        return number / 1000 if number > 1e11 else min(number, LATEST)
    if not isinstance(value, str):
        return 0.0
    try:
        return number_in(datetime.fromisoformat(value).timestamp(), LATEST) or 0.0
    except (ValueError, OverflowError):
        return 0.0


def text_in(content: object) -> str:
    """Return the text of a message's content: a string, or blocks of which some hold text."""
    if isinstance(content, str):
        return content
    if isinstance(content, dict):
        return text_in(content.get("text") or content.get("content") or content.get("output") or "")
    if isinstance(content, list):
        return "\n".join(text for text in (text_in(block) for block in content) if text)
    return ""


def dict_in(value: object, key: str) -> JsonObject:
    """Return the object under a key, {} when there is none."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def text_at(value: object, key: str) -> str:
    """Return the text under a key, "" when there is none."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""


def told(**facts: object) -> JsonObject:
    """Return the facts that there are."""
    return {key: value for key, value in facts.items() if value not in ("", None, {}, [])}


def blocks_of(content: object) -> list[JsonObject]:
    """Return the blocks of a message's content; a content that is a text, or none at all, has none."""
    return [block for block in content if isinstance(block, dict)] if isinstance(content, list) else []
