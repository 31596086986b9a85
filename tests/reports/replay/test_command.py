from __future__ import annotations

import json
from pathlib import Path

import pytest

from gateway.analysis import index as index_module
from gateway.reports.replay import command
from tests.reports.command_line import Run
from tests.stores import call, event, lines_of, pytest_story, result, session, verdict

META = {"command": "claude-code (startup)", "agent_name": "claude-code"}
SAMPLE = """\
Session Summary
──────────────────────────────────────────────────
  Session:    201da364-edd6-49
  Command:    claude-code (startup)
  Agent:      claude-code
  Duration:   112.60s
  Tool calls: 4
  Errors:     1
──────────────────────────────────────────────────
#1       +    0.00s  ▶ session_start
#2       +    0.07s  👤 user_prompt
                     "how many tests does this project have? run them"
#3       +    3.55s  → tool_call Glob
                     **/*.test.*
#4       +    3.60s  ← tool_result Glob (51ms)
                     tests/test_a.py
#5       +    6.06s  → tool_call Bash
                     $ python -m pytest tests/ -v 2>&1
#6       +   27.65s  ✗ error Bash
                     Command failed with exit code 1
#7       +   48.18s  → tool_call Read
                     /p/pyproject.toml
#8       +   48.23s  ← tool_result Read (43ms)
                     [project]
#9       +   51.43s  → tool_call Bash
                     $ uv run --with pytest pytest tests/ -v 2>&1
#10      + 1m43.67s  ← tool_result Bash (5.88s)
                     75 tests, all passing in 3.60s
#11      + 1m52.54s  🤖 assistant_response
                     "75 tests, all passing in 3.60s."
#12      + 1m52.60s  ■ session_end
                     exit
"""


def numbers(said: str) -> list[int]:
    """Return the event numbers in the left column."""
    return [int(line[1:].split()[0]) for line in said.splitlines() if line.startswith("#")]


