from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.analysis.test_phases import README
from tests.reports.command_line import Run, runner
from tests.stores import call, event, failure, result, session

STRUCTURE = """\
Comparing: abc123 vs def456

Diverged at phase 2:

  Phase 2: run tests
    abc123 only: $ python -m pytest
    def456 only: $ uv run pytest
    abc123: failed; def456: went well

  Phase 3: run tests (only in abc123)

abc123: 2m 05s, 12 events, 5 tools, 1 retries, 2 errors
def456: 50.00s, 8 events, 3 tools, 0 retries
"""
SEMANTIC = """\
Semantic diff: abc123 vs def456

Tools added: write_file
Commands removed: python -m pytest
Δ tool calls: -1
Δ errors: -2
Δ retries: -1
Δ tokens: +1,200
Δ duration: -74.0s

Outcome: improved (fewer errors, same task completed)
"""


@pytest.fixture
def two(store: Path) -> Path:
    """Return a store of two tries of the same task."""
    meta = {"attribution": {"working_dir": "/p"}}
    session(store, "abc123", *README, meta=meta)
    better = [*README[:6], call(10, "e", "Bash", command="uv run pytest"), result(50, "e", "Bash")]
    session(store, "def456", *better, meta=meta)
    return store


class TestStructure:
    def test_reproduces_the_sample_of_the_readme(self, two: Path, run: Run) -> None:
        assert run("diff", "abc", "def").out == STRUCTURE

    def test_the_same(self, two: Path, run: Run) -> None:
        assert "The same in every phase." in run("diff", "abc", "abc123").out
        assert run("diff", "abc", "abc123", "--json").json["same"] is True

    def test_as_json(self, two: Path, run: Run) -> None:
        found = run("diff", "abc", "def", "--json").json
        assert (found["same"], found["a"]["retries"], found["b"]["errors"]) == (False, 1, 0)
        assert [(one["label"], one["differs"], one["only_a"], one["only_b"]) for one in found["phases"]] == [
            ("fix the auth module", False, {}, {}),
            ("run tests", True, {"ran": ["python -m pytest"]}, {"ran": ["uv run pytest"]}),
            ("run tests", True, {"ran": ["uv run pytest"]}, {}),
        ]

    def test_long_lists_are_cut_and_counted(self, store: Path, run: Run) -> None:
        reads = [(call(at, f"c{at}", "Read", file_path=f"f{at}"), result(at, f"c{at}", "Read")) for at in range(30)]
        session(store, "a", *(line for pair in reads for line in pair))
        session(store, "b", call(0, "x", "mcp__db__query", sql="select"), result(1, "x", "mcp__db__query"))
        said = run("diff", "a", "b").out
        assert said.count("a only: read f") == 10 and "a only: … and 20 more" in said and "b only: used mcp__db__query" in said

    @pytest.mark.parametrize(("words", "code"), [(("abc", "nope"), 3), (("abc",), 2)])
    def test_wrong(self, two: Path, run: Run, words: tuple[str, ...], code: int) -> None:
        assert run("diff", *words).code == code

    def test_names_are_as_long_as_they_must_be(self, store: Path, run: Run) -> None:
        for name in ("aaaaaaaaaaaaaaaa-1", "aaaaaaaaaaaaaaaa-2"):
            session(store, name, event("x"))
        assert "Comparing: aaaaaaaaaaaaaaaa-1 vs aaaaaaaaaaaaaaaa-2" in run("diff", "aaaaaaaaaaaaaaaa-1", "aaaaaaaaaaaaaaaa-2").out


class TestSemantic:
    def test_reproduces_the_sample_of_the_readme(self, two: Path, run: Run) -> None:
        with (two / "def456" / "events.ndjson").open("a") as file:
            for line in (call(50, "w", "write_file", path="/p/b.py"), result(51, "w", "write_file")):
                file.write(json.dumps(line) + "\n")
            file.write(json.dumps(event("assistant_response", 51, text="ok", usage={"input_tokens": 1_000, "output_tokens": 200})) + "\n")
        assert run("diff", "abc", "def", "--semantic").out == SEMANTIC.replace("Commands removed", "Files written added: b.py\nCommands removed")

    def test_as_json(self, two: Path, run: Run) -> None:
        found = run("diff", "abc", "def", "--semantic", "--json").json
        assert (found["outcome"], found["delta"]["errors"], found["removed"]["commands"]) == ("improved", -2, ["python -m pytest"])


