"""JSON for the hook lane: the C scanner and encoder that `json` itself uses, without the 6 ms of importing it. Pure."""

from __future__ import annotations

import sys
from _json import encode_basestring, encode_basestring_ascii, make_encoder, make_scanner, scanstring

from gateway.model.errors import ProtocolError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    JsonObject = dict[str, Any]
    """A JSON object whose members are somebody else's to say: a tool's arguments, an event's data, a line of a
    transcript.
    """

_SPACE = " \t\r\n"


class _Options:
    """What the C scanner reads its settings from."""

    __slots__ = (
        "memo",
        "object_hook",
        "object_pairs_hook",
        "parse_constant",
        "parse_float",
        "parse_int",
        "parse_string",
        "strict",
    )

    def __init__(self) -> None:
        self.strict = False
        self.object_hook = None
        self.object_pairs_hook = None
        self.parse_float = _number
        self.parse_int = int
        self.parse_constant = _refuse_constant
        self.parse_string = scanstring
        self.memo: dict[str, str] = {}


def _refuse_constant(name: str) -> object:
    raise ProtocolError(f"`{name}` is not JSON")


def _number(text: str) -> float:
    value = float(text)
    if value - value:  # an infinity: `1e999` is JSON, but nothing that could be written down again
        raise ProtocolError(f"`{text[:20]}` is too large a number")
    return value


class _NotJsonError(ValueError):
    """Stands in for `json.JSONDecodeError`, which the C scanner looks up by name.

    msg  what is wrong
    pos  the character where
    """

    def __init__(self, msg: str, doc: str, pos: int) -> None:
        super().__init__(msg)
        self.msg = msg
        self.pos = pos


_PACKAGE, _DECODER = "json", "json.decoder"
_stand_in = type(sys)(_DECODER)
_stand_in.__dict__["JSONDecodeError"] = _NotJsonError

_scanner = make_scanner(_Options())  # type: ignore[arg-type]


def _scan(text: str, start: int) -> tuple[object, int]:
    """Return (the value that starts at a character, where it ends). Raises StopIteration, ValueError, RecursionError.

    For most of what is not JSON the C scanner raises the JSONDecodeError of `json.decoder`. CPython 3.11 only looks
    among the modules that are loaded, and raises SystemError without it; 3.12 and later import it, with its package
    (Modules/_json.c, raise_errmsg). Either is 6 ms more for a hook, so something of those names stands there while it
    scans. Where another thread may import the real ones meanwhile, they are imported first.
    """
    modules = sys.modules
    if _DECODER in modules:
        return _scanner(text, start)
    if _PACKAGE in modules or "threading" in modules:
        __import__(_DECODER)
        return _scanner(text, start)
    modules[_PACKAGE] = modules[_DECODER] = _stand_in
    try:
        return _scanner(text, start)
    finally:
        del modules[_PACKAGE], modules[_DECODER]


def loads(text: str) -> object:
    """Return the value of a JSON text; of duplicate keys the last counts, as it does for the clients we stand before.

    Raises ProtocolError for anything that is not one JSON value.
    """
    start = 0
    end = len(text)
    while start < end and text[start] in _SPACE:
        start += 1
    try:
        value, at = _scan(text, start)
    except StopIteration as stop:
        raise ProtocolError(f"not JSON at character {stop.value}") from None
    except ValueError as error:
        raise ProtocolError(f"not JSON: {_said(error)[:120]}") from None
    except RecursionError:
        raise ProtocolError("JSON nested too deeply") from None
    while at < end and text[at] in _SPACE:
        at += 1
    if at != end:
        raise ProtocolError(f"more than one JSON value, the second at character {at}")
    return value


def _said(error: ValueError) -> str:
    at = getattr(error, "pos", None)
    return str(error) if at is None else f"{getattr(error, 'msg', '')} (character {at})"


def _no_json(value: object) -> object:
    raise TypeError(f"{type(value).__name__} is not JSON")


def dumps(value: object, *, sort_keys: bool = False) -> str:
    """Return a value as compact JSON, characters as they are. Raises ValueError for NaN and infinities, TypeError for
    the rest.
    """
    encode = make_encoder(None, _no_json, encode_basestring, None, ":", ",", sort_keys, False, False)
    return "".join(encode(value, 0))


def dumps_ascii(value: object, *, sort_keys: bool = False) -> str:
    """Return a value as compact JSON in ASCII, for text that UTF-8 cannot carry (lone surrogates) and for streams of
    any encoding.
    """
    encode = make_encoder(None, _no_json, encode_basestring_ascii, None, ":", ",", sort_keys, False, False)
    return "".join(encode(value, 0))


def line_of(value: object) -> bytes:
    """Return a value as one line of UTF-8, the newline included."""
    try:
        return dumps(value).encode() + b"\n"
    except UnicodeEncodeError:
        return dumps_ascii(value).encode() + b"\n"
