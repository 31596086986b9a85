"""Usage as the record itself tells it, and the estimate that stands in for it: a quarter of the characters. Pure."""

from __future__ import annotations

from gateway.analysis.usage.tokens import Use, tokens_of
from gateway.model.event import (
    ASSISTANT_RESPONSE,
    DECISION,
    ERROR,
    LLM_REQUEST,
    LLM_RESPONSE,
    TOOL_CALL,
    TOOL_RESULT,
    USER_PROMPT,
    Event,
)
from gateway.traces.decode import size_of

CHARACTERS = 4
"""Characters a token is taken for where nothing better is known; off by up to a quarter either way, more for newer
tokenizers.
"""

_CALL = ("tool_name", "arguments")
_READ = {
    USER_PROMPT: ("prompt", "text"),
    TOOL_RESULT: ("result", "content_preview", "text"),
    ERROR: ("error", "message"),
    LLM_REQUEST: ("messages", "prompt", "last_message"),
}
_WRITTEN = {
    TOOL_CALL: _CALL,
    ASSISTANT_RESPONSE: ("text", "error"),
    LLM_RESPONSE: ("content", "text"),
    DECISION: ("choice", "reason", "alternatives"),
}


def recorded_use(event: Event) -> Use | None:
    """Return the request that an event tells the usage of, None when it tells of none."""
    usage = event.data.get("usage")
    if not isinstance(usage, dict):
        return None
    tokens = tokens_of(usage)
    if not tokens.total:
        return None
    data = event.data
    name, model, shared = data.get("message_id") or data.get("source_uuid"), data.get("model"), data.get("shared_with")
    return Use(
        name if isinstance(name, str) else event.id,
        event.timestamp,
        model if isinstance(model, str) else "",
        tokens,
        fast=usage.get("speed") == "fast",
        aside=data.get("is_sidechain") is True,
        shared=shared if isinstance(shared, str) else "",
    )


def estimated(event: Event) -> tuple[int, int]:
    """Return (what the model read, what it wrote) of an event by its size: calls and responses are written, the rest is
    read.
    """
    written = _WRITTEN.get(event.type)
    if written is not None:
        return 0, _size(event, written)
    read = _READ.get(event.type)
    return (_size(event, read), 0) if read is not None else (0, 0)


def _size(event: Event, keys: tuple[str, ...]) -> int:
    size = 0
    data = event.data
    for key in keys:
        if key in data and (value := data[key]) is not None:
            size += size_of(value)
    return (size + CHARACTERS - 1) // CHARACTERS
