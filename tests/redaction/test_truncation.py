"""Long texts are cut between words, and say so."""

from __future__ import annotations

import pytest

from gateway.redaction.truncation import exceeds, shortened


class TestExceeds:
    @pytest.mark.parametrize("value", ["x" * 11, ["x" * 11], {"a": [{"b": "x" * 11}]}, ("a", "x" * 11)])
    def test_one_text_is_enough(self, value: object) -> None:
        assert exceeds(value, 10) and not exceeds(value, 11)

    def test_what_is_no_text_has_no_length(self) -> None:
        assert not exceeds({"a" * 20: [10**30, None, True, 1.5]}, 10)


class TestShortened:
    def test_short_ones_stay(self) -> None:
        value = {"a": ["x" * 10_000, 1, None], "b": {"c": "y"}}
        assert shortened(value, 10_000) == value

    def test_cut_between_words(self) -> None:
        text = "word " * 4000 + "secret-" + "z" * 20_000
        cut = shortened({"a": [text]}, 20_010)["a"][0]
        assert cut == "word " * 3999 + "word… [40007 characters]"

    def test_a_text_without_words(self) -> None:
        assert shortened("x" * 20_000, 10_000) == "x" * 10_000 + "… [20000 characters]"
