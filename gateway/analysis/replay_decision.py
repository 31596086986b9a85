"""A recorded call judged again, under another policy or the one that judged it: from the record alone, by the code that
judged it live.
"""

from __future__ import annotations

from gateway.evaluation import judge, with_actions
from gateway.host.user_folders import home
from gateway.model.call import ToolCall
from gateway.model.decision import Decision
from gateway.model.event import Event
from gateway.model.facts import Facts
from gateway.model.record import replaced
from gateway.traces.codec import action_from, facts_from
from gateway.traces.decode import encoded
from gateway.traces.events import MAX_ACTIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import CompiledPolicy
    from gateway.model.decision import Reason


MCP_PREFIX = "mcp__"
MAX_KEPT = 100_000
"""Most verdicts that a Judge keeps."""


def call_of(event: Event, cwd: str) -> ToolCall:
    """Return the call that an event tells of, without its actions; `cwd` stands in for a folder that was not
    recorded.
    """
    tool = event.data.get("tool_name")
    folder = event.data.get("cwd")
    name = event.data.get("tool_use_id") or event.data.get("request_id")
    return ToolCall(
        tool if isinstance(tool, str) and tool else "unknown",
        event.data.get("arguments") if isinstance(event.data.get("arguments"), dict) else {},
        id=str(name) if name is not None else "",
        session=event.session,
        cwd=folder if isinstance(folder, str) and folder.startswith("/") else cwd,
    )


def facts_of(event: Event, cwd: str) -> Facts:
    """Return what was seen when the call was judged; for a record without it, no more than where it was made."""
    recorded = event.data.get("facts")
    if isinstance(recorded, dict):
        return facts_from(recorded)
    return Facts(now=event.timestamp, project=cwd, home=home())


def recorded_call(policy: CompiledPolicy, event: Event, cwd: str, facts: Facts) -> ToolCall:
    """Return the recorded call with what it would do.

    That is what was recorded of it; read from its arguments again where the record has none, has only the first of very
    many, or where the policy has its own say in what the arguments of an MCP tool are.
    """
    call = call_of(event, cwd)
    recorded = event.data.get("actions")
    own = policy["effects"] and call.tool.startswith(MCP_PREFIX)
    if not isinstance(recorded, list) or not recorded or len(recorded) >= MAX_ACTIONS or own:
        return with_actions(call, policy, facts.home)
    known: ToolCall = replaced(call, actions=tuple(action_from(item) for item in recorded if isinstance(item, dict)))
    return known


def rejudged(
    policy: CompiledPolicy, event: Event, cwd: str, reasons: tuple[Reason, ...] = ()
) -> tuple[ToolCall, Decision]:
    """Return (the recorded call with its actions, the verdict a policy has on it).

    found  what the door or the session's limits had to say of it when it was made
    """
    facts = facts_of(event, cwd)
    call = recorded_call(policy, event, cwd, facts)
    return call, judge(policy, call, facts, reasons)


class Judge:
    """Judges recorded calls under one policy; the same call in the same world is judged once.

    Sound because a verdict is a pure function of the policy, the call and the facts, and time only matters where an
    entry expires.
    """

    __slots__ = ("_ends", "kept", "policy")

    def __init__(self, policy: CompiledPolicy) -> None:
        self.policy = policy
        self._ends = expiries(policy)
        self.kept: dict[bytes, Decision] = {}

    def verdict(self, event: Event, cwd: str) -> Decision:
        """Return the verdict on a recorded call."""
        key = self._key(event, cwd)
        decision = self.kept.get(key)
        if decision is None:
            if len(self.kept) >= MAX_KEPT:
                self.kept.clear()
            _, decision = rejudged(self.policy, event, cwd)
            self.kept[key] = decision
        return decision

    def _key(self, event: Event, cwd: str) -> bytes:
        data = event.data
        facts = data.get("facts")
        world: dict[str, object] = dict(facts) if isinstance(facts, dict) else {}
        now = world.pop("now", event.timestamp)
        passed = sum(end <= now for end in self._ends) if isinstance(now, int | float) else 0
        return encoded(
            [data.get("tool_name"), data.get("arguments"), data.get("cwd") or cwd, data.get("actions"), world, passed]
        )


def expiries(policy: CompiledPolicy) -> list[float]:
    """Return every moment at which an entry of a policy stops speaking."""
    ends: set[float] = set()
    todo: list[object] = [layer["sections"] for layer in policy["layers"]]
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            end = value.get("expires")
            if isinstance(end, float):
                ends.add(end)
            todo += value.values()
        elif isinstance(value, list):
            todo += value
    return sorted(ends)
