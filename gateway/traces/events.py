"""What an event of the record is made of, before it is cleaned."""

from __future__ import annotations

import time

from gateway.traces.codec import action_data, decision_data, facts_data
from gateway.traces.ids import event_id, folder_name, fresh_id, is_made

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.call import ToolCall
    from gateway.model.decision import Decision
    from gateway.model.facts import Facts
    from gateway.model.json_text import JsonObject


MAX_ACTIONS = 1000
"""Most actions of one call that are recorded."""


def new_event(
    kind: str, session: str, *, call: str = "", parent: str = "", duration_ms: float | None = None, at: float = 0.0
) -> JsonObject:
    """Return an event without its data; the id of a call's event follows from the call's own."""
    event: JsonObject = {
        "event_type": kind,
        "timestamp": round(at or time.time(), 6),
        "event_id": event_id(session, call) if call else fresh_id(),
        "session_id": folder_name(session),
    }
    if parent:
        event["parent_id"] = parent
    if duration_ms is not None:
        event["duration_ms"] = duration_ms
    return event


def call_data(call: ToolCall, facts: Facts, decision: Decision) -> JsonObject:
    """Return what is recorded of a call: enough to decide again."""
    data: JsonObject = {"tool_name": call.tool, "arguments": call.arguments}
    if call.id and not is_made(call.session, call.id):
        data["tool_use_id"] = call.id
    return data | {
        "cwd": call.cwd,
        "decision": decision_data(decision),
        "actions": [action_data(action) for action in call.actions[:MAX_ACTIONS]],
        "facts": facts_data(facts),
        **call.context,
    }