@pytest.fixture
def tiny_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let small sessions be jumped into."""
    monkeypatch.setattr(index_module, "LARGE_BYTES", 1)
    monkeypatch.setattr(index_module, "STEP", 3)


class TestReplay:
    def test_reproduces_the_sample_of_the_readme(self, store: Path, run: Run) -> None:
        session(store, "201da364-edd6-49", *pytest_story(), meta=META)
        assert run("replay").out == SAMPLE == run("replay", "201d").out

    def test_one_pass_and_the_index_tell_the_same(self, store: Path, run: Run, tiny_steps: None) -> None:
        denied = [call(120, "x", "Read", verdict("deny"), file_path=".env"), call(121, "y", "Bash", verdict("ask"), command="git push")]
        session(store, "s", *pytest_story(), *denied, event("x", -5_000))
        first = run("replay").out
        assert "  Blocked:    1, asked: 1\n" in first
        assert run("list").code == 0 and (store / "s" / ".index").exists()
        assert run("replay").out == first

    @pytest.mark.parametrize(
        ("words", "shown"),
        [
            (("--filter", "tool_call,error"), [3, 5, 6, 7, 9]),
            (("--filter", " error "), [6]),
            (("--limit", 2), [1, 2]),
            (("--from", 11), [11, 12]),
            (("--from", 5, "--limit", 2), [5, 6]),
            (("--from", 4, "--filter", "tool_call", "--limit", 2), [5, 7]),
        ],
    )
    @pytest.mark.parametrize("kept", [False, True])
    def test_parts(self, store: Path, run: Run, tiny_steps: None, words: tuple[str, ...], shown: list[int], kept: bool) -> None:
        session(store, "s", *pytest_story())
        if kept:
            run("list")
        said = run("replay", *words).out
        assert numbers(said) == shown
        whole = SAMPLE.splitlines()
        assert all(line in whole for line in said.splitlines() if line.startswith("#"))

    @pytest.mark.parametrize(
        ("words", "code", "said"),
        [
            (("--filter", "tool_cal"), 2, "unknown event type"),
            (("--from", 13), 3, "the session has 12"),
            (("nope",), 3, "no session"),
            (("--speed", 0), 2, "0"),
        ],
    )
    def test_says_what_cannot_be_shown(self, store: Path, run: Run, words: tuple[str, ...], code: int, said: str) -> None:
        session(store, "s", *pytest_story())
        found = run("replay", *words)
        assert found.code == code and said in found.err

    def test_live_waits_as_long_as_it_took_and_no_longer_than_people_do(self, store: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        waited: list[float] = []
        monkeypatch.setattr(command.time, "sleep", waited.append)
        session(store, "s", event("a", 0), event("b", 4), event("c", 3), event("d", 7_204))
        said = run("replay", "--live", "--speed", 2, "--filter", "a,b,c,d").out
        assert waited == [2.0, command.LONGEST_PAUSE] and "… 2h 00m later" in said

    def test_verdicts_stand_in_the_margin_with_their_reasons(self, store: Path, run: Run) -> None:
        watched = {"effect": "allow", "shadow": "deny", "reasons": [{"effect": "deny", "rule": "r", "text": "t", "shadow": True}]}
        session(
            store,
            "s",
            call(0, "a", "Read", verdict("deny", text="holds passwords"), file_path=".env"),
            call(1, "b", "Bash", verdict("ask", "push", "shares your work", ""), command="git push"),
            call(2, "c", "Read", watched, file_path="x"),
        )
        lines = run("replay").out.splitlines()[8:]
        assert lines == [
            "#1    ⛔ +    0.00s  → tool_call Read",
            "                     .env",
            "                     blocked: holds passwords (files.read.deny[0]) [.agent-scope.json:3]",
            "#2    ❓ +    1.00s  → tool_call Bash",
            "                     $ git push",
            "                     asked: shares your work (push)",
            "#3    ◌  +    2.00s  → tool_call Read",
            "                     x",
            "                     would have been: deny",
        ]

    def test_another_policy(self, store: Path, run: Run, tmp_path: Path) -> None:
        policy = tmp_path / "strict.json"
        policy.write_text(json.dumps({"files": {"read": {"deny": ["*.toml"]}}}))
        session(store, "s", *pytest_story(), meta={"attribution": {"working_dir": str(tmp_path)}})
        said = run("replay", "--policy", policy).out
        assert "under this policy: deny: " in said and "strict.json" in said and said.count("under this policy") == 4
        found = [json.loads(line) for line in run("replay", "--policy", policy, "--json").out.splitlines()]
        assert [one["number"] for one in found if one["policy"].startswith("under this policy: deny")] == [7]

    def test_as_json_is_one_object_a_line(self, store: Path, run: Run) -> None:
        session(store, "s", call(0, "a", "Read", verdict("deny"), file_path=".env"), result(1, "a", "Read", ms=3.0))
        first, second = (json.loads(line) for line in run("replay", "--json").out.splitlines())
        assert (first["number"], first["id"], first["tool"], first["about"], first["verdict"]) == (1, "a", "Read", ".env", "deny")
        assert first["reasons"] == ["no (files.read.deny[0]) [.agent-scope.json:3]"] and second["duration_ms"] == 3.0 and second["at"] == 1.0

    def test_control_sequences_of_a_trace_never_reach_the_terminal(self, store: Path, run: Run) -> None:
        evil = "\x1b]0;owned\x07\x1b[2J\u202egnp.exe\r\nx"
        session(store, "s", event("user_prompt", 0, prompt=evil), call(1, evil, evil, file_path=evil), event(evil, 2, a=evil), meta={"command": evil})
        for words in (("replay",), ("replay", "--json"), ("explain",), ("why", 2), ("stats",), ("list",), ("show",)):
            said = run(*words).out
            assert said and not any(char in said for char in "\x1b\x07\r\u202e"), words

    def test_what_is_torn_or_unknown_is_told_and_shown(self, store: Path, run: Run) -> None:
        session(store, "s", event("brand_new", 0, thing={"a": 1}), b"garbage\n", event("note", 1, note="hi"), b'{"event_type":"to')
        found = run("replay")
        assert '· brand_new\n                     {"thing": {"a": 1}}\n' in found.out and "✎ note\n                     hi\n" in found.out
        assert "line 2 is not an event" in found.err and "line 4 is torn" in found.err and found.code == 0

    def test_colors_only_when_asked_for(self, store: Path, run: Run) -> None:
        session(store, "s", *pytest_story())
        assert "\x1b[31m✗ error\x1b[0m" in run("--color", "always", "replay").out
        assert "\x1b" not in run("--color", "never", "replay").out + run("replay").out


class TestSubagents:
    @pytest.fixture
    def tree(self, store: Path) -> Path:
        session(
            store,
            "a84664242afa",
            event("session_start", 0),
            event("user_prompt", 0, prompt="refactor the auth module"),
            call(1.23, "spawn", "Agent", description="extract helper functions"),
            result(3.1, "spawn", "Agent"),
            event("session_end", 3.2),
            meta={"agent_name": "claude-code"},
        )
        child = {"agent_name": "claude-code", "parent_session_id": "a84664242afa", "parent_event_id": "spawn"}
        session(store, "b12345678901", call(0, "r", "Read", file_path="src/auth.py"), event("session_end", 0.51), meta=child)
        session(store, "c0ffee", event("session_end", 9), meta={"parent_session_id": "b12345678901"})
        session(store, "other", event("session_end", 9))
        return store

    def test_inline(self, tree: Path, run: Run) -> None:
        said = run("replay", "a84", "--expand-subagents").out.splitlines()[8:]
        assert (
            said[4:14]
            == [
                "                     extract helper functions",
                "│ ▶ b12345678901 agent=claude-code depth=1",
                "│ #1       +    0.00s  → tool_call Read",
                "│                      src/auth.py",
                "│ #2       +    0.51s  ■ session_end",
                "│ │ ▶ c0ffee depth=2",
                "│ │ #1       +    0.00s  ■ session_end",
                "#4       +    3.10s  ← tool_result Agent",
                "#5       +    3.20s  ■ session_end",
            ][: len(said[4:14])]
        )

    def test_tree(self, tree: Path, run: Run) -> None:
        assert run("replay", "a84", "--tree").out.splitlines() == [
            "▶ a84664242afa agent=claude-code 3.20s, 1 calls, 0 errors depth=0",
            "│  ▶ b12345678901 agent=claude-code 510ms, 1 calls, 0 errors depth=1",
            "│  │  ▶ c0ffee 0ms, 0 calls, 0 errors depth=2",
            "3 sessions: 2 calls, 0 errors, 0 tokens",
        ]
        found = run("replay", "a84", "--tree", "--json").json
        assert [one["depth"] for one in found["sessions"]] == [0, 1, 2] and found["total"]["tool_calls"] == 2

    def test_sessions_that_started_each_other_end(self, store: Path, run: Run) -> None:
        session(store, "a", event("x", 0), meta={"parent_session_id": "b"})
        session(store, "b", event("x", 1), meta={"parent_session_id": "a"})
        assert run("replay", "a", "--expand-subagents").out.count("▶ b") == 1
        assert run("replay", "a", "--tree").out.count("▶") == 2


def test_the_record_may_grow_while_it_is_shown(store: Path, run: Run) -> None:
    path = session(store, "s", *pytest_story())
    run("replay", "--limit", 1)
    with path.open("ab") as file:
        file.write(lines_of(event("x", 300)))
    assert numbers(run("replay", "--from", 12).out) == [12, 13]
