from __future__ import annotations

import importlib
import inspect

import pytest

from gateway.cli.policy import STEPS
from tests.command_line import run


class TestGroup:
    @pytest.mark.parametrize("step", STEPS, ids=[name for name, _, _ in STEPS])
    def test_every_step_is_there_and_shows_its_help(self, step: tuple[str, str, str]) -> None:
        name, module, told = step
        assert inspect.getdoc(importlib.import_module(module).command)
        code, out, _ = run("policy", name, "--help")
        assert code == 0 and told.split(";", maxsplit=1)[0][:40] in " ".join(out.replace("│", " ").split())

    def test_the_help_lists_every_step(self) -> None:
        code, out, _ = run("policy", "--help")
        assert code == 0 and all(f" {name} " in out for name, _, _ in STEPS)

    def test_wrong_options_are_wrong_usage(self) -> None:
        assert run("policy", "check", "--no-such")[0] == 2
