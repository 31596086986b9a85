"""Codex's rollouts (`$CODEX_HOME/sessions/YYYY/MM/DD/rollout-<time>-<id>.jsonl`): `{timestamp, type, payload}` a line.

Token counts are running totals, told again whenever a limit changes; what a request used is what they grew by. A
prompt's count includes what was read from the cache, an output's the reasoning.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

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
    seconds,
    text_at,
    text_in,
    told,
)
from gateway.host.user_folders import home
from gateway.model.call import ToolCall, ToolResult
from gateway.model.event import ASSISTANT_RESPONSE, LLM_RESPONSE, NOTE, SESSION_END, SESSION_START, USER_PROMPT
from gateway.traces.decode import foreign_object

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

NAME = "codex"
_CALLS = ("function_call", "custom_tool_call", "local_shell_call")
_OUTPUTS = ("function_call_output", "custom_tool_call_output", "local_shell_call_output")


def recognises(path: str, start: bytes) -> bool:
    """Whether a file is one of ours."""
    return path.endswith(".jsonl") and b'"session_meta"' in start and b'"payload"' in start


def discover() -> Iterator[Found]:
    """Yield the rollouts of this user."""
    root = os.environ.get("CODEX_HOME") or f"{home()}/.codex"
    return found_below(
        f"{root}/sessions", lambda _, name: name.startswith("rollout-") and name.endswith(".jsonl"), _found
    )


def _found(path: str) -> Found:
    first = _meta(path)
    seen = os.stat(path)
    return Found(NAME, _session(first, path), path, text_at(first, "cwd"), seen.st_size, seen.st_mtime)


def _meta(path: str) -> JsonObject:
    """Return what a rollout's first line says of its session."""
    for line in json_lines(path):
        if line.get("type") == "session_meta":
            return dict_in(line, "payload")
        break
    return {}


def _session(first: JsonObject, path: str) -> str:
    return text_at(first, "id") or text_at(first, "session_id") or os.path.basename(path).removesuffix(".jsonl")


def sessions_in(path: str) -> Iterator[Finished]:
    """Yield the session of a rollout. Raises OSError."""
    first = _meta(path)
    git = dict_in(first, "git")
    cwd = text_at(first, "cwd") or "/"
    yield Finished(
        _session(first, path),
        NAME,
        path,
        cwd,
        seconds(first.get("timestamp")),
        lambda: _Reader(path, _session(first, path), cwd).entries(),
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
    """Translates line by line; keeps model, folder, tool names and the running total."""

    def __init__(self, path: str, session: str, cwd: str) -> None:
        self.path = path
        self.session = session
        self.cwd = cwd
        self.model = ""
        self.at = 0.0
        self.number = 0
        self.tools: dict[str, str] = {}
        self.total: dict[str, int] = {}
        self.speaks = _speaks(path)

    def entries(self) -> Iterator[Entry]:
        """Yield what happened."""
        for number, line in enumerate(json_lines(self.path)):
            self.number = number
            self.at = seconds(line.get("timestamp")) or self.at
            payload = dict_in(line, "payload")
            kind, inner = text_at(line, "type"), text_at(payload, "type")
            if kind == "session_meta" and self.number == 0:
                yield Said(SESSION_START, {"mode": "imported", "provider": NAME, "cwd": self.cwd}, self.at, "start")
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
        elif kind == "message" and not self.speaks:
            words = text_in(payload.get("content"))
            role = payload.get("role")
            if words and role in ("user", "assistant") and not words.lstrip().startswith("<"):
                yield (
                    self._said(USER_PROMPT, {"prompt": words})
                    if role == "user"
                    else self._said(ASSISTANT_RESPONSE, {"text": words})
                )

    def _call(self, kind: str, payload: JsonObject, call: str) -> ToolCall:
        name = text_at(payload, "name") or ("local_shell" if kind == "local_shell_call" else "unknown")
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
            failed=_failed(value),
            cwd=self.cwd,
        )

    def _event(self, kind: str, payload: JsonObject) -> Iterator[Entry]:
        if kind == "user_message" and text_at(payload, "message"):
            yield self._said(USER_PROMPT, {"prompt": payload["message"]})
        elif kind == "agent_message" and text_at(payload, "message"):
            yield self._said(ASSISTANT_RESPONSE, {"text": payload["message"]})
        elif kind == "token_count":
            used = self._used(dict_in(payload, "info"))
            if used:
                yield self._said(LLM_RESPONSE, {**told(model=self.model), "usage": used})

    def _used(self, info: JsonObject) -> dict[str, int]:
        """Return what the request used by which the total grew; a total that shrank began anew."""
        total = _counts(dict_in(info, "total_token_usage"))
        if not any(total.values()) or total == self.total:
            return {}
        grown = {key: count - self.total.get(key, 0) for key, count in total.items()}
        if any(count < 0 for count in grown.values()):
            grown = _counts(dict_in(info, "last_token_usage"))
        self.total = total
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


def _speaks(path: str) -> bool:
    """Whether a rollout has its prompts as events; old ones have them as messages only, beside what the client put
    in.
    """
    return any(
        line.get("type") == "event_msg" and dict_in(line, "payload").get("type") == "user_message"
        for line in json_lines(path)
    )


def _json_or(text: str) -> Any:
    found = foreign_object(text.encode("utf-8", "replace"))
    return {"input": text} if found is None else found


def _failed(output: object) -> bool:
    """Whether a tool's output says that it failed: a flag, or the exit code of a command."""
    if isinstance(output, dict):
        code = dict_in(output, "metadata").get("exit_code")
        return output.get("success") is False or (isinstance(code, int) and code != 0)
    if isinstance(output, str):
        for line in output.splitlines()[:6]:
            for mark in ("Exit code: ", "Process exited with code "):
                if line.startswith(mark):
                    return line.removeprefix(mark).strip() != "0"
    return False
