"""Sessions made for measuring: as an agent's day would look, in the layout that the published tool reads too, the same at every run."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_TOOLS = ("Read", "Read", "Grep", "Bash", "Bash", "Edit", "mcp__github__get_issue")
_COMMANDS = (
    "uv run pytest tests/test_{n}.py -q",
    "git status",
    "git diff --stat",
    "ls -la src",
    "python scripts/run_{n}.py",
    "npm run build",
    "rg -n word{n} src",
)
_PROMPTS = ("fix the failing test in module {n}", "why is request {n} slow?", "add a flag for feature {n} and document it")
_REVISION = "sha256:" + "ab" * 32


def _path(chance: random.Random) -> str:
    return f"/home/alice/projects/shop/src/area{chance.randrange(20)}/module{chance.randrange(60)}.py"


def _call(chance: random.Random) -> tuple[str, dict[str, Any]]:
    tool = chance.choice(_TOOLS)
    if tool == "Bash":
        return tool, {"command": chance.choice(_COMMANDS).format(n=chance.randrange(80))}
    if tool == "Edit":
        return tool, {"file_path": _path(chance), "old_string": f"value = {chance.randrange(999)}", "new_string": f"value = {chance.randrange(999)}"}
    if tool == "Grep":
        return tool, {"pattern": f"def handler{chance.randrange(99)}", "path": "src"}
    return (tool, {"file_path": _path(chance)}) if tool == "Read" else (tool, {"owner": "acme", "repo": "shop", "issue": chance.randrange(500)})


def _decision(chance: random.Random) -> dict[str, Any]:
    effect = "deny" if chance.random() < 0.01 else "allow"
    reason = {"effect": effect, "rule": "default", "text": "no rule matches it"}
    if effect == "deny":
        reason |= {"rule": f"commands.deny[{chance.randrange(4)}]", "text": "nothing is fetched here", "source": ".agent-scope.json:12"}
    return {"effect": effect, "reasons": [reason], "revision": _REVISION}


def events(name: str, count: int, seed: int = 0) -> Iterator[dict[str, Any]]:
    """Yield a session's events: prompts, calls with their verdicts, results, errors, responses with their usage."""
    chance = random.Random(seed)
    at, made = 1_770_000_000.0 + seed * 5_000, 0

    def event(kind: str, data: dict[str, Any], **more: Any) -> dict[str, Any]:
        nonlocal at, made
        at += chance.random() * 2
        made += 1
        return {"event_type": kind, "timestamp": round(at, 6), "event_id": f"{chance.getrandbits(48):012x}", "session_id": name, **more, "data": data}

    yield event("session_start", {"mode": "startup", "source": "startup"})
    while made < count - 1:
        if made % 50 < 3:
            yield event("user_prompt", {"prompt": chance.choice(_PROMPTS).format(n=chance.randrange(99))})
        tool, given = _call(chance)
        call = event("tool_call", {"tool_name": tool, "arguments": given, "tool_use_id": f"toolu_{made:08}", "decision": _decision(chance)})
        yield call
        answer = {"parent_id": call["event_id"], "duration_ms": round(chance.random() * 900, 3)}
        if chance.random() < 0.05:
            yield event("error", {"tool_name": tool, "error": "Command failed with exit code 1"}, **answer)
        else:
            yield event("tool_result", {"tool_name": tool, "result": f"{_path(chance)}:{made}: value\n" * 3}, **answer)
        if chance.random() < 0.1:
            usage = {
                "input_tokens": chance.randrange(900),
                "output_tokens": chance.randrange(400),
                "cache_read_input_tokens": chance.randrange(90_000),
            }
            said = {"text": "Done with that part, on to the next.", "model": "claude-sonnet-4-5", "usage": usage, "message_id": f"msg_{made}"}
            yield event("assistant_response", said)
    yield event("session_end", {"reason": "exit"})


def write_session(store: Path, name: str, count: int, seed: int = 0) -> Path:
    """Write a session of about `count` events; return its events file."""
    folder = store / name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "events.ndjson"
    total = calls = errors = 0
    with path.open("w") as file:
        for one in events(name, count, seed):
            file.write(json.dumps(one, separators=(",", ":")) + "\n")
            total += 1
            calls += one["event_type"] == "tool_call"
            errors += one["event_type"] == "error"
    meta = {
        "session_id": name,
        "started_at": 1_770_000_000.0 + seed * 5_000,
        "agent_name": "claude-code",
        "command": "claude-code (startup)",
        "tool_calls": calls,
        "errors": errors,
        "attribution": {"os_user": "alice", "agent_provider": "claude-code", "working_dir": "/home/alice/projects/shop", "git_branch": "main"},
    }
    (folder / "meta.json").write_text(json.dumps(meta, indent=2))
    return path


def write_store(store: Path, sessions: int, count: int) -> None:
    """Write a store of many short sessions."""
    for at in range(sessions):
        write_session(store, f"s{at:05}", count, at)
