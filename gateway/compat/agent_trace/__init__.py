"""The SDK under the name that existing programs import; everything lives in `gateway`."""

from __future__ import annotations

from gateway.doors.cleaning import mask_event_data, redact_event_data
from gateway.doors.decorator import end_session, log_decision, start_session, trace_llm_call, trace_tool

__all__ = ["end_session", "log_decision", "mask_event_data", "redact_event_data", "start_session", "trace_llm_call", "trace_tool"]
