"""Python values as JSON values, for the record: what has no JSON form is told by its repr. Bounded; never raises."""

from __future__ import annotations

from typing import Any

MAX_DEPTH = 20
MAX_ITEMS = 10_000
MAX_REPR = 10_000
_INPUT = ("input_tokens", "prompt_tokens")
_OUTPUT = ("output_tokens", "completion_tokens")
_CACHE = ("cache_creation_input_tokens", "cache_read_input_tokens")


def plain(value: object, depth: int = 0) -> Any:
    """Return a value as JSON data: paths and bytes as text, sets as lists, models as their fields."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else repr(value)
    if depth >= MAX_DEPTH:
        return "[…]"
    if isinstance(value, dict):
        return {str(key): plain(item, depth + 1) for key, item in list(value.items())[:MAX_ITEMS]}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item, depth + 1) for item in list(value)[:MAX_ITEMS]]
    if isinstance(value, bytes | bytearray):
        return bytes(value[:MAX_REPR]).decode("utf-8", "backslashreplace")
    if hasattr(value, "__fspath__"):
        path = value.__fspath__()
        return path if isinstance(path, str) else repr(path)
    return _fields_of(value, depth)


def _fields_of(value: object, depth: int) -> Any:
    for name in ("model_dump", "to_dict", "dict"):
        method = getattr(value, name, None)
        if callable(method) and not isinstance(value, type):
            try:
                return plain(method(), depth + 1)
            except (TypeError, ValueError, AttributeError):
                break
    try:
        return repr(value)[:MAX_REPR]
    except (TypeError, ValueError, AttributeError, RuntimeError, RecursionError):
        return f"<{type(value).__name__}>"


def is_plain(value: object) -> bool:
    """Whether a value is JSON data already, so that a rewritten form can stand in its place."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and is_plain(item) for key, item in value.items())
    if isinstance(value, list):
        return all(is_plain(item) for item in value)
    return value is None or type(value) in (bool, int, float, str)


def usage_of(value: object) -> dict[str, int]:
    """Return the tokens that a model's response says were used, in the Messages API's words; {} when it does not say."""
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
