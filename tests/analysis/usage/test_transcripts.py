"""The golden transcript comes to what a hand calculation says, and another library says the same."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from gateway.analysis.prices.lookup import price_of
from gateway.analysis.usage.tokens import Use, dollars
from gateway.analysis.usage.transcripts import requests_elsewhere, transcript_uses
from tests.analysis.usage import golden


def cost(uses: list[Use]) -> float:
    """Return dollars of the requests that are counted here."""
    found = 0.0
    for use in uses:
        price = price_of(use.model, use.at)
        assert price is not None
        found += 0.0 if use.shared else dollars(use.tokens, price)
    return found


class TestGolden:
    def test_cost_equals_the_hand_calculation(self, own_world: Path) -> None:
        uses = transcript_uses(str(golden.write(own_world)))
        assert cost([use for use in uses if not use.aside]) == pytest.approx(golden.MAIN_COST, abs=1e-12)
        assert cost([use for use in uses if use.aside]) == pytest.approx(golden.SUBAGENT_COST, abs=1e-12)

    def test_every_request_is_counted_once(self, own_world: Path) -> None:
        keys = [use.key for use in transcript_uses(str(golden.write(own_world)))]
        assert sorted(keys) == ["msg_1", "msg_2", "msg_3", "msg_s1", "msg_s2", "msg_s3", "msg_s4"]

    def test_the_sidechain_copy_does_not_move_a_request_aside(self, own_world: Path) -> None:
        assert [use.aside for use in transcript_uses(str(golden.write(own_world))) if use.key == "msg_2"] == [False]

    def test_the_fork_pays_for_its_own_requests_only(self, own_world: Path) -> None:
        fork = golden.write(own_world).with_name(f"{golden.FORK}.jsonl")
        uses = transcript_uses(str(fork))
        assert {use.key: use.shared for use in uses} == {"msg_1": golden.MAIN, "msg_2": golden.MAIN, "msg_f1": ""}
        assert cost(uses) == pytest.approx(golden.FORK_COST, abs=1e-12)

    def test_the_original_does_not_lose_what_was_copied(self, own_world: Path) -> None:
        assert requests_elsewhere(str(golden.write(own_world))) == {}

    def test_another_library_agrees(self, own_world: Path) -> None:
        genai_prices = pytest.importorskip("genai_prices")
        for use in transcript_uses(str(golden.write(own_world))):
            tokens = use.tokens
            theirs = genai_prices.calc_price(
                genai_prices.Usage(
                    input_tokens=tokens.prompt,
                    output_tokens=tokens.output,
                    cache_read_tokens=tokens.cache_read,
                    cache_write_tokens=tokens.cache_write_5m + tokens.cache_write_1h,
                    cache_write_1h_tokens=tokens.cache_write_1h,
                ),
                use.model,
                provider_id="anthropic",
                genai_request_timestamp=datetime.fromtimestamp(use.at, UTC),
            )
            assert cost([use]) == pytest.approx(float(theirs.total_price), abs=1e-9), use


class TestAlone:
    def test_a_missing_file_tells_nothing(self, tmp_path: Path) -> None:
        assert transcript_uses(str(tmp_path / "none.jsonl")) == []
