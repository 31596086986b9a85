"""Fast decoding of record lines and of our own caches. Off the hook lane.

Whatever the fast decoder refuses is tried again by the tolerant one, so speed never decides what counts as an event.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Annotated, Any, TypedDict, TypeVar

import msgspec

from gateway.model.event import Event

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

T = TypeVar("T")

REFUSED = (msgspec.DecodeError, ValueError, RecursionError)
"""What the fast decoder raises: for what is not JSON or of another type, for bytes that are not UTF-8, for depth."""


LATEST = 9_200_000_000.0
"""Latest time of an event, in the year 2261: its nanoseconds, which OTLP counts, fit into 64 bits."""
LONGEST_MS = 1e14
"""The longest that anything is taken to have lasted, in milliseconds: three thousand years."""

_Time = Annotated[float, msgspec.Meta(ge=0, le=LATEST)]
_Duration = Annotated[float, msgspec.Meta(ge=0, le=LONGEST_MS)]
"""What is outside of these is refused here and clamped by the tolerant decoder."""


class _Reason(TypedDict, total=False):
    effect: str
    rule: str
    source: str
    text: str
    hint: str


class _Decision(TypedDict, total=False):
    effect: str
    revision: str
    shadow: str
    reasons: list[_Reason]


class _Effect(TypedDict, total=False):
    effect: str


class _Story(TypedDict, total=False):
    """What phases are told from."""

    tool_name: str
    arguments: Any
    decision: _Effect
    prompt: Any
    error: Any
    message: Any
    is_interrupt: Any
    tool_use_id: Any
    request_id: Any
    hook_event: Any


class _Action(TypedDict, total=False):
    verb: str
    target: str
    how: list[str]


class _Data(TypedDict, total=False):
    """What reports that count need of an event's data; results, file contents and facts are skipped unread."""

    tool_name: str
    arguments: Any
    decision: _Decision
    actions: list[_Action]
    prompt: Any
    error: Any
    message: Any
    usage: Any
    model: Any
    cost_usd: Any
    agent_id: Any
    path: Any
    uri: Any
    id: Any
    message_id: Any
    source_uuid: Any
    is_sidechain: Any
    shared_with: Any
    is_interrupt: Any
    tool_use_id: Any
    request_id: Any
    hook_event: Any


class _Text(_Data, total=False):
    """What a replay shows of an event's data; facts are skipped unread."""

    text: Any
    result: Any
    content_preview: Any
    content: Any
    choice: Any
    reason: Any
    note: Any
    alternatives: Any
    agent_type: Any
    message_count: Any
    trigger: Any
    tokens: Any


class _Sized(TypedDict, total=False):
    """What an estimate of tokens needs of an event's data: of what a tool or a model said, only how long it is."""

    tool_name: Any
    arguments: Any
    decision: _Effect
    prompt: Any
    is_interrupt: Any
    tool_use_id: Any
    request_id: Any
    hook_event: Any
    text: Any
    usage: Any
    model: Any
    message_id: Any
    source_uuid: Any
    is_sidechain: Any
    shared_with: Any
    transcript_path: Any
    result: msgspec.Raw
    content_preview: msgspec.Raw
    content: msgspec.Raw
    messages: msgspec.Raw
    last_message: msgspec.Raw
    error: msgspec.Raw
    message: msgspec.Raw
    choice: msgspec.Raw
    reason: msgspec.Raw
    alternatives: msgspec.Raw


class LeanEvent(msgspec.Struct, gc=False):
    """An event with only what counting needs; has the fields of Event, and stands in for one without being copied into
    one.
    """

    type: str = msgspec.field(name="event_type")
    timestamp: _Time = 0.0
    id: str = msgspec.field(name="event_id", default="")
    session: str = msgspec.field(name="session_id", default="")
    parent: str = msgspec.field(name="parent_id", default="")
    duration_ms: _Duration | None = None
    data: _Data = {}
    extra: dict[str, Any] = {}


class ShownEvent(LeanEvent, gc=False):
    """An event with only what a replay shows."""

    data: _Text = {}


class StoryEvent(LeanEvent, gc=False):
    """An event with only what phases are told from."""

    data: _Story = {}  # type: ignore[assignment]  # less than its base has


class SizedEvent(LeanEvent, gc=False):
    """An event with only what an estimate of tokens needs."""

    data: _Sized = {}  # type: ignore[assignment]  # other parts of the same object


class _Scan(msgspec.Struct, gc=False):
    detectors: str = ""
    state: str = ""


class Sealed(msgspec.Struct, gc=False):
    """A line as it can be passed on unread: its data as bytes, which detectors have been over it, the hash of the line
    before.
    """

    type: str = msgspec.field(name="event_type")
    timestamp: _Time = 0.0
    id: str = msgspec.field(name="event_id", default="")
    parent: str = msgspec.field(name="parent_id", default="")
    duration_ms: _Duration | None = None
    data: msgspec.Raw = msgspec.Raw(b"{}")
    prev_hash: str = ""
    scan: _Scan | None = None


class _Head(msgspec.Struct, gc=False):
    event_type: str
    event_id: str = ""
    parent_id: str = ""


class _Linked(msgspec.Struct, gc=False):
    prev_hash: str | None = None


