"""Envelopes: raw bytes in, JSON-RPC messages out, or one ProtocolError. Pure.

What two readers may take for two different messages is not read at all: duplicate keys, keys that differ by case from
the ones that count (Go's decoder folds them), a byte order mark, numbers without end, lone surrogates from a client,
ids that are not a string or a whole number that every language can hold.
"""

from __future__ import annotations

import json

from gateway.doors.mcp.jsonrpc.fast_decoder import NOT, value_of
from gateway.model.errors import ProtocolError
from gateway.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Message = dict[str, Any]
    Key = tuple[str, str | int]

REQUEST = "request"
NOTIFICATION = "notification"
RESULT = "result"
ERROR = "error"

MAX_DEPTH = 200
MAX_BATCH = 1000
_LONG = 16_384
MAX_SAFE = 2**53 - 1
"""Largest whole number that JavaScript does not round (ECMA-262, Number.MAX_SAFE_INTEGER)."""

_ENVELOPE = frozenset(("jsonrpc", "id", "method", "params", "result", "error"))
_PARAMS = frozenset(
    "name arguments uri ref argument context task taskId cursor level messages message requestedSchema mode url tools systemPrompt"
    " _meta requestId progressToken capabilities protocolVersion clientInfo inputResponses requestState notifications content action roots".split()
)


class Envelope(Record):
    """One JSON-RPC message.

    kind     REQUEST, NOTIFICATION, RESULT or ERROR
    key      its id with its JSON type, so that 77 and "77" are two; None for a notification and for an error that
             answers nothing
    method   of a request or notification, else ""
    message  the whole message as parsed
    """

    __slots__ = ("key", "kind", "message", "method")

    def __init__(self, kind: str, key: Key | None, method: str, message: Message) -> None:
        self.kind = kind
        self.key = key
        self.method = method
        self.message = message

    @property
    def params(self) -> Message:
        """The message's params; {} where it has none."""
        params = self.message.get("params")
        return params if isinstance(params, dict) else {}

    @property
    def meta(self) -> Message:
        """The `_meta` of the params; {} where there is none."""
        meta = self.params.get("_meta")
        return meta if isinstance(meta, dict) else {}


class Arrival(Record):
    """What one raw message holds.

    items  its envelopes, in order
    batch  whether it is a JSON array of them
    """

    __slots__ = ("batch", "items")

    def __init__(self, items: tuple[Envelope, ...], *, batch: bool = False) -> None:
        self.items = items
        self.batch = batch

    def asked(self, kind: str = REQUEST) -> set[Key]:
        """Return the ids of the requests among them, or of another kind."""
        return {item.key for item in self.items if item.kind == kind and item.key is not None}


def read(raw: bytes, *, trusted: bool = False) -> Arrival:
    """Return what a raw message holds.

    trusted  it comes from the server, which may cut a text inside a character
    Raises ProtocolError when it is not JSON-RPC, or may be read in two ways.
    """
    value = parse(raw, trusted=trusted)
    if not isinstance(value, list):
        return Arrival((_envelope(value),))
    if not value or len(value) > MAX_BATCH:
        raise ProtocolError("a batch of no messages" if not value else f"a batch of more than {MAX_BATCH} messages")
    return Arrival(tuple(_envelope(item) for item in value), batch=True)


def parse(raw: bytes, *, trusted: bool = False) -> object:
    """Return the JSON value of a raw message. Raises ProtocolError."""
    value = value_of(raw)
    canonical = value is not NOT
    if not canonical:
        value = _decoded(raw)
    if _many(raw) and depth(value) > MAX_DEPTH:
        raise ProtocolError(f"JSON nested deeper than {MAX_DEPTH}")
    if not canonical and not trusted and b"\\" in raw and b"\\u" in raw and (b"\\uD" in raw or b"\\ud" in raw):
        _no_surrogates(value)
    return value


def _decoded(raw: bytes) -> object:
    """Return the value of a message that may be written in any way."""
    if raw.startswith(b"\xef\xbb\xbf"):
        raise ProtocolError("a byte order mark before the message")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProtocolError(f"not UTF-8 at byte {error.start}") from None
    try:
        value: object = _DECODER.decode(text)
    except ProtocolError:
        raise
    except ValueError as error:
        raise ProtocolError(f"not JSON: {str(error)[:120]}") from None
    except RecursionError:
        raise ProtocolError("JSON nested too deeply") from None
    return value


