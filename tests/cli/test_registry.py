from __future__ import annotations

import importlib

import pytest

from gateway.cli.registry import COMMANDS, GROUPS


class TestRegistry:
    @pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.name)
    def test_every_command_can_be_imported(self, entry: object) -> None:
        assert callable(importlib.import_module(entry.module).command)  # type: ignore[attr-defined]

    @pytest.mark.parametrize("entry", GROUPS, ids=lambda entry: entry.name)
    def test_every_group_can_be_built(self, entry: object) -> None:
        assert importlib.import_module(entry.module).group()  # type: ignore[attr-defined]

    def test_names_are_given_once(self) -> None:
        names = [entry.name for entry in (*COMMANDS, *GROUPS)]
        assert len(names) == len(set(names))
