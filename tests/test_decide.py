from __future__ import annotations

import pytest

from gateway.decide import MAX_REASONS, decide
from gateway.model.action import CONNECT, DATA, READ, RUN, USE, Action
from gateway.model.decision import Reason
from gateway.model.effects import ALLOW, ASK, DENY
from tests.builders import PROJECT, call, facts, policy


def verdict(document: object, *actions: Action, **changes: object) -> int:
    return decide(policy(document), call(*actions), facts(**changes)).effect


class TestDecide:
    def test_never_without_a_reason(self) -> None:
        decision = decide(policy({}), call(), facts())
        assert decision.effect == ALLOW and decision.reasons[0].text == "no rule speaks of it"

    def test_strictest_first(self) -> None:
        document = {"commands": {"deny": ["a"], "ask": ["b"]}}
        reasons = decide(policy(document), call(Action(RUN, "b", words=("b",)), Action(RUN, "a", words=("a",))), facts()).reasons
        assert [reason.effect for reason in reasons] == [DENY, ASK]

    def test_opaque_commands(self) -> None:
        hidden = Action(RUN, "sh", words=("sh",), opaque="unknown input")
        assert [verdict({"on_opaque": word}, hidden) for word in ("allow", "ask", "deny")] == [ASK, ASK, DENY]

    @pytest.mark.parametrize(("default", "want"), [("allow", ALLOW), ("ask", ASK), ("deny", DENY)])
    def test_default_for_what_no_rule_speaks_to(self, default: str, want: int) -> None:
        assert verdict({"default": default}, Action(USE, "T"), Action(READ, "x")) == want

    def test_default_spares_what_a_rule_speaks_to(self) -> None:
        document = {"default": "deny", "files": {"read": {"allow": ["x"]}}}
        assert verdict(document, Action(USE, "Read"), Action(READ, "x")) == ALLOW
        assert verdict(document, Action(USE, "Read"), Action(READ, "x"), Action(CONNECT, "h")) == DENY
        assert verdict(document, Action(RUN, "cd", words=("cd", "x"), how=(DATA,))) == ALLOW
        assert verdict(document, Action(USE, "Mystery")) == DENY

    def test_what_the_session_says_counts(self) -> None:
        said = (Reason(DENY, "limits.tool_calls", "too many calls"),)
        assert decide(policy({}), call(), facts(), said).effect == DENY

    def test_observed_rules_only_shadow(self) -> None:
        decision = decide(policy({"mode": "observe", "commands": {"deny": ["a"]}}), call(Action(RUN, "a", words=("a",))), facts())
        assert (decision.effect, decision.shadow) == (ALLOW, DENY)

    def test_ten_thousand_commands_leave_a_bounded_record(self) -> None:
        many = [Action(RUN, "a", words=("a",))] * 10_000
        assert len(decide(policy({"commands": {"deny": ["a"]}}), call(*many), facts()).reasons) == MAX_REASONS

    def test_sensitive_files_are_named(self) -> None:
        decision = decide(
            policy({}),
            call(Action(READ, ".env"), Action(READ, "link"), Action(READ, "a.py")),
            facts(real={f"{PROJECT}/link": f"{PROJECT}/.env"}),
        )
        assert decision.sensitive == (".env", "link")

    def test_obligations_are_the_policys(self) -> None:
        decision = decide(policy({"redact": {"forward": ["secrets"]}}), call(), facts())
        assert [(one.kind, one.reach, one.what) for one in decision.obligations] == [("redact", "forward", "secrets")]
