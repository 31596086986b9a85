"""What sessions did, call by call, and which calls nothing is learned from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from gateway.analysis.decision_verification import recorded_decision
from gateway.analysis.event_text import call_line
from gateway.analysis.rejections import REJECTIONS, rejections
from gateway.analysis.replay_decision import call_of, facts_of, recorded_call
from gateway.authoring.generate.learning.programs import is_inline
from gateway.evaluation import judge
from gateway.model.action import RUN, UNKNOWN
from gateway.model.call import ToolCall
from gateway.model.effects import ALLOW, DENY
from gateway.model.errors import GatewayError
from gateway.model.event import TOOL_CALL, Event
from gateway.model.facts import Facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import CompiledPolicy

DENIED, ASKED, SENSITIVE, HIDDEN, INLINE_CODE, OPEN_DOOR, ELSEWHERE, UNREADABLE, CONTRADICTED = (
    "denied",
    "asked about",
    "touches a sensitive file",
    "cannot be seen inside",
    "runs inline code",
    "would open a door",
    "belongs to this machine",
    "cannot be generalised",
    "the same was refused elsewhere",
)
AGAINST = (DENIED, ASKED, SENSITIVE, *REJECTIONS)
"""Calls that are evidence against: whatever is written for others must not allow them."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One recorded call: where it is, what it would do, what the world looked like."""

    session: str
    number: int
    text: str
    call: ToolCall
    facts: Facts

    @property
    def ref(self) -> str:
        """How a reason names it."""
        return f"{self.session[:8]}#{self.number}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A call that nothing is learned from, and why."""

    seen: Seen
    why: str
    detail: str


def sorted_calls(
    policy: CompiledPolicy, session: str, events: Iterable[Event], folder: str
) -> tuple[list[Seen], list[LeftOut]]:
    """Return (calls to learn from, calls left out) of a session under the policy that holds without any of the
    project's own.
    """
    learned: list[Seen] = []
    left: list[LeftOut] = []
    whole = list(events)
    refused = rejections(whole)
    for number, event in enumerate(whole, 1):
        if event.type != TOOL_CALL:
            continue
        bare = Seen(
            session,
            number,
            call_line(event),
            call_of(event, folder),
            Facts(now=event.timestamp, project=folder, home="/"),
        )
        try:
            facts = facts_of(event, folder)
            seen = replace(bare, call=recorded_call(policy, event, folder, facts), facts=facts)
            reason = _left_out(policy, event, seen, refused.get(event.id, ""))
        except _UNREADABLE as error:  # what somebody wrote into the record is no reason to learn nothing at all
            left.append(LeftOut(bare, UNREADABLE, f"{type(error).__name__}: {error}"[:200]))
            continue
        if reason is None:
            learned.append(seen)
        else:
            left.append(reason)
    return learned, left


_UNREADABLE = (GatewayError, RecursionError, UnicodeError, ValueError, TypeError, OverflowError, LookupError)


def _left_out(policy: CompiledPolicy, event: Event, seen: Seen, refused: str) -> LeftOut | None:
    recorded = recorded_decision(event)
    decision = judge(policy, seen.call, seen.facts)
    if refused:
        return LeftOut(seen, refused, "evidence against")
    if recorded is not None and recorded.shadow == DENY:
        return LeftOut(seen, DENIED, f"then, by {recorded.reasons[0].rule}")
    if any(action.opaque for action in seen.call.actions):
        return LeftOut(seen, HIDDEN, next(action.opaque for action in seen.call.actions if action.opaque))
    if recorded is not None and recorded.shadow != ALLOW:
        return LeftOut(seen, ASKED, f"then, by {recorded.reasons[0].rule}")
    if decision.effect != ALLOW:
        return LeftOut(seen, DENIED if decision.effect == DENY else ASKED, f"by {decision.reasons[0].rule}")
    if decision.sensitive:
        return LeftOut(seen, SENSITIVE, ", ".join(decision.sensitive[:3]))
    if any(UNKNOWN in action.target for action in seen.call.actions):
        return LeftOut(seen, HIDDEN, "what it touches is only known when it runs")
    inline = next((action for action in seen.call.actions if action.verb == RUN and is_inline(action)), None)
    return None if inline is None else LeftOut(seen, INLINE_CODE, inline.target)
