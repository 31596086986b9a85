from __future__ import annotations

from importlib import import_module

import pytest

from gateway.policy.rules import RULE_KINDS
from gateway.policy.rules.rule_kind import RuleKind
from tests.protocols import members, problems

ENTRIES = [kind.__name__ for kind in RULE_KINDS]


@pytest.mark.parametrize("module", ENTRIES)
def test_every_entry_of_the_registry_satisfies_it(module: str) -> None:
    assert problems(RuleKind, import_module(module)) == []


def test_seeded_red() -> None:
    assert len(problems(RuleKind, object())) == len(members(RuleKind)) > 0
