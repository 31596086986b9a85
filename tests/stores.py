"""Stores written by hand for tests: events as rows, sessions as folders, nothing of the writer's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

BEGIN = 1_770_000_000.0


def event(kind: str, at: float = 0.0, *, id: str = "", parent: str = "", ms: float | None = None, **data: Any) -> dict[str, Any]:
    """Return one line of a record as the published tool words it; `at` is in seconds since the session began."""
    line: dict[str, Any] = {"event_type": kind, "timestamp": BEGIN + at, "event_id": id or f"{kind[:6]}-{at:g}", "session_id": "s"}
    if parent:
        line["parent_id"] = parent
    if ms is not None:
        line["duration_ms"] = ms
    return {**line, "data": data}


def call(at: float, id: str, tool: str, decision: Any = None, **arguments: Any) -> dict[str, Any]:
    """Return a tool call."""
    return event("tool_call", at, id=id, tool_name=tool, arguments=arguments, **({"decision": decision} if decision else {}))


def result(at: float, parent: str, tool: str, text: Any = "", ms: float | None = None) -> dict[str, Any]:
    """Return a call's result."""
    return event("tool_result", at, id=f"r-{parent}", parent=parent, ms=ms, tool_name=tool, result=text)


def failure(at: float, parent: str, tool: str, text: str = "exit code 1", ms: float | None = None) -> dict[str, Any]:
    """Return a call's error."""
    return event("error", at, id=f"e-{parent}", parent=parent, ms=ms, tool_name=tool, error=text)


def verdict(effect: str, rule: str = "files.read.deny[0]", text: str = "no", source: str = ".agent-scope.json:3") -> dict[str, Any]:
    """Return a decision as it is recorded."""
    return {"effect": effect, "reasons": [{"effect": effect, "rule": rule, "text": text, "source": source}], "revision": "sha256:abc"}


def lines_of(*events: Any) -> bytes:
    """Return events as the bytes of a file; what is bytes already stays as it is."""
    return b"".join(one if isinstance(one, bytes) else json.dumps(one).encode() + b"\n" for one in events)


def session(store: Path, name: str, *events: Any, meta: dict[str, Any] | None = None) -> Path:
    """Write a session; return its events file."""
    folder = store / name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "events.ndjson"
    path.write_bytes(lines_of(*events))
    if meta is not None:
        (folder / "meta.json").write_text(json.dumps(meta))
    return path


def pytest_story() -> list[dict[str, Any]]:
    """Return the story of the README: a prompt, a test run that fails, another way that works."""
    return [
        event("session_start", 0, mode="startup"),
        event("user_prompt", 0.07, prompt="how many tests does this project have? run them"),
        call(3.55, "c1", "Glob", pattern="**/*.test.*"),
        result(3.6, "c1", "Glob", "tests/test_a.py", ms=51.0),
        call(6.06, "c2", "Bash", command="python -m pytest tests/ -v 2>&1"),
        failure(27.65, "c2", "Bash", "Command failed with exit code 1"),
        call(48.18, "c3", "Read", file_path="/p/pyproject.toml"),
        result(48.23, "c3", "Read", "[project]", ms=43.0),
        call(51.43, "c4", "Bash", command="uv run --with pytest pytest tests/ -v 2>&1"),
        result(103.67, "c4", "Bash", "75 tests, all passing in 3.60s", ms=5880.0),
        event("assistant_response", 112.54, text="**75 tests**, all passing in 3.60s."),
        event("session_end", 112.6, reason="exit"),
    ]
