from __future__ import annotations

import importlib

import pytest

from gateway.reports.registry import REPORTS


class TestReports:
    @pytest.mark.parametrize(("name", "module", "told"), REPORTS)
    def test_each_line_names_a_module_with_a_command_and_says_what_it_does(self, name: str, module: str, told: str) -> None:
        assert callable(importlib.import_module(module).command) and told and told[0].isupper() and not told.endswith(".")

    def test_each_name_once(self) -> None:
        assert len({name for name, _, _ in REPORTS}) == len(REPORTS)
