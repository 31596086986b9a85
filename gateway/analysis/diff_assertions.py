"""What a comparison is expected to show: assertions read from a document, strictly, and checked. Pure.

    {"assertions": [{"name": "no new errors", "metric": "errors", "of": "delta", "max": 0},
                    {"metric": "tools", "of": "added", "excludes": ["WebFetch"]},
                    {"metric": "files_written", "within": ["src/**", "tests/**"]},
                    {"metric": "outcome", "in": ["improved", "unchanged"]}]}

`of` is b (the default), a, delta or ratio for a number; b, a, added or removed for a list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gateway.analysis.outcomes import LISTS, NUMBERS, OUTCOMES, Comparison
from gateway.model.errors import GatewayError, NothingError
from gateway.model.globs import compile_pattern, match_parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

_OF_NUMBER = ("b", "a", "delta", "ratio")
_OF_LIST = ("b", "a", "added", "removed")
_NUMBER_TESTS = ("max", "min", "equals")
_LIST_TESTS = ("includes", "excludes", "within", "equals", "max", "min")
_KEYS = frozenset(("name", "metric", "of", *_NUMBER_TESTS, *_LIST_TESTS, "in"))


@dataclass(frozen=True, slots=True)
class Expectation:
    """One assertion: what is looked at, and every test that it must pass."""

    name: str
    metric: str
    of: str
    tests: JsonObject


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of one assertion."""

    expectation: Expectation
    actual: Any
    failed: list[str]

    def data(self) -> JsonObject:
        """Return it as JSON data."""
        expected = self.expectation
        return {
            "name": expected.name,
            "metric": expected.metric,
            "of": expected.of,
            "expected": expected.tests,
            "actual": self.actual,
            "passed": not self.failed,
            "failed": self.failed,
        }


def expectations_from(document: object, source: str) -> list[Expectation]:
    """Return the assertions of a document. Raises GatewayError for what is not understood, NothingError when there are
    none.
    """
    if (
        not isinstance(document, dict)
        or set(document) - {"assertions", "$schema"}
        or not isinstance(document.get("assertions"), list)
    ):
        raise GatewayError(f"{source}: expected an object with a list `assertions`")
    expectations = [
        _expectation(assertion, f"{source}: /assertions/{at}") for at, assertion in enumerate(document["assertions"])
    ]
    if not expectations:
        raise NothingError(f"{source}: no assertions", "a comparison that nothing is expected of must not pass")
    return expectations


def _expectation(value: object, at: str) -> Expectation:
    if not isinstance(value, dict):
        raise GatewayError(f"{at}: expected an object")
    for key in value:
        if key not in _KEYS:
            raise GatewayError(f"{at}: unknown key `{key}`", f"known: {', '.join(sorted(_KEYS))}")
    metric = value.get("metric")
    places, tests = _grammar(metric, at)
    of = value.get("of", places[0])
    if of not in places:
        raise GatewayError(f"{at}/of: expected {', '.join(places)}, found `{of}`")
    asked = {key: item for key, item in value.items() if key not in ("name", "metric", "of")}
    if not asked:
        raise GatewayError(f"{at}: tests nothing", f"one of {', '.join(tests)}")
    for key, item in asked.items():
        if key not in tests:
            raise GatewayError(f"{at}: `{key}` does not fit `{metric}`", f"one of {', '.join(tests)}")
        _typed(key, item, metric, at)
    name = value.get("name") or f"{metric} of {of}: " + ", ".join(f"{key} {item}" for key, item in asked.items())
    return Expectation(str(name), str(metric), of, asked)


def _grammar(metric: object, at: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return (what `of` may be, which tests fit) for a metric."""
    if metric in NUMBERS:
        return _OF_NUMBER, _NUMBER_TESTS
    if metric in LISTS:
        return _OF_LIST, _LIST_TESTS
    if metric == "outcome":
        return ("b",), ("in", "equals")
    if metric == "completed":
        return ("b", "a"), ("equals",)
    raise GatewayError(
        f"{at}/metric: unknown metric `{metric}`", f"known: {', '.join((*NUMBERS, *LISTS, 'outcome', 'completed'))}"
    )


def _typed(key: str, item: object, metric: object, at: str) -> None:
    number = isinstance(item, int | float) and not isinstance(item, bool)
    texts = isinstance(item, list) and all(isinstance(item, str) for item in item)
    fits = {
        "max": number,
        "min": number,
        "includes": texts,
        "excludes": texts,
        "within": texts,
        # # a list, as was just seen
        "in": texts and all(item in OUTCOMES for item in item),  # type: ignore[attr-defined]
        "equals": isinstance(item, bool)
        if metric == "completed"
        else item in OUTCOMES
        if metric == "outcome"
        else texts
        if metric in LISTS
        else number,
    }
    if not fits[key]:
        raise GatewayError(f"{at}/{key}: `{item}` does not fit `{metric}`")


def checked(expectation: Expectation, comparison: Comparison) -> Checked:
    """Return what comes of an assertion on a comparison; one on something that nothing tells fails, whatever it
    tests.
    """
    sides = {"a": (comparison.a,), "delta": (comparison.a, comparison.b), "ratio": (comparison.a, comparison.b)}.get(
        expectation.of, (comparison.b,)
    )
    if any(expectation.metric in side.unknown for side in sides):
        return Checked(expectation, None, list(expectation.tests))
    actual = _actual(expectation, comparison)
    return Checked(
        expectation, actual, [key for key, wanted in expectation.tests.items() if not _TESTS[key](actual, wanted)]
    )


def _actual(expectation: Expectation, comparison: Comparison) -> Any:
    metric, of = expectation.metric, expectation.of
    if metric == "outcome":
        return comparison.outcome
    measures = comparison.a if of == "a" else comparison.b
    if metric == "completed":
        return measures.completed
    if metric in LISTS:
        return (
            comparison.added(metric)
            if of == "added"
            else comparison.removed(metric)
            if of == "removed"
            else measures.lists[metric]
        )
    if of == "delta":
        return round(comparison.delta(metric), 6)
    if of == "ratio":
        before, after = comparison.a.numbers[metric], comparison.b.numbers[metric]
        return round(after / before, 6) if before else 1.0 if not after else None
    return measures.numbers[metric]


def _most(actual: Any, most: float) -> bool:
    """None is a ratio to nothing: more than anything."""
    return actual is not None and (len(actual) if isinstance(actual, list) else actual) <= most


def _least(actual: Any, least: float) -> bool:
    return actual is None or (len(actual) if isinstance(actual, list) else actual) >= least


def _within(actual: Any, patterns: list[str]) -> bool:
    compiled = [compile_pattern(pattern) for pattern in patterns]
    return all(any(match_parts(pattern, path.split("/")) for pattern in compiled) for path in actual)


_TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "max": _most,
    "min": _least,
    "equals": lambda actual, wanted: bool(
        sorted(actual) == sorted(wanted) if isinstance(actual, list) else actual == wanted
    ),
    "in": lambda actual, wanted: actual in wanted,
    "includes": lambda actual, wanted: all(item in actual for item in wanted),
    "excludes": lambda actual, wanted: not any(item in actual for item in wanted),
    "within": _within,
}
