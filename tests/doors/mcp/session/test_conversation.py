"""Conversations as playbooks: what one side says, what goes on, what comes back, what is recorded."""

from __future__ import annotations

from pathlib import Path

from gateway.doors.mcp.session.steps import TO_CLIENT, TO_SERVER
from tests.doors.mcp.talk import Talk, answer, encoded, hello, request, text, tool

NO_ENV = {"files": {"read": {"deny": [".env"]}}}
ASK_ENV = {"files": {"read": {"ask": ["notes.txt"]}}}
FORM = {"elicitation": {}}


class TestPassing:
    def test_bytes_go_on_as_they_came(self, tmp_path: Path) -> None:
        talk = Talk(tmp_path)
        raw = b'{ "jsonrpc":"2.0","id": 1, "method":"tools\\/call","params":{"name":"echo","arguments":{"n":1E2}}}\r'
        (step,) = talk.conversation.from_client(raw)
        assert (step.side, step.raw) == (TO_SERVER, raw)
        back = b'{"jsonrpc":"2.0","id":1 ,"result":{"content":[{"type":"text","text":"\\u0041"}]}}'
        (step,) = talk.conversation.from_server(back)
        assert (step.side, step.raw) == (TO_CLIENT, back)

    def test_rubbish_of_the_server_is_dropped_and_recorded(self, tmp_path: Path) -> None:
        talk = Talk(tmp_path)
        assert talk.server(b"Listening on stdio") == []
        assert talk.events()[-1]["data"]["start"] == "Listening on stdio"


class TestRefusing:
    def test_a_denied_tool(self, tmp_path: Path) -> None:
        talk = Talk(tmp_path, NO_ENV)
        ((side, said),) = talk.client(tool(7, "read_file", path=".env"))
        assert side == TO_CLIENT and said["id"] == 7
        assert said["result"]["isError"] is True and "files.read.deny" in said["result"]["content"][0]["text"]

    def test_a_denied_resource(self, tmp_path: Path) -> None:
        talk = Talk(tmp_path, NO_ENV)
        ((side, said),) = talk.client(request("r", "resources/read", uri=f"file://{talk.project}/.env"))
        assert side == TO_CLIENT and said["id"] == "r" and not -32768 <= said["error"]["code"] <= -32000

    def test_a_batch_loses_what_is_denied(self, tmp_path: Path) -> None:
        talk = Talk(tmp_path, NO_ENV)
        steps = talk.client([tool(1, "echo", text="x"), tool("1", "read_file", path=".env")])
        assert [(side, [m["id"] for m in (said if isinstance(said, list) else [said])]) for side, said in steps] == [
            (TO_SERVER, [1]),
            (TO_CLIENT, ["1"]),
        ]

    def test_errors_for_clients_that_want_them(self, tmp_path: Path) -> None:
        ((_, said),) = Talk(tmp_path, NO_ENV, deny_style="error").client(tool(7, "read_file", path=".env"))
        assert "files.read.deny" in said["error"]["message"]

    def test_two_readings(self, tmp_path: Path) -> None:
        ((side, said),) = Talk(tmp_path).client(b'{"jsonrpc":"2.0","id":5,"method":"ping","method":"tools/call"}')
        assert side == TO_CLIENT and said["id"] == 5 and "twice" in said["error"]["message"]

    def test_an_id_that_is_pending(self, tmp_path: Path) -> None:
        talk = Talk(tmp_path)
        talk.client(tool(1, "echo"))
        assert talk.client(tool(1, "echo"))[0][0] == TO_CLIENT
        assert talk.client(tool("1", "echo"))[0][0] == TO_SERVER

    def test_a_call_without_an_id(self, tmp_path: Path) -> None:
        call = tool(1, "echo")
        del call["id"]
        assert Talk(tmp_path).client(call) == []


