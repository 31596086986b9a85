from __future__ import annotations

import pytest

from gateway.decide import MAX_REASONS, decide
from gateway.model.action import CONNECT, DATA, READ, RUN, UNKNOWN, USE, WRAPPER, Action
from gateway.model.decision import Decision, Reason
from gateway.model.effects import ALLOW, ASK, DENY
from tests.builders import PROJECT, call, facts, policy


def verdict(document: object, *actions: Action, **changes: object) -> int:
    return decide(policy(document), call(*actions), facts(**changes)).effect


class TestDecide:
    def test_never_without_a_reason(self) -> None:
        decision = decide(policy({}), call(), facts())
        assert decision.effect == ALLOW and decision.reasons[0].text == "no rule matches it"

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

    def test_default_spares_what_only_starts_something_else(self) -> None:
        document = {"default": "deny", "commands": {"ask": ["ls"]}}
        started = Action(RUN, "ls", words=("ls",), via=0)
        assert verdict(document, Action(RUN, "env", words=("env", "ls"), how=(WRAPPER,)), started) == ASK
        assert verdict(document, Action(RUN, "sudo", words=("sudo", "ls")), started) == DENY

    def test_what_the_session_says_counts(self) -> None:
        said = (Reason(DENY, "limits.tool_calls", "too many calls"),)
        assert decide(policy({}), call(), facts(), said).effect == DENY

    def test_observed_rules_only_shadow(self) -> None:
        decision = decide(policy({"mode": "observe", "commands": {"deny": ["a"]}}), call(Action(RUN, "a", words=("a",))), facts())
        assert (decision.effect, decision.shadow) == (ALLOW, DENY)

    def test_an_observed_allow_is_no_reason_of_what_is_enforced(self) -> None:
        decision = decide(policy({"mode": "observe", "commands": {"allow": ["a"]}}), call(Action(RUN, "a", words=("a",))), facts())
        assert [(reason.rule, reason.shadow) for reason in decision.reasons] == [("default", False), ("commands.allow[0]", True)]

    def test_enforced_reasons_stand_before_observed_ones(self) -> None:
        documents = ({"mode": "observe", "commands": {"deny": ["a"]}}, {"commands": {"deny": ["a"]}})
        decision = decide(policy(*documents), call(Action(RUN, "a", words=("a",))), facts())
        assert [(reason.source, reason.shadow) for reason in decision.reasons] == [("doc1.json", False), ("doc0.json", True)]

    @pytest.mark.parametrize(("default", "word"), [("ask", "asked about"), ("deny", "denied")])
    def test_the_default_says_what_it_does_and_where_it_stands(self, default: str, word: str) -> None:
        (reason,) = decide(policy({"default": default}), call(Action(USE, "T")), facts()).reasons
        assert f"is {word} by default" in reason.text and reason.source == "doc0.json" and reason.action == 0 and not reason.shadow

    def test_an_observed_default_only_shadows(self) -> None:
        decision = decide(policy({"mode": "observe", "default": "deny"}), call(Action(USE, "T")), facts())
        assert (decision.effect, decision.shadow) == (ALLOW, DENY)

    def test_opaque_commands_under_an_observing_policy(self) -> None:
        hidden = Action(RUN, "sh", words=("sh",), opaque="unknown input")
        decision = decide(policy({"mode": "observe"}, level="user"), call(Action(USE, "Bash"), hidden), facts())
        (reason,) = [reason for reason in decision.reasons if reason.rule == "on_opaque"]
        assert (decision.effect, reason.shadow, reason.action) == (ALLOW, True, 1) and "unknown input" in reason.text and reason.hint

    def test_ten_thousand_commands_leave_a_bounded_record(self) -> None:
        assert MAX_REASONS == 50
        many = [Action(RUN, "a", words=("a",))] * 10_000
        assert len(decide(policy({"commands": {"deny": ["a"]}}), call(*many), facts()).reasons) == MAX_REASONS

    def test_sensitive_files_are_named(self) -> None:
        decision = decide(
            policy({}),
            call(Action(READ, ".env"), Action(READ, "link"), Action(READ, "a.py")),
            facts(real={f"{PROJECT}/link": f"{PROJECT}/.env"}),
        )
        assert decision.sensitive == (".env", "link")

    @pytest.mark.parametrize(
        "action", [Action(CONNECT, ".env"), Action(USE, ".env"), Action(READ, f"{UNKNOWN}/.env"), Action(READ, ".env", base=UNKNOWN)]
    )
    def test_what_is_no_file_or_not_known_is_not_named(self, action: Action) -> None:
        assert decide(policy({}), call(action), facts()).sensitive == ()

    def test_what_follows_something_unknown_is_named(self) -> None:
        assert decide(policy({}), call(Action(READ, UNKNOWN), Action(READ, ".env")), facts()).sensitive == (".env",)

    def test_obligations_are_the_policys(self) -> None:
        decision = decide(policy({"redact": {"forward": ["secrets"]}}), call(), facts())
        assert [(one.kind, one.reach, one.what) for one in decision.obligations] == [("redact", "forward", "secrets")]


