"""The reference in `docs/reference.md`, generated from the code: commands, policy keys, exit codes, event types, floors, the hook lane."""

from __future__ import annotations

import importlib
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from gateway.cli.policy import STEPS
from gateway.cli.registry import COMMANDS
from gateway.model.event import EVENT_TYPES
from gateway.policy.parse import schema
from gateway.reports.schemas.reports import DOCUMENTS

ROOT = Path(__file__).resolve().parents[2]

EXIT_CODES = (
    ("0", "fine"),
    ("1", "a finding: a violation, a failed example, a difference that was asked to fail"),
    ("2", "wrong usage; from a hook: the call is blocked"),
    ("3", "nothing to work on: no such session, an empty selection. An audit of nothing does not pass"),
    ("4", "the command could not do its work: an unreadable store, a malformed policy"),
)


def reference() -> str:
    """Return the whole page."""
    parts = [
        "# Reference",
        "Generated from the code by `python -m tests.gates.fresh`; a test compares. Change the code, not this page.",
        *_commands(),
        *_policy(),
        "## Exit codes",
        _table(("code", "meaning"), EXIT_CODES),
        "## Event types",
        "In `events.ndjson`. An unknown type that another version wrote is kept and shown.",
        "\n".join(f"- `{name}`" for name in EVENT_TYPES),
        "## Documents printed with --json",
        "`schemas/reports.schema.json` has a property for each:",
        "\n".join(f"- `{name}`" for name in DOCUMENTS),
        *_floors(),
    ]
    return "\n\n".join(parts) + "\n"


def _table(head: tuple[str, ...], rows: Any) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows)])


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _commands() -> Iterator[str]:
    yield "## Commands"
    yield "`agent-strace [--trace-dir DIR] [--color WHEN] COMMAND`. A session is a unique prefix, `latest`, or left out for the latest."
    named = [(command.name, command.module, command.help) for command in COMMANDS]
    named += [(f"policy {name}", module, told) for name, module, told in STEPS]
    for name, module, told in named:
        yield f"### {name}"
        app = typer.Typer(add_completion=False)
        loaded = importlib.import_module(module)
        app.command(context_settings=getattr(loaded, "CONTEXT", {}))(loaded.command)
        command = typer.main.get_command(app)
        yield told + "."
        rows = [(_usage(parameter), parameter.help or "") for parameter in command.params if getattr(parameter, "help", None) is not None]
        if rows:
            yield _table(("option", "meaning"), rows)


def _usage(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return f"`{parameter.metavar or str(parameter.name).upper()}`"
    value = "" if parameter.is_flag else f" {parameter.metavar or parameter.type.name.upper()}"
    return f"`{', '.join(parameter.opts)}{value}`"


def _policy() -> Iterator[str]:
    yield "## Policy keys"
    yield "Of `.agent-scope.json`; `schemas/agent-scope.schema.json` is the whole grammar."
    yield _table(("key", "meaning"), list(_keys(schema()["properties"], "")))


def _keys(properties: Any, prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in properties.items():
        path = f"{prefix}.{name}" if prefix else name
        allowed = value.get("enum")
        meaning = value.get("description") or (f"one of {', '.join(str(item) for item in allowed if item is not None)}" if allowed else "")
        yield f"`{path}`", meaning
        yield from _keys(value.get("properties", {}), path)


def _floors() -> Iterator[str]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "floors")
    yield "## Floors"
    yield "Imports go from an upper line to a lower one only; what stands on one line does not import each other (`|`), or may (`:`)."
    yield "\n".join(f"{number}. `{layer}`" for number, layer in enumerate(layers, 1))
    yield "## The hook lane"
    lane = [line for line in (ROOT / "tests" / "gates" / "lane.txt").read_text().split() if line.startswith("gateway")]
    rooms: dict[str, int] = {}
    for module in lane:
        room = ".".join(module.split(".")[:2])
        rooms[room] = rooms.get(room, 0) + 1
    yield "Modules that a hook process may load, by room; `tests/gates/lane.txt` is the list."
    yield _table(("room", "modules"), [(f"`{room}`", str(count)) for room, count in sorted(rooms.items())])
