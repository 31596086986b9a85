"""What a module of this folder provides: the Protocol that every entry of `RULE_KINDS` satisfies. Imported by type
checkers and tests only.

A further restriction never relaxes a verdict, in any kind (`tests/laws/test_rule_kind_laws.py` holds each entry to it).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from gateway.model.decision import Reason
from gateway.policy.document_fields import Field
from gateway.policy.rules.reasons import Layer


class RuleKind(Protocol):
    """One section of a policy document. KEY: its name in the document."""

    @property
    def KEY(self) -> str: ...  # noqa: N802, D102

    def schema(self) -> dict[str, object]:
        """Return the JSON Schema of the section."""

    def parse(self, field: Field, /, *, folded: bool = False) -> Mapping[str, object]:
        """Return the compiled section as plain data; `folded`: names are compared without case. Raises PolicyError."""

    def judge(self, section: Any, view: Any, layer: Layer, /) -> list[Reason]:
        """Return what a compiled section says of a call as rules see it (`policy.request_view`); pure and total."""
