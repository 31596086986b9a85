"""The environment in Python code: one variable of it, what a program is started with, or all of it. Pure."""

from __future__ import annotations

import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.languages.python.names import Names

_ENVIRONMENTS = frozenset(("os.environ", "os.environb"))
_WHOLE = frozenset(("items", "values", "copy", "keys", "__iter__", "__repr__", "__str__"))
"""Methods that give more than one variable."""


def is_environment(node: ast.expr, names: Names) -> bool:
    """Whether an expression is the environment."""
    return names.called(node) in _ENVIRONMENTS


def environment_copied(node: ast.expr, names: Names) -> ast.expr | None:
    """Return the environment that an expression is a copy of: `os.environ.copy()`, `dict(os.environ)`,
    `{**os.environ}`; else None.
    """
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "copy"
        and not node.args
    ):
        node = node.func.value
    elif isinstance(node, ast.Call) and names.called(node.func) in ("dict", "copy.copy", "copy.deepcopy") and node.args:
        node = node.args[0]
    elif isinstance(node, ast.Dict):
        node = next(
            (
                value
                for key, value in zip(node.keys, node.values, strict=True)
                if key is None and is_environment(value, names)
            ),
            node,
        )
    return node if is_environment(node, names) else None


def of_one_variable(node: ast.Call) -> set[int]:
    """Return the parts of a call in which the environment is not all of it: `os.environ.get(…)`, and what a program is
    started with.
    """
    found: set[int] = set()
    if isinstance(node.func, ast.Attribute) and node.func.attr not in _WHOLE:
        found.add(id(node.func.value))
    for word in node.keywords:
        if word.arg == "env":
            found.update(map(id, ast.walk(word.value)))
    return found
