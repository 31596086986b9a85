"""Door × obligation: what a door cannot discharge becomes a denial, and what is told of a verdict."""

from __future__ import annotations

import pytest

from gateway.model.decision import EXPIRED, FORWARD, MASK, RECORD, REDACT, Decision, Grant, Obligation, Reason
from gateway.model.effects import ALLOW, ASK, DENY, EFFECTS
from gateway.model.passage import Capabilities
from gateway.require import allowed_once, explain, require, watched


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


class TestWatched:
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

    def test_is_bounded(self) -> None:
        many = Decision(DENY, tuple(Reason(DENY, f"r{number}", "x" * 900) for number in range(9)))
        assert len(explain(many)) <= 2000
