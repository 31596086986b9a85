"""A stage for one hook process after the other: a project and a home brought back to how they were, what can stand in a file's place, the law of it all."""

from __future__ import annotations

import json
import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.hook_world import CLIENT_SECONDS, Done, World, payload

RIGHT, REFUSED, EITHER = "right", "refused", "either"
METERED = '{"limits": {"tool_calls": 100, "cost_usd": 100, "files_modified": 9}}'


def lawful(done: Done, event: str, expected: str = EITHER, *, silent: bool = False) -> None:
    """Assert what holds whatever happened: no traceback, no surprise, in time, and nothing let through that is not in the record.

    silent  nothing of what was recorded can be seen from here
    """
    told = f"{done}"
    assert done.took < CLIENT_SECONDS, told
    assert "Traceback" not in done.stderr and "internal error" not in done.stderr, told
    if event == "pre-tool":
        assert done.code in (0, 2), told
        if done.code == 2:
            assert expected != RIGHT, told
            _refused(done)
        else:
            assert expected != REFUSED, told
            assert silent or [one["event_type"] for one in done.events] == ["tool_call"], told
        return
    withheld = event == "post-tool" and expected != RIGHT and "withheld by agent-strace" in done.stdout
    assert done.code == 0 and (done.stdout == "" or withheld), told
    said = len(done.stderr) > 20
    assert said == (done.stderr != ""), told
    assert said or done.events or silent, told
    assert expected != RIGHT or not said, told
    assert expected != REFUSED or said, told


def _refused(done: Done) -> None:
    """Assert that the reason is there, in each of the three ways that clients look at."""
    answer = json.loads(done.stdout)["hookSpecificOutput"]
    assert answer["permissionDecision"] == "deny" and answer["hookEventName"] == "PreToolUse", f"{done}"
    reason = answer["permissionDecisionReason"]
    assert reason.startswith("Blocked by agent-strace: ") and len(reason) > 40 and done.stderr == reason + "\n", f"{done}"


class Stage:
    """One project and one home at fixed places, so that policies stay compiled; brought back to how they were for every row."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.project = world.project("project")
        self.home = world.home
        self.pristine = world.folder / "pristine"
        bundle = world.bundle()
        assert bundle is not None
        self.bundle = bundle
        self.bundled = bundle.read_bytes()
        for text in (None, METERED):
            self.policy(text)
            self.world.compile(self.project)
        shutil.copytree(self.home, self.pristine)

    def reset(self) -> None:
        for folder in (self.project, self.home):
            if not os.access(folder, os.W_OK | os.X_OK):
                folder.chmod(0o755)
            shutil.rmtree(folder, onerror=_made_writable)
        (self.project / ".git").mkdir(parents=True)
        shutil.copytree(self.pristine, self.home)
        if self.bundle.is_symlink() or not self.bundle.is_file() or self.bundle.read_bytes() != self.bundled:
            _gone(self.bundle)
            self.bundle.write_bytes(self.bundled)

    def policy(self, text: str | None) -> None:
        path = self.project / ".agent-scope.json"
        path.unlink(missing_ok=True)
        if text is not None:
            path.write_text(text)

    def run(self, event: str, data: bytes | None = None, *options: str, **more: Any) -> Done:
        return self.world.run(self.project, event, payload(event, self.project) if data is None else data, *options, **more)

    def path(self, place: str) -> Path:
        """Return a place of PLACES, its folder made."""
        path = Path(PLACES[place].format(project=self.project, home=self.home, bundle=self.bundle))
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return path

    def put(self, place: str, obstacle: str) -> None:
        """Put one of OBSTACLES in a place, whatever is there now."""
        path = self.path(place)
        _gone(path)
        OBSTACLES[obstacle](path)


def _made_writable(function: Callable[[str], object], path: str, error: object) -> None:
    """Take away what could not be: in a folder that may not be written."""
    os.chmod(os.path.dirname(path), 0o700)
    os.chmod(path, 0o700, follow_symlinks=False) if os.path.isdir(path) else None
    shutil.rmtree(path) if os.path.isdir(path) and not os.path.islink(path) else os.unlink(path)


def _gone(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _device(major: int, minor: int) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        try:
            os.mknod(path, 0o666 | 0o020000, os.makedev(major, minor))
        except PermissionError:
            pytest.skip("only root makes devices")

    return make


def _socket(path: Path) -> None:
    here = os.getcwd()
    os.chdir(path.parent)  # the name of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as each:
            each.bind(path.name)
    finally:
        os.chdir(here)


def _folder(path: Path) -> None:
    path.mkdir()
    (path / "inside").write_text("x")


def _content(data: bytes) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_bytes(data)

    return make


def _link(target: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.symlink_to(target)

    return make


def _link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def _link_to_file(path: Path) -> None:
    path.with_name(f"{path.name}.elsewhere").write_text("")
    path.symlink_to(f"{path.name}.elsewhere")


OBSTACLES: dict[str, Callable[[Path], None]] = {
    "a FIFO": _fifo,
    "a device that swallows": _device(1, 3),
    "a device that is full": _device(1, 7),
    "a device without an end": _device(1, 5),
    "a socket": _socket,
    "a folder": _folder,
    "an empty file": _content(b""),
    "rubbish": _content(b"\x00\xff{not json\n" * 40),
    "a torn line": _content(b'{"event_type": "tool_call", "data": {'),
    "a link to nothing": _link("/nowhere/at/all"),
    "a link to itself": _link_to_itself,
    "a link to a file": _link_to_file,
}

PLACES = {
    "store": "{project}/.agent-traces",
    "session": "{project}/.agent-traces/s",
    "events": "{project}/.agent-traces/s/events.ndjson",
    "meta": "{project}/.agent-traces/s/meta.json",
    "tally": "{project}/.agent-traces/s/tally.json",
    "new tally": "{project}/.agent-traces/s/tally.json.new",
    "transcript": "{project}/transcript.jsonl",
    "user policy": "{home}/.config/agent-strace/agent-scope.json",
    "configuration": "{home}/.config/agent-strace",
    "state": "{home}/.local/state/agent-strace",
    "compiled policies": "{home}/.local/state/agent-strace/policy",
    "key": "{home}/.local/state/agent-strace/key",
    "approvals": "{home}/.local/state/agent-strace/approvals",
    "bundle": "{bundle}",
}
