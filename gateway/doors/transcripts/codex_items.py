"""Completed items of Codex's rollouts as calls: what a script of code mode called, and what became of a call. Pure.

Newer versions keep them as `item_completed` with an item, older ones as `exec_command_end`, `mcp_tool_call_end` and
`patch_apply_end` (openai/codex, codex-rs/protocol/src/items.rs and protocol.rs).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gateway.doors.transcripts.session import dict_in, text_at, text_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

_FAILED = ("failed", "declined")
_ENDS = {"exec_command_end": "commandexecution", "mcp_tool_call_end": "mcptoolcall", "patch_apply_end": "filechange"}


@dataclass(frozen=True, slots=True)
class Item:
    """A call that was made and what it came back with; `call` is its id."""

    call: str
    tool: str
    arguments: Any
    output: Any
    failed: bool
    cwd: str = ""


def item_of(kind: str, payload: JsonObject) -> Item | None:
    """Return the call that an event tells the end of, None when it tells of none."""
    if kind == "item_completed":
        item = dict_in(payload, "item")
        return _read(text_at(item, "type").lower().replace("_", ""), item, text_at(item, "id"))
    end = _ENDS.get(kind, "")
    invocation = dict_in(payload, "invocation")
    return _read(end, {**invocation, **payload}, text_at(payload, "call_id")) if end else None


def message_of(payload: JsonObject) -> tuple[str, str]:
    """Return (whose message a completed item is: "user", "assistant" or "", its text)."""
    item = dict_in(payload, "item")
    whose = {"usermessage": "user", "agentmessage": "assistant"}.get(text_at(item, "type").lower().replace("_", ""), "")
    return (whose, text_in(item.get("content")) or text_at(item, "text")) if whose else ("", "")


def _read(kind: str, item: JsonObject, call: str) -> Item | None:
    if not call:
        return None
    match kind:
        case "commandexecution":
            return _command(item, call)
        case "mcptoolcall":
            return _mcp(item, call)
        case "filechange":
            return _patch(item, call)
        case "dynamictoolcall":
            output = text_in(item.get("content_items")) or text_at(item, "error")
            bad = item.get("success") is False or _went_wrong(item)
            return Item(call, text_at(item, "tool") or "unknown", item.get("arguments", {}), output, bad)
        case "imageview":
            return Item(call, "view_image", {"path": text_at(item, "path")}, "", failed=False)
    return None


def _went_wrong(item: JsonObject) -> bool:
    return text_at(item, "status").lower() in _FAILED


def _command(item: JsonObject, call: str) -> Item:
    code = item.get("exit_code")
    output = text_at(item, "aggregated_output") or text_at(item, "stdout") + text_at(item, "stderr")
    if text_at(item, "status").lower() == "declined":
        output = output or "declined by user"
    bad = _went_wrong(item) or (isinstance(code, int) and code != 0)
    return Item(call, "exec_command", {"command": item.get("command", "")}, output, bad, text_at(item, "cwd"))


def _mcp(item: JsonObject, call: str) -> Item:
    result = item.get("result")
    answer = dict_in(result, "Ok") or dict_in(result, "ok") or (result if isinstance(result, dict) else {})
    error = text_at(result, "Err") or text_at(dict_in(item, "error"), "message")
    bad = bool(error) or _went_wrong(item) or True in (answer.get("isError"), answer.get("is_error"))
    server, tool = text_at(item, "server"), text_at(item, "tool")
    arguments = item.get("arguments") or {}
    return Item(call, f"mcp__{server}__{tool}", arguments, error or text_in(answer.get("content")) or answer, bad)


def _patch(item: JsonObject, call: str) -> Item:
    """Return a change of files as the patch that it was."""
    lines = ["*** Begin Patch"]
    for path, change in dict_in(item, "changes").items():
        lines += _changed(path, change if isinstance(change, dict) else {})
    text = "\n".join([*lines, "*** End Patch"])
    output = text_at(item, "stdout") + text_at(item, "stderr")
    return Item(call, "apply_patch", {"input": text}, output, item.get("success") is False or _went_wrong(item))


def _changed(path: str, change: JsonObject) -> list[str]:
    content = text_at(change, "content").splitlines()
    match text_at(change, "type"):
        case "add":
            return [f"*** Add File: {path}", *(f"+{line}" for line in content)]
        case "delete":
            return [f"*** Delete File: {path}"]
    moved = text_at(change, "move_path")
    head = [f"*** Update File: {path}", *([f"*** Move to: {moved}"] if moved else [])]
    return [*head, *text_at(change, "unified_diff").splitlines()]
