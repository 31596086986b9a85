"""Fitting: a structured result that something was taken out of, made to satisfy the tool's outputSchema again, if it
can be. Pure.

Clients check it: a result that breaks the schema is an exception in most of them, and their message quotes the value.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

MAX_ROUNDS = 100

_FORMATS = {
    "email": "redacted@example.invalid",
    "idn-email": "redacted@example.invalid",
    "uri": "https://redacted.invalid/",
    "uri-reference": "https://redacted.invalid/",
    "iri": "https://redacted.invalid/",
    "url": "https://redacted.invalid/",
    "date": "1970-01-01",
    "time": "00:00:00Z",
    "date-time": "1970-01-01T00:00:00Z",
    "duration": "P0D",
    "uuid": "00000000-0000-0000-0000-000000000000",
    "hostname": "redacted.invalid",
    "ipv4": "0.0.0.0",  # noqa: S104  # a value to show, not an address to bind
    "ipv6": "::",
}
_DRAFTS = {
    "draft-07": "Draft7Validator",
    "draft-06": "Draft6Validator",
    "draft-04": "Draft4Validator",
    "2019-09": "Draft201909Validator",
}


def conforming(schema: object, before: object, cleaned: object) -> tuple[bool, object]:
    """Return (whether it fits, the cleaned value as it fits); `before` is the value as the server gave it.

    Only strings that were changed are touched again: as long as before, as their format wants them, or left out where
    they may be.
    """
    check = _checker(schema)
    if check is None:
        return False, cleaned
    value = cleaned
    tried: dict[tuple[Any, ...], int] = {}
    for _ in range(MAX_ROUNDS):
        problem = next(check(value), None)
        if problem is None:
            return True, value
        place = tuple(problem.absolute_path)
        old, new = _at(before, place), _at(value, place)
        candidates = (
            list(_candidates(old, problem.schema)) if isinstance(new, str) and old != _at(cleaned, place) else []
        )
        number = tried.get(place, 0)
        tried[place] = number + 1
        if number < len(candidates):
            value = _set(value, place, candidates[number])
        elif candidates and number == len(candidates) and place and isinstance(_at(value, place[:-1]), dict):
            value = _set(value, place, _GONE)
        else:
            return False, value
    return False, value


class _Gone:
    """Stands for a member that is left out."""


_GONE = _Gone()


def _candidates(old: object, schema: object) -> Iterator[str]:
    """Yield what may stand in the place of a string, likeliest first."""
    if isinstance(schema, dict) and schema.get("format") in _FORMATS:
        yield _FORMATS[schema["format"]]
    length = len(old) if isinstance(old, str) else 8
    yield "*" * length
    yield "x" * length
    yield "0" * length


def _checker(schema: object) -> Any:
    """Return a function that yields what is wrong with a value; None when the schema cannot be used without the
    network.
    """
    import jsonschema
    import referencing.exceptions

    if not isinstance(schema, dict | bool):
        return None
    text = str(schema.get("$schema", "")) if isinstance(schema, dict) else ""
    draft = next((name for mark, name in _DRAFTS.items() if mark in text), "Draft202012Validator")
    kind = getattr(jsonschema, draft)
    try:
        kind.check_schema(schema)
    except jsonschema.SchemaError:
        return None
    validator = kind(schema, registry=referencing.Registry(), format_checker=kind.FORMAT_CHECKER)

    def check(value: object) -> Iterator[Any]:
        try:
            yield from validator.iter_errors(value)
        except (referencing.exceptions.Unresolvable, RecursionError) as error:
            yield jsonschema.ValidationError(str(error)[:200])

    return check


def _at(value: object, place: tuple[Any, ...]) -> object:
    for step in place:
        try:
            value = value[step]  # type: ignore[index]
        except (LookupError, TypeError):
            return None
    return value


def _set(value: Any, place: tuple[Any, ...], new: object) -> Any:
    """Return a copy of the value with one place changed; only what lies on the way is copied."""
    if not place:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    if new is _GONE and len(place) == 1:
        del copy[place[0]]
        return copy
    copy[place[0]] = _set(copy[place[0]], place[1:], new)
    return copy
