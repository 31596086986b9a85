"""The interpreter and its expander have every operation that their parts may ask for."""

from __future__ import annotations

import ast
import inspect

import pytest

from gateway.shell.interpreter import interface
from gateway.shell.interpreter.expansion import Expander
from gateway.shell.interpreter.interpreter import Bounds, Walker
from gateway.shell.interpreter.scope import Scope

IMPLEMENTATIONS = {"Bounds": Bounds(10), "WordExpander": Expander(Scope("/p", "/h"), Walker(), None), "Interpreter": Walker()}


def declared() -> dict[str, set[str]]:
    """Return the operations and attributes of each protocol, read from the source: at run time there are none."""
    tree = ast.parse(inspect.getsource(interface))
    return {
        node.name: {item.name for item in node.body if isinstance(item, ast.FunctionDef)}
        | {item.target.id for item in node.body if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name)}
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }


def test_every_protocol_is_implemented() -> None:
    assert declared().keys() == IMPLEMENTATIONS.keys()


@pytest.mark.parametrize("name", IMPLEMENTATIONS)
def test_has_every_operation(name: str) -> None:
    missing = {item for item in declared()[name] if not hasattr(IMPLEMENTATIONS[name], item)}
    assert declared()[name]
    assert not missing


def test_costs_a_hook_nothing() -> None:
    assert not [name for name in vars(interface) if name in IMPLEMENTATIONS]
