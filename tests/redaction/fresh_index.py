"""The text of `gateway/redaction/index.py`, made from the families' rows."""

from __future__ import annotations

import importlib
from typing import Any

from gateway.redaction.detectors import FAMILIES
from gateway.redaction.forms import WORD, Form
from gateway.redaction.keywords import LOWER, SHORTEST

HEAD = '''"""Which family knows which anchor and which provider's name, so that a text without them costs no family's import. Pure data.

Written by `python -m tests.gates.fresh`; a test holds it to the families.
"""

from __future__ import annotations

'''


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
        if not WORD.issuperset(chars):
            break
        count += len(part) if isinstance(part, str) else part[1]
    return count


def tables() -> dict[str, dict[str, str]]:
    """Return what the index must hold."""
    found: dict[str, dict[str, list[str]]] = {"ANCHORS": {}, "LOOSE": {}, "LINKS": {}, "NAMES": {}}
    for name in FAMILIES:
        module = importlib.import_module(f"gateway.redaction.detectors.{name}")
        for detector in module.DETECTORS:
            for form in detector.forms:
                table = "ANCHORS" if in_a_long_word(form) else "LINKS" if ".com/" in form.anchor or "://" in form.anchor else "LOOSE"
                places = found[table].setdefault(form.anchor, [])
                places += [f"{name}/{detector.id}"] if f"{name}/{detector.id}" not in places else []
        for detector in module.NAMED:
            for provider in detector.names:
                places = found["NAMES"].setdefault(provider.replace("_", ""), [])
                places += [name] if name not in places else []
    return {table: {key: " ".join(places) for key, places in sorted(entries.items())} for table, entries in found.items()}


def text_of_index() -> str:
    """Return the module's text."""
    said = {
        "ANCHORS": "Anchor of a form, all of word characters -> family/detector.",
        "LOOSE": "The same for anchors that hold a character which ends a word.",
        "LINKS": "The same for anchors that are part of a link.",
        "NAMES": "Word of a name -> families with detectors for values named so.",
    }
    out = HEAD
    for table, entries in tables().items():
        rows = "".join(f'    "{key}": "{places}",\n' for key, places in entries.items())
        out += f'{table} = {{\n{rows}}}\n"""{said[table]}"""\n\n'
    return out.rstrip("\n") + "\n"
