"""Whether a module is what a Protocol says, by name and by parameters; what types the parameters have, mypy holds (`tests/gates`)."""

from __future__ import annotations

import inspect
from typing import Any


def members(protocol: type) -> list[str]:
    """Return the names that a Protocol asks for."""
    return sorted(name for name in vars(protocol) if not name.startswith("_"))


def problems(protocol: type, module: Any) -> list[str]:
    """Return where a module is not what the Protocol says."""
    out = []
    for name in members(protocol):
        promised, given = vars(protocol)[name], getattr(module, name, None)
        if given is None:
            out.append(f"{name} is missing")
        elif callable(promised):
            positional, named = _parameters(promised, skip=1)
            own_positional, own_named = _parameters(given)
            if positional != own_positional or named != own_named:
                out.append(f"{name} takes {inspect.signature(given)}")
    return out


def _parameters(function: Any, skip: int = 0) -> tuple[int, list[str]]:
    """Return (how many parameters may be given by position, the names of the others)."""
    parameters = list(inspect.signature(function).parameters.values())[skip:]
    named = [parameter.name for parameter in parameters if parameter.kind is parameter.KEYWORD_ONLY]
    return len(parameters) - len(named), named
