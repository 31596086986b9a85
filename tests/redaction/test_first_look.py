"""Each part of the first look has a bit of its own, and all of them together are all."""

from __future__ import annotations

from gateway.redaction import first_look

PARTS = {
    name: value
    for name, value in vars(first_look).items()
    if name.isupper() and isinstance(value, int) and name not in ("EVERY", "IN_WORDS", "TYPE_CHECKING")
}


def test_no_two_parts_share_a_bit() -> None:
    assert len(PARTS) == 8
    assert sum(PARTS.values()) == first_look.EVERY
    assert all(value.bit_count() == 1 for value in PARTS.values())


def test_what_looks_at_long_words_is_some_of_them() -> None:
    assert first_look.IN_WORDS & first_look.EVERY == first_look.IN_WORDS != first_look.EVERY
