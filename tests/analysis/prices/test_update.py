"""The table is made from two sources, and the checked-in one is well-formed."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from gateway.analysis.prices import update
from gateway.analysis.prices.lookup import FIELDS, TABLE

LITE = {
    "claude-x-1": {
        "litellm_provider": "anthropic",
        "mode": "chat",
        "input_cost_per_token": 3e-06,
        "output_cost_per_token": 1.5e-05,
        "cache_read_input_token_cost": 3e-07,
        "cache_creation_input_token_cost": 3.75e-06,
        "cache_creation_input_token_cost_above_1hr": 6e-06,
        "input_cost_per_token_above_200k_tokens": 6e-06,
        "output_cost_per_token_above_200k_tokens": 2.25e-05,
        "max_input_tokens": 200000,
    },
    "xai/grok-9": {"litellm_provider": "xai", "mode": "chat", "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06},
    "gpt-9-audio": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-06},
    "dashscope/glm-9": {"litellm_provider": "dashscope", "mode": "chat", "input_cost_per_token": 1e-06},
    "some/other": {"litellm_provider": "elsewhere", "mode": "chat", "input_cost_per_token": 1e-06},
}


class TestLiteLLM:
    def test_rows(self) -> None:
        rows = update.litellm_rows(LITE)
        assert rows == {
            "claude-x-1": {
                "steps": [["", [3.0, 15.0, 0.3, 3.75, 6.0], [200_000, [6.0, 22.5, None, None, None]]]],
                "window": 200_000,
            },
            "grok-9": {"steps": [["", [1.0, 2.0, None, None, None], None]]},
        }

    def test_reads_the_wheel(self, tmp_path: Path) -> None:
        path = tmp_path / "litellm-1.2.3-py3-none-any.whl"
        with zipfile.ZipFile(path, "w") as wheel:
            wheel.writestr("litellm/model_prices_and_context_window_backup.json", json.dumps(LITE))
        assert update.read_litellm(str(path)) == (LITE, "1.2.3")


class TestMerged:
    LITE = {"a": {"steps": [["", [2.0, 4.0, None, None, None], None]], "window": 10}}
    GENAI = {
        "a": {"steps": [["", [9.0, 9.0, 1.0, None, None], None], ["2026-01-01", [3.0, 4.0, 1.0, None, None], [5, [6.0, 8.0, 2.0, None, None]]]]},
        "gone": {"steps": [["", [1.0, 1.0, None, None, None], None]]},
    }

    def test_the_first_source_sets_the_price_and_the_second_its_history(self) -> None:
        rows = update.merged(self.LITE, self.GENAI, "2026-06-01")
        assert rows["a"] == {
            "steps": [["", [9.0, 9.0, 1.0, None, None], None], ["2026-01-01", [2.0, 4.0, 1.0, None, None], [5, [6.0, 8.0, 2.0, None, None]]]],
            "window": 10,
        }
        assert rows["gone"]["from"] == "genai-prices"

    def test_disagreements_are_said(self) -> None:
        assert update.disagreements(self.LITE, self.GENAI, "2026-06-01") == [
            "a: input 2 (LiteLLM), 3 (genai-prices)",
            "a: window 10 (LiteLLM), None (genai-prices)",
        ]

    def test_short_names_are_the_newest(self) -> None:
        names = {f"claude-{family}-{version}" for family in ("sonnet", "opus", "haiku") for version in ("4", "4-5", "5")}
        assert update.aliases(names)["opus"] == "claude-opus-5"

    def test_other_names_of_a_model(self) -> None:
        names = {
            "claude-sonnet-4-0",
            "claude-sonnet-4-5",
            "claude-opus-5",
            "claude-opus-5-5",
            "claude-haiku-4-5",
            "claude-3-5-sonnet",
            "gpt-9-chat-latest",
        }
        others = update.aliases(names | {"claude-4-5-haiku"})
        assert {other: name for other, name in others.items() if "sonnet" in name} == {
            "claude-4-0-sonnet": "claude-sonnet-4-0",
            "claude-4-sonnet": "claude-sonnet-4-0",
            "claude-sonnet-4": "claude-sonnet-4-0",
            "claude-4-5-sonnet": "claude-sonnet-4-5",
            "sonnet": "claude-sonnet-4-5",
        }
        assert others["gpt-9-chat"] == "gpt-9-chat-latest" and others["claude-5-opus"] == "claude-opus-5"
        assert "claude-4-5-haiku" not in others, "a model of that name goes before"


class TestSurcharges:
    def test_endpoints_of_one_geography(self) -> None:
        def entry(price: float, provider: str = "bedrock_converse") -> dict[str, object]:
            return {"litellm_provider": provider, "input_cost_per_token": price}

        models = {name: {"steps": [["", [3.0, 15.0, None, None, None], None]]} for name in ("claude-x-1", "claude-x-1-20250101", "claude-y-4-0")}
        lite = {
            "us.anthropic.claude-x-1-20250101-v1:0": entry(3.3e-06),
            "us-gov.anthropic.claude-x-1": entry(3.6e-06, "bedrock"),
            "global.anthropic.claude-x-1": entry(9e-06),
            "eu.anthropic.claude-x-1": entry(3.001e-06),
            "au.anthropic.claude-x-1": entry(9e-06),
            "jp.anthropic.claude-x-1": entry(3.3e-06, "elsewhere"),
            "jp.anthropic.claude-z-1": entry(3.3e-06),
            "jp.anthropic.claude-y-4-20250514-v1:0": entry(3.3e-06),
        }
        assert update.surcharges(lite, models, {"claude-y-4": "claude-y-4-0"}) == {
            "us.claude-x-1": 1.1,
            "us.claude-x-1-20250101": 1.1,
            "us-gov.claude-x-1": 1.2,
            "jp.claude-y-4-0": 1.1,
        }


class TestTable:
    def test_is_what_would_be_written(self) -> None:
        text = Path(TABLE).read_text()
        assert update.rendered(json.loads(text)) == text

    def test_every_row_is_whole(self) -> None:
        table = json.loads(Path(TABLE).read_text())
        assert table["fields"] == list(FIELDS)
        for name, row in table["models"].items():
            assert row["steps"] and row["steps"] == sorted(row["steps"], key=lambda step: step[0]), name
            assert all(len(step[1]) == len(FIELDS) and step[1][0] > 0 for step in row["steps"]), name

    def test_models_of_the_second_source_are_read(self) -> None:
        data = pytest.importorskip("genai_prices.data")
        rows = update.genai_rows(data.providers, {"claude-sonnet-4-5-20250929"})
        assert rows["claude-sonnet-4-5-20250929"]["steps"][-1][1] == [3.0, 15.0, 0.3, 3.75, 6.0]
        assert "fast" in rows["claude-opus-5-5"]
