"""Phrases that users and models do not get to read: each has the field's own term in its place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PHRASES = {
    r"\b(no|which|a) (rule|policy|entry)s? (speaks?|spoke)\b": "matches, matched",
    r"\brule that (speaks|spoke)\b": "the matching rule",
    r"\bspeaks (of|to)\b": "applies to, matches",
    r"\balmost spoke\b": "near misses",
    r"\bspoken of\b": "matched",
    r"\bmust (be )?mend(ed)?\b": "must fix",
    r"\b(is|be|are) mended\b|\bmend it\b|\bmend this\b": "fix",
    r"\bnot understood\b": "could not be parsed",
    r"\bmay not speak\b": "may not connect",
    r"\btold live\b": "checked live",
}
"""What is not written any more -> what is."""

PAGES = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "policies/README.md", "docs/*.md", "examples/*.md", "schemas/*.json", "policies/*.yaml")


def texts(root: Path) -> Iterator[tuple[str, str]]:
    """Yield (place, text) of what may be shown: string constants and the docstrings of commands, and the pages for people."""
    for path in sorted((root / "gateway").rglob("*.py")):
        tree = ast.parse(path.read_text())
        hidden = set(docstrings(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in hidden:
                yield f"{path.relative_to(root)}:{node.lineno}", node.value
    for pattern in PAGES:
        for path in sorted(root.glob(pattern)):
            lines = path.read_text().splitlines()
            yield from ((f"{path.relative_to(root)}:{number}", line) for number, line in enumerate(lines, 1) if not line.startswith("#"))


def docstrings(tree: ast.Module) -> Iterator[int]:
    """Yield the ids of string statements that no command shows as its help."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        shown = isinstance(node, ast.FunctionDef) and node.name == "command"
        for statement in body if isinstance(body, list) and not shown else []:
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                yield id(statement.value)


def given_up(root: Path) -> list[str]:
    """Return the places where a phrase stands that was given up, with what is said instead."""
    return [
        f"{place}: `{match.group()}`, say: {instead}"
        for place, text in texts(root)
        for phrase, instead in PHRASES.items()
        for match in re.finditer(phrase, text, re.IGNORECASE)
    ]


def test_nobody_reads_what_was_given_up() -> None:
    assert given_up(ROOT) == []


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ('"""x."""\nTEXT = "no rule speaks of it"\n', 2),
        ('"""x."""\n\n\ndef command() -> None:\n    """Say what a person must mend."""\n', 1),
        ('"""No rule speaks of it."""\n\n\ndef quiet() -> None:\n    """What must be mended."""\n', 0),
        ('"""x."""\nTEXT = "could not be parsed"\n', 0),
    ],
)
def test_seeded_red(tmp_path: Path, text: str, hits: int) -> None:
    (tmp_path / "gateway").mkdir()
    (tmp_path / "gateway" / "x.py").write_text(text)
    assert len(given_up(tmp_path)) == hits


def test_seeded_red_in_a_page(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("the strictest rule that speaks wins\n")
    assert len(given_up(tmp_path)) == 1
