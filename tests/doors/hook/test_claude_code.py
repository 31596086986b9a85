"""Claude Code's door on payloads that the real client sent."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from gateway.doors.hook import claude_code as door
from gateway.model.call import ToolCall, ToolResult
from gateway.model.decision import Decision, Obligation, Reason
from gateway.model.effects import ALLOW, ASK, DENY
from gateway.model.errors import ProtocolError
from gateway.model.passage import Passage, Return

PAYLOADS = sorted((Path(__file__).parents[2] / "payloads" / "claude_code").glob("*.json"))
KINDS = {
    "SessionStart": "session_start",
    "SessionEnd": "session_end",
    "UserPromptSubmit": "user_prompt",
    "Stop": "assistant_response",
    "SubagentStart": "subagent_start",
    "SubagentStop": "subagent_stop",
}


class TestRead:
    @pytest.mark.parametrize(("cwd", "word"), [("/a\0b", "a NUL"), ("\ud800", "half of a character")])
    @pytest.mark.parametrize("event", ["pre-tool", "post-tool", "session-start"])
    def test_a_folder_that_no_path_can_name_is_told(self, event: str, cwd: str, word: str) -> None:
        with pytest.raises(ProtocolError, match=word):
            door.read(event, {"tool_name": "Bash", "cwd": cwd})

    def test_a_folder_whose_bytes_are_no_utf8_is_one(self) -> None:
        assert door.read("post-tool", {"tool_name": "Bash", "cwd": "/a\udcff"}).result is not None

    @pytest.mark.parametrize("path", PAYLOADS, ids=lambda path: path.stem)
    def test_every_recorded_payload(self, path: Path) -> None:
        payload = json.loads(path.read_text())
        event = payload["hook_event_name"]
        arrival = door.read(event, payload)
        if event == "PreToolUse":
            call = arrival.call
            assert call is not None
            assert (call.tool, call.arguments, call.id, call.cwd) == (
                payload["tool_name"],
                payload["tool_input"],
                payload["tool_use_id"],
                payload["cwd"],
            )
            assert call.context.get("agent_id") == payload.get("agent_id")
        elif event in ("PostToolUse", "PostToolUseFailure"):
            result = arrival.result
            assert result is not None and result.id == payload["tool_use_id"]
            assert result.failed == (event == "PostToolUseFailure")
            assert result.output == payload["error" if result.failed else "tool_response"]
        else:
            recorded = arrival.event
            assert recorded is not None and recorded.session == payload["session_id"] and recorded.kind == KINDS.get(event, "note")
            assert recorded.start == (event == "SessionStart")

    def test_the_short_and_the_long_name_of_an_event_are_one(self) -> None:
        payload = {"session_id": "s", "tool_name": "Bash", "tool_input": {"command": "ls"}, "cwd": "/p"}
        assert door.read("pre-tool", payload) == door.read("PreToolUse", payload)

    def test_a_call_without_a_tool_is_an_error(self) -> None:
        with pytest.raises(ProtocolError, match="names no tool"):
            door.read("pre-tool", {"session_id": "s"})

    def test_an_event_of_a_later_version_is_kept_as_a_note(self) -> None:
        recorded = door.read("FutureEvent", {"hook_event_name": "FutureEvent", "session_id": "s", "cwd": "/", "novel": {"a": 1}}).event
        assert recorded is not None and recorded.kind == "note" and recorded.data["novel"] == {"a": 1}


CALL = ToolCall("Bash", {"command": "ls"}, session="s")


class TestReply:
    def test_allowing_is_silence(self) -> None:
        assert door.reply(Passage(ALLOW, CALL)) == door.Reply(0)

    def test_a_denial_is_said_three_ways(self) -> None:
        said = door.reply(Passage(DENY, CALL, text="no"))
        answer = json.loads(said.stdout)["hookSpecificOutput"]
        assert answer == {"hookEventName": "PreToolUse", "permissionDecision": "deny", "permissionDecisionReason": "no"}
        assert (said.code, said.stderr) == (2, "no\n")

    def test_asking_is_the_clients_own_question(self) -> None:
        said = door.reply(Passage(ASK, CALL, text="sure?"))
        assert said.code == 0 and json.loads(said.stdout)["hookSpecificOutput"]["permissionDecision"] == "ask"

    def test_rewritten_arguments_grant_nothing(self) -> None:
        said = json.loads(door.reply(Passage(ALLOW, CALL, rewritten=True)).stdout)["hookSpecificOutput"]
        assert said == {"hookEventName": "PreToolUse", "updatedInput": {"command": "ls"}}

    def test_a_result_is_rewritten_in_its_own_shape(self) -> None:
        result = ToolResult("Bash", {"stdout": "x", "stderr": ""}, session="s")
        assert door.reply_result(Return(result)) == door.Reply(0)
        said = json.loads(door.reply_result(Return(result, changed=True)).stdout)["hookSpecificOutput"]
        assert said == {"hookEventName": "PostToolUse", "updatedToolOutput": {"stdout": "x", "stderr": ""}}

    def test_an_asked_call_is_shown_as_it_would_be_passed_on(self) -> None:
        said = json.loads(door.reply(Passage(ASK, CALL, text="sure?", rewritten=True)).stdout)["hookSpecificOutput"]
        assert said["updatedInput"] == {"command": "ls"} and said["permissionDecision"] == "ask"

    def test_a_failed_result_cannot_be_rewritten_and_that_is_said(self) -> None:
        result = ToolResult("Bash", "Exit code 3", session="s", failed=True)
        said = json.loads(door.reply_result(Return(result, changed=True)).stdout)["hookSpecificOutput"]
        assert "exec --redact" in said["additionalContext"] and said["hookEventName"] == "PostToolUseFailure"

    def test_a_shell_command_is_run_behind_exec_where_policy_takes_something_out(self) -> None:
        obliged = Decision(ALLOW, (Reason(ALLOW, "x", "y"),), obligations=(Obligation("redact", "forward", "secrets"),))
        call = ToolCall("Bash", {"command": "echo 'a b'; exit 3", "timeout": 5}, session="s")
        passage = door.behind_exec(Passage(ALLOW, call, decision=obliged), ("/py", "-I", "/x/entry.py"))
        line = "'/py' -I '/x/entry.py' exec --redact '--' bash -c 'echo '\\''a b'\\''; exit 3'"
        assert passage.rewritten and passage.call.arguments == {"command": line, "timeout": 5}
        assert shlex.split(line)[-1] == "echo 'a b'; exit 3"

    @pytest.mark.parametrize("effect", [ALLOW, DENY])
    def test_otherwise_it_is_left_alone(self, effect: int) -> None:
        passage = Passage(effect, CALL, decision=Decision(effect, (Reason(effect, "x", "y"),)))
        assert door.behind_exec(passage, ("/py",)) is passage

    def test_text_is_ascii_for_streams_of_any_encoding(self) -> None:
        assert door.reply(Passage(DENY, CALL, text="né\ud800")).stdout.isascii()


class TestUnattended:
    """Whether somebody could answer a question."""

    @pytest.mark.parametrize(
        ("entry", "mode", "nobody"),
        [("cli", "default", False), ("cli", "dontAsk", True), ("sdk-cli", "default", True), ("sdk-cli", "bypassPermissions", True)]
        + [(entry, "default", False) for entry in ("sdk-ts", "sdk-py", "claude-vscode", "remote", "")],
    )
    def test_who_started_the_client(self, monkeypatch: pytest.MonkeyPatch, entry: str, mode: str, nobody: bool) -> None:
        monkeypatch.setenv("CLAUDE_CODE_ENTRYPOINT", entry)
        payload = {"hook_event_name": "PreToolUse", "tool_name": "Bash", "session_id": "s", "permission_mode": mode}
        assert door.read("pre-tool", payload).unattended is nobody

    def test_a_tool_that_answers_for_a_person_is_somebody(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CLAUDE_CODE_ENTRYPOINT", "sdk-cli")
        monkeypatch.setattr("gateway.host.attribution.was_started_with", lambda option: option == "--permission-prompt-tool")
        assert not door.read("pre-tool", {"tool_name": "Bash", "session_id": "s"}).unattended


class TestSettings:
    def test_the_blocking_event_fails_closed(self) -> None:
        entry = door.hook_entry(("/usr/bin/python3", "-I", "-S", "/x/entry.py"), "PreToolUse")
        assert entry == {
            "matcher": "*",
            "hooks": [
                {
                    "type": "command",
                    "command": "/usr/bin/python3",
                    "args": ["-I", "-S", "/x/entry.py", "hook", "pre-tool"],
                    "timeout": 10,
                    "onFailure": "block",
                }
            ],
        }

    def test_others_have_no_matcher_and_do_not_block(self) -> None:
        entry = door.hook_entry(("python",), "Stop")
        assert "matcher" not in entry and "onFailure" not in entry["hooks"][0]


class TestNoticed:
    def test_keeps_the_shape_of_what_each_tool_gives(self) -> None:
        for path in (each for each in PAYLOADS if "PostToolUse-" in each.name):
            output = json.loads(path.read_text())["tool_response"]
            told = door.with_notice(output, "gone")
            assert type(told) is type(output)
            if isinstance(output, dict):
                assert set(told) == set(output) and told.get("type") == output.get("type"), path

    def test_no_text_of_it_is_left(self) -> None:
        output = {"type": "text", "file": {"content": "s3cret", "numLines": 2}, "list": ["s3cret", "s3cret"], "type2": "s3cret"}
        assert door.with_notice(output, "gone") == {"type": "text", "file": {"content": "gone", "numLines": 2}, "list": ["gone"], "type2": "gone"}

    def test_a_picture_stays_one(self) -> None:
        told = door.with_notice({"type": "image", "file": {"base64": "AAAA", "type": "image/jpeg"}}, "gone")
        assert isinstance(told, dict) and told["file"]["type"] == "image/png" and told["file"]["base64"].startswith("iVBOR")
        assert door.with_notice([{"type": "image", "source": {"data": "AAAA"}}], "gone") == [{"type": "text", "text": "gone"}]


class TestSessionEvents:
    def test_a_start_brings_what_the_session_is_known_by(self) -> None:
        payload = {"session_id": "s", "source": "startup", "model": "m", "cwd": "/p", "transcript_path": "/t", "agent_id": "a"}
        event = door.read("session-start", payload).event
        assert event is not None and event.start and event.cwd == "/p"
        want = {"mode": "startup", "model": "m", "agent_id": "a", "provider": "claude-code", "cwd": "/p", "transcript_path": "/t"}
        assert event.data == want

    @pytest.mark.parametrize(
        ("event", "fields", "want"),
        [
            ("UserPromptSubmit", {"prompt": "hi"}, {"prompt": "hi"}),
            ("Stop", {"last_assistant_message": "done"}, {"text": "done", "hook_event": "Stop"}),
            ("StopFailure", {"error": "e"}, {"error": "e", "hook_event": "StopFailure"}),
            ("SubagentStart", {"agent_id": "a", "agent_type": "t", "other": 1}, {"agent_id": "a", "agent_type": "t"}),
            ("Notification", {"message": "m", "permission_mode": "default"}, {"message": "m", "hook_event": "Notification"}),
        ],
    )
    def test_what_is_recorded_of_each(self, event: str, fields: dict[str, object], want: dict[str, object]) -> None:
        recorded = door.read(event, {"session_id": "s", "cwd": "/p", **fields}).event
        assert recorded is not None and recorded.data == want and not recorded.start

    @pytest.mark.parametrize(("given", "want"), [(12, 12), (1.5, 1.5), (True, None), ("12", None), (None, None)])
    def test_a_duration_is_a_number(self, given: object, want: object) -> None:
        result = door.read("post-tool", {"tool_name": "Bash", "cwd": "/p", "duration_ms": given}).result
        assert result is not None and result.duration_ms == want


class TestExitCodesAndStops:
    """2.1.330 reads JSON from a hook that exits with 0, and blocks on 2 alone."""

    def test_the_door_can_do_all_four(self) -> None:
        able = door.CAPABILITIES
        assert (able.blocks, able.asks, able.rewrites_arguments, able.rewrites_results) == (True, True, True, True)

    @pytest.mark.parametrize("stop", [False, True])
    def test_a_denial_ends_the_session_only_where_policy_says_so(self, stop: bool) -> None:
        said = json.loads(door.reply(Passage(DENY, CALL, text="no", stop=stop)).stdout)
        assert said.get("continue", True) is not stop and said.get("stopReason") == ("no" if stop else None)
        assert "continue" not in json.loads(door.refusal("no").stdout)

    def test_everything_but_a_denial_exits_with_0(self) -> None:
        result, failed = ToolResult("Bash", "x", session="s"), ToolResult("Bash", "x", session="s", failed=True)
        replies = [door.reply(Passage(ALLOW, CALL, rewritten=True)), door.reply(Passage(ASK, CALL, text="sure?"))]
        replies += [door.reply_result(Return(one, changed=True)) for one in (result, failed)]
        replies += [door.withheld("trouble", one) for one in (None, result, failed)]
        assert [reply.code for reply in replies] == [0] * len(replies)

    @pytest.mark.parametrize(
        ("result", "event", "name", "stops"),
        [
            (None, "post-tool", "PostToolUse", True),
            (None, "post-tool-failure", "PostToolUseFailure", False),
            (None, "PostToolUseFailure", "PostToolUseFailure", False),
            (ToolResult("Bash", {"stdout": "s3cret"}, session="s"), "post-tool", "PostToolUse", False),
            (ToolResult("Bash", "s3cret", session="s", failed=True), "post-tool", "PostToolUseFailure", False),
        ],
    )
    def test_a_withheld_result_in_each_shape(self, result: ToolResult | None, event: str, name: str, stops: bool) -> None:
        said = json.loads(door.withheld("the trouble", result, event).stdout)
        assert said["hookSpecificOutput"]["hookEventName"] == name and (said.get("continue") is False) == stops
        if name == "PostToolUse":
            output = said["hookSpecificOutput"]["updatedToolOutput"]
            notice = output if result is None else output["stdout"]
            assert isinstance(notice, str) and "the trouble" in notice


class TestArrivals:
    def test_what_every_kind_brings(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CLAUDE_PROJECT_DIR", "/client")
        payload = {"session_id": "s", "tool_name": "Bash", "cwd": "/p", "transcript_path": "/t"}
        context = {"agent_id": "a", "agent_type": "t", "permission_mode": "default", "prompt_id": "p", "mcp_server": "m", "is_interrupt": False}
        call, result, mark = (door.read(event, {**payload, **context}) for event in ("pre-tool", "post-tool", "stop"))
        assert {one.folder for one in (call, result, mark)} == {"/client"} and call.transcript == "/t"
        assert call.call is not None and call.call.context == context and call.call.arguments == {} and call.call.agent == "claude-code"
        assert result.result is not None and result.result.context == context and result.result.agent == "claude-code"
        assert (call.result, call.event, result.call, result.event, mark.call, mark.result) == (None,) * 6

    @pytest.mark.parametrize(("event", "name"), [("pre-tool", "Stop"), ("PreToolUse", "PostToolUse"), ("other", "PreToolUse")])
    def test_either_name_of_an_event_makes_it_a_call(self, event: str, name: str) -> None:
        assert door.read(event, {"hook_event_name": name, "tool_name": "Bash", "cwd": "/p"}).call is not None

    def test_a_session_without_a_name_or_a_folder(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.chdir(tmp_path)
        monkeypatch.delenv("CLAUDE_PROJECT_DIR", raising=False)
        arrival = door.read("pre-tool", {"session_id": 5, "tool_name": "Bash", "cwd": None})
        assert arrival.call is not None and (arrival.call.session, arrival.call.cwd, arrival.folder) == ("unknown", str(tmp_path), "")


class TestReplyDetails:
    def test_what_could_not_be_recorded_is_told_beside_the_result(self) -> None:
        result = ToolResult("Bash", "x", session="s")
        assert door.reply_result(Return(result, refused="no space")) == door.Reply(0, stderr="no space")
        assert door.reply_result(Return(result, changed=True, refused="no space")).stderr == "no space"
        assert door.reply(Passage(ALLOW, CALL, text="warning")) == door.Reply(0, stderr="warning")

    def test_a_question_about_what_is_passed_on_as_it_came_changes_nothing(self) -> None:
        said = json.loads(door.reply(Passage(ASK, CALL, text="sure?")).stdout)
        assert said == {
            "hookSpecificOutput": {"hookEventName": "PreToolUse", "permissionDecision": "ask", "permissionDecisionReason": "sure?"},
        }

    def test_a_withheld_result_is_told_to_people_too(self) -> None:
        for result in (None, ToolResult("Bash", "s3cret", session="s"), ToolResult("Bash", "s3cret", session="s", failed=True)):
            reply = door.withheld("the trouble", result)
            assert reply.stderr.endswith("\n") and "the trouble" in reply.stderr and "s3cret" not in reply.stdout + reply.stderr
        assert door.reply_result(Return(ToolResult("Bash", "s3cret", session="s"), withheld="the trouble")) == door.withheld(
            "the trouble", ToolResult("Bash", "s3cret", session="s")
        )
        stopped = json.loads(door.withheld("x", None).stdout)
        assert stopped["continue"] is False and stopped["stopReason"] == stopped["hookSpecificOutput"]["updatedToolOutput"]
        assert "agent-strace exec" in json.loads(door.withheld("x", None, "PostToolUseFailure").stdout)["hookSpecificOutput"]["additionalContext"]

    @pytest.mark.parametrize(
        ("output", "want"),
        [
            ([], []),
            (5, 5),
            (None, None),
            ({"status": "a_b/c9"}, {"status": "a_b/c9"}),
            ({"status": "two words"}, {"status": "N"}),
            ({"status": "x" * 39}, {"status": "x" * 39}),
            ({"status": "x" * 40}, {"status": "N"}),
            ({"status": ["s"]}, {"status": ["N"]}),
            ({"role": "user", "mode": "m"}, {"role": "user", "mode": "m"}),
            ({"type": "image", "source": "x"}, {"type": "image", "source": "N"}),
            ({"type": "file", "source": {"a": "x"}}, {"type": "file", "source": {"a": "N"}}),
            ({"a": {"b": ["x", "y"]}}, {"a": {"b": ["N"]}}),
        ],
    )
    def test_what_stands_in_the_place_of_each_text(self, output: object, want: object) -> None:
        assert door.with_notice(output, "N") == want


class TestBehindExec:
    OBLIGED = Decision(ALLOW, (Reason(ALLOW, "x", "y"),), obligations=(Obligation("redact", "record", "s"), Obligation("redact", "forward", "s")))
    RECORDED = Decision(ALLOW, (Reason(ALLOW, "x", "y"),), obligations=(Obligation("redact", "record", "s"),))

    @pytest.mark.parametrize(
        ("tool", "arguments", "effect", "decision"),
        [
            ("Bash", {"command": "ls"}, DENY, OBLIGED),
            ("Bash", {"command": "ls"}, ALLOW, RECORDED),
            ("Bash", {"command": "ls"}, ALLOW, None),
            ("Read", {"command": "ls"}, ALLOW, OBLIGED),
            ("Bash", {"command": 5}, ALLOW, OBLIGED),
            ("Bash", "ls", ALLOW, OBLIGED),
        ],
    )
    def test_not_so(self, tool: str, arguments: object, effect: int, decision: Decision | None) -> None:
        passage = Passage(effect, ToolCall(tool, arguments, session="s"), decision=decision)
        assert door.behind_exec(passage, ("py",)) is passage

    @pytest.mark.parametrize("effect", [ALLOW, ASK])
    def test_with_its_options(self, effect: int) -> None:
        passage = door.behind_exec(Passage(effect, CALL, decision=self.OBLIGED), ("py",), ("--mask",))
        assert passage.call.arguments == {"command": "py exec --redact --mask '--' bash -c ls"} and passage.effect == effect


class TestSettingsFile:
    COMMAND = ("/py", "-I", "/x/gateway/entry.py")

    def test_where_it_is(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HOME", "/h")
        monkeypatch.delenv("CLAUDE_CONFIG_DIR", raising=False)
        assert door.settings_path("/p", for_all=False) == "/p/.claude/settings.json"
        assert door.settings_path("/p", for_all=False, local=True) == "/p/.claude/settings.local.json"
        assert door.settings_path("/p", for_all=True) == "/h/.claude/settings.json"
        monkeypatch.setenv("CLAUDE_CONFIG_DIR", "/c")
        assert door.settings_path("/p", for_all=True) == "/c/settings.json"

    def test_in_and_out_again(self) -> None:
        with_ours = door.with_hooks('{"model": "m"}', self.COMMAND, ("--observe",))
        assert json.loads(with_ours)["model"] == "m" and door.has_hooks(with_ours)
        assert json.loads(with_ours)["hooks"] == json.loads(door.settings_snippet(self.COMMAND, ("--observe",)))["hooks"]
        without = door.without_hooks(with_ours)
        assert not door.has_hooks(without) and json.loads(without)["model"] == "m"

    def test_every_event_that_is_asked_for(self) -> None:
        text = door.settings_snippet(self.COMMAND, ("--observe",))
        hooks = json.loads(text)["hooks"]
        assert list(hooks) == list(door.SETTINGS_EVENTS) and text.endswith("}\n") and text.startswith('{\n  "hooks"')
        for event, (group,) in hooks.items():
            assert (group.get("matcher") == "*") is (event in door.MATCHED)
            (handler,) = group["hooks"]
            assert (handler["command"], handler["args"][:3], handler["args"][-1]) == ("/py", ["-I", "/x/gateway/entry.py", "hook"], "--observe")
            assert (handler.get("onFailure") == "block") is (event == "PreToolUse")
            assert handler["args"][3] == {name: key for key, name in door.EVENTS.items()}.get(event, event)

    @pytest.mark.parametrize(
        ("text", "switch"),
        [('{"disableAllHooks": true}', "disableAllHooks"), ('{"disableAllHooks": false}', ""), ('{"disableAllHooks": 1}', ""), ("{}", "")],
    )
    def test_the_switch_that_turns_hooks_off(self, text: str, switch: str) -> None:
        assert door.kill_switch(text) == switch
