"""Copilot CLI's event logs (`~/.copilot/session-state/<id>/events.jsonl`): `{type, id, timestamp, parentId, data}` a
line.

What requests used is told once, when a session shuts down, for each model; a session that was cut off tells none.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from gateway.doors.transcripts.session import (
    Called,
    Entry,
    Finished,
    Found,
    Returned,
    Said,
    dict_in,
    found_below,
    json_lines,
    refuse_unread,
    seconds,
    text_at,
    text_in,
    told,
)
from gateway.host.user_folders import home
from gateway.model.call import ToolCall, ToolResult
from gateway.model.event import ASSISTANT_RESPONSE, ERROR, LLM_RESPONSE, NOTE, SESSION_END, SESSION_START, USER_PROMPT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

NAME = "copilot"
_KINDS = ("session.", "user.", "assistant.", "tool.", "subagent.", "hook.", "system.")
"""How the kinds of its lines begin."""


def recognises(path: str, start: bytes) -> bool:
    """Whether a file is one of ours."""
    return path.endswith(".jsonl") and b'"session.start"' in start


def discover() -> Iterator[Found]:
    """Yield the event logs of this user."""
    root = f"{os.environ.get('COPILOT_HOME') or home() + '/.copilot'}/session-state"
    return found_below(
        root, lambda place, name: name == "events.jsonl" or (place == root and name.endswith(".jsonl")), _found
    )


def _found(path: str) -> Found:
    seen = os.stat(path)
    first = _first(path)
    return Found(
        NAME, _session(first, path), path, text_at(dict_in(first, "context"), "cwd"), seen.st_size, seen.st_mtime
    )


def _first(path: str) -> JsonObject:
    for line in json_lines(path):
        if line.get("type") == "session.start":
            return dict_in(line, "data")
    return {}


def _session(first: JsonObject, path: str) -> str:
    folder = os.path.basename(os.path.dirname(path))
    return text_at(first, "sessionId") or (
        folder if path.endswith("/events.jsonl") else os.path.basename(path).removesuffix(".jsonl")
    )


def sessions_in(path: str) -> Iterator[Finished]:
    """Yield the session of an event log. Raises OSError, ProtocolError."""
    refuse_unread(path, NAME, lambda line: "data" in line and text_at(line, "type").startswith(_KINDS))
    first = _first(path)
    context = dict_in(first, "context")
    cwd = text_at(context, "cwd") or "/"
    yield Finished(
        _session(first, path),
        NAME,
        path,
        cwd,
        seconds(first.get("startTime")),
        lambda: _Reader(path, _session(first, path), cwd).entries(),
        attribution=told(
            agent_provider="github-copilot",
            agent_version=text_at(first, "copilotVersion"),
            git_repo=text_at(context, "gitRoot"),
            git_branch=text_at(context, "branch"),
            working_dir=text_at(context, "cwd"),
        ),
    )


class _Reader:
    """Translates line by line; keeps the tools of calls for their results."""

    def __init__(self, path: str, session: str, cwd: str) -> None:
        self.path = path
        self.session = session
        self.cwd = cwd
        self.at = 0.0
        self.tools: dict[str, str] = {}

    def entries(self) -> Iterator[Entry]:
        """Yield what happened."""
        for number, line in enumerate(json_lines(self.path)):
            self.at = seconds(line.get("timestamp")) or self.at
            yield from self._line(text_at(line, "type"), dict_in(line, "data"), text_at(line, "id") or f"line:{number}")

    def _line(self, kind: str, data: JsonObject, name: str) -> Iterator[Entry]:
        if kind == "session.start":
            yield Said(SESSION_START, {"mode": "imported", "provider": NAME, "cwd": self.cwd}, self.at, "start")
        elif kind == "user.message" and text_at(data, "content"):
            yield Said(USER_PROMPT, {"prompt": data["content"]}, self.at, name)
        elif kind == "assistant.message" and text_at(data, "content"):
            yield Said(
                ASSISTANT_RESPONSE, {"text": data["content"], **told(model=text_at(data, "model"))}, self.at, name
            )
        elif kind == "tool.execution_start":
            yield Called(self._call(data, name), self.at)
        elif kind == "tool.execution_complete":
            yield Returned(self._result(data), self.at)
        elif kind == "session.error":
            yield Said(ERROR, {"error": text_at(data, "message")}, self.at, name)
        elif kind in ("session.compaction_complete", "session.truncation"):
            yield Said(NOTE, {"hook_event": "Compaction"}, self.at, name)
        elif kind == "session.shutdown":
            yield from self._shutdown(data, name)

    def _call(self, data: JsonObject, name: str) -> ToolCall:
        call = text_at(data, "toolCallId") or name
        server, own = text_at(data, "mcpServerName"), text_at(data, "mcpToolName")
        tool = f"mcp__{server}__{own}" if server and own else text_at(data, "toolName") or "unknown"
        self.tools[call] = tool
        about = told(parent_call=text_at(data, "parentToolCallId"))
        return ToolCall(
            tool, data.get("arguments", {}), id=call, session=self.session, agent=NAME, cwd=self.cwd, context=about
        )

    def _result(self, data: JsonObject) -> ToolResult:
        call = text_at(data, "toolCallId")
        failed = data.get("success") is False
        output = text_at(dict_in(data, "error"), "message") if failed else text_in(data.get("result"))
        return ToolResult(
            self.tools.get(call, ""), output, id=call, session=self.session, agent=NAME, failed=failed, cwd=self.cwd
        )

    def _shutdown(self, data: JsonObject, name: str) -> Iterator[Entry]:
        for model, metrics in dict_in(data, "modelMetrics").items():
            used = _usage(dict_in(metrics, "usage"))
            if used:
                yield Said(
                    LLM_RESPONSE,
                    {"model": model, "message_id": f"{name}:{model}", "usage": used},
                    self.at,
                    f"usage:{name}:{model}",
                )
        yield Said(SESSION_END, {"reason": text_at(data, "shutdownType") or "shutdown"}, self.at, name)


def _usage(usage: JsonObject) -> dict[str, int]:
    """Return usage in the words of the record; a prompt's count includes what a cache took part in."""
    count = {key: value for key, value in usage.items() if isinstance(value, int)}
    read, written = count.get("cacheReadTokens", 0), count.get("cacheWriteTokens", 0)
    used = {
        "input_tokens": max(count.get("inputTokens", 0) - read - written, 0),
        "output_tokens": count.get("outputTokens", 0),
        "cache_read_input_tokens": read,
        "cache_creation_input_tokens": written,
    }
    return used if any(used.values()) else {}
