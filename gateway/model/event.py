"""Event: one line of the record. Pure; the type names are the published tool's, so that stores can be exchanged."""

from __future__ import annotations

from gateway.model.record import Record

SESSION_START = "session_start"
SESSION_END = "session_end"
USER_PROMPT = "user_prompt"
ASSISTANT_RESPONSE = "assistant_response"
TOOL_CALL = "tool_call"
TOOL_RESULT = "tool_result"
LLM_REQUEST = "llm_request"
LLM_RESPONSE = "llm_response"
FILE_READ = "file_read"
FILE_WRITE = "file_write"
DECISION = "decision"
ERROR = "error"

# Ours, for marks that the published tool has no name for.
SUBAGENT_START = "subagent_start"
SUBAGENT_STOP = "subagent_stop"
NOTE = "note"

EVENT_TYPES = (
    SESSION_START,
    SESSION_END,
    USER_PROMPT,
    ASSISTANT_RESPONSE,
    TOOL_CALL,
    TOOL_RESULT,
    LLM_REQUEST,
    LLM_RESPONSE,
    FILE_READ,
    FILE_WRITE,
    DECISION,
    ERROR,
    SUBAGENT_START,
    SUBAGENT_STOP,
    NOTE,
)


class Event(Record):
    """One thing that happened in a session.

    type         one of EVENT_TYPES, or any other name another version wrote
    timestamp    seconds since the epoch
    id           12 hexadecimal digits
    session      the session's id in the store
    parent       id of the event this one answers (a result's call), or ""
    duration_ms  how long it took, or None
    data         its content, any JSON object
    extra        top-level fields we do not know, kept as they are
    """

    __slots__ = ("data", "duration_ms", "extra", "id", "parent", "session", "timestamp", "type")

    def __init__(
        self,
        type: str,
        timestamp: float,
        id: str,
        session: str,
        *,
        parent: str = "",
        duration_ms: float | None = None,
        data: dict[str, object] | None = None,
        extra: dict[str, object] | None = None,
    ) -> None:
        self.type = type
        self.timestamp = timestamp
        self.id = id
        self.session = session
        self.parent = parent
        self.duration_ms = duration_ms
        self.data = data or {}
        self.extra = extra or {}