class TestAsking:
    def test_allowed_once(self, tmp_path: Path) -> None:
        talk = Talk(tmp_path, ASK_ENV)
        talk.client(hello(FORM))
        call = tool(3, "read_file", path="notes.txt")
        ((side, asked),) = talk.client(call)
        assert side == TO_CLIENT and asked["method"] == "elicitation/create"
        assert talk.client(answer(asked["id"], {"action": "accept", "content": {"allow": True}})) == [(TO_SERVER, call)]
        assert talk.server(answer(3, text("x"))) == [(TO_CLIENT, answer(3, text("x")))]

    def test_refused(self, tmp_path: Path) -> None:
        talk = Talk(tmp_path, ASK_ENV)
        talk.client(hello(FORM))
        for ident, said in enumerate(({"action": "decline"}, {"action": "accept"}, {"action": "accept", "content": {"allow": "yes"}}), 1):
            ((_, asked),) = talk.client(tool(ident, "read_file", path="notes.txt"))
            ((side, back),) = talk.client(answer(asked["id"], said))
            assert side == TO_CLIENT and back["id"] == ident and back["result"]["isError"]

    def test_nobody_to_ask(self, tmp_path: Path) -> None:
        talk = Talk(tmp_path, ASK_ENV)
        talk.client(hello({}))
        ((side, back),) = talk.client(tool(3, "read_file", path="notes.txt"))
        assert side == TO_CLIENT and back["result"]["isError"]


class TestRecord:
    def test_calls_and_results_are_linked(self, tmp_path: Path) -> None:
        talk = Talk(tmp_path)
        talk.conversation.opened({"command": "toy"})
        call = tool(3, "echo", message="x")
        call["params"]["_meta"] = {"claudecode/toolUseId": "toolu_1"}
        talk.client(call)
        talk.server(answer(3, text("x")))
        talk.client(tool(4, "slow"))
        talk.conversation.closed()
        events = talk.events()
        assert [event["event_type"] for event in events] == ["session_start", "tool_call", "tool_result", "tool_call", "error", "session_end"]
        assert events[2]["parent_id"] == events[1]["event_id"] and events[2]["duration_ms"] > 0
        assert events[1]["data"]["tool_use_id"] == "toolu_1" and events[1]["data"]["tool_name"] == "mcp__toy__echo"
        assert events[4]["parent_id"] == events[3]["event_id"]


class TestForwarding:
    def test_secrets_do_not_pass(self, tmp_path: Path) -> None:
        token = "ghp_" + "a" * 36
        talk = Talk(tmp_path, {"redact": {"forward": ["secrets"]}})
        ((side, said),) = talk.client(tool(1, "echo", message=token))
        assert side == TO_SERVER and token not in str(said)
        ((_, said),) = talk.server(answer(1, text(f"got {token}", structuredContent={"a": [token]})))
        assert token not in encoded(said).decode()


class TestDeferring:
    def kinds(self, talk: Talk) -> list[str]:
        return [event["event_type"] for event in talk.events()]

    def test_a_result_is_handed_on_first_and_recorded_when_there_is_time(self, tmp_path: Path) -> None:
        talk = Talk(tmp_path)
        talk.conversation.defer()
        talk.client(tool(1, "echo"))
        assert talk.server(answer(1, text("x"))) == [(TO_CLIENT, answer(1, text("x")))]
        assert self.kinds(talk) == ["tool_call"] and talk.conversation.unsettled
        talk.conversation.settle()
        assert self.kinds(talk) == ["tool_call", "tool_result"] and not talk.conversation.unsettled

    def test_the_end_leaves_nothing_unrecorded(self, tmp_path: Path) -> None:
        talk = Talk(tmp_path)
        talk.conversation.defer()
        talk.client(tool(1, "echo"))
        talk.server(answer(1, text("x")))
        talk.conversation.closed()
        assert self.kinds(talk) == ["tool_call", "tool_result", "session_end"]

    def test_what_policy_may_change_is_not_handed_on_first(self, tmp_path: Path) -> None:
        talk = Talk(tmp_path, {"redact": {"forward": ["secrets"]}})
        talk.conversation.defer()
        talk.client(tool(1, "echo"))
        talk.server(answer(1, text("x")))
        assert self.kinds(talk) == ["tool_call", "tool_result"]

    def test_after_a_record_that_failed_nothing_is_handed_on_first(self, tmp_path: Path) -> None:
        talk = Talk(tmp_path)
        talk.conversation.defer()
        talk.client([tool(1, "echo"), tool(2, "echo")])
        talk.server(answer(1, text("x")))
        talk.store.unlink()
        talk.store.mkdir()
        talk.conversation.settle()
        ((_, said),) = talk.server(answer(2, text("x")))
        assert said["result"]["isError"]
