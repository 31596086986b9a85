"""JSON for the hook lane: the C scanner and encoder that `json` itself uses, without the 6 ms of importing it. Pure."""

from __future__ import annotations

from _json import encode_basestring, encode_basestring_ascii, make_encoder, make_scanner, scanstring

from gateway.model.errors import ProtocolError

_SPACE = " \t\r\n"


class _Options:
    """What the C scanner reads its settings from."""

    __slots__ = ("memo", "object_hook", "object_pairs_hook", "parse_constant", "parse_float", "parse_int", "parse_string", "strict")

    def __init__(self) -> None:
        self.strict = False
        self.object_hook = None
        self.object_pairs_hook = None
        self.parse_float = float
        self.parse_int = int
        self.parse_constant = _refuse_constant
        self.parse_string = scanstring
        self.memo: dict[str, str] = {}


def _refuse_constant(name: str) -> object:
    raise ProtocolError(f"`{name}` is not JSON")


_scan = make_scanner(_Options())  # type: ignore[arg-type]


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
        raise ProtocolError(f"not JSON: {str(error)[:120]}") from None
    except RecursionError:
        raise ProtocolError("JSON nested too deeply") from None
    while at < end and text[at] in _SPACE:
        at += 1
    if at != end:
        raise ProtocolError(f"more than one JSON value, the second at character {at}")
    return value


def _no_json(value: object) -> object:
    raise TypeError(f"{type(value).__name__} is not JSON")


def dumps(value: object, *, sort_keys: bool = False) -> str:
    """Return a value as compact JSON, characters as they are. Raises ValueError for NaN and infinities, TypeError for the rest."""
    encode = make_encoder(None, _no_json, encode_basestring, None, ":", ",", sort_keys, False, False)
    return "".join(encode(value, 0))


def dumps_ascii(value: object, *, sort_keys: bool = False) -> str:
    """Return a value as compact JSON in ASCII, for text that UTF-8 cannot carry (lone surrogates) and for streams of any encoding."""
    encode = make_encoder(None, _no_json, encode_basestring_ascii, None, ":", ",", sort_keys, False, False)
    return "".join(encode(value, 0))


def line_of(value: object) -> bytes:
    """Return a value as one line of UTF-8, the newline included."""
    try:
        return dumps(value).encode() + b"\n"
    except UnicodeEncodeError:
        return dumps_ascii(value).encode() + b"\n"
