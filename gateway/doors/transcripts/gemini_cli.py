"""Gemini CLI's chats (`~/.gemini/tmp/<project>/chats/session-*.json`, later `.jsonl`): messages with their tool calls
and token counts.

The older form is one document; the newer has a message a line, told again when it changes, `$set` for what is known of
the session and `$rewindTo` where a person went back (google-gemini/gemini-cli, chatRecordingService.ts).
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
    blocks_of,
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
from gateway.model.errors import ProtocolError
from gateway.model.event import ASSISTANT_RESPONSE, LLM_RESPONSE, SESSION_END, SESSION_START, USER_PROMPT
from gateway.traces.decode import foreign_object, path_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

NAME = "gemini-cli"
_FAILED = ("error", "cancelled")


def recognises(path: str, start: bytes) -> bool:
    """Whether a file is one of ours."""
    return path.endswith((".json", ".jsonl")) and b'"projectHash"' in start and b'"sessionId"' in start


def discover() -> Iterator[Found]:
    """Yield the chats of this user."""
    return found_below(f"{home()}/.gemini/tmp", _is_chat, _found)


def _is_chat(place: str, name: str) -> bool:
    return os.path.basename(place) == "chats" and name.startswith("session-") and name.endswith((".json", ".jsonl"))


def _found(path: str) -> Found:
    seen = os.stat(path)
    about, _ = _read(path)
    return Found(NAME, _session(about, path), path, _cwd(about), seen.st_size, seen.st_mtime)


def _session(about: JsonObject, path: str) -> str:
    return text_at(about, "sessionId") or os.path.basename(path).partition(".")[0]


def _cwd(about: JsonObject) -> str:
    """Return the folder of a session; the files name it only when there were several."""
    folders = about.get("directories")
    return next((folder for folder in folders if isinstance(folder, str)), "") if isinstance(folders, list) else ""


def sessions_in(path: str) -> Iterator[Finished]:
    """Yield the session of a chat. Raises OSError, ProtocolError."""
    about, messages = _read(path)
    if not messages and not text_at(about, "sessionId"):
        raise ProtocolError(f"`{path}` cannot be read as a session of {NAME}", "it names no session and no message")
    session, cwd = _session(about, path), _cwd(about) or _rooted(path) or "/"
    yield Finished(
        session,
        NAME,
        path,
        cwd,
        seconds(about.get("startTime")),
        lambda: _entries(session, cwd, about, messages),
        attribution=told(agent_provider=NAME, working_dir=cwd if cwd != "/" else ""),
    )


def _rooted(path: str) -> str:
    """Return the project folder that newer versions note beside the chats."""
    try:
        with open(f"{os.path.dirname(os.path.dirname(path))}/.project_root", encoding="utf-8") as file:
            return path_text(file.read(4096).strip())
    except (OSError, UnicodeDecodeError):
        return ""


def _read(path: str) -> tuple[JsonObject, list[JsonObject]]:
    """Return (what is known of a session, its messages in order). Raises OSError, ProtocolError.

    A list of messages, set anew when the history is compressed or edited, is a new beginning for the client; what was
    told before happened all the same, and what is told after it goes on.
    """
    if path.endswith(".json"):
        with open(path, "rb") as file:
            about = foreign_object(file.read())
        if about is None:
            raise ProtocolError(f"`{path}` cannot be read", "it holds no JSON object")
        return about, blocks_of(about.get("messages"))
    about = {}
    found: dict[str, JsonObject] = {}
    for number, line in enumerate(json_lines(path)):
        if "$rewindTo" in line:
            _rewind(found, text_at(line, "$rewindTo"))
        elif text_at(line, "id"):
            found[line["id"]] = line
        else:
            news = dict_in(line, "$set") or line
            about |= {key: value for key, value in news.items() if key != "messages"}
            for at, message in enumerate(blocks_of(news.get("messages"))):
                name = text_at(message, "id") or f"line:{number}:{at}"
                found[name] = _fuller(found.get(name, {}), message)
    return about, list(found.values())


def _fuller(before: JsonObject, message: JsonObject) -> JsonObject:
    """Return a message as it was set anew, with what only its first telling has: a compressed history drops calls and
    counts.
    """
    return {**{key: before[key] for key in ("toolCalls", "tokens", "model") if before.get(key)}, **message}


def _rewind(found: dict[str, JsonObject], to: str) -> None:
    """Mark what a person took back; the calls were made all the same, so they stay."""
    for name in list(found)[list(found).index(to) :] if to in found else list(found):
        found[name] = {**found[name], "rewound": True}


def _entries(session: str, cwd: str, about: JsonObject, messages: list[JsonObject]) -> Iterator[Entry]:
    at = seconds(about.get("startTime"))
    yield Said(SESSION_START, {"mode": "imported", "provider": NAME, "cwd": cwd}, at, "start")
    for number, message in enumerate(messages):
        at = seconds(message.get("timestamp")) or at
        name = text_at(message, "id") or f"message:{number}"
        words = text_in(message.get("content"))
        aside = told(rewound=message.get("rewound"))
        if message.get("type") == "user" and words:
            yield Said(USER_PROMPT, {"prompt": words, **aside}, at, name)
        elif message.get("type") == "gemini":
            if words:
                yield Said(ASSISTANT_RESPONSE, {"text": words, **aside}, at, name)
            for call in blocks_of(message.get("toolCalls")):
                yield from _call(call, session, cwd, at)
            used = _usage(dict_in(message, "tokens"))
            if used:
                yield Said(
                    LLM_RESPONSE,
                    {**told(model=text_at(message, "model"), message_id=name), "usage": used},
                    at,
                    f"usage:{name}",
                )
    yield Said(SESSION_END, {"reason": "imported"}, at, f"end:{len(messages)}")


def _call(call: JsonObject, session: str, cwd: str, at: float) -> Iterator[Entry]:
    name, tool = text_at(call, "id") or f"{text_at(call, 'name')}:{at}", text_at(call, "name") or "unknown"
    at = seconds(call.get("timestamp")) or at
    yield Called(ToolCall(tool, call.get("args", {}), id=name, session=session, agent=NAME, cwd=cwd), at)
    if "result" in call or call.get("status") in _FAILED:
        failed = call.get("status") in _FAILED
        output = _output(call.get("result")) or text_in(call.get("resultDisplay"))
        yield Returned(ToolResult(tool, output, id=name, session=session, agent=NAME, failed=failed, cwd=cwd), at)


def _output(result: object) -> object:
    """Return what a tool answered, out of the function responses that it is wrapped in."""
    parts = (
        [dict_in(dict_in(item, "functionResponse"), "response") for item in result] if isinstance(result, list) else []
    )
    texts = [text_at(part, "output") or text_at(part, "error") for part in parts]
    return "\n".join(text for text in texts if text) or (
        result if result and not parts else [part for part in parts if part]
    )


def _usage(tokens: JsonObject) -> dict[str, int]:
    """Return usage in the words of the record: a prompt's count includes the cached part, an output's does not include
    the thoughts.
    """
    count = {key: value for key, value in tokens.items() if isinstance(value, int)}
    cached = min(count.get("cached", 0), count.get("input", 0))
    used = {
        "input_tokens": count.get("input", 0) - cached + count.get("tool", 0),
        "output_tokens": count.get("output", 0) + count.get("thoughts", 0),
        "cache_read_input_tokens": cached,
    }
    return used if any(used.values()) else {}
