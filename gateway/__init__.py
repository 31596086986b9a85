"""agent-strace gateway: strace for AI agents that can also say no."""

from __future__ import annotations

__version__ = "0.1.0"

_SDK = ("CallDeniedError", "end_session", "log_decision", "start_session", "trace_llm_call", "trace_tool")
_CLEANING = ("mask_event_data", "redact_event_data")


def __getattr__(name: str) -> object:
    """Load the SDK only when asked for: importing `gateway` is on the path of every hook."""
    if name in _SDK:
        from gateway.doors.sdk import decorators

        return getattr(decorators, name)
    if name in _CLEANING:
        from gateway.doors.sdk import redaction

        return getattr(redaction, name)
    raise AttributeError(f"module 'gateway' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_SDK, *_CLEANING])
