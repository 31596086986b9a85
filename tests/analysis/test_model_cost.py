from __future__ import annotations

import pytest

from gateway.analysis.model_cost import spent
from gateway.analysis.prices.lookup import price_of
from gateway.analysis.summary import FAST, LONG
from gateway.analysis.usage.tokens import Tokens, dollars

MODEL = "claude-sonnet-4-5"


class TestSpent:
    def test_every_kind_of_token_has_its_price(self) -> None:
        price = price_of(MODEL)
        assert price is not None
        counts = [1_000_000, 2_000_000, 3_000_000, 4_000_000, 5_000_000]
        expected = price.input + 2 * price.output + 3 * price.cache_read + 4 * price.cache_write_5m + 5 * price.cache_write_1h
        assert spent({MODEL: counts}).cost == pytest.approx(expected)

    def test_long_prompts_and_fast_mode_have_theirs(self) -> None:
        price = price_of(MODEL)
        assert price is not None
        tokens = Tokens(300_000, 1_000)
        found = spent({MODEL + LONG: [300_000, 1_000, 0, 0, 0]})
        assert found.cost == pytest.approx(dollars(tokens, price)) and found.tokens == {MODEL: tokens}
        assert spent({MODEL + FAST: [10, 0, 0, 0, 0]}).tokens == {MODEL: Tokens(10)}

    def test_what_nobody_told_us_the_price_of_is_named(self) -> None:
        found = spent({"no-such-model": [5, 5, 0, 0, 0], "": [1, 0, 0, 0, 0]})
        assert found.cost == 0.0 and list(found.unpriced) == ["no-such-model", ""] and found.tokens["no-such-model"].total == 10
