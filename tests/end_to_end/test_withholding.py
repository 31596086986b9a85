"""Door by failure: whatever keeps an output from being cleaned under `redact.forward`, the credential in it does not pass, and a notice stands instead.

`hook` and `exec` are processes as people start them; the session of MCP (what the stdio carrier hands its messages to), the HTTP proxy with
its sockets and the decorator run here, so that a cleaner that raises can be put in.
"""

from __future__ import annotations

import asyncio
import fcntl
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from aiohttp import web

from gateway import CallDeniedError, start_session, trace_tool
from gateway.doors.hook.install import ENTRY, hook_command
from gateway.doors.sdk.session import leave
from tests.doors.mcp.talk import Talk, answer, encoded, tool
from tests.doors.mcp.web import Heard, said, staged

FORWARD = {"redact": {"forward": ["secrets"]}}
TOKEN = "ghp_" + "a1B2c3D4e" * 4
TOO_MUCH = 34_000_000
"""Characters of an output over what a hook reads."""


def _sessions(store: Path) -> list[Path]:
    """Return the folders of the sessions in a store, or of the one that the hook will open."""
    return [one for one in store.glob("*") if one.is_dir()] or [store / "s"]


@contextmanager
def _whole(folder: Path, store: Path) -> Iterator[None]:
    yield


@contextmanager
def _store_is_a_file(folder: Path, store: Path) -> Iterator[None]:
    if store.exists():
        store.rename(folder / "moved")
    store.write_text("not a folder")
    yield


@contextmanager
def _record_is_a_folder(folder: Path, store: Path) -> Iterator[None]:
    for session in _sessions(store):
        (session / "events.ndjson").unlink(missing_ok=True)
        (session / "events.ndjson").mkdir(parents=True)
    yield


@contextmanager
def _policy_is_broken(folder: Path, store: Path) -> Iterator[None]:
    (folder / ".agent-scope.json").write_text("{")
    yield


@contextmanager
def _policy_is_a_folder(folder: Path, store: Path) -> Iterator[None]:
    (folder / ".agent-scope.json").unlink()
    (folder / ".agent-scope.json").mkdir()
    yield


@contextmanager
def _record_is_locked(folder: Path, store: Path) -> Iterator[None]:
    with ExitStack() as held:
        for session in _sessions(store):
            session.mkdir(parents=True, exist_ok=True)
            record = held.enter_context((session / "events.ndjson").open("a"))
            fcntl.flock(record, fcntl.LOCK_EX)
        yield


@contextmanager
def _cleaner_raises(folder: Path, store: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("gateway.redaction.redact.Cleaner.value", lambda *_: 1 / 0)
        yield


FAILURES = {
    "none": _whole,
    "store is a file": _store_is_a_file,
    "record is a folder": _record_is_a_folder,
    "record is locked": _record_is_locked,
    "policy is broken": _policy_is_broken,
    "policy is a folder": _policy_is_a_folder,
}
IN_PROCESS = {**FAILURES, "cleaner raises": _cleaner_raises}


def output(project: Path, text: str) -> bytes:
    told = {"stdout": text, "stderr": "", "interrupted": False, "isImage": False}
    payload = {"hook_event_name": "PostToolUse", "session_id": "s", "cwd": str(project), "tool_name": "Bash", "tool_input": {"command": "ls"}}
    return json.dumps({**payload, "tool_use_id": "t", "tool_response": told}).encode()


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".agent-scope.json").write_text(json.dumps(FORWARD))
    monkeypatch.chdir(tmp_path)
    return tmp_path


class TestHook:
    @pytest.mark.parametrize("name", FAILURES)
    def test_failure(self, name: str, project: Path) -> None:
        with FAILURES[name](project, project / ".agent-traces"):
            done = subprocess.run([*hook_command(), "hook", "post-tool"], input=output(project, TOKEN), capture_output=True, cwd=project, check=False)
        assert TOKEN.encode() not in done.stdout + done.stderr
        told = json.loads(done.stdout)["hookSpecificOutput"]["updatedToolOutput"]["stdout"]
        assert ("[REDACTED:" in told) or "withheld by agent-strace" in told

    def test_too_much(self, project: Path) -> None:
        given = output(project, TOKEN + " " * TOO_MUCH)
        done = subprocess.run([*hook_command(), "hook", "post-tool"], input=given, capture_output=True, cwd=project, check=False)
        assert TOKEN.encode() not in done.stdout + done.stderr and b"withheld" in done.stdout


class TestExec:
    @pytest.mark.parametrize("name", FAILURES)
    def test_failure(self, name: str, project: Path) -> None:
        command = [sys.executable, "-I", "-S", ENTRY, "exec", "--redact", "--", "echo", TOKEN]
        with FAILURES[name](project, project / ".agent-traces"):
            done = subprocess.run(command, capture_output=True, cwd=project, check=False)
        said = done.stdout + done.stderr
        assert TOKEN.encode() not in said
        assert any(word in said for word in (b"[REDACTED:", b"withheld", b"agent-strace"))


class TestSession:
    @pytest.mark.parametrize("name", IN_PROCESS)
    def test_failure(self, name: str, tmp_path: Path) -> None:
        for number, message in enumerate(
            (
                answer(1, {"content": [{"type": "text", "text": TOKEN}]}),
                answer(1, {"content": [], "structuredContent": {"deep": [{"token": TOKEN}]}}),
                {"jsonrpc": "2.0", "id": 1, "error": {"code": 1, "message": TOKEN}},
            )
        ):
            talk = Talk(tmp_path / str(number), FORWARD)
            talk.client(tool(1, "echo"))
            with IN_PROCESS[name](talk.project, talk.store.parents[1]):
                steps = talk.server(message)
            passed = b"".join(encoded(one) for _, one in steps)
            assert TOKEN.encode() not in passed and passed


class TestHttp:
    @pytest.mark.parametrize("streams", [False, True], ids=["JSON", "SSE"])
    @pytest.mark.parametrize("name", IN_PROCESS)
    def test_failure(self, name: str, tmp_path: Path, *, streams: bool) -> None:
        told = answer(1, {"content": [{"type": "text", "text": TOKEN}]})
        with ExitStack() as held:

            async def script(heard: Heard) -> web.StreamResponse:
                held.enter_context(IN_PROCESS[name](tmp_path / "project", tmp_path / "traces"))
                return await heard.stream(b"data: " + encoded(told) + b"\n\n") if streams else said(told)

            async def part() -> bytes:
                async with staged(tmp_path, script, policy=FORWARD) as stage:
                    status, body = await stage.post(tool(1, "echo"))
                    assert status < 500 or body
                    return body if isinstance(body, bytes) else encoded(body)

            assert TOKEN.encode() not in asyncio.run(part())


class TestDecorator:
    @pytest.mark.parametrize("name", IN_PROCESS)
    def test_failure(self, name: str, project: Path) -> None:
        with ExitStack() as held:

            @trace_tool
            def echo() -> str:
                held.enter_context(IN_PROCESS[name](project, project / ".agent-traces"))
                return TOKEN

            start_session()
            held.callback(leave)
            try:
                told = str(echo())
            except CallDeniedError as error:
                told = str(error)
                assert "held back" in told or "withheld" in told
        assert TOKEN not in told and told
