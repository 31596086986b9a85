"""The shapes of `diff --json`: phases side by side, by outcome, and what assertions found. Pure data."""

from __future__ import annotations

from typing import Any, TypedDict


class Part(TypedDict):
    """A phase as it is compared."""

    number: int
    failed: bool
    seconds: float
    calls: int
    retries: int


class PhasePair(TypedDict):
    """Two phases that belong together, or one alone; what only one did, by ran, read, wrote and used, and what
    only one was kept from, by prevented.
    """

    label: str
    a: Part | None
    b: Part | None
    differs: bool
    only_a: dict[str, list[str]]
    only_b: dict[str, list[str]]


class DiffDocument(TypedDict):
    """`diff --json`."""

    a: dict[str, Any]
    b: dict[str, Any]
    same: bool
    phases: list[PhasePair]


class SemanticDocument(TypedDict):
    """`diff --semantic --json`; `outcome` is improved, unchanged or regressed."""

    a: dict[str, Any]
    b: dict[str, Any]
    delta: dict[str, float]
    added: dict[str, list[str]]
    removed: dict[str, list[str]]
    outcome: str
    because: list[str]


class Assertion(TypedDict):
    """What came of one assertion; `failed` names the tests that did not hold."""

    name: str
    metric: str
    of: str
    expected: dict[str, Any]
    actual: Any
    passed: bool
    failed: list[str]


class EvaluationDocument(SemanticDocument):
    """`diff --eval-config FILE`."""

    passed: bool
    assertions: list[Assertion]