def _many(raw: bytes) -> bool:
    """Whether more brackets stand in a message than may be nested; in a long one, looking for the few there are beats
    counting.
    """
    if len(raw) < _LONG:
        return raw.count(b"{") + raw.count(b"[") > MAX_DEPTH
    left = MAX_DEPTH
    for mark in b"{[":
        at = raw.find(mark)
        while at >= 0:
            left -= 1
            if left < 0:
                return True
            at = raw.find(mark, at + 1)
    return False


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ProtocolError(f"the key `{twice[:80]}` stands twice in one object")
    return made


def _finite(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ProtocolError(f"the number `{text[:40]}` has no end")
    return value


def _no_constant(name: str) -> object:
    raise ProtocolError(f"`{name}` is not JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_float=_finite, parse_constant=_no_constant, strict=True)


def depth(value: object) -> int:
    """Return how deeply a JSON value is nested."""
    deepest = 0
    todo = [(value, 1)]
    while todo:
        entry, level = todo.pop()
        deepest = max(deepest, level)
        if isinstance(entry, dict):
            todo += [(item, level + 1) for item in entry.values() if isinstance(item, dict | list)]
        elif isinstance(entry, list):
            todo += [(item, level + 1) for item in entry if isinstance(item, dict | list)]
    return deepest


def _no_surrogates(value: object) -> None:
    todo = [value]
    while todo:
        one = todo.pop()
        if isinstance(one, str):
            if not one.isascii() and any("\ud800" <= char <= "\udfff" for char in one):
                raise ProtocolError("half a character (a lone surrogate)")
        elif isinstance(one, dict):
            todo += [*one.keys(), *one.values()]
        elif isinstance(one, list):
            todo += one


def _envelope(value: object) -> Envelope:
    if not isinstance(value, dict):
        raise ProtocolError("a message that is not an object")
    _exact(value, _ENVELOPE)
    method = value.get("method")
    if "method" in value:
        if not isinstance(method, str) or "result" in value or "error" in value:
            raise ProtocolError(
                "a message that is both a request and an answer"
                if isinstance(method, str)
                else "a method that is not a string"
            )
        params = value.get("params")
        if params is not None and not isinstance(params, dict):
            raise ProtocolError("params that are not an object")
        if params:
            _exact(params, _PARAMS)
        if "id" not in value:
            return Envelope(NOTIFICATION, None, method, value)
        return Envelope(REQUEST, key_of(value["id"]), method, value)
    if ("result" in value) == ("error" in value):
        raise ProtocolError("a message that is neither a request nor an answer")
    kind = ERROR if "error" in value else RESULT
    ident = value.get("id")
    if ident is None and kind == ERROR:
        return Envelope(kind, None, "", value)
    return Envelope(kind, key_of(ident), "", value)


def key_of(ident: object) -> Key:
    """Return an id with its JSON type. Raises ProtocolError when it is neither a string nor a whole number."""
    if isinstance(ident, str):
        return ("string", ident)
    if isinstance(ident, int) and not isinstance(ident, bool) and -MAX_SAFE <= ident <= MAX_SAFE:
        return ("number", ident)
    raise ProtocolError(f"an id that is neither a string nor a whole number: `{str(ident)[:40]}`")


def _exact(members: dict[str, object], known: frozenset[str]) -> None:
    """Refuse keys that a reader takes for a known one when it folds case as Unicode does (K for the Kelvin sign, s for
    the long s).
    """
    for key in members:
        if key not in known and key.casefold() in _FOLDED[known]:
            raise ProtocolError(f"the key `{key[:80]}`, which some servers take for another one")


_FOLDED = {known: frozenset(name.casefold() for name in known) for known in (_ENVELOPE, _PARAMS)}


def identified(raw: bytes) -> object:
    """Return the id of a message that was refused, where it can be told beyond doubt; else None."""
    try:
        value = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=list)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, list) or not all(isinstance(pair, tuple) for pair in value):
        return None
    found = [item for key, item in value if key == "id"]
    return found[0] if len(found) == 1 and isinstance(found[0], str | int) and not isinstance(found[0], bool) else None


def is_request(raw: bytes) -> bool:
    """Whether a message that was refused asks for an answer, as far as can be told."""
    return b'"method"' in raw or not raw.lstrip().startswith(b"{")