class TestEvaluation:
    def test_a_report_and_an_exit_code_for_ci(self, two: Path, run: Run, tmp_path: Path) -> None:
        config = tmp_path / "eval.json"
        config.write_text(json.dumps({"assertions": [{"metric": "errors", "of": "delta", "max": 0}, {"metric": "outcome", "in": ["improved"]}]}))
        good = run("diff", "abc", "def", "--semantic", "--eval-config", config)
        assert good.code == 0 and good.json["passed"] is True and [one["actual"] for one in good.json["assertions"]] == [-2, "improved"]
        bad = run("diff", "def", "abc", "--eval-config", config)
        assert bad.code == 1 and bad.json["passed"] is False and bad.json["outcome"] == "regressed"
        assert "failed: errors of delta: max 0: it is 2" in bad.err

    @pytest.mark.parametrize(("text", "code"), [("{", 4), ("{}", 4), ('{"assertions": []}', 3), (None, 4)])
    def test_a_document_that_is_none_never_passes(self, two: Path, run: Run, tmp_path: Path, text: str | None, code: int) -> None:
        config = tmp_path / "eval.json"
        if text is not None:
            config.write_text(text)
        found = run("diff", "abc", "def", "--semantic", "--eval-config", config)
        assert found.code == code and found.out == "" and "eval.json" in found.err

    def test_a_task_that_was_not_completed(self, two: Path, run: Run) -> None:
        session(two, "bad", *README[:6], call(10, "e", "Bash", command="uv run pytest"), failure(50, "e", "Bash"))
        assert "Outcome: regressed (the task was not completed)" in run("diff", "def", "bad", "--semantic").out


class TestUnknownUsage:
    """A session that was recorded by hooks holds no usage: what was looked for nowhere must not pass."""

    def sessions(self, store: Path, transcript: str = "") -> None:
        for name in ("a1", "b1"):
            told = {"transcript_path": transcript} if transcript else {}
            session(
                store,
                name,
                event("session_start", 0, **told),
                event("user_prompt", 1, prompt="x"),
                call(2, "c", "Bash", command="ls"),
                event("session_end", 3),
            )

    @pytest.mark.parametrize("metric", ["tokens", "cost_usd"])
    @pytest.mark.parametrize(
        "test", [{"max": 1000}, {"min": 0}, {"equals": 0}, {"max": 0, "of": "delta"}, {"max": 2, "of": "ratio"}, {"max": 1, "of": "a"}]
    )
    def test_fails_whatever_is_asked(self, metric: str, test: dict[str, object], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.sessions(tmp_path)
        (tmp_path / "e.json").write_text(json.dumps({"assertions": [{"metric": metric, **test}]}))
        ran = runner(tmp_path, capsys)("diff", "a1", "b1", "--semantic", "--eval-config", tmp_path / "e.json")
        assert (ran.code, ran.json["passed"], ran.json["assertions"][0]["actual"]) == (1, False, None) and "not known" in ran.err

    def test_is_taken_from_the_transcript_where_there_is_one(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        usage = {"input_tokens": 1000, "output_tokens": 100}
        said = {
            "type": "assistant",
            "uuid": "u",
            "timestamp": "2026-02-02T02:40:01Z",
            "message": {"id": "m", "model": "claude-sonnet-4-5", "usage": usage},
        }
        (tmp_path / "t.jsonl").write_text(json.dumps(said) + "\n")
        self.sessions(tmp_path, str(tmp_path / "t.jsonl"))
        (tmp_path / "e.json").write_text(json.dumps({"assertions": [{"metric": "tokens", "equals": 1100}, {"metric": "cost_usd", "max": 0.0001}]}))
        ran = runner(tmp_path, capsys)("diff", "a1", "b1", "--semantic", "--eval-config", tmp_path / "e.json")
        assert ran.code == 1 and [one["passed"] for one in ran.json["assertions"]] == [True, False]
        assert ran.json["assertions"][1]["actual"] == pytest.approx(0.0045)

    def test_a_session_without_events_is_nothing_to_compare(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.sessions(tmp_path)
        session(tmp_path, "b1", b"not json\n")
        (tmp_path / "e.json").write_text(json.dumps({"assertions": [{"metric": "errors", "max": 0}]}))
        assert runner(tmp_path, capsys)("diff", "a1", "b1", "--eval-config", tmp_path / "e.json").code == 3
