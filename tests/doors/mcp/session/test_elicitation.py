"""Questions: ours to a person, in both eras, and a server's to the client."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gateway.doors.mcp.session.elicitation import call_digest
from gateway.doors.mcp.session.steps import TO_CLIENT, TO_SERVER
from tests.doors.mcp.talk import Talk, answer, request, text

ASK = {"files": {"read": {"ask": ["notes.txt"]}}}
META = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientCapabilities": {"elicitation": {"form": {}}},
}
YES = {"action": "accept", "content": {"allow": True}}


def call(ident: int, path: str = "notes.txt", meta: Any = META, **more: object) -> dict[str, Any]:
    return request(ident, "tools/call", name="read_file", arguments={"path": path}, _meta=meta, **more)


class TestStateless:
    def asked(self, talk: Talk) -> str:
        ((side, said),) = talk.client(call(1))
        assert side == TO_CLIENT and said["result"]["resultType"] == "input_required"
        assert said["result"]["inputRequests"]["agent-strace"]["method"] == "elicitation/create"
        return str(said["result"]["requestState"])

    def test_allowed_once(self, tmp_path: Path) -> None:
        talk = Talk(tmp_path, ASK)
        again = call(2, requestState=self.asked(talk), inputResponses={"agent-strace": YES})
        assert talk.client(again) == [(TO_SERVER, call(2))]
        again["id"] = 3
        assert talk.client(again)[0][1]["result"]["resultType"] == "input_required"

    @pytest.mark.parametrize("said", [{"action": "decline"}, None, {"action": "accept"}])
    def test_refused(self, tmp_path: Path, said: object) -> None:
        talk = Talk(tmp_path, ASK)
        ((side, back),) = talk.client(call(2, requestState=self.asked(talk), inputResponses={"agent-strace": said}))
        assert side == TO_CLIENT and back["result"]["isError"] and back["result"]["resultType"] == "complete"

    def test_the_answer_counts_for_the_call_it_was_asked_about(self, tmp_path: Path) -> None:
        talk = Talk(tmp_path, {"files": {"read": {"ask": ["notes.txt", "other.txt"]}}})
        ((side, back),) = talk.client(call(2, "other.txt", requestState=self.asked(talk), inputResponses={"agent-strace": YES}))
        assert side == TO_CLIENT and back["result"]["isError"]

    def test_a_state_of_the_server_is_not_ours(self, tmp_path: Path) -> None:
        talk = Talk(tmp_path)
        again = call(2, requestState="theirs", inputResponses={"q": YES})
        assert talk.client(again) == [(TO_SERVER, again)]

    def test_a_client_without_forms(self, tmp_path: Path) -> None:
        meta = {**META, "io.modelcontextprotocol/clientCapabilities": {"elicitation": {"url": {}}}}
        ((_, back),) = Talk(tmp_path, ASK).client(call(1, meta=meta))
        assert back["result"]["isError"] and "nobody can be asked" in back["result"]["content"][0]["text"]


class TestDemands:
    FORM = {"message": "Your name?", "requestedSchema": {"type": "object", "properties": {"name": {"type": "string"}}}}

    def test_silent_policy_lets_them_pass(self, tmp_path: Path) -> None:
        talk = Talk(tmp_path)
        for method, params in (
            ("elicitation/create", self.FORM),
            ("sampling/createMessage", {"messages": [], "maxTokens": 5}),
            ("roots/list", {}),
            ("ping", {}),
        ):
            assert talk.server(request(method, method, **params)) == [(TO_CLIENT, request(method, method, **params))]
            assert talk.client(answer(method, {})) == [(TO_SERVER, answer(method, {}))]

    def test_denied_sampling_is_what_a_client_would_say(self, tmp_path: Path) -> None:
        talk = Talk(tmp_path, {"tools": {"deny": ["mcp__toy__sampling*"]}})
        ((side, said),) = talk.server(request(5, "sampling/createMessage", messages=[], maxTokens=5))
        assert side == TO_SERVER and said["id"] == 5 and said["error"]["code"] == -1

    @pytest.mark.parametrize(
        "params",
        [
            {"message": "x", "requestedSchema": {"type": "object", "properties": {"api_key": {"type": "string"}}}},
            {"mode": "url", "url": "http://example.com/", "message": "x"},
            {"mode": "url", "url": "https://u:p@example.com/", "message": "x"},
            {"mode": "url", "message": "x"},
        ],
    )
    def test_what_no_server_may_ask(self, tmp_path: Path, params: dict[str, Any]) -> None:
        assert Talk(tmp_path).server(request("e", "elicitation/create", **params)) == [(TO_SERVER, answer("e", {"action": "decline"}))]

    def test_wanted_by_a_result(self, tmp_path: Path) -> None:
        talk = Talk(tmp_path, {"tools": {"deny": ["mcp__toy__sampling*"]}})
        wants = {"resultType": "input_required", "requestState": "s", "inputRequests": {"a": {"method": "elicitation/create", "params": self.FORM}}}
        talk.client(call(1))
        assert talk.server(answer(1, wants)) == [(TO_CLIENT, answer(1, wants))]
        wants["inputRequests"]["b"] = {"method": "sampling/createMessage", "params": {}}
        talk.client(call(2))
        ((side, said),) = talk.server(answer(2, wants))
        assert side == TO_CLIENT and said["result"]["isError"] and said["result"]["resultType"] == "complete"


class TestDigest:
    def test_ids_do_not_count_arguments_do(self) -> None:
        assert call_digest(call(1)) == call_digest(call(2)) != call_digest(call(1, "x"))


class TestCancel:
    def test_a_call_that_is_asked_about(self, tmp_path: Path) -> None:
        talk = Talk(tmp_path, ASK)
        talk.client(request(0, "initialize", capabilities={"elicitation": {}}))
        ((_, asked),) = talk.client(call(3, meta={}))
        talk.client({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 3}})
        assert talk.client(answer(asked["id"], YES)) == [(TO_SERVER, answer(asked["id"], YES))]
        assert "cancelled" in str(talk.events()[-1])
        assert talk.server(answer(3, text("late"))) == [(TO_CLIENT, answer(3, text("late")))]


class TestNative:
    POLICY = {"tools": {"ask": ["mcp__toy__publish"]}}

    def told(self, tmp_path: Path, name: str, version: str, capabilities: object = None) -> tuple[Talk, dict[str, Any]]:
        talk = Talk(tmp_path, self.POLICY)
        talk.client(request(0, "initialize", capabilities=capabilities or {}, clientInfo={"name": name, "version": version}))
        talk.client(request(1, "tools/list"))
        ((_, said),) = talk.server(answer(1, {"tools": [{"name": "publish", "_meta": {"x": 1}}, {"name": "echo"}]}))
        return talk, {one["name"]: one for one in said["result"]["tools"]}

    def test_a_client_that_prompts_by_itself(self, tmp_path: Path) -> None:
        talk, tools = self.told(tmp_path, "claude-code", "2.1.330")
        assert tools["publish"]["_meta"] == {"x": 1, "anthropic/requiresUserInteraction": True} and tools["echo"] == {"name": "echo"}
        assert talk.client(request(2, "tools/call", name="publish", arguments={}))[0][0] == TO_SERVER
        assert any("prompts for this tool" in str(event["data"].get("note")) for event in talk.events())

    @pytest.mark.parametrize(
        ("name", "version", "capabilities"),
        [("claude-code", "2.1.198", {}), ("claude-code", "new", {}), ("other", "9.9.9", {}), ("claude-code", "2.1.330", {"elicitation": {}})],
    )
    def test_any_other_client_is_asked_or_refused(self, tmp_path: Path, name: str, version: str, capabilities: object) -> None:
        talk, tools = self.told(tmp_path, name, version, capabilities)
        assert tools["publish"]["_meta"] == {"x": 1}
        assert talk.client(request(2, "tools/call", name="publish", arguments={}))[0][0] == TO_CLIENT

    def test_a_tool_that_was_never_listed_is_not_prompted_for(self, tmp_path: Path) -> None:
        talk = Talk(tmp_path, self.POLICY)
        talk.client(request(0, "initialize", capabilities={}, clientInfo={"name": "claude-code", "version": "2.1.330"}))
        assert talk.client(request(2, "tools/call", name="publish", arguments={}))[0][0] == TO_CLIENT
