"""Codex's rollouts (`$CODEX_HOME/sessions/YYYY/MM/DD/rollout-<time>-<id>.jsonl`) as entries.

Token counts are running totals, told again whenever a limit changes; what a request used is what they grew by. A
prompt's count includes what was read from the cache, an output's the reasoning. What a fork copied from its parent is
told, but its requests are the parent's. What a script of code mode called stands in completed items alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from gateway.doors.transcripts.codex_items import Item, item_of, message_of
from gateway.doors.transcripts.codex_outputs import failed
from gateway.doors.transcripts.codex_records import META, Copied, copied, is_rollout, meta_of, records
from gateway.doors.transcripts.session import (
    Called,
    Entry,
    Finished,
    Found,
    Returned,
    Said,
    dict_in,
    found_below,
    seconds,
    text_at,
    text_in,
    told,
)
from gateway.host.user_folders import home
from gateway.model.call import ToolCall, ToolResult
from gateway.model.errors import ProtocolError
from gateway.model.event import ASSISTANT_RESPONSE, LLM_RESPONSE, NOTE, SESSION_END, SESSION_START, USER_PROMPT
from gateway.traces.decode import foreign_object

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

NAME = "codex"
_CALLS = ("function_call", "custom_tool_call", "local_shell_call")
_EVENTS = {"user_message": "user", "agent_message": "assistant"}
_SPOKEN, _COMPLETED, _MESSAGES = "events", "completed items", "messages"
"""How a rollout has its prompts and answers."""
_OUTPUTS = ("function_call_output", "custom_tool_call_output", "local_shell_call_output")


def recognises(path: str, start: bytes) -> bool:
    """Whether a file is one of ours."""
    return is_rollout(path, start)


def discover() -> Iterator[Found]:
    """Yield the rollouts of this user."""
    root = os.environ.get("CODEX_HOME") or f"{home()}/.codex"
    return found_below(
        f"{root}/sessions", lambda _, name: name.startswith("rollout-") and name.endswith(".jsonl"), _found
    )


def _found(path: str) -> Found:
    first = meta_of(path)
    seen = os.stat(path)
    return Found(NAME, _session(first, path), path, text_at(first, "cwd"), seen.st_size, seen.st_mtime)


def _session(first: JsonObject, path: str) -> str:
    return text_at(first, "id") or text_at(first, "session_id") or os.path.basename(path).removesuffix(".jsonl")


def sessions_in(path: str) -> Iterator[Finished]:
    """Yield the session of a rollout. Raises OSError, ProtocolError."""
    if next(records(path), None) is None:
        raise ProtocolError(f"`{path}` cannot be read as a session of {NAME}", "none of its lines is of a known kind")
    first = meta_of(path)
    git = dict_in(first, "git")
    cwd = text_at(first, "cwd") or "/"
    yield Finished(
        _session(first, path),
        NAME,
        path,
        cwd,
        seconds(first.get("timestamp")),
        lambda: _Reader(path, _session(first, path), cwd, copied(path)).entries(),
        attribution=told(
            agent_provider=NAME,
            agent_version=text_at(first, "cli_version"),
            git_branch=text_at(git, "branch"),
            git_commit=text_at(git, "commit_hash"),
            working_dir=text_at(first, "cwd"),
        ),
        parent=text_at(dict_in(dict_in(dict_in(first, "source"), "subagent"), "thread_spawn"), "parent_thread_id"),
    )


class _Reader:
    """Translates record by record; keeps model, folder, tool names, the running total and which calls failed."""

    def __init__(self, path: str, session: str, cwd: str, copy: Copied) -> None:
        self.path = path
        self.session = session
        self.cwd = cwd
        self.model = ""
        self.at = 0.0
        self.number = 0
        self.tools: dict[str, str] = {}
        self.total: dict[str, int] = {}
        self.failed: set[str] = set()
        self.copy = copy
        self.speech = _speech(path)

    def entries(self) -> Iterator[Entry]:
        """Yield what happened."""
        for number, record in enumerate(records(self.path)):
            self.number = number
            self.at = record.at or self.at
            kind, payload = record.kind, record.payload
            inner = text_at(payload, "type")
            if kind == META and number == 0:
                yield Said(SESSION_START, self._start(), self.at, "start")
            elif kind == "turn_context":
                self.model = text_at(payload, "model") or self.model
                self.cwd = text_at(payload, "cwd") or self.cwd
            elif kind == "response_item":
                yield from self._item(inner, payload)
            elif kind == "event_msg":
                yield from self._event(inner, payload)
            elif kind == "compacted":
                yield self._said(NOTE, {"hook_event": "Compaction"})
        yield Said(SESSION_END, {"reason": "imported"}, self.at, f"end:{self.number}")

    def _start(self) -> JsonObject:
        return {"mode": "imported", "provider": NAME, "cwd": self.cwd, **told(forked_from=self.copy.session)}

    def _said(self, kind: str, data: JsonObject) -> Said:
        return Said(kind, data, self.at, f"line:{self.number}")

    def _item(self, kind: str, payload: JsonObject) -> Iterator[Entry]:
        call = text_at(payload, "call_id") or text_at(payload, "id") or f"line:{self.number}"
        if kind in _CALLS:
            yield Called(self._call(kind, payload, call), self.at)
        elif kind in _OUTPUTS:
            yield Returned(self._result(payload, call), self.at)
        elif kind == "web_search_call":
            query = text_at(dict_in(payload, "action"), "query")
            made = ToolCall("web_search", {"query": query}, id=call, session=self.session, agent=NAME, cwd=self.cwd)
            yield Called(made, self.at)
        elif kind == "message" and self.speech == _MESSAGES:
            words = text_in(payload.get("content"))
            if not words.lstrip().startswith("<"):
                yield from self._spoken(text_at(payload, "role"), words)

    def _spoken(self, whose: str, words: str) -> Iterator[Entry]:
        if words and whose == "user":
            yield self._said(USER_PROMPT, {"prompt": words})
        elif words and whose == "assistant":
            yield self._said(ASSISTANT_RESPONSE, {"text": words})

    def _call(self, kind: str, payload: JsonObject, call: str) -> ToolCall:
        name = _named(payload) or ("local_shell" if kind == "local_shell_call" else "unknown")
        given: Any = payload.get("arguments", payload.get("input", dict_in(payload, "action")))
        if kind == "function_call" and isinstance(given, str):
            given = _json_or(given)
        elif isinstance(given, str):
            given = {"input": given}
        self.tools[call] = name
        folder = text_at(given, "workdir") or text_at(given, "cwd")
        return ToolCall(
            name, given, id=call, session=self.session, agent=NAME, cwd=folder if folder.startswith("/") else self.cwd
        )

    def _result(self, payload: JsonObject, call: str) -> ToolResult:
        output = payload.get("output")
        value = _json_or(output) if isinstance(output, str) and output.startswith("{") else output
        return ToolResult(
            self.tools.get(call, ""),
            text_in(value) or value,
            id=call,
            session=self.session,
            agent=NAME,
            failed=call in self.failed or failed(value),
            cwd=self.cwd,
        )

    def _event(self, kind: str, payload: JsonObject) -> Iterator[Entry]:
        if kind in _EVENTS:
            yield from self._spoken(_EVENTS[kind], text_at(payload, "message"))
        elif kind == "token_count":
            used = self._used(dict_in(payload, "info"))
            if used:
                shared = self.copy.session if self.number < self.copy.records else ""
                yield self._said(LLM_RESPONSE, {**told(model=self.model, shared_with=shared), "usage": used})
        else:
            item = item_of(kind, payload)
            if self.speech == _COMPLETED:
                yield from self._spoken(*message_of(payload))
            if item is not None:
                yield from self._completed(item)

    def _completed(self, item: Item) -> Iterator[Entry]:
        """Yield a call that no response item tells of; of the others, keep whether they failed."""
        if item.failed:
            self.failed.add(item.call)
        if item.call in self.tools:
            return
        self.tools[item.call] = item.tool
        cwd = item.cwd if item.cwd.startswith("/") else self.cwd
        yield Called(
            ToolCall(item.tool, item.arguments, id=item.call, session=self.session, agent=NAME, cwd=cwd), self.at
        )
        result = ToolResult(
            item.tool, item.output, id=item.call, session=self.session, agent=NAME, failed=item.failed, cwd=cwd
        )
        yield Returned(result, self.at)

    def _used(self, info: JsonObject) -> dict[str, int]:
        """Return what the request used by which the total grew; a total that shrank began anew."""
        total = _counts(dict_in(info, "total_token_usage"))
        if not any(total.values()) or total == self.total:
            return {}
        grown = {key: count - self.total.get(key, 0) for key, count in total.items()}
        # where a fork copied no counts, its first total has its parent's part in it
        unknown = not self.total and self.copy.session and self.number >= self.copy.records
        if unknown or any(count < 0 for count in grown.values()):
            grown = _counts(dict_in(info, "last_token_usage"))
        self.total = total
        if not any(grown.values()):
            return {}
        cached = min(grown["cached_input_tokens"], grown["input_tokens"])
        return {
            "input_tokens": grown["input_tokens"] - cached,
            "output_tokens": grown["output_tokens"],
            "cache_read_input_tokens": cached,
        }


def _counts(usage: JsonObject) -> dict[str, int]:
    return {
        key: usage[key] if isinstance(usage.get(key), int) else 0
        for key in ("input_tokens", "cached_input_tokens", "output_tokens")
    }


def _speech(path: str) -> str:
    """Return how a rollout has its prompts: as events; as completed items, in the newest; or as messages only, beside
    what the client put in, in old ones.
    """
    speech = _MESSAGES
    for record in records(path):
        if record.kind == "event_msg":
            if record.payload.get("type") == "user_message":
                return _SPOKEN
            if record.payload.get("type") == "item_completed" and message_of(record.payload)[0] == "user":
                speech = _COMPLETED
    return speech


def _named(payload: JsonObject) -> str:
    """Return a tool's name; one of an MCP server may have the server apart, as its namespace."""
    space, name = text_at(payload, "namespace"), text_at(payload, "name")
    return f"{space.rstrip('_')}__{name}" if space.startswith("mcp__") and not name.startswith("mcp__") else name


def _json_or(text: str) -> Any:
    found = foreign_object(text.encode("utf-8", "replace"))
    return {"input": text} if found is None else found
