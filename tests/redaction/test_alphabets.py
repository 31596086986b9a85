from __future__ import annotations

import pytest

from gateway.redaction.alphabets import ALNUM, ALPHABETS, WORD


@pytest.mark.parametrize(
    ("name", "size"), [("digit", 10), ("hex", 16), ("alnum", 62), ("base32", 32), ("base58", 58), ("base64", 64), ("bech32", 32)]
)
def test_has_as_many_characters_as_its_name_says(name: str, size: int) -> None:
    assert len(set(ALPHABETS[name])) == len(ALPHABETS[name]) == size


def test_base58_leaves_out_what_looks_alike() -> None:
    assert not set("0OIl") & set(ALPHABETS["base58"])


def test_sets_are_those_of_the_table() -> None:
    assert frozenset(ALPHABETS["alnum"]) == ALNUM and frozenset(ALPHABETS["dotted"]) == WORD
