"""The hook under every fault that a machine, a repository or a client can put in its way: refused with a reason, or right, and in time.

Rows are made of tables: what is in the way x where x which event. The law of all rows is `lawful`; a table says where it must be stricter.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.hook_world import CLIENT_SECONDS, Done, World, payload, value

RIGHT, REFUSED, EITHER = "right", "refused", "either"


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
    assert done.code == 0 and done.stdout == "", told
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
        for text in (None, METERED):
            self.policy(text)
            self.world.compile(self.project)
        shutil.copytree(self.home, self.pristine)

    def reset(self) -> None:
        for folder in (self.project, self.home):
            if not os.access(folder, os.W_OK | os.X_OK):
                folder.chmod(0o755)
            subprocess.run(["rm", "-rf", str(folder)], check=True)
        (self.project / ".git").mkdir(parents=True)
        shutil.copytree(self.pristine, self.home)

    def policy(self, text: str | None) -> None:
        path = self.project / ".agent-scope.json"
        path.unlink(missing_ok=True)
        if text is not None:
            path.write_text(text)

    def run(self, event: str, data: bytes | None = None, *options: str, **more: Any) -> Done:
        return self.world.run(self.project, event, payload(event, self.project) if data is None else data, *options, **more)

    def path(self, place: str) -> Path:
        """Return a place of PLACES, its folder made."""
        path = Path(PLACES[place].format(project=self.project, home=self.home))
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return path


@pytest.fixture(scope="module")
def whole_stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(World(tmp_path_factory.mktemp("faults") / "w").warm())


@pytest.fixture
def stage(whole_stage: Stage) -> Stage:
    whole_stage.reset()
    return whole_stage


# What stands in the way


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
}
CACHES = ("meta", "tally", "new tally", "transcript", "state", "compiled policies", "key", "approvals")
"""Nothing there is worth a refusal: without it a hook only takes longer."""
METERED = '{"limits": {"tool_calls": 100, "cost_usd": 100, "files_modified": 9}}'


def _expected(place: str, obstacle: str) -> str:
    if place in CACHES:
        return RIGHT
    if place in ("store", "session"):
        return RIGHT if obstacle == "a folder" else REFUSED
    if place == "events":
        return RIGHT if obstacle in ("an empty file", "rubbish", "a torn line") else REFUSED
    if place == "user policy":
        return RIGHT if obstacle == "a link to nothing" else REFUSED
    return EITHER


_BLOCKING = {
    ("events", "a FIFO"),
    ("events", "a device that swallows"),
    ("events", "a device without an end"),
    ("tally", "a FIFO"),
    ("tally", "a folder"),
    ("new tally", "a FIFO"),
    ("transcript", "a FIFO"),
    ("key", "a FIFO"),
}
"""Rows that need every file of the record to be opened without waiting, and looked at before it is used."""

PLACED = [
    (place, obstacle, event)
    for place in PLACES
    for event in (
        "pre-tool",
        *(("post-tool",) if place in ("store", "session", "events") else ()),
        *(("session-start",) if place in ("meta", "state") else ()),
    )
    for obstacle in OBSTACLES
    if (place, obstacle) not in _BLOCKING
]


class TestPlaces:
    @pytest.mark.parametrize(("place", "obstacle", "event"), PLACED)
    def test_something_else_stands_there(self, stage: Stage, place: str, obstacle: str, event: str) -> None:
        stage.policy(METERED)
        path = stage.path(place)
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        OBSTACLES[obstacle](path)
        expected = _expected(place, obstacle)
        lawful(stage.run(event), event, EITHER if event == "session-start" and expected == REFUSED else expected)


# What comes in


def _deep(opening: str, closing: str, inside: str = "1") -> bytes:
    return (opening * 10_000 + inside + closing * 10_000).encode()


STDIN: dict[str, bytes] = {
    "nothing": b"",
    "a newline": b"\n",
    "NUL": b"\0",
    "NULs": b"\0" * 4096,
    "binary": bytes(range(256)) * 16,
    "UTF-16": json.dumps({"tool_name": "Bash"}).encode("utf-16"),
    "UTF-32": json.dumps({"tool_name": "Bash"}).encode("utf-32"),
    "a BOM alone": b"\xef\xbb\xbf",
    "half an object": b'{"tool_name": "Bash", "tool_in',
    "an object and more": b'{"tool_name": "Bash"} {"tool_name": "Read"}',
    "a list": b'[{"tool_name": "Bash"}]',
    "a text": b'"Bash"',
    "a number": b"1",
    "null": b"null",
    "NaN": b'{"tool_name": NaN}',
    "1e999": b'{"tool_name": "Bash", "tool_input": {"timeout": 1e999}}',
    "a number of 5,000 digits": b'{"tool_name": "Bash", "tool_input": {"timeout": ' + b"9" * 5000 + b"}}",
    "10,000 lists": _deep("[", "]"),
    "10,000 objects": _deep('{"a":', "}"),
    "10,000 lists in an argument": b'{"tool_name": "Bash", "tool_input": ' + _deep("[", "]") + b"}",
    "a comment": b'{"tool_name": "Bash" /* yes */}',
    "single quotes": b"{'tool_name': 'Bash'}",
    "XML": b"<tool>Bash</tool>",
    "33 MiB of blanks": b" " * (33 << 20),
    "no tool": b'{"session_id": "s"}',
}
"""Payloads that are none: a call is refused, everything else is said not to be recorded."""

WRONG: dict[str, Any] = {
    "null": None,
    "a number": 7,
    "a list": ["x"],
    "an object": {"a": "x"},
    "true": True,
    "an empty text": "",
    "a half pair": "\ud800x",
    "NUL": "a\0b",
}
FIELDS = {
    "pre-tool": ("session_id", "transcript_path", "cwd", "hook_event_name", "tool_name", "tool_input", "tool_use_id", "permission_mode", "agent_id"),
    "post-tool": ("session_id", "cwd", "hook_event_name", "tool_name", "tool_input", "tool_use_id", "tool_response", "duration_ms"),
    "post-tool-failure": ("error", "duration_ms", "is_interrupt"),
    "user-prompt": ("prompt", "session_id"),
    "session-start": ("source", "model", "cwd", "transcript_path"),
    "session-end": ("reason",),
    "stop": ("last_assistant_message", "stop_hook_active"),
}
ODD: dict[str, Any] = {
    "a key twice": b'{"tool_name": "Bash", "tool_name": "Bash", "tool_input": {"command": "ls", "command": "ls"}}',
    "a BOM": b'\xef\xbb\xbf{"tool_name": "Bash", "tool_input": {"command": "ls"}}',
    "invalid UTF-8 in an argument": b'{"tool_name": "Bash", "tool_input": {"command": "ls \xff\xfe"}}',
    "half pairs": b'{"tool_name": "Bash", "tool_input": {"command": "ls \\ud800 \\udc00\\ud800"}}',
    "escaped NULs": b'{"tool_name": "Bash", "tool_input": {"command": "ls \\u0000"}}',
    "raw control characters": b'{"tool_name": "Bash", "tool_input": {"command": "ls \x01\x1b[2J"}}',
    "200 levels in an argument": b'{"tool_name": "Other", "tool_input": ' + b"[" * 200 + b"]" * 200 + b"}",
    "900 levels in an argument": b'{"tool_name": "Other", "tool_input": ' + b"[" * 900 + b"]" * 900 + b"}",
    "10,000 levels as text": json.dumps({"tool_name": "Other", "tool_input": {"text": '{"password": ' + "[" * 10_000 + "]" * 10_000 + "}"}}).encode(),
    "100,000 keys": json.dumps({"tool_name": "Other", "tool_input": dict.fromkeys(map(str, range(100_000)), 1)}).encode(),
    "text that starts like JSON": json.dumps({"tool_name": "Bash", "tool_input": {"command": '[ "$API_TOKEN" = "x" ] && echo yes'}}).encode(),
    "text that looks like JSON": json.dumps({"tool_name": "Write", "tool_input": {"file_path": "a.py", "content": "{'password': pw}"}}).encode(),
    "JSON with comments": json.dumps({"tool_name": "Write", "tool_input": {"file_path": "a.json", "content": '{"password": "x", // y\n}'}}).encode(),
    "a huge number": b'{"tool_name": "Bash", "tool_input": {"command": "ls", "timeout": 123456789012345678901234567890}}',
}
"""Payloads that are unusual and still calls."""


class TestStdin:
    @pytest.mark.parametrize("event", ["pre-tool", "post-tool", "user-prompt"])
    @pytest.mark.parametrize("form", STDIN)
    def test_what_is_no_payload(self, stage: Stage, form: str, event: str) -> None:
        if form == "no tool" and event != "pre-tool":
            pytest.skip("names no tool, and needs none")
        if event != "pre-tool" and STDIN[form].startswith(b'{"tool_name": "Bash"}') is False and form in ("33 MiB of blanks",):
            pytest.skip("once is enough")
        done = stage.run(event, STDIN[form])
        lawful(done, event, REFUSED)
        assert done.events == [] or done.code == 2, f"{done}"

    @pytest.mark.parametrize("form", WRONG)
    @pytest.mark.parametrize(("event", "field"), [(event, field) for event, fields in FIELDS.items() for field in fields])
    def test_a_field_of_the_wrong_kind(self, stage: Stage, event: str, field: str, form: str) -> None:
        lawful(stage.run(event, json.dumps(value(event, stage.project, **{field: WRONG[form]})).encode()), event)

    @pytest.mark.parametrize("form", ODD)
    def test_what_is_unusual_is_judged(self, stage: Stage, form: str) -> None:
        lawful(stage.run("pre-tool", ODD[form]), "pre-tool", EITHER if "levels" in form or "keys" in form else RIGHT)

    def test_stdin_is_closed(self, stage: Stage) -> None:
        line = " ".join([*stage.world.command("pre-tool"), "<&-"])
        done = subprocess.run(["sh", "-c", line], capture_output=True, cwd=stage.project, env=stage.world.environment(), check=False)
        lawful(Done(done.returncode, done.stdout, done.stderr, 0, []), "pre-tool", REFUSED)

    @pytest.mark.parametrize("begun", [b"", b'{"tool_name": "Bash"', b'{"tool_name": "Bash", "tool_input": {"command": "ls"}}'])
    def test_stdin_does_not_end(self, stage: Stage, begun: bytes) -> None:
        reader, writer = os.pipe()
        os.write(writer, begun)
        try:
            process = subprocess.Popen(
                stage.world.command("pre-tool"),
                stdin=reader,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=stage.project,
                env=stage.world.environment(),
            )
            stdout, stderr = process.communicate(timeout=CLIENT_SECONDS)
        finally:
            os.close(reader)
            os.close(writer)
        lawful(Done(process.returncode, stdout, stderr, 0, []), "pre-tool", REFUSED)
