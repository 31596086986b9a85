"""Python values as JSON values, for the record: what has no JSON form is told by its repr. Bounded; never raises."""

from __future__ import annotations

from itertools import islice
from typing import Any

MAX_DEPTH = 20
MAX_ITEMS = 10_000
MAX_TOTAL = 100_000
"""Most values of one value that are told; the rest is left out, and said to be."""
MAX_REPR = 10_000
CUT = "[…]"
"""Stands for what was left out: too deep, too much, or a value inside itself."""
_INPUT = ("input_tokens", "prompt_tokens")
_OUTPUT = ("output_tokens", "completion_tokens")
_CACHE = ("cache_creation_input_tokens", "cache_read_input_tokens")


def plain(value: object) -> Any:
    """Return a value as JSON data: paths and bytes as text, sets as lists, models as their fields."""
    return _Plain().of(value, 0)


class _Plain:
    """One telling of one value: how much of it was told, and what it is inside of."""

    __slots__ = ("_around", "_told")

    def __init__(self) -> None:
        self._told = 0
        self._around: set[int] = set()

    def of(self, value: object, depth: int) -> Any:
        self._told += 1
        if value is None or isinstance(value, bool | int | str):
            return value if type(value) in (bool, int, str, type(None)) else _simple(value)
        if isinstance(value, float):
            return float(value) if value == value and abs(value) != float("inf") else repr(float(value))
        if depth >= MAX_DEPTH or self._told > MAX_TOTAL or id(value) in self._around:
            return CUT
        self._around.add(id(value))
        try:
            return self._inside(value, depth)
        finally:
            self._around.discard(id(value))

    def _inside(self, value: object, depth: int) -> Any:
        if isinstance(value, dict):
            return {_key(key): self.of(item, depth + 1) for key, item in islice(list(value.items()), self._left())}
        if isinstance(value, list | tuple | set | frozenset):
            return [self.of(item, depth + 1) for item in islice(list(value), self._left())]
        if isinstance(value, bytes | bytearray):
            return bytes(value[:MAX_REPR]).decode("utf-8", "backslashreplace")
        try:
            return self._told_by_itself(value, depth)
        except Exception:  # noqa: BLE001  # code of the program's own ran, and may raise anything
            return f"<{type(value).__name__}>"

    def _told_by_itself(self, value: object, depth: int) -> Any:
        if isinstance(value, type):
            return repr(value)[:MAX_REPR]
        path = getattr(value, "__fspath__", None)
        if callable(path):
            named = path()
            return named if isinstance(named, str) else repr(named)
        for name in ("model_dump", "to_dict", "dict", "_asdict"):
            method = getattr(value, name, None)
            if callable(method):
                try:
                    return self.of(method(), depth + 1)
                except Exception:  # noqa: BLE001  # see above; its repr may still do
                    break
        return repr(value)[:MAX_REPR]

    def _left(self) -> int:
        return max(min(MAX_ITEMS, MAX_TOTAL - self._told), 0)


def _simple(value: object) -> Any:
    """Return a value of a class that derives from a simple one as the simple one (an enum's member, a numpy-like
    int).
    """
    if isinstance(value, str):
        return str.__str__(value)
    return int(value) if isinstance(value, int) else None


def _key(key: object) -> str:
    if isinstance(key, str):
        return str.__str__(key)
    try:
        return str(key)[:MAX_REPR]
    except Exception:  # noqa: BLE001  # see above
        return f"<{type(key).__name__}>"


def is_plain(value: object, depth: int = 0) -> bool:
    """Whether a value is JSON data already, so that a rewritten form can stand in its place."""
    if depth > MAX_DEPTH:
        return False
    if isinstance(value, dict):
        return all(type(key) is str and is_plain(item, depth + 1) for key, item in value.items())
    if type(value) is list:
        return all(is_plain(item, depth + 1) for item in value)
    return value is None or type(value) in (bool, int, float, str)


def usage_of(value: object) -> dict[str, int]:
    """Return the tokens that a model's response says were used, in the Messages API's words; {} when it does not
    say.
    """
    usage = value.get("usage") if isinstance(value, dict) else getattr(value, "usage", None)
    if usage is None:
        return {}
    found: dict[str, int] = {}
    for target, names in (("input_tokens", _INPUT), ("output_tokens", _OUTPUT), *((name, (name,)) for name in _CACHE)):
        for name in names:
            number = usage.get(name) if isinstance(usage, dict) else getattr(usage, name, None)
            if isinstance(number, int) and not isinstance(number, bool):
                found[target] = number
                break
    return found
