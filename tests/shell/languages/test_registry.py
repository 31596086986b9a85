"""The table of languages: every entry can be loaded, satisfies what the reader asks for, and is read."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from gateway.shell import languages
from gateway.shell.languages import BY_CALLS, BY_READER, CONSOLES, read_code
from gateway.shell.languages.script.language import Language

KINDS = frozenset("read write delete deletetree list create meta link tree unpack change open file code url host peer listen shell argv".split())


@pytest.mark.parametrize("name", sorted(BY_CALLS))
def test_a_language_stands_in_the_module_of_its_name(name: str) -> None:
    language = importlib.import_module(f"gateway.shell.languages.{name}").LANGUAGE
    assert isinstance(language, Language) and language.name == name
    assert {operation.partition("@")[0] for does in language.calls.values() for operation in does.split("+")} <= KINDS


@pytest.mark.parametrize("name", sorted(BY_READER.keys() | CONSOLES))
def test_a_language_with_a_reader_of_its_own_is_read(name: str) -> None:
    assert read_code(name, "").opaque == ""


def test_an_unknown_language_is_opaque() -> None:
    assert read_code("cobol", "").opaque == "cobol code"


def test_every_module_is_in_the_table() -> None:
    modules = {path.stem for path in Path(languages.__file__).parent.glob("*.py")} - {"__init__", "console_escapes"}
    assert modules == BY_CALLS | {module for module, _ in BY_READER.values() if "." not in module}
