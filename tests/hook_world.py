"""Hook processes as `setup` starts them, in a world of their own: a copy of the package, a home, projects, and nothing else of this machine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from gateway.doors.hook.install import ENTRY, hook_command

ROOT = Path(ENTRY).parents[1]
LIBRARIES = ("yaml", "wcmatch", "bracex")
"""What compiling a policy imports; a Python that has them not finds these copies beside the package."""
CLIENT_SECONDS = 10
"""The `timeout` that `setup` writes: whoever answers later is not heard."""


COMPILE = """
import sys
sys.path.insert(0, sys.argv[1])
from gateway.host.policy_files import load_policy
for project in sys.argv[2:]:
    load_policy((project,))
"""


class Done:
    """What a hook process did.

    took    seconds
    events  what it added to the record
    """

    def __init__(self, code: int, stdout: bytes, stderr: bytes, took: float, events: list[dict[str, Any]]) -> None:
        self.code = code
        self.stdout = stdout.decode("utf-8", "replace")
        self.stderr = stderr.decode("utf-8", "replace")
        self.took = took
        self.events = events

    def __repr__(self) -> str:
        return f"exit {self.code} after {self.took:.1f} s, {len(self.events)} recorded\nstdout: {self.stdout[:600]}\nstderr: {self.stderr[:600]}"


class World:
    """A copy of the package with its own home; `python` is the interpreter its hooks run on."""

    def __init__(self, folder: Path, python: str = sys.executable) -> None:
        self.folder = folder
        self.python = python
        self.package = folder / "lib"
        self.home = folder / "home"
        self.home.mkdir(parents=True)
        shutil.copytree(ROOT / "gateway", self.package / "gateway", ignore=shutil.ignore_patterns("__pycache__", "compat"))
        shutil.copytree(ROOT / "policies", self.package / "policies")
        if python != sys.executable:
            for name in LIBRARIES:
                found = Path(str(sys.modules[name].__file__) if name in sys.modules else _found(name)).parent
                shutil.copytree(found, self.package / name, ignore=shutil.ignore_patterns("__pycache__", "*.so"))

    def command(self, event: str, *options: str) -> list[str]:
        """Return the argument vector that `setup` would write into a client's settings."""
        words = [
            self.python if word == sys.executable else str(self.package / "gateway" / "entry.py") if word == ENTRY else word
            for word in hook_command()
        ]
        return [*words, "hook", event, *options]

    def environment(self, **more: str) -> dict[str, str]:
        """Return all the variables of a hook."""
        return {"HOME": str(self.home), "PATH": "/usr/bin:/bin", **more}

    def project(self, name: str) -> Path:
        """Return a new project folder."""
        folder = self.folder / name
        (folder / ".git").mkdir(parents=True)
        return folder

    def run(self, project: Path, event: str, data: bytes, *options: str, before: tuple[str, ...] = (), **started: Any) -> Done:
        """Run one hook and return what it did.

        before   a command that the hook is put behind
        started  further arguments of Popen
        """
        known = len(recorded(project))
        begun = time.monotonic()
        started = {"cwd": project, "env": self.environment(), **started}
        process = subprocess.Popen(
            [*before, *self.command(event, *options)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **started
        )
        try:
            stdout, stderr = process.communicate(data, timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            stdout, stderr = process.communicate()
        return Done(process.returncode, stdout, stderr, time.monotonic() - begun, recorded(project)[known:])

    def compile(self, *projects: Path) -> None:
        """Compile the policies that hold in these projects, however long that takes where a Python lacks the C reader of YAML; no bundle is written."""
        done = subprocess.run(
            [self.python, "-I", "-c", COMPILE, str(self.package), *map(str, projects)],
            capture_output=True,
            text=True,
            env=self.environment(),
            check=False,
        )
        assert done.returncode == 0, done.stderr

    def bundle(self) -> Path | None:
        """Return the bundle, None before a hook has written it."""
        return next((self.package / "gateway" / "__pycache__").glob("lane-*.bin"), None)

    def warm(self) -> World:
        """Run hooks until one leaves the bundle as it is."""
        project = self.project("warming")
        self.compile(project)
        before = 0
        for _ in range(40):
            for event in ("pre-tool", "session-start", "post-tool"):
                done = self.run(project, event, payload(event, project))
                assert done.code == 0, done
            path = self.bundle()
            now = path.stat().st_mtime_ns if path is not None else 0
            if now and now == before:
                return self
            before = now
        raise AssertionError("no hook leaves the bundle as it is")


def _found(name: str) -> str:
    from importlib.util import find_spec

    spec = find_spec(name)
    assert spec is not None and spec.origin is not None
    return spec.origin


NAMES = {
    "pre-tool": "PreToolUse",
    "post-tool": "PostToolUse",
    "post-tool-failure": "PostToolUseFailure",
    "user-prompt": "UserPromptSubmit",
    "session-start": "SessionStart",
    "session-end": "SessionEnd",
    "stop": "Stop",
}
_OWN: dict[str, dict[str, Any]] = {
    "pre-tool": {"tool_name": "Bash", "tool_input": {"command": "ls"}, "tool_use_id": "t1"},
    "post-tool": {"tool_name": "Bash", "tool_input": {"command": "ls"}, "tool_use_id": "t1", "tool_response": {"stdout": "a"}},
    "post-tool-failure": {"tool_name": "Bash", "tool_input": {"command": "ls"}, "tool_use_id": "t1", "error": "Exit code 1"},
    "user-prompt": {"prompt": "hello"},
    "session-start": {"source": "startup"},
    "session-end": {"reason": "exit"},
    "stop": {"stop_hook_active": False, "last_assistant_message": "done"},
}


def value(event: str, project: Path, **changes: Any) -> dict[str, Any]:
    """Return the payload of an event as a client sends it."""
    common = {"session_id": "s", "transcript_path": str(project / "transcript.jsonl"), "cwd": str(project), "permission_mode": "default"}
    return {**common, "hook_event_name": NAMES.get(event, event), **_OWN.get(event, {}), **changes}


def payload(event: str, project: Path, **changes: Any) -> bytes:
    """Return the payload of an event as the bytes that a client sends."""
    return json.dumps(value(event, project, **changes)).encode()


def recorded(project: Path) -> list[dict[str, Any]]:
    """Return the events in a project's store; lines that are no events and what is no plain file left aside."""
    store = project / ".agent-traces"
    found: list[dict[str, Any]] = []
    try:
        sessions = sorted(os.listdir(store)) if not store.is_symlink() else []
    except OSError:
        return []
    for session in sessions:
        path = store / session / "events.ndjson"
        if path.parent.is_symlink() or path.is_symlink() or not path.is_file():
            continue
        for line in path.read_bytes().split(b"\n"):
            try:
                event = json.loads(line)
            except ValueError:
                continue
            if isinstance(event, dict) and "event_type" in event:
                found.append(event)
    return found
