"""Every agent in the registry keeps what the Protocol promises."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gateway.doors.hook import AGENTS
from gateway.doors.hook.agent import Agent
from gateway.doors.hook.arrival import Arrival, Reply
from gateway.doors.hook.install import agent_of
from gateway.model.call import ToolCall, ToolResult
from gateway.model.effects import ALLOW, ASK, DENY
from gateway.model.errors import GatewayError
from gateway.model.passage import Capabilities, Passage, Return
from tests.protocols import members, problems

COMMAND = ("/opt/py thon", "-I", "-S", "/opt/lib/gateway/entry.py")
CALL = ToolCall("Bash", {"command": "ls"}, session="s")


@pytest.fixture(params=sorted(AGENTS))
def agent(request: pytest.FixtureRequest) -> Agent:
    return agent_of(request.param)


class TestProtocol:
    def test_every_member_is_there(self, agent: Agent) -> None:
        assert problems(Agent, agent) == []

    def test_seeded_red(self) -> None:
        assert len(problems(Agent, object())) == len(members(Agent)) > 12

    def test_the_name_on_the_command_line_is_its_own(self) -> None:
        for name in AGENTS:
            assert name == agent_of(name).NAME

    def test_members_have_their_types(self, agent: Agent) -> None:
        assert isinstance(agent.CAPABILITIES, Capabilities)
        names = set(agent.EVENTS.values())
        assert agent.BLOCKING and names >= agent.BLOCKING and names >= agent.RESULTS and not agent.BLOCKING & agent.RESULTS


class TestAnswers:
    def test_an_allowed_call_gets_no_denial(self, agent: Agent) -> None:
        assert agent.reply(Passage(ALLOW, CALL)).code == 0

    @pytest.mark.parametrize("effect", [ASK, DENY])
    def test_what_is_not_allowed_says_why(self, agent: Agent, effect: int) -> None:
        reply = agent.reply(Passage(effect, CALL, text="the reason"))
        assert reply != agent.reply(Passage(ALLOW, CALL)) and "the reason" in reply.stdout + reply.stderr

    def test_a_refusal_is_what_a_denial_is(self, agent: Agent) -> None:
        assert agent.refusal("the reason") == agent.reply(Passage(DENY, CALL, text="the reason"))
        assert agent.refusal("the reason", stop=True) == agent.reply(Passage(DENY, CALL, text="the reason", stop=True))

    @pytest.mark.parametrize("result", [None, ToolResult("Bash", {"stdout": "s3cret"}, session="s"), ToolResult("Bash", "s3cret", failed=True)])
    def test_a_withheld_result_is_not_repeated(self, agent: Agent, result: ToolResult | None) -> None:
        for event in agent.RESULTS:
            reply = agent.withheld("the trouble", result, event)
            assert "the trouble" in reply.stdout and "s3cret" not in reply.stdout + reply.stderr

    def test_a_result_that_is_withheld_by_the_checkpoint_is_not_repeated_either(self, agent: Agent) -> None:
        result = ToolResult("Bash", {"stdout": "s3cret"}, session="s")
        reply = agent.reply_result(Return(result, withheld="the trouble"))
        assert isinstance(reply, Reply) and "the trouble" in reply.stdout and "s3cret" not in reply.stdout + reply.stderr

    def test_recorded_payloads_are_read(self, agent: Agent) -> None:
        folder = Path(__file__).parents[2] / "payloads" / AGENTS[agent.NAME]
        payloads = sorted(folder.glob("*.json"))
        assert payloads, f"no recorded payloads in {folder}"
        for path in payloads:
            payload = json.loads(path.read_text())
            event = payload.get("hook_event_name") or path.stem.partition("-")[2]
            arrival = agent.read(event, payload)
            assert isinstance(arrival, Arrival) and (arrival.call is not None) == (event in agent.BLOCKING)


class TestSettings:
    def test_the_file_is_the_projects_or_the_users(self, agent: Agent, own_world: Path) -> None:
        assert agent.settings_path("/p", for_all=False).startswith("/p/")
        assert agent.settings_path("/p", for_all=True).startswith(f"{own_world}/")

    def test_merging_is_seen_is_done_once_and_is_undone_to_the_byte(self, agent: Agent) -> None:
        text = agent.with_hooks("", COMMAND, ("--mask",))
        assert agent.has_hooks(text) and agent.with_hooks(text, COMMAND, ("--mask",)) == text and "--mask" in text
        again = agent.without_hooks(text)
        assert not agent.has_hooks(again) and agent.without_hooks("") == "" and agent.without_hooks(again) == again

    def test_another_installation_is_replaced_not_added(self, agent: Agent) -> None:
        other = ("/usr/bin/python3", "-I", "-S", "/usr/lib/gateway/entry.py")
        assert agent.with_hooks(agent.with_hooks("", other), COMMAND) == agent.with_hooks("", COMMAND)

    def test_what_cannot_be_parsed_is_never_guessed(self, agent: Agent) -> None:
        for act in (lambda text: agent.with_hooks(text, COMMAND), agent.without_hooks, agent.has_hooks, agent.kill_switch):
            with pytest.raises(GatewayError):
                act("{broken = [")

    def test_the_snippet_names_our_program(self, agent: Agent) -> None:
        assert COMMAND[-1] in agent.settings_snippet(COMMAND) and agent.kill_switch(agent.settings_snippet(COMMAND)) == ""
