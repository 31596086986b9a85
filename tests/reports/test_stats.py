from __future__ import annotations

from pathlib import Path

from tests.reports.command_line import Run
from tests.stores import call, event, failure, pytest_story, result, session, verdict


class TestStats:
    def test_frequency_and_timing(self, store: Path, run: Run) -> None:
        lines = [one for at in range(20) for one in (call(at, f"c{at}", "Read", file_path=f"{at}"), result(at, f"c{at}", "Read", ms=float(at + 1)))]
        session(store, "s", *lines, *pytest_story())
        data = run("stats", "--json").json
        read = next(tool for tool in data["tools"] if tool["tool"] == "Read")
        assert read == {"tool": "Read", "calls": 21, "errors": 0, "p50_ms": 11.0, "p95_ms": 20.0, "max_ms": 43.0, "total_ms": 253.0}
        said = run("stats").out.splitlines()
        assert said[0].endswith("52 events") and said[1] == "  Tool calls: 24   LLM requests: 0   Errors: 1   Tokens: 0"
        assert said[4].split() == ["Read", "21", "0", "11ms", "20ms", "43ms", "253ms"]
        assert "    #46    Bash Command failed with exit code 1" in said

    def test_what_was_judged_when_it_was_over_would_have_been_denied(self, store: Path, run: Run) -> None:
        late = {**verdict("deny"), "effect": "allow", "shadow": "deny"}
        late["reasons"] = [{**late["reasons"][0], "shadow": True}]
        session(store, "s", *(call(at, f"c{at}", "Read", late, file_path=".env") for at in range(2)))
        for command in ("stats", "show"):
            assert "would have been denied: 2" in run(command).out and "2 allow [" not in run(command).out
        assert run("stats", "--json").json["rules"] == [{"rule": "files.read.deny[0]", "source": ".agent-scope.json:3", "would_deny": 2}]

    def test_verdicts_for_each_rule(self, store: Path, run: Run) -> None:
        asked = call(1, "b", "Bash", verdict("ask", "push", source=""), command="git push")
        session(store, "s", call(0, "a", "Read", verdict("deny"), file_path=".env"), call(0, "c", "Read", verdict("deny"), file_path=".env"), asked)
        said = run("stats").out
        assert "  Verdicts: 1 ask, 2 deny\n" in said and "2 deny   [.agent-scope.json:3]\n" in said
        assert run("stats", "--json").json["rules"] == [
            {"rule": "files.read.deny[0]", "source": ".agent-scope.json:3", "deny": 2},
            {"rule": "push", "source": "", "ask": 1},
        ]

    def test_the_whole_tree(self, store: Path, run: Run) -> None:
        usage = {"input_tokens": 10, "output_tokens": 5}
        session(store, "p", call(0, "a", "Agent"), result(9, "a", "Agent"), event("llm_response", 9, usage=usage))
        child = {"parent_session_id": "p"}
        session(store, "c", call(2, "a", "Read", file_path="x"), failure(4, "a", "Read"), event("llm_response", 5, usage=usage), meta=child)
        session(store, "g", call(20, "a", "Read", file_path="y"), meta={"parent_session_id": "c"})
        session(store, "other", call(0, "a", "Bash"))
        assert run("stats", "p", "--json").json["tool_calls"] == 1
        data = run("stats", "p", "--include-subagents", "--json").json
        assert (data["sessions"], data["tool_calls"], data["errors"], data["tokens"], data["seconds"]) == (3, 3, 1, 30, 20.0)
        assert {tool["tool"]: (tool["calls"], tool["errors"], tool["max_ms"]) for tool in data["tools"]} == {
            "Read": (2, 1, 2000.0),
            "Agent": (1, 0, 9000.0),
        }
        assert run("stats", "p", "--include-subagents").out.startswith("Session p and 2 subagents: 20.00s, 7 events\n")

    def test_many_errors_are_cut_and_counted(self, store: Path, run: Run) -> None:
        session(store, "s", *(event("error", at, error=f"e{at}") for at in range(15)))
        said = run("stats").out
        assert "    #1     e0\n" in said and said.endswith("    … and 5 more\n")

    def test_an_empty_session(self, store: Path, run: Run) -> None:
        session(store, "s")
        assert run("stats").code == 0 and run("stats", "--json").json["tools"] == []
