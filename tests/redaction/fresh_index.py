"""The text of `gateway/redaction/index.py`, made from the families' rows."""

from __future__ import annotations

import importlib
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

from gateway.model.digest import hex_digest
from gateway.redaction import index
from gateway.redaction.alphabets import WORD
from gateway.redaction.detectors import FAMILIES
from gateway.redaction.keywords import LOWER, SHORTEST
from gateway.redaction.patterns import Form

INDEX = Path(str(index.__file__))
"""Its beginning, up to the first table, is written by hand and kept."""


def in_a_long_word(form: Form) -> bool:
    """Whether the anchor of every value of a form stands inside a word long enough to be looked at."""
    if not WORD.issuperset(form.anchor):
        return False
    random = _sure(form.before) + _sure(form.after)
    return len(form.anchor) + random >= SHORTEST and (random >= 8 or bool(form.anchor.lstrip(LOWER)))


def _sure(parts: tuple[Any, ...]) -> int:
    """Return how many characters next to the anchor are word characters for certain."""
    count = 0
    for part in parts:
        chars = part if isinstance(part, str) else part[0]
        if not WORD.issuperset(chars.rstrip("=")):
            break
        count += len(part) if isinstance(part, str) else part[1]
    return count


def tables() -> dict[str, dict[str, str]]:
    """Return what the index must hold: table -> family -> its entries."""
    found: dict[str, dict[str, str]] = {"ANCHORS": {}, "LOOSE": {}, "LINKS": {}, "NAMES": {}}
    for name in FAMILIES:
        module = module_of(name)
        entries: dict[str, list[str]] = {"ANCHORS": [], "LOOSE": [], "LINKS": []}
        for detector in module.DETECTORS:
            for table in entries:
                anchors = dict.fromkeys(form.anchor for form in detector.forms if table_of(form) == table)
                entries[table] += [" ".join((detector.id, *anchors))] if anchors else []
        for table, told in entries.items():
            if told:
                found[table][name] = "; ".join(told)
        found["NAMES"][name] = " ".join(dict.fromkeys(provider.replace("_", "") for detector in module.NAMED for provider in detector.names))
    return found


def table_of(form: Form) -> str:
    """Return the table that the anchor of a form belongs to."""
    if in_a_long_word(form):
        return "ANCHORS"
    return "LINKS" if ".com/" in form.anchor or "://" in form.anchor else "LOOSE"


def text_of_index() -> str:
    """Return the module's text."""
    said = {
        "ANCHORS": ("_read({\n", "})", "Anchor of a form, all of word characters -> family/detector."),
        "LOOSE": ("_read({\n", "})", "The same for anchors that hold a character which ends a word, or stand in short ones."),
        "LINKS": ("_read({\n", "})", "The same for anchors that are part of a link."),
        "NAMES": ("{\n", "}", "Family -> words that a name of one of its values has."),
    }
    written = INDEX.read_text(encoding="utf-8")
    out = written[: written.index("ANCHORS = ")]
    for table, entries in tables().items():
        opening, closing, words = said[table]
        rows = "".join(f'    "{family}": ({wrapped(text)}),\n' for family, text in entries.items())
        out += f'{table} = {opening}{rows}{closing}\n"""{words}"""\n\n'
    return formatted(
        out
        + f'INNER = frozenset({inner()!r}.split())\n"""Anchors that stand in the middle of their forms."""\n\nDIGEST = "{edition()}"\n"""Edition of the whole registry."""\n'
    )


def inner() -> str:
    """Return the anchors that something of their form stands before."""
    found = {form.anchor for name in FAMILIES for each in module_of(name).DETECTORS for form in each.forms if form.before}
    return " ".join(sorted(found))


def edition() -> str:
    """Return the edition of the registry: a digest of every row of every family."""
    rows = [
        (name, each.id, each.names, [form.text for form in each.forms], [check.__name__ for check in each.checks])
        for name in FAMILIES
        for each in (*module_of(name).DETECTORS, *module_of(name).NAMED)
    ]
    return hex_digest(repr(rows))[:8]


def module_of(name: str) -> Any:
    """Return a family's module."""
    return importlib.import_module(f"gateway.redaction.detectors.{name}")


def wrapped(text: str) -> str:
    """Return a text as string literals of a line each."""
    lines = textwrap.wrap(text, 130, break_long_words=False, break_on_hyphens=False)
    return "\n".join(f'"{line}{"" if line is lines[-1] else " "}"' for line in lines)


def formatted(text: str) -> str:
    """Return a module's text as the formatter leaves it."""
    command = [sys.executable, "-m", "ruff", "format", "--no-cache", "--stdin-filename", "gateway/redaction/index.py", "-"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]).stdout
