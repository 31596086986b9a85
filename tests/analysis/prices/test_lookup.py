"""Names that records use find their price; names nobody knows find none."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.analysis.prices.lookup import FIELDS, dated, known, price_of, spellings_of, surcharge_of, times, window_of
from gateway.model.record import replaced

NAMES = Path(__file__).parent / "names"
PIECES = st.sampled_from(
    "us. us-gov. eu. xai. anthropic. openai. claude gpt -v1 -v1:0 -v :0 : @2025 @ [1m] [ ] -20251001 -2025-10-01 -2025-1-01 -latest -preview - . 4 . 5 / 4.5 a ".split()
)


def spelled_by_patterns(model: str) -> list[str]:
    """The meaning of the spellings, as regular expressions, which a hook cannot afford to import."""
    name = re.sub(r"^(?:(?:us|eu|apac|au|jp|us-gov|global)\.)?(?:anthropic|openai|google|mistral|deepseek|xai)\.", "", model.rpartition("/")[2])
    found = [model, name]
    for ending in (r"\[[^\]]*\]$", r"-v\d+(:\d+)?$", r"@.*$", r"-(\d{8}|\d{4}-\d\d-\d\d|latest|preview)$"):
        name = re.sub(ending, "", name)
        found.append(name)
    return [*found, *(re.sub(r"(?<=\d)\.(?=\d)", "-", one) for one in found)]


class TestNames:
    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("claude-sonnet-4-5-20250929", "claude-sonnet-4-5-20250929"),
            ("claude-sonnet-4-5-20991231", "claude-sonnet-4-5"),
            ("claude-opus-4-6[1m]", "claude-opus-4-6"),
            ("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-sonnet-4-5-20250929"),
            ("anthropic/claude-sonnet-4.5", "claude-sonnet-4-5"),
            ("claude-haiku-4-5@20251001", "claude-haiku-4-5"),
            ("Claude-3-5-Sonnet-20241022", "claude-3-5-sonnet"),
            ("gpt4o", "gpt-4o"),
            ("gpt-4", "gpt-4"),
            ("claude-sonnet-4-20250514", "claude-sonnet-4-0"),
            ("claude-opus-4-20250514", "claude-opus-4-0"),
            ("claude-sonnet-4", "claude-sonnet-4-0"),
            ("us.anthropic.claude-sonnet-4-20250514-v1:0", "claude-sonnet-4-0"),
            ("claude-sonnet-4@20250514", "claude-sonnet-4-0"),
            ("vertex_ai/claude-opus-4@20250514", "claude-opus-4-0"),
            ("anthropic/claude-4.5-sonnet", "claude-sonnet-4-5"),
            ("snowflake/claude-4-opus", "claude-opus-4-0"),
            ("claude-3-7-sonnet-20250219", "claude-3-7-sonnet"),
            ("us-gov.anthropic.claude-sonnet-5", "claude-sonnet-5"),
            ("azure/gpt-35-turbo", "gpt-3.5-turbo"),
            ("github_copilot/claude-opus-4.8-fast", "claude-opus-4-8"),
            ("claude-sonnet-4-fast", ""),
            ("GLM-4.6", "glm-4.6"),
            ("gemini/gemini-2.5-pro", "gemini-2.5-pro"),
            ("nobody-knows-1", ""),
            ("claude", ""),
            ("", ""),
        ],
    )
    def test_known(self, name: str, expected: str) -> None:
        assert known(name) == expected

    @given(st.lists(PIECES, max_size=7).map("".join))
    def test_a_name_is_taken_apart_as_patterns_would(self, name: str) -> None:
        assert spellings_of(name) == spelled_by_patterns(name)

    def test_every_name_of_both_sources_is_priced_or_known_to_be_unknown(self) -> None:
        """`names/` holds the ids of LiteLLM's table and of genai-prices as of the date of ours: those that find a row,
        with the row, and those that do not (other makers' models at their resellers', pictures, speech, batches).
        """
        priced = dict(line.split("\t") for line in (NAMES / "priced.tsv").read_text().splitlines())
        unknown = (NAMES / "unknown.txt").read_text().splitlines()
        assert len(priced) > 2000 and len(unknown) > 4000 and not priced.keys() & set(unknown)
        assert {name: known(name) for name in priced} == priced
        assert [name for name in unknown if known(name)] == []
        assert [name for name in priced if price_of(name) is None] == []

    @pytest.mark.parametrize("alias", ["sonnet", "opus", "haiku", "gpt4", "gpt4o"])
    def test_short_names_have_a_price(self, alias: str) -> None:
        assert price_of(alias) is not None and window_of(alias) > 0


class TestPrices:
    def test_an_unknown_model_has_none(self) -> None:
        assert price_of("nobody-knows-1") is None and window_of("nobody-knows-1") == 0

    def test_both_kinds_of_cache_write_have_their_own(self) -> None:
        price = price_of("claude-sonnet-4-5")
        assert price is not None
        assert (price.input, price.output, price.cache_read, price.cache_write_5m, price.cache_write_1h) == (3.0, 15.0, 0.3, 3.75, 6.0)

    @pytest.mark.parametrize(
        ("name", "given", "output"),
        [
            ("claude-sonnet-4-20250514", 3.0, 15.0),
            ("claude-opus-4@20250514", 15.0, 75.0),
            ("claude-sonnet-4-5", 3.0, 15.0),
            ("anthropic.claude-sonnet-4-5-20250929-v1:0", 3.0, 15.0),
            ("global.anthropic.claude-sonnet-4-5-20250929-v1:0", 3.0, 15.0),
            ("us.anthropic.claude-sonnet-4-5-20250929-v1:0", 3.3, 16.5),
            ("bedrock/eu.anthropic.claude-sonnet-4-5", 3.3, 16.5),
            ("us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0", 3.6, 18.0),
            ("us.anthropic.claude-sonnet-4-20250514-v1:0", 3.0, 15.0),
            ("github_copilot/claude-opus-4.8-fast", 10.0, 50.0),
            ("claude-opus-4-8", 5.0, 25.0),
        ],
    )
    def test_where_a_model_is_served_and_how_fast_have_a_price(self, name: str, given: float, output: float) -> None:
        price = price_of(name)
        assert price is not None and (price.input, price.output) == pytest.approx((given, output))

    def test_a_surcharge_holds_for_all_parts_of_a_price(self) -> None:
        base, more = price_of("claude-sonnet-4-5"), price_of("us.anthropic.claude-sonnet-4-5-20250929-v1:0")
        assert base is not None and more is not None and base.long is not None and more.long is not None
        assert more.above == base.above and surcharge_of("us.anthropic.claude-sonnet-4-5") == 1.1
        for mine, other in ((base, more), (base.long, more.long)):
            for name in FIELDS:
                assert getattr(other, name) == pytest.approx(1.1 * getattr(mine, name))
        fast = times(replaced(base, fast=base.long), 2.0).fast
        assert fast is not None and fast.input == 2 * base.long.input

    def test_old_sessions_keep_old_prices(self) -> None:
        before, after = (price_of("o3", datetime(2025, month, 20, tzinfo=UTC).timestamp()) for month in (5, 7))
        assert before is not None and after is not None and before.input > after.input

    def test_says_where_from_and_as_of_when(self) -> None:
        assert "litellm" in dated() and "as of 20" in dated()


class TestWindows:
    @pytest.mark.parametrize(
        ("model", "window"),
        [("claude-3-5-sonnet", 200_000), ("claude-3-opus", 200_000), ("gpt-4o", 128_000), ("gpt-4-turbo", 128_000), ("gemini-1.5-pro", 1_000_000)],
    )
    def test_the_documented_ones(self, model: str, window: int) -> None:
        assert window_of(model) == window
