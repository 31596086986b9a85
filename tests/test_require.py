"""Door × obligation: what a door cannot discharge becomes a denial, and what is told of a verdict."""

from __future__ import annotations

import pytest

from gateway.model.decision import EXPIRED, FORWARD, MASK, RECORD, REDACT, Decision, Grant, Obligation, Reason
from gateway.model.effects import ALLOW, ASK, DENY, EFFECTS
from gateway.model.passage import Capabilities
from gateway.require import allowed_once, ends_session, explain, require, watched


def decision(effect: int, *obligations: Obligation) -> Decision:
    return Decision(effect, (Reason(effect, "commands.ask[0]", "running `x` is asked about", hint="do y"),), obligations=obligations)


class TestRequire:
    """Door × obligation: what a door cannot discharge becomes a denial."""

    @pytest.mark.parametrize("asks", [True, False])
    @pytest.mark.parametrize("rewrites", [(True, True), (True, False), (False, True), (False, False)])
    @pytest.mark.parametrize("effect", [ALLOW, ASK, DENY])
    @pytest.mark.parametrize("obligation", [None, (REDACT, RECORD), (MASK, RECORD), (REDACT, FORWARD), (MASK, FORWARD)])
    def test_table(self, asks: bool, rewrites: tuple[bool, bool], effect: int, obligation: tuple[str, str] | None) -> None:
        door = Capabilities(blocks=True, asks=asks, rewrites_arguments=rewrites[0], rewrites_results=rewrites[1])
        obligations = (Obligation(*obligation, "secrets", "redact.forward"),) if obligation else ()
        found = require(door, decision(effect, *obligations)).effect
        undischargeable = (effect == ASK and not asks) or (obligation is not None and obligation[1] == FORWARD and not all(rewrites))
        assert EFFECTS[found] == EFFECTS[DENY if undischargeable else effect]

    def test_says_what_to_do_where_nobody_can_be_asked(self) -> None:
        first, second = require(Capabilities(blocks=True, asks=False, rewrites_arguments=True, rewrites_results=True), decision(ASK)).reasons
        assert first.text == "running `x` is asked about, and nobody can be asked here" and first.effect == DENY and first.hint
        assert (second.effect, second.rule) == (ASK, "commands.ask[0]")

    @pytest.mark.parametrize(("kind", "word"), [(REDACT, "redact"), (MASK, "mask")])
    def test_says_what_the_door_cannot_do(self, kind: str, word: str) -> None:
        door = Capabilities(blocks=True, asks=True, rewrites_arguments=False, rewrites_results=True)
        refused = require(door, decision(ALLOW, Obligation(kind, RECORD, "pii", "r"), Obligation(kind, FORWARD, "secrets", f"{word}.forward")))
        assert (refused.effect, refused.shadow, refused.reasons[0].rule) == (DENY, DENY, f"{word}.forward")
        assert f"cannot {word} what" in refused.reasons[0].text and refused.reasons[0].hint

    def test_a_denial_needs_no_second_one(self) -> None:
        denied = decision(DENY, Obligation(REDACT, FORWARD, "secrets", "r"))
        assert require(Capabilities(blocks=True), denied) is denied


class TestEndsSession:
    @pytest.mark.parametrize(
        ("stop", "shadow", "rule", "want"),
        [(True, False, "l", True), (False, False, "l", False), (True, True, "l", False), (True, False, "m", False)],
    )
    def test_only_a_limit_that_ends_it_and_decided(self, stop: bool, shadow: bool, rule: str, want: bool) -> None:
        limits = [{"name": "tool_calls", "max": 1.0, "rule": "l", "source": "p", "effect": DENY, "stop": stop}]
        assert ends_session(limits, Decision(DENY, (Reason(DENY, rule, "x", shadow=shadow),))) is want


class TestWatched:
    def test_every_reason_only_shadows_and_the_last_says_why(self) -> None:
        seen = watched(decision(DENY))
        assert [(reason.shadow, reason.rule) for reason in seen.reasons] == [(True, "commands.ask[0]"), (False, "observe")]

    def test_everything_passes_and_the_verdict_that_would_have_been_stays(self) -> None:
        seen = watched(decision(DENY))
        assert (seen.effect, seen.shadow) == (ALLOW, DENY)


class TestAllowedOnce:
    def test_keeps_what_was_asked_about_and_who_answered(self) -> None:
        grant = Grant("alice", at=1.0, expires=2.0, digest="d", key="k", seal="s")
        allowed = allowed_once(decision(ASK), grant)
        assert (allowed.effect, allowed.grant) == (ALLOW, grant)
        assert [reason.text for reason in allowed.reasons] == ["alice allowed it once", *(reason.text for reason in decision(ASK).reasons)]


class TestExplain:
    def test_allow_is_silence(self) -> None:
        assert explain(decision(ALLOW)) == ""

    def test_but_for_what_was_refused_until_it_expired(self) -> None:
        over = Decision(ALLOW, (Reason(ALLOW, EXPIRED, "`x` is denied by r; that ended with 2026-11-30", source="p.json:3"),))
        assert explain(over) == "agent-strace: allowed, though `x` is denied by r; that ended with 2026-11-30 [p.json:3]\n"

    def test_says_what_and_what_instead(self) -> None:
        assert explain(decision(ASK)) == "Policy asks: running `x` is asked about. Instead: do y."
        assert explain(decision(DENY)).endswith("Do not retry it unchanged.")

    def test_three_reasons_are_told_and_the_others_counted(self) -> None:
        def told(count: int) -> str:
            return explain(
                Decision(DENY, tuple(Reason(DENY, f"r{number}", f"reason {number}", source="p", hint=f"hint {number}") for number in range(count)))
            )

        assert told(1) == "Blocked by policy: reason 0 [p]. Instead: hint 0. Do not retry it unchanged."
        assert "reason 2 [p]. Instead: hint 0. hint 1. hint 2." in told(3) and "more" not in told(3)
        assert "reason 2 [p]; and 1 more." in told(4) and "hint 3" not in told(4)

    def test_only_what_decided_is_told(self) -> None:
        mixed = (
            Reason(DENY, "a", "denied"),
            Reason(ASK, "b", "asked"),
            Reason(DENY, "c", "only watched", shadow=True),
            Reason(DENY, "d", "denied"),
        )
        assert explain(Decision(DENY, mixed)) == "Blocked by policy: denied. Do not retry it unchanged."

    def test_three_expired_entries_are_told_once_each(self) -> None:
        reasons = tuple(Reason(ALLOW, EXPIRED, f"x{number // 2}", source="p") for number in range(10))
        assert explain(Decision(ALLOW, reasons)).splitlines() == [f"agent-strace: allowed, though x{number} [p]" for number in range(3)]

    def test_is_bounded(self) -> None:
        cut = Decision(DENY, tuple(Reason(DENY, f"r{number}", f"{number}" * 900) for number in range(3)))
        assert len(explain(cut)) == 2000
        many = Decision(DENY, tuple(Reason(DENY, f"r{number}", "x" * 900) for number in range(9)))
        assert len(explain(many)) <= 2000
