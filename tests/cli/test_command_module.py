from __future__ import annotations

from importlib import import_module

import pytest

from gateway.cli.command_module import CommandModule
from gateway.cli.registry import COMMANDS
from tests.protocols import members, problems

ENTRIES = [command.module for command in COMMANDS]


@pytest.mark.parametrize("module", ENTRIES)
def test_every_entry_of_the_registry_satisfies_it(module: str) -> None:
    assert problems(CommandModule, import_module(module)) == []


def test_seeded_red() -> None:
    assert len(problems(CommandModule, object())) == len(members(CommandModule)) > 0
