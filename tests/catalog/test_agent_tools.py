"""The vocabulary is data that the readers know every word of."""

from __future__ import annotations

import pytest

from gateway.catalog.agent_tools import (
    CODE_KEYS,
    COMMAND_KEYS,
    CONTENT_KEYS,
    DELETE_WORDS,
    HOST_KEYS,
    LIST_WORDS,
    PATH_KEYS,
    READ_WORDS,
    TOOLS,
    WRITE_WORDS,
)
from gateway.tools.reading import READINGS, plain_name


@pytest.mark.parametrize("name", sorted(TOOLS))
def test_every_tool_has_a_reading(name: str) -> None:
    reading, *keys = TOOLS[name]
    assert name == plain_name(name)
    assert reading in READINGS or reading.startswith("code:")
    assert all(key == key.lower() for key in keys)


def test_argument_names_are_folded() -> None:
    for keys in (PATH_KEYS, COMMAND_KEYS, HOST_KEYS, CONTENT_KEYS, frozenset(CODE_KEYS)):
        assert all(key == key.lower() and "-" not in key for key in keys)


def test_content_is_no_place() -> None:
    assert not CONTENT_KEYS & (PATH_KEYS | COMMAND_KEYS | HOST_KEYS)


def test_deleting_is_neither_reading_nor_listing() -> None:
    assert not DELETE_WORDS & (READ_WORDS | LIST_WORDS | WRITE_WORDS)
