"""The SDK under the name that existing programs import; everything lives in `gateway`."""

from __future__ import annotations

from gateway.doors.sdk.decorators import end_session, log_decision, start_session, trace_llm_call, trace_tool
from gateway.doors.sdk.redaction import mask_event_data, redact_event_data

__all__ = [
    "end_session",
    "log_decision",
    "mask_event_data",
    "redact_event_data",
    "start_session",
    "trace_llm_call",
    "trace_tool",
]