_any = msgspec.json.Decoder().decode
# # stands in for an Event
lean_or_raise: Callable[[bytes], Event] = msgspec.json.Decoder(LeanEvent).decode  # type: ignore[assignment]
# # stands in for an Event
shown_or_raise: Callable[[bytes], Event] = msgspec.json.Decoder(ShownEvent).decode  # type: ignore[assignment]
# # stands in for an Event
story_or_raise: Callable[[bytes], Event] = msgspec.json.Decoder(StoryEvent).decode  # type: ignore[assignment]
# # stands in for an Event
sized_or_raise: Callable[[bytes], Event] = msgspec.json.Decoder(SizedEvent).decode  # type: ignore[assignment]
sealed_or_raise: Callable[[bytes], Sealed] = msgspec.json.Decoder(Sealed).decode
"""Decode a line as `lean` does, without a second try: raises one of REFUSED. For loops that cannot afford a call more.
"""
_head = msgspec.json.Decoder(_Head).decode
_linked = msgspec.json.Decoder(_Linked).decode


def parsed(line: bytes) -> Event | None:
    """Return the event of one line with everything in it, None when the line holds none."""
    try:
        value = _any(line)
    except REFUSED:
        value = _tolerant(line)
    if type(value) is not dict:
        return None
    kind = value.pop("event_type", None)
    if type(kind) is not str:
        return None
    pop = value.pop
    timestamp = pop("timestamp", 0.0)
    duration = pop("duration_ms", None)
    data = pop("data", None)
    return Event(
        kind,
        timestamp if type(timestamp) is float and 0.0 <= timestamp <= LATEST else number_in(timestamp, LATEST) or 0.0,
        str(pop("event_id", None) or ""),
        str(pop("session_id", None) or ""),
        parent=str(pop("parent_id", None) or ""),
        duration_ms=duration if duration is None else number_in(duration, LONGEST_MS),
        data=data if type(data) is dict else {} if data is None else {"value": data},
        extra=value,
    )


def lean(line: bytes) -> Event | None:
    """Return the event of one line with only what counting needs of its data, None when the line holds none."""
    try:
        return lean_or_raise(line)
    except REFUSED:
        return parsed(line)


def head(line: bytes) -> tuple[str, str, str] | None:
    """Return (type, id, parent's id) of the event of one line, None when the line holds none."""
    try:
        head = _head(line)
    except REFUSED:
        event = parsed(line)
        return None if event is None else (event.type, event.id, event.parent)
    return head.event_type, head.event_id, head.parent_id


def size_of(value: object) -> int:
    """Return how many bytes a value of an event's data takes as JSON."""
    if type(value) is msgspec.Raw:
        return len(value)
    return len(value) + 2 if type(value) is str else len(encoded(value))


def link(line: bytes) -> tuple[bool, object]:
    """Return (whether a line is an object, the hash that it says the line before it has)."""
    try:
        return True, _linked(line).prev_hash
    except REFUSED:
        value = _tolerant(line)
        return isinstance(value, dict), value.get("prev_hash") if isinstance(value, dict) else None


def _tolerant(line: bytes) -> object:
    """Return the value of a line that is not strict JSON (NaN, lone surrogates, bytes that are not UTF-8), None when it
    is none at all.

    What nothing behind here could hold is replaced: half a surrogate pair by U+FFFD, a number that is none, or has no
    end, by None.
    """
    try:
        return _held(json.loads(line.decode("utf-8", "replace"), parse_int=_integer), whole_text)
    except (ValueError, RecursionError):
        return None


def _integer(text: str) -> int | None:
    return int(text) if len(text) <= _DIGITS else None


_DIGITS = 400
"""Most digits of a whole number; Python itself refuses from 4300 on."""


def _held(value: Any, text: Callable[[str], str]) -> Any:
    """Return a JSON value with each text as a function has it, and without numbers that are none."""
    if isinstance(value, str):
        return text(value)
    if isinstance(value, dict):
        return {text(key): _held(item, text) for key, item in value.items()}
    if isinstance(value, list):
        return [_held(item, text) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def whole_text(text: str) -> str:
    """Return a text that UTF-8 can hold: half a surrogate pair is replaced by U+FFFD."""
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def number_in(value: object, most: float) -> float | None:
    """Return a number of a record, taken into 0 to `most`; None for what is no number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        return None
    return float(min(max(value, 0), most))


def json_object(data: bytes) -> JsonObject:
    """Return the object that some bytes hold, {} when they hold none."""
    return object_in(data) or {}


def object_in(data: bytes) -> JsonObject | None:
    """Return the object that some bytes hold, None when they hold none."""
    try:
        value = _any(data)
    except REFUSED:
        value = _tolerant(data)
    return value if isinstance(value, dict) else None


def foreign_object(data: bytes) -> JsonObject | None:
    """Return the object that bytes of another program hold, None when they hold none; no text in it is more than a path
    can be.

    NULs are replaced as halves of surrogate pairs are: the kernel takes no path with one, and Python raises ValueError.
    """
    value = object_in(data)
    if value is None or b"\\u0000" not in data:
        return value
    held: JsonObject = _held(value, path_text)
    return held


def path_text(text: str) -> str:
    """Return a text that the kernel can be asked about: NULs and halves of surrogate pairs are replaced by U+FFFD."""
    return whole_text(text).replace("\0", "\ufffd")


def encoded(value: object) -> bytes:
    """Return a value of ours (dataclasses and what JSON knows) as compact JSON; half a character, which UTF-8 cannot
    hold, becomes `?`.
    """
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.json.encode(_whole(msgspec.to_builtins(value)))


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_whole(key): _whole(item) for key, item in value.items()}
    return [_whole(item) for item in value] if isinstance(value, list | tuple) else value


def decoded(data: bytes, kind: type[T]) -> T | None:
    """Return a value of ours from JSON, None when the bytes do not hold one."""
    try:
        return msgspec.json.decode(data, type=kind)
    except REFUSED:
        return None
