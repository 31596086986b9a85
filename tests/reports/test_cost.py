"""`cost` as it is run: the sections of the documentation, real usage before estimates, `?` for what nobody knows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.analysis.usage import golden
from tests.command_line import run, run_json


def store(tmp_path: Path, *events: dict[str, Any], name: str = "abc123", **meta: Any) -> str:
    """Write a session; return its store."""
    folder = tmp_path / "store" / name
    folder.mkdir(parents=True)
    (folder / "meta.json").write_text(json.dumps({"session_id": name, **meta}))
    (folder / "events.ndjson").write_text("".join(json.dumps({"session_id": name, **event}) + "\n" for event in events))
    return str(tmp_path / "store")


def event(number: int, kind: str, parent: str = "", **data: Any) -> dict[str, Any]:
    """Return one line of a record."""
    return {"event_type": kind, "timestamp": 1_800_000_000.0 + number, "event_id": f"e{number:011}", "parent_id": parent, "data": data}


ESTIMATED = (
    event(1, "user_prompt", prompt="fix the auth module"),
    event(2, "tool_call", tool_name="Read", arguments={"file_path": "src/auth.py"}),
    event(3, "tool_result", "e00000000002", result="x" * 4000),
    event(4, "tool_call", tool_name="Bash", arguments={"command": "python -m pytest"}),
    event(5, "error", "e00000000004", error="x" * 2000),
    event(6, "user_prompt", prompt="use uv"),
    event(7, "tool_call", tool_name="Bash", arguments={"command": "uv run pytest"}),
    event(8, "tool_result", "e00000000007", result="x" * 400),
)


class TestEstimate:
    def test_has_the_sections_of_the_documentation(self, tmp_path: Path) -> None:
        code, out, _ = run("--trace-dir", store(tmp_path, *ESTIMATED), "cost", "abc123", "--model", "sonnet")
        assert code == 0
        assert out.startswith("Session: abc123 — Estimated cost: $0.")
        assert "Model: sonnet | 1,611 input tokens, 27 output tokens" in out
        assert "Phase 2: run tests — FAILED" in out and "← wasted" in out
        assert "Wasted on failed phases: $0." in out and "An estimate" in out

    def test_json_says_that_it_is_one(self, tmp_path: Path) -> None:
        data = run_json("--trace-dir", store(tmp_path, *ESTIMATED), "cost", "--json")
        assert (data["estimated"], data["source"], data["models"][0]["model"]) == (True, "estimate", "sonnet")
        assert [phase["failed"] for phase in data["phases"]] == [False, True, False]
        assert sum(phase["cost_usd"] for phase in data["phases"]) == pytest.approx(data["cost_usd"])

    def test_prices_of_the_command_line(self, tmp_path: Path) -> None:
        data = run_json("--trace-dir", store(tmp_path, *ESTIMATED), "cost", "--input-price", "3.0", "--output-price", "15.0", "--json")
        tokens = data["tokens"]
        assert data["cost_usd"] == pytest.approx((tokens["input_tokens"] * 3 + tokens["output_tokens"] * 15) / 1e6)

    @pytest.mark.parametrize("model", ["sonnet", "opus", "haiku", "gpt4", "gpt4o", "claude-sonnet-4-5-20250929"])
    def test_models(self, tmp_path: Path, model: str) -> None:
        assert run_json("--trace-dir", store(tmp_path, *ESTIMATED), "cost", "--model", model, "--json")["cost_usd"] > 0

    def test_an_unknown_model_is_a_question_mark(self, tmp_path: Path) -> None:
        where = store(tmp_path, *ESTIMATED)
        code, out, _ = run("--trace-dir", where, "cost", "--model", "nobody-1")
        assert code == 0 and "Estimated cost: ?" in out and "$0.0000" not in out.splitlines()[0] and "`nobody-1`" in out
        data = run_json("--trace-dir", where, "cost", "--model", "nobody-1", "--json")
        assert (data["cost_usd"], data["unpriced"]) == (None, ["nobody-1"])


class TestReal:
    def test_the_transcript_named_in_the_record(self, own_world: Path, tmp_path: Path) -> None:
        main = str(golden.write(own_world))
        where = store(tmp_path, event(1, "session_start", transcript_path=main), *ESTIMATED)
        data = run_json("--trace-dir", where, "cost", "--json")
        assert data["source"] == "transcript" and not data["estimated"]
        assert data["cost_usd"] == pytest.approx(golden.MAIN_COST + golden.SUBAGENT_COST, abs=1e-9)

    def test_the_transcript_named_in_the_meta_data(self, own_world: Path, tmp_path: Path) -> None:
        fork = golden.write(own_world).with_name(f"{golden.FORK}.jsonl")
        where = store(tmp_path, *ESTIMATED, transcript_path=str(fork))
        data = run_json("--trace-dir", where, "cost", "--json")
        assert data["cost_usd"] == pytest.approx(golden.FORK_COST, abs=1e-9)
        assert data["counted_elsewhere"] == {golden.MAIN: 2}

    def test_the_record_itself_with_the_sessions_it_started(self, tmp_path: Path) -> None:
        used = {"input_tokens": 1000, "output_tokens": 100, "cache_read_input_tokens": 10}
        store(tmp_path, event(5, "llm_response", model=golden.MODEL, usage=used), name="child", parent_session_id="abc123")
        where = store(tmp_path, *ESTIMATED, event(9, "llm_response", model=golden.MODEL, usage=used))
        data = run_json("--trace-dir", where, "cost", "abc123", "--json")
        assert data["source"] == "record"
        assert data["cost_usd"] == pytest.approx(2 * golden.by_hand(golden.SONNET, 1000, 100, 10, 0, 0), abs=1e-9)

    def test_another_model_prices_the_same_tokens(self, tmp_path: Path) -> None:
        used = {"input_tokens": 1_000_000}
        where = store(tmp_path, event(9, "llm_response", model=golden.MODEL, usage=used))
        assert run_json("--trace-dir", where, "cost", "--model", "gpt-4o", "--json")["cost_usd"] == 2.5

    def test_no_session_is_an_exit_code_of_its_own(self, tmp_path: Path) -> None:
        assert run("--trace-dir", str(tmp_path), "cost")[0] == 3


class TestPublished:
    def test_a_store_of_the_published_tool_is_read(self) -> None:
        folder = Path(__file__).resolve().parents[1] / "fixtures" / "published_store"
        sessions = sorted(path.name for path in folder.iterdir() if path.is_dir())
        assert sessions
        for name in sessions:
            assert run_json("--trace-dir", str(folder), "cost", name, "--json")["session"] == name
            assert run("--trace-dir", str(folder), "token-budget", name, "--limit", "1000000")[0] == 0


class TestHostile:
    def test_a_model_s_name_does_not_steer_the_terminal(self, tmp_path: Path) -> None:
        where = store(tmp_path, event(9, "llm_response", model="x\x1b[2J", usage={"input_tokens": 5}))
        for command in (("cost",), ("token-budget",)):
            _, out, err = run("--trace-dir", where, *command)
            assert "\x1b" not in out + err
