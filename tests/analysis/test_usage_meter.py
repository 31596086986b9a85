from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gateway.analysis.prices.lookup import price_of, window_of
from gateway.analysis.usage_meter import metered

MODEL = "claude-sonnet-4-5"


def told(name: str, output: int, *, model: str = MODEL, given: int = 1000) -> str:
    usage = {"input_tokens": given, "output_tokens": output}
    return json.dumps({"type": "assistant", "timestamp": "2026-01-01T00:00:00Z", "message": {"id": name, "model": model, "usage": usage}}) + "\n"


class TestMetered:
    def test_a_growing_response_counts_once_with_its_last_size(self, tmp_path: Path) -> None:
        path = tmp_path / "s.jsonl"
        path.write_text(told("a", 1) + told("a", 50) + told("b", 10))
        state: dict[str, Any] = {}
        found = metered(state, {}, str(path))
        price = price_of(MODEL)
        assert price is not None
        assert found["tokens"] == 2060 and found["cost_usd"] == pytest.approx((2000 * price.input + 60 * price.output) / 1e6)
        assert found["context_pct"] == pytest.approx(100 * 1010 / window_of(MODEL))

    def test_reads_on_from_where_it_was(self, tmp_path: Path) -> None:
        path = tmp_path / "s.jsonl"
        path.write_text(told("a", 1))
        state: dict[str, Any] = {}
        metered(state, {}, str(path))
        state = json.loads(json.dumps(state))
        with path.open("a") as file:
            file.write(told("a", 9) + told("b", 5)[:-40])
        assert metered(state, {}, str(path))["tokens"] == 1009
        with path.open("a") as file:
            file.write(told("b", 5)[-40:])
        assert metered(state, {}, str(path))["tokens"] == 2014

    def test_subagents_cost_and_fill_windows_of_their_own(self, tmp_path: Path) -> None:
        path = tmp_path / "s.jsonl"
        path.write_text(told("a", 1))
        (tmp_path / "s" / "subagents").mkdir(parents=True)
        (tmp_path / "s" / "subagents" / "agent-x.jsonl").write_text(told("b", 1, given=100_000))
        found = metered({}, {}, str(path))
        assert found["tokens"] == 101_002 and found["context_pct"] < 1

    def test_what_the_record_tells_is_added(self) -> None:
        assert metered({}, {MODEL: [10, 5, 0, 0]}, "")["tokens"] == 15

    def test_nothing_to_read_is_nothing_used(self) -> None:
        assert metered({}, {}, "/nowhere.jsonl") == {"tokens": 0.0, "cost_usd": 0.0}

    def test_a_model_nobody_priced_costs_nothing_that_we_know_of(self, tmp_path: Path) -> None:
        path = tmp_path / "s.jsonl"
        path.write_text(told("a", 1, model="no-such-model"))
        found = metered({}, {}, str(path))
        assert (found["tokens"], found["cost_usd"]) == (1001, 0) and "context_pct" not in found
