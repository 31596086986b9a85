"""Claude Code's transcripts as entries: streaming, sidechains, subagents in every layout, forks."""

from __future__ import annotations

from pathlib import Path

from gateway.doors.transcripts import claude_code
from gateway.doors.transcripts.session import Finished
from tests.analysis.usage import golden
from tests.doors.transcripts.rows import rows, write_lines


def sessions(own_world: Path, name: str = golden.MAIN) -> list[Finished]:
    """Return the sessions of a golden transcript."""
    return list(claude_code.sessions_in(str(golden.write(own_world).with_name(f"{name}.jsonl"))))


class TestMain:
    def test_says_what_happened_in_order_and_once(self, own_world: Path) -> None:
        usages = {
            "msg_1": {"input_tokens": 1200, "output_tokens": 350, "cache_creation_input_tokens": 5000},
            "msg_2": {"input_tokens": 30, "output_tokens": 410, "cache_read_input_tokens": 5000, "cache_creation_input_tokens": 200},
            "msg_3": {"input_tokens": 8, "output_tokens": 90, "cache_read_input_tokens": 5600},
        }
        found = []
        for one in rows(sessions(own_world)[0]):
            if one[0] == "llm_response":
                kept = {key: value for key, value in one[1]["usage"].items() if key.endswith("tokens")}
                assert kept == usages[one[1]["message_id"]] and one[1]["model"] == golden.MODEL
                found.append(("llm_response", one[1]["message_id"]))
            else:
                found.append(one)
        env = f"{golden.CWD}/.env"
        assert found == [
            ("user_prompt", {"prompt": "publish the shop", "permission_mode": "default"}),
            ("assistant_response", {"text": "I look at it first."}),
            ("call", "Read", {"file_path": env}, "toolu_1"),
            ("llm_response", "msg_1"),
            ("result", "Read", {"type": "text", "file": {"filePath": env, "content": "A=1"}}, "toolu_1"),
            ("call", "Bash", {"command": "pytest"}, "toolu_2"),
            ("call", "Task", {"description": "look", "prompt": "look around", "subagent_type": "Explore"}, "toolu_3"),
            ("llm_response", "msg_2"),
            ("failed", "Bash", "Exit code 1\nno tests ran", "toolu_2"),
            found[9],
            ("assistant_response", {"text": "aside", "is_sidechain": True}),
            ("assistant_response", {"text": "All published."}),
            ("llm_response", "msg_3"),
            ("assistant_response", {"text": "API Error: overloaded", "synthetic": True}),
        ]

    def test_knows_where_it_was(self, own_world: Path) -> None:
        finished = sessions(own_world)[0]
        assert (finished.session, finished.cwd, finished.parent) == (golden.MAIN, golden.CWD, "")
        expected = {"agent_provider": "claude-code", "agent_version": "2.1.288", "git_branch": "main", "working_dir": golden.CWD}
        assert finished.attribution == expected

    def test_a_text_that_was_still_growing_is_told_once(self, tmp_path: Path) -> None:
        lines = [golden.said(number, "m", golden.text(words), golden.usage(1, number)) for number, words in enumerate(("He", "Hello", "Bye"), 1)]
        (finished,) = claude_code.sessions_in(write_lines(tmp_path / "s.jsonl", *lines))
        assert [one[1]["text"] for one in rows(finished) if one[0] == "assistant_response"] == ["Hello", "Bye"]

    def test_torn_and_foreign_lines_are_passed_over(self, tmp_path: Path) -> None:
        path = write_lines(
            tmp_path / "s.jsonl", golden.prompt(1, "hi"), "[1]", '{"type":"user","mess', {"type": "new-kind"}, {"type": "user", "message": 3}
        )
        (finished,) = claude_code.sessions_in(path)
        assert rows(finished) == [("user_prompt", {"prompt": "hi"})]

    def test_a_compaction_is_marked_and_its_summary_is_no_prompt(self, tmp_path: Path) -> None:
        boundary = golden.line("system", 1, subtype="compact_boundary", compactMetadata={"trigger": "auto", "preTokens": 5})
        path = write_lines(tmp_path / "s.jsonl", boundary, golden.prompt(2, "This session goes on", isCompactSummary=True))
        (finished,) = claude_code.sessions_in(path)
        assert rows(finished) == [("note", {"hook_event": "Compaction", "trigger": "auto", "tokens": 5})]


class TestSubagents:
    def test_every_layout_is_read_and_linked(self, own_world: Path) -> None:
        found = {one.session: (one.parent, one.parent_call) for one in sessions(own_world)[1:]}
        assert found == {f"agent-{agent}-{golden.MAIN[:8]}": (golden.MAIN, "toolu_3") for agent in ("c3", "a1f00d", "b2", "d4")}

    def test_a_subagent_of_a_subagent_is_its_child(self, own_world: Path) -> None:
        main = golden.write(own_world)
        folder = main.with_suffix("") / "subagents"
        outer = golden.subagent("o1", golden.said(30, "msg_o", golden.tool("Agent", "toolu_o", prompt="go deeper"), golden.usage(1, 1)))
        write_lines(folder / "agent-o1.jsonl", *outer)
        write_lines(folder / "agent-i1.jsonl", golden.prompt(31, "go deeper", agentId="i1", isSidechain=True))
        links = {one.session: (one.parent, one.parent_call) for one in claude_code.sessions_in(str(main))}
        assert links[f"agent-i1-{golden.MAIN[:8]}"] == (f"agent-o1-{golden.MAIN[:8]}", "toolu_o")


class TestFork:
    def test_copied_requests_say_where_they_are_counted(self, own_world: Path) -> None:
        used = [one[1] for one in rows(sessions(own_world, golden.FORK)[0]) if one[0] == "llm_response"]
        assert [(one["message_id"], one.get("shared_with", "")) for one in used] == [("msg_1", golden.MAIN), ("msg_2", golden.MAIN), ("msg_f1", "")]


class TestDiscover:
    def test_finds_sessions_and_not_their_subagents(self, own_world: Path) -> None:
        golden.write(own_world)
        assert [(one.session, one.cwd) for one in claude_code.discover()] == [(golden.MAIN, golden.CWD), (golden.FORK, golden.CWD)]

    def test_recognises_its_own(self, own_world: Path) -> None:
        main = golden.write(own_world)
        assert claude_code.recognises(str(main), main.read_bytes()) and not claude_code.recognises(str(main), b'{"type":"session.start"}')
