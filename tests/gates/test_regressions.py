"""Every test that the table of faults names is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "tests" / "regressions.md"


def named(text: str) -> list[str]:
    """Return the tests that a table names."""
    return re.findall(r"`((?:tests|policies)/[^`]+)`", text)


def missing(name: str, root: Path = ROOT) -> str:
    """Return what of `path::Class::test` is not there, "" when all of it is."""
    path, *parts = name.split("::")
    if not (root / path).is_file():
        return path
    nodes: list[ast.stmt] = list(ast.parse((root / path).read_text()).body) if parts else []
    for part in parts:
        found = next((node for node in nodes if part in _names(node)), None)
        if found is None:
            return part
        nodes = getattr(found, "body", [])
    return ""


def _names(node: ast.stmt) -> list[str]:
    """Return what a statement defines: a test is a function, a class of them, or a table (`test_rows = rows(…)`)."""
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return [node.name]
    return [target.id for target in node.targets if isinstance(target, ast.Name)] if isinstance(node, ast.Assign) else []


def rows() -> list[str]:
    return [line for line in TABLE.read_text().splitlines() if line.startswith("| ") and not line.startswith("| class of fault")]


def test_every_row_names_a_test() -> None:
    assert len(rows()) > 50
    assert [row for row in rows() if not named(row)] == []


@pytest.mark.parametrize("name", sorted(set(named(TABLE.read_text()))))
def test_is_there(name: str) -> None:
    assert missing(name) == ""


@pytest.mark.parametrize(
    "name", ["tests/gates/test_gone.py", "tests/gates/test_regressions.py::TestGone", "tests/gates/test_regressions.py::missing::test_gone"]
)
def test_a_seeded_fault_is_found(name: str) -> None:
    assert missing(name)