CURL = Action(RUN, "curl", words=("curl", "x"))


def judged(document: object, *actions: Action, **changes: object) -> Decision:
    return decide(policy(document), call(*actions), facts(**changes))


class TestExpired:
    ENDED = {"match": "curl", "expires": "2026-11-30"}

    @pytest.mark.parametrize(("name", "word"), [("deny", "is denied by"), ("ask", "must be asked about")])
    def test_what_was_closed_does_not_open_in_silence(self, name: str, word: str) -> None:
        document = {"commands": {name: [self.ENDED]}}
        decision = judged(document, CURL)
        assert decision.verdict == "allow" and decision.shadow == decision.effect
        (reason,) = decision.reasons
        assert reason.rule == "expired" and word in reason.text and reason.text.endswith("; that ended with 2026-11-30")
        assert judged(document, CURL, now=1_700_000_000.0).verdict == name

    def test_from_the_very_second_on(self) -> None:
        document = {"commands": {"deny": [self.ENDED]}}
        end = policy(document)["ends"][0][0]
        assert [judged(document, CURL, now=end + seconds).verdict for seconds in (-1, 0, 1)] == ["deny", "allow", "allow"]
        assert judged(document, CURL, now=end).reasons[0].rule == "expired"

    def test_an_observed_entry_ends_in_silence(self) -> None:
        assert [reason.rule for reason in judged({"mode": "observe", "commands": {"deny": [self.ENDED]}}, CURL).reasons] == ["default"]

    def test_by_its_id(self) -> None:
        (reason,) = judged({"commands": {"deny": [{**self.ENDED, "id": "no-curl"}]}}, CURL).reasons
        assert "no-curl" in reason.text and reason.rule == "expired"

    def test_a_call_that_it_did_not_speak_of_is_not_told_of_it(self) -> None:
        assert judged({"commands": {"deny": [{**self.ENDED, "match": "wget"}]}}, CURL).reasons[0].rule == "default"

    def test_an_allow_entry_just_ends(self) -> None:
        decision = judged({"commands": {"allow": [self.ENDED]}}, CURL)
        assert decision.verdict == "deny" and all(reason.rule != "expired" for reason in decision.reasons)

    def test_a_default_of_denial_still_holds(self) -> None:
        assert judged({"default": "deny", "commands": {"deny": [self.ENDED]}}, CURL).verdict == "deny"

    @pytest.mark.parametrize(
        ("document", "action"),
        [
            ({"files": {"read": {"deny": [{"match": ".env", "expires": "2026-11-30"}]}}}, Action(READ, ".env")),
            ({"network": {"deny": [{"match": "evil.example", "expires": "2026-11-30"}]}}, Action(CONNECT, "evil.example")),
            ({"tools": {"deny": [{"match": "Read", "expires": "2026-11-30"}]}}, Action(USE, "Read")),
        ],
    )
    def test_of_every_kind(self, document: dict[str, object], action: Action) -> None:
        assert [reason.rule for reason in judged(document, action).reasons] == ["expired"]
