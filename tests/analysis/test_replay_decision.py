from __future__ import annotations

from pathlib import Path

import pytest

from gateway.analysis.replay_decision import Judge, call_of, expiries, facts_of, recorded_call, rejudged
from gateway.model.effects import ALLOW, DENY
from gateway.model.event import TOOL_CALL, Event
from tests.builders import policy
from tests.recorded import Project, bash, read

SEEN = {"now": 1_800_000_000.0, "project": "/p", "home": "/h"}


def event(**data: object) -> Event:
    return Event(TOOL_CALL, 1_800_000_000.0, "1", "s", data={"tool_name": "Read", "arguments": {"file_path": "a"}, "cwd": "/p", **data})


class TestWhatWasRecorded:
    def test_actions_and_facts_come_from_the_record(self) -> None:
        one = event(actions=[{"verb": "read", "target": "/elsewhere"}], facts={**SEEN, "real": {"/elsewhere": "/p/.env"}})
        call, decision = rejudged(policy({"files": {"read": {"deny": [".env"]}}}), one, "/x")
        assert [action.target for action in call.actions] == ["/elsewhere"] and decision.effect == DENY

    def test_a_record_without_them_is_read_again(self) -> None:
        call, decision = rejudged(policy({"files": {"read": {"deny": ["a"]}}}), event(), "/x")
        assert ("read", "a") in [(action.verb, action.target) for action in call.actions] and decision.effect == DENY

    def test_a_policy_with_its_own_say_on_arguments_reads_them_again(self) -> None:
        one = event(tool_name="mcp__s__t", arguments={"thing": "/etc/x"}, actions=[{"verb": "use", "target": "mcp__s__t"}], facts=SEEN)
        document = {"mcp": {"servers": {"s": {"effects": {"t": {"read": ["/thing"]}}}}}}
        call = recorded_call(policy(document), one, "/p", facts_of(one, "/p"))
        assert ("read", "/etc/x") in [(action.verb, action.target) for action in call.actions]

    @pytest.mark.parametrize("data", [{"tool_name": 3}, {"arguments": "x"}, {"cwd": "relative"}, {"actions": "x"}, {"facts": 1}, {"actions": [1]}])
    def test_garbage_is_judged_as_far_as_it_goes(self, data: dict[str, object]) -> None:
        rejudged(policy({"default": "deny"}), event(**data), "/x")

    def test_names_of_calls(self) -> None:
        assert call_of(event(tool_use_id="t1"), "/").id == "t1" and call_of(event(request_id=7), "/").id == "7" and call_of(event(), "/").id == ""


class TestJudge:
    def test_says_what_a_single_judgement_says(self, tmp_path: Path) -> None:
        project = Project(tmp_path, {})
        project.record("s", [bash("rm -rf /"), read(".env"), bash("ls"), read(".env"), bash("ls")])
        compiled = policy({"files": {"read": {"deny": [".env"]}}, "commands": {"ask": ["ls"]}})
        judge = Judge(compiled)
        for one in project.calls("s") * 2:
            assert judge.verdict(one, "/p") == rejudged(compiled, one, "/p")[1]

    def test_time_counts_where_an_entry_expires(self) -> None:
        judge = Judge(policy({"files": {"read": {"deny": [{"match": "a", "expires": "2027-01-31"}]}}}))
        effects = [judge.verdict(event(facts={**SEEN, "now": now}), "/p").effect for now in (1_700_000_000.0, 1_900_000_000.0, 1_700_000_000.0)]
        assert effects == [DENY, ALLOW, DENY]

    def test_the_moments_that_count(self) -> None:
        document = {"commands": {"deny": [{"match": "a", "expires": "2027-01-31"}, "b"]}, "tools": {"ask": [{"match": "t", "expires": "2026-01-01"}]}}
        assert expiries(policy(document)) == [1767312000.0, 1801440000.0]
