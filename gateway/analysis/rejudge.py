"""A recorded call judged again, under another policy or today's: from the record alone, by the code that judged it live."""

from __future__ import annotations

from gateway.checkpoint import judge, with_actions
from gateway.host.folders import home
from gateway.model.call import ToolCall
from gateway.model.decision import Decision
from gateway.model.event import Event
from gateway.model.facts import Facts
from gateway.traces.codec import facts_from

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Policy = dict[str, Any]


def call_of(event: Event, cwd: str) -> ToolCall:
    """Return the call that an event tells of; `cwd` stands in for a folder that was not recorded."""
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


def rejudged(policy: Policy, event: Event, cwd: str) -> tuple[ToolCall, Decision]:
    """Return (the recorded call with its actions, the verdict a policy has on it)."""
    facts = facts_of(event, cwd)
    call = with_actions(call_of(event, cwd), policy, facts.home)
    return call, judge(policy, call, facts)
