"""The hook as `setup` starts it, where nothing is as on a developer's machine."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from gateway.doors.hook.install import hook_command
from tests.conftest import sendable

STRANGER = 54321
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")


def hooked(place: str, command: str = "ls", **changes: Any) -> subprocess.CompletedProcess[str]:
    payload = {"session_id": "s", "hook_event_name": "PreToolUse", "tool_name": "Bash", "tool_use_id": "t", "cwd": place}
    text = json.dumps({**payload, "tool_input": {"command": command}})
    return subprocess.run([*hook_command(), "hook", "pre-tool"], input=text, capture_output=True, text=True, check=False, **changes)


def open_to_others(folder: Path) -> list[str]:
    return [str(path) for path in folder.rglob("*") if not path.is_symlink() and path.stat().st_mode & 0o077]


class TestModes:
    def test_nothing_that_is_written_is_open_to_others_whatever_the_umask(self, own_world: Path, tmp_path: Path) -> None:
        (tmp_path / ".git").mkdir()
        for _ in range(3):
            assert hooked(str(tmp_path), cwd=tmp_path, umask=0).returncode == 0
        store = tmp_path / ".agent-traces"
        assert open_to_others(store) == [] and store.stat().st_mode & 0o077 == 0
        assert [path for path in open_to_others(own_world) if Path(path).is_file()] == []


class TestWithoutMuch:
    def test_no_variables_at_all(self, tmp_path: Path) -> None:
        (tmp_path / ".git").mkdir()
        (tmp_path / ".agent-scope.json").write_text('{"commands": {"deny": ["curl"]}}')
        state = {"XDG_STATE_HOME": str(tmp_path / "state")}  # without it the record of the user database's home would be written
        assert hooked(str(tmp_path), cwd="/proc", env=state).returncode == 0
        assert hooked(str(tmp_path), "curl x", cwd="/proc", env=state).returncode == 2

    @pytest.mark.parametrize("locale", ["C", "POSIX", "nonsense"])
    def test_any_locale(self, tmp_path: Path, locale: str) -> None:
        place = tmp_path / "übung"
        (place / ".git").mkdir(parents=True)
        environment = {"HOME": str(tmp_path), "LC_ALL": locale, "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
        assert hooked(str(place), cwd=tmp_path, env=environment).returncode == 0
        assert (place / ".agent-traces").is_dir()


def test_a_repository_that_an_agent_makes_does_not_move_the_policy(tmp_path: Path) -> None:
    (tmp_path / "keys/.git").mkdir(parents=True)
    (tmp_path / ".agent-scope.json").write_text('{"files": {"read": {"allow": ["docs/**"]}}}')
    assert hooked(f"{tmp_path}/keys", "cat docs/a.md", cwd=tmp_path / "keys").returncode == 2
    assert hooked(f"{tmp_path}/keys", "cat ../docs/a.md", cwd=tmp_path / "keys").returncode == 0


@as_root
class TestOthers:
    def test_a_store_of_another_user_above_receives_nothing(self, tmp_path: Path) -> None:
        theirs = tmp_path / ".agent-traces"
        theirs.mkdir()
        os.chown(theirs, STRANGER, STRANGER)
        (tmp_path / "mine").mkdir()
        assert hooked(f"{tmp_path}/mine", cwd=tmp_path / "mine").returncode == 0
        assert list(theirs.iterdir()) == [] and (tmp_path / "mine/.agent-traces/s/events.ndjson").is_file()

    def test_the_start_of_a_session_says_what_is_passed_over(self, tmp_path: Path) -> None:
        theirs = tmp_path / ".agent-traces"
        theirs.mkdir()
        os.chown(theirs, STRANGER, STRANGER)
        (tmp_path / "mine").mkdir()
        text = json.dumps({"session_id": "s", "hook_event_name": "SessionStart", "cwd": f"{tmp_path}/mine", "source": "startup"})
        done = subprocess.run([*hook_command(), "hook", "session-start"], input=text, capture_output=True, text=True, check=False)
        assert done.returncode == 0 and f"passed over: `{theirs}` belongs to another user" in done.stderr
        os.chown(tmp_path / "mine", STRANGER, STRANGER)
        done = subprocess.run([*hook_command(), "hook", "session-start"], input=text, capture_output=True, text=True, check=False)
        assert done.returncode == 0 and "not recorded: nothing is recorded in" in done.stderr and "internal error" not in done.stderr

    @pytest.mark.parametrize("what", [".", ".agent-traces", ".agent-scope.json"])
    def test_what_is_another_users_refuses_with_a_way_out(self, tmp_path: Path, own_world: Path, what: str) -> None:
        for mark in (".git", ".agent-traces"):
            (tmp_path / mark).mkdir()
        (tmp_path / ".agent-scope.json").write_text("{}")
        os.chown(tmp_path / what, STRANGER, STRANGER)
        done = hooked(str(tmp_path), cwd=tmp_path)
        assert done.returncode == 2 and "belongs to another user" in done.stderr and "Traceback" not in done.stderr
        if what != ".agent-scope.json":  # a store of ours records the refusal
            assert list((tmp_path / ".agent-traces").iterdir()) == []
        folder = own_world / ".config/agent-strace"
        folder.mkdir(parents=True)
        (folder / "trusted-folders").write_text(f"{tmp_path}\n")
        assert hooked(str(tmp_path), cwd=tmp_path).returncode == 0

    def test_an_agent_may_not_trust_on_its_own(self, tmp_path: Path, own_world: Path) -> None:
        (tmp_path / ".git").mkdir()
        line = f"mkdir -p ~/.config/agent-strace && echo {tmp_path} >> ~/.config/agent-strace/trusted-folders"
        assert hooked(str(tmp_path), line, cwd=tmp_path).returncode == 2


class TestReports:
    def test_a_failure_with_half_a_surrogate_pair_can_be_sent(self) -> None:
        """A worker of the suite died of such a message, and its test was told as a crash."""
        report = {"longrepr": {"crash": ["\ud800", 3]}, "sections": [("stdout", "x\udcffy")], "nodeid": "naïve \U0001f600", "when": None}
        told = sendable(report)
        assert told == {**report, "longrepr": {"crash": ["\\ud800", 3]}, "sections": [("stdout", "x\\udcffy")]}
        assert repr(told).encode()
