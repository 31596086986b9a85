"""Usage in Claude Code's transcripts: one request stands on several lines, in several files, and only the last telling
is complete. Pure.

Facts: measured by users of versions 2.1.63 to 2.1.288; the format is not documented.
"""

from __future__ import annotations

# # `datetime` itself is 3 ms of Python on 3.11
from _datetime import datetime  # type: ignore[import-not-found,unused-ignore]

from gateway.analysis.usage.tokens import Use, tokens_of
from gateway.model.errors import ProtocolError
from gateway.model.json_text import loads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gateway.model.json_text import JsonObject

SYNTHETIC = "<synthetic>"
"""The model of messages that the client made up itself; they cost nothing."""


def uses_in(lines: Iterable[bytes], *, aside: bool = False) -> Iterator[Use]:
    """Yield what each line with a usage tells; the same request several times."""
    for line in lines:
        if b'"usage"' in line:
            value = parsed(line)
            if value is not None:
                use = use_of(value, aside=aside)
                if use is not None:
                    yield use


def use_of(value: JsonObject, *, aside: bool = False) -> Use | None:
    """Return what one line tells of a request, None when it tells of none."""
    message = value.get("message")
    if value.get("type") != "assistant" or not isinstance(message, dict) or not isinstance(message.get("usage"), dict):
        return None
    model = message.get("model")
    if model == SYNTHETIC:
        return None
    usage = message["usage"]
    return Use(
        key_of(value),
        when(value.get("timestamp")),
        model if isinstance(model, str) else "",
        tokens_of(usage),
        fast=usage.get("speed") == "fast",
        aside=aside or value.get("isSidechain") is True,
    )


def key_of(value: JsonObject) -> str:
    """Return what identifies a line's request: the message's id; a request id is missing too often to be part of it."""
    message = value.get("message")
    name = message.get("id") if isinstance(message, dict) else None
    return str(name or value.get("uuid") or "")


def parsed(line: bytes) -> JsonObject | None:
    """Return the object on a line; None for a torn line, or one that holds none."""
    try:
        value = loads(line.decode("utf-8", "replace"))
    except ProtocolError:
        return None
    return value if isinstance(value, dict) else None


def when(text: object) -> float:
    """Return an ISO 8601 time as seconds since the epoch, 0.0 when it is none."""
    if not isinstance(text, str):
        return 0.0
    try:
        return float(datetime.fromisoformat(text).timestamp())
    except (ValueError, OverflowError):
        return 0.0


class Told:
    """The requests that one transcript tells of, as far as it takes to see which of two transcripts had them first.

    ids     request -> when it was first told of
    copied  requests on lines that say they were copied from another session
    """

    def __init__(self, lines: Iterable[bytes]) -> None:
        self.ids: dict[str, float] = {}
        self.copied: set[str] = set()
        for line in lines:
            value = parsed(line) if b'"assistant"' in line else None
            if value is None or value.get("type") != "assistant":
                continue
            key = key_of(value)
            self.ids.setdefault(key, when(value.get("timestamp")))
            if isinstance(value.get("forkedFrom"), dict):
                self.copied.add(key)

    def owns(self, other: Told) -> bool:
        """Whether what both tell of happened here: the other says it copied it, or went on later than this one did."""
        shared = self.ids.keys() & other.ids.keys()
        if shared & self.copied or shared & other.copied:
            return not shared & self.copied
        mine = [at for key, at in self.ids.items() if key not in shared]
        theirs = [at for key, at in other.ids.items() if key not in shared]
        return not mine or (bool(theirs) and min(mine) <= min(theirs))
