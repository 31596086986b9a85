"""Tokens as providers tell them, priced, and every request once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.analysis.prices.lookup import Price
from gateway.analysis.usage.tokens import Tokens, Use, counted_once, dollars, tokens_of

SPLIT = {"ephemeral_5m_input_tokens": 3, "ephemeral_1h_input_tokens": 4}


class TestTokensOf:
    @pytest.mark.parametrize(
        ("usage", "expected"),
        [
            ({"input_tokens": 5, "output_tokens": 6}, Tokens(5, 6)),
            ({"input_tokens": 5, "output_tokens": 6, "cache_read_input_tokens": 7, "cache_creation_input_tokens": 7}, Tokens(5, 6, 7, 7)),
            ({"input_tokens": 1, "cache_creation_input_tokens": 7, "cache_creation": SPLIT}, Tokens(1, 0, 0, 3, 4)),
            ({"input_tokens": 1, "cache_creation_input_tokens": 7, "cache_creation": {}}, Tokens(1, 0, 0, 7, 0)),
            ({"prompt_tokens": 100, "completion_tokens": 9, "prompt_tokens_details": {"cached_tokens": 60}}, Tokens(40, 9, 60)),
            ({"input_tokens": 100, "output_tokens": 9, "input_tokens_details": {"cached_tokens": 60}}, Tokens(40, 9, 60)),
            ({"input_tokens": -3, "output_tokens": True, "cache_creation": 5}, Tokens()),
            ({}, Tokens()),
        ],
    )
    def test_reads(self, usage: dict[str, object], expected: Tokens) -> None:
        assert tokens_of(usage) == expected


class TestDollars:
    PRICE = Price(1, 2, 3, 4, 5, above=100, long=Price(10, 20, 30, 40, 50), fast=Price(100, 200, 300, 400, 500))

    @pytest.mark.parametrize(
        ("tokens", "fast", "expected"),
        [
            (Tokens(1, 1, 1, 1, 1), False, 15),
            (Tokens(100), False, 100),
            (Tokens(100, 1, 1), False, 1000 + 20 + 30),
            (Tokens(200), True, 20_000),
        ],
    )
    def test_prices(self, tokens: Tokens, fast: bool, expected: float) -> None:
        assert dollars(tokens, self.PRICE, fast=fast) == pytest.approx(expected / 1_000_000)


uses = st.lists(st.builds(Use, st.sampled_from(("", "a", "b")), st.just(0.0), st.just("m"), st.builds(Tokens, st.integers(0, 9), st.integers(0, 9))))


class TestCountedOnce:
    @given(uses)
    @settings(max_examples=100)
    def test_the_fullest_telling_counts(self, told: list[Use]) -> None:
        kept = counted_once(told)
        for key in {use.key for use in told if use.key}:
            assert [use.tokens.total for use in kept if use.key == key] == [max(use.tokens.total for use in told if use.key == key)]
        assert sum(not use.key for use in kept) == sum(not use.key for use in told)

    @given(uses)
    @settings(max_examples=50)
    def test_counting_again_changes_nothing(self, told: list[Use]) -> None:
        assert counted_once(counted_once(told)) == counted_once(told)

    def test_of_equal_tellings_the_last_counts(self) -> None:
        first, last = Use("a", 1.0, "old", Tokens(1)), Use("a", 2.0, "new", Tokens(1))
        assert counted_once([first, last])[0].model == "new"
