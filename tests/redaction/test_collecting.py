"""No string of a value is left out of what is looked at, and each stands behind the name it has."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.redaction.collecting import LARGE, collect, is_large

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=15,
)


def collected(value: Any) -> tuple[list[str], list[str]]:
    texts: list[str] = []
    large: list[str] = []
    collect(value, texts, large)
    return texts, large


def strings(value: Any, name: str = "") -> list[str]:
    """Return every string of a value as it should be found, its name before it."""
    if isinstance(value, str):
        return [f"{name}: {value}" if name else value]
    if isinstance(value, dict):
        return [one for key, item in value.items() for one in strings(item, key)]
    return [one for item in value for one in strings(item)] if isinstance(value, list) else []


@given(JSON)
def test_every_string_is_found_behind_its_name(value: Any) -> None:
    assert set(strings(value)) <= set(collected(value)[0])


@given(st.dictionaries(st.text(max_size=12), JSON, max_size=4))
def test_every_name_is_found(value: dict[str, Any]) -> None:
    whole = "\n".join(collected(value)[0])
    assert all(name in whole for name in value)


@pytest.mark.parametrize("length", [LARGE, LARGE + 1, 3 * LARGE])
def test_a_large_text_is_kept_apart(length: int) -> None:
    text = "word " * (length // 5 + 1)
    text = text[:length]
    texts, large = collected({"note": text})
    assert large == ([text] if length > LARGE else []) and texts[-1:] == (["note"] if large else [f"note: {text}"])


def test_large_json_is_not_large() -> None:
    assert is_large("x" * (LARGE + 1)) and not is_large('  {"' + "x" * LARGE)


def test_what_is_escaped_in_json_is_seen() -> None:
    inner = json.dumps({"line": 'say "hello"'})
    assert 'line: say "hello"' in collected({"body": inner})[0] and 'line: say "hello"' in collected([inner])[0]


def test_pieces_of_a_text_are_seen_together() -> None:
    assert "onetwo" in collected(["one", "two"])[0]
    assert "onetwo" in collected([{"type": "text", "text": "one"}, {"type": "text", "text": "two"}])[0]
