"""Session files of other hands: whatever stands in them, reading them raises nothing and never hangs."""

from __future__ import annotations

import importlib
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gateway.analysis.usage.transcripts import transcript_uses
from gateway.doors.transcripts import FORMATS
from gateway.model.errors import ProtocolError

WORDS = {
    "claude-code": (
        "assistant user system tool_use tool_result text compact_boundary msg_1 toolu_1 <synthetic>",
        (
            "type message content uuid parentUuid sessionId timestamp cwd isSidechain isMeta toolUseResult agentId id name input tool_use_id is_error "
            "model usage input_tokens output_tokens cache_creation subtype compactMetadata text durationMs forkedFrom"
        ),
    ),
    "codex": (
        "session_meta turn_context response_item event_msg compacted function_call function_call_output token_count user_message agent_message message c1",
        (
            "type payload timestamp id cwd git model call_id name arguments output info total_token_usage last_token_usage input_tokens message role "
            "content action query metadata exit_code success source subagent thread_spawn parent_thread_id"
        ),
    ),
    "gemini-cli": (
        "user gemini info error success m1 m2",
        (
            "sessionId projectHash startTime messages id type content timestamp toolCalls name args status result functionResponse response tokens input "
            "output cached model directories $set $rewindTo resultDisplay"
        ),
    ),
    "copilot": (
        "session.start user.message assistant.message tool.execution_start tool.execution_complete session.shutdown session.error t1",
        (
            "type data id timestamp sessionId context cwd content toolCallId toolName arguments success result error message modelMetrics usage inputTokens "
            "mcpServerName mcpToolName shutdownType"
        ),
    ),
}


def lines(name: str) -> st.SearchStrategy[list[Any]]:
    """Return lines that use a format's own words in the wrong places."""
    values, keys = (words.split() for words in WORDS[name])
    leaf = st.none() | st.booleans() | st.integers(-5, 2**60) | st.floats() | st.sampled_from([*values, "", "2026-03-02T12:00:00Z", "{", '{"a":1}'])
    value = st.recursive(leaf, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(keys), inner, max_size=6), max_leaves=20)
    kinds = st.sampled_from(values)
    block = st.fixed_dictionaries({}, optional={"type": kinds} | {key: value for key in keys if key != "type"})
    inner = st.fixed_dictionaries({}, optional={"type": kinds, "content": value | st.lists(block, max_size=3)} | dict.fromkeys(keys[1:6], value))
    whole = st.fixed_dictionaries(
        {}, optional={"type": kinds, "message": inner, "payload": inner, "data": inner} | dict.fromkeys(keys[3:], value | inner)
    )
    return st.lists(whole | value, max_size=8)


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_reading_raises_nothing_unforeseen(name: str, data: st.DataObject) -> None:
    module = importlib.import_module(f"gateway.doors.transcripts.{FORMATS[name]}")
    given_lines = data.draw(lines(name))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "session-1.jsonl"
        path.write_text("".join(json.dumps(line) + "\n" for line in given_lines))
        try:
            sessions = list(module.sessions_in(str(path)))
        except ProtocolError:  # that there is nothing to read it tells, before anything is recorded
            sessions = []
        for finished in sessions:
            for entry in finished.entries():
                assert isinstance(entry.at, float)
        if name == "claude-code":
            transcript_uses(str(path))
