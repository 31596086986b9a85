"""Stores as the checkpoint writes them: real calls, real verdicts, real chains."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gateway.checkpoint import Checkpoint, Settings
from gateway.model.call import ToolCall, ToolResult
from gateway.model.event import USER_PROMPT, Event
from gateway.model.passage import Capabilities
from gateway.traces.reader import events

ABLE = Capabilities(blocks=True, asks=True, rewrites_arguments=True, rewrites_results=True)

Call = tuple[str, dict[str, Any]]


class Project:
    """A project folder with a policy, and the sessions recorded in it."""

    def __init__(self, folder: Path, policy: Any = None) -> None:
        self.root = folder
        (folder / ".git").mkdir(parents=True, exist_ok=True)
        self.policy = folder / ".agent-scope.json"
        if policy is not None:
            self.write(policy)

    @property
    def store(self) -> str:
        return str(self.root / ".agent-traces")

    def write(self, policy: Any) -> None:
        self.policy.write_text(json.dumps(policy))

    def record(self, session: str, calls: list[Call], *, door: Capabilities = ABLE, prompt: str = "do it", **settings: Any) -> list[str]:
        """Record a session of calls, each allowed one with a result; return the verdicts."""
        checkpoint = Checkpoint(Settings(door, **settings))
        cwd = str(self.root)
        checkpoint.start(session, {"session_id": session, "attribution": {"working_dir": cwd}}, cwd=cwd)
        checkpoint.note(USER_PROMPT, session, {"prompt": prompt}, cwd=cwd)
        verdicts = []
        for number, (tool, arguments) in enumerate(calls):
            name = f"call{number}"
            passage = checkpoint.before(ToolCall(tool, arguments, id=name, session=session, agent="test", cwd=cwd))
            verdicts.append(("allow", "ask", "deny")[passage.effect])
            if passage.effect == 0:
                checkpoint.after(ToolResult(tool, "done", id=name, session=session, cwd=cwd))
        return verdicts

    def events(self, session: str) -> list[Event]:
        return list(events(self.store, session))

    def calls(self, session: str) -> list[Event]:
        return [event for event in self.events(session) if event.type == "tool_call"]


def bash(command: str) -> Call:
    return "Bash", {"command": command}


def read(path: str) -> Call:
    return "Read", {"file_path": path}


def write(path: str) -> Call:
    return "Write", {"file_path": path, "content": "x"}
