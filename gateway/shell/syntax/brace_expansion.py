"""Brace expansion: `{a,b}` and `{1..3}` (bash(1), Brace Expansion). Pure; bounded."""

from __future__ import annotations

from gateway.shell.syntax.ast import Literal

MAX_VARIANTS = 256
MAX_BRACES = 40
"""Most variants, and most opening braces, of one word; beyond that it is one unknown word."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.syntax.ast import Node


def expand_braces(parts: list[Node]) -> list[list[Node]] | None:
    """Return the variants of a word's parts, the word itself when it has no braces, None when there are too many."""
    if not any(isinstance(part, Literal) and not part.quoted and "{" in part.text for part in parts):
        return [parts]
    if sum(part.text.count("{") for part in parts if isinstance(part, Literal) and not part.quoted) > MAX_BRACES:
        return None
    return _variants(_atoms(parts), 0)


def _atoms(parts: list[Node]) -> list[Node]:
    """Return the parts with unquoted literals cut into braces, commas and the runs between them."""
    atoms: list[Node] = []
    for part in parts:
        if not isinstance(part, Literal) or part.quoted:
            atoms.append(part)
            continue
        run = ""
        for char in part.text:
            if char in "{},":
                if run:
                    atoms.append(Literal(run, quoted=False))
                    run = ""
                atoms.append(Literal(char, quoted=False))
            else:
                run += char
        if run:
            atoms.append(Literal(run, quoted=False))
    return atoms


def _is(atom: Node, char: str) -> bool:
    return isinstance(atom, Literal) and not atom.quoted and atom.text == char


def _variants(atoms: list[Node], depth: int) -> list[list[Node]] | None:
    if depth > 8:
        return None
    start = 0
    while start < len(atoms):
        if _is(atoms[start], "{"):
            choices, end = _choices(atoms, start)
            if choices is not None:
                break
        start += 1
    else:
        return [atoms]
    tails = _variants(atoms[end:], depth + 1)
    if tails is None:
        return None
    nodes: list[list[Node]] = []
    for choice in choices:
        inner = _variants(choice, depth + 1)
        if inner is None or len(inner) * len(tails) + len(nodes) > MAX_VARIANTS:
            return None
        nodes += [[*atoms[:start], *head, *tail] for head in inner for tail in tails]
    return nodes


def _choices(atoms: list[Node], start: int) -> tuple[list[list[Node]] | None, int]:
    """Return (the alternatives of the brace that opens at `start`, the index behind it); None when it is no brace
    expression.
    """
    level = 0
    choices: list[list[Node]] = [[]]
    for at in range(start + 1, len(atoms)):
        atom = atoms[at]
        if _is(atom, "{"):
            level += 1
        elif _is(atom, "}") and level == 0:
            if len(choices) > 1:
                return choices, at + 1
            sequence = _sequence(choices[0])
            return sequence, at + 1
        elif _is(atom, "}"):
            level -= 1
        if _is(atom, ",") and level == 0:
            choices.append([])
        else:
            choices[-1].append(atom)
    return None, start


def _sequence(atoms: list[Node]) -> list[list[Node]] | None:
    text = "".join(atom.text if isinstance(atom, Literal) and not atom.quoted else "\0" for atom in atoms)
    ends = text.split("..")
    if len(ends) not in (2, 3):
        return None
    step = int(ends[2]) if len(ends) == 3 and ends[2].lstrip("-").isdigit() else 1
    first, last = ends[0], ends[1]
    if first.lstrip("-").isdigit() and last.lstrip("-").isdigit() and len(first) < 10 and len(last) < 10:
        low, high = int(first), int(last)
        names = [str(number) for number in _span(low, high, step)]
    elif len(first) == 1 and len(last) == 1 and first.isalpha() and last.isalpha():
        names = [chr(number) for number in _span(ord(first), ord(last), step)]
    else:
        return None
    return [[Literal(name, quoted=False)] for name in names]


def _span(low: int, high: int, step: int) -> range:
    """Return at most one more number than is allowed, so that too many can be told without counting them."""
    step = abs(step) or 1
    if abs(high - low) // step > MAX_VARIANTS:
        high = low + (MAX_VARIANTS + 1) * step * (1 if high >= low else -1)
    return range(low, high + 1, step) if high >= low else range(low, high - 1, -step)
