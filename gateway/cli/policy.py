"""`policy`: the group of commands around a policy document; each step is imported when it is asked for."""

from __future__ import annotations

import importlib
from typing import Any

import typer
from typer.core import TyperGroup

DEFAULT = "generate"
"""The step that runs when none is named: `policy --output FILE` and `policy SESSION` generate."""

STEPS: tuple[tuple[str, str, str], ...] = (
    (
        "generate",
        "gateway.cli.steps.generating",
        "Suggest a least-privilege policy from recorded sessions; the default",
    ),
    ("check", "gateway.cli.steps.checking", "Parse, validate and run the examples of a policy"),
    ("test", "gateway.cli.steps.testing", "Run cases against a policy, with coverage and mutation score"),
    ("backtest", "gateway.cli.steps.backtesting", "Run recorded calls against another policy"),
    ("diff", "gateway.cli.steps.diffing", "Show what a new policy permits or forbids that the old did not"),
    ("eval", "gateway.cli.steps.evaluating", "Evaluate one call, or NDJSON calls on stdin with --batch"),
    ("explain", "gateway.cli.steps.explaining", "Show what a call would do, which rules match and which nearly do"),
)
"""Name of a step, the module whose `command` runs it, its help line."""


def group() -> typer.Typer:
    """Return the group, each step a placeholder until it is asked for."""
    app = typer.Typer(cls=Steps, no_args_is_help=False)
    for name, _, told in STEPS:
        app.command(name, help=told)(_placeholder)
    return app


class Steps(TyperGroup):
    """Imports the one step that was named; what names none is given to the default step."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the default step before arguments that name no step."""
        named = args[:1] and args[0] in (*(name for name, _, _ in STEPS), "--help", "-h")
        return super().parse_args(ctx, args if named else [DEFAULT, *args])

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[Any, Any, list[str]]:
        """Return the named step itself in place of its placeholder."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, _loaded(str(name)), rest


def _loaded(wanted: str) -> Any:
    name, module, told = next(step for step in STEPS if step[0] == wanted)
    app = typer.Typer(
        add_completion=False, pretty_exceptions_enable=False, context_settings={"help_option_names": ["-h", "--help"]}
    )
    app.command(name, help=told)(importlib.import_module(module).command)
    return typer.main.get_command(app)


def _placeholder() -> None:
    """Stand for a step in the group's help."""
