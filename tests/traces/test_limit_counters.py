"""The limits through the checkpoint: exact under parallel writers, the same after a crash, and no dearer as a session grows."""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from gateway.checkpoint import Checkpoint, Settings
from gateway.doors.hook.install import hook_command
from gateway.model.call import ToolCall, ToolResult
from gateway.model.effects import ALLOW, DENY
from gateway.model.passage import Capabilities

FULL = Capabilities(blocks=True, asks=True, rewrites_arguments=True, rewrites_results=True)


class Session:
    """One session of a project with limits, each call through a checkpoint of its own as a hook's would be."""

    def __init__(self, folder: Path, limits: dict[str, Any]) -> None:
        self.folder = folder
        (folder / ".agent-scope.json").write_text(json.dumps({"limits": limits}))
        self.number = 0

    def call(self, command: str = "ls", **settings: Any) -> bool:
        """Make a call; tell whether it was let through."""
        self.number += 1
        call = ToolCall("Bash", {"command": command}, session="s", cwd=str(self.folder), id=f"t{self.number}")
        passage = Checkpoint(Settings(FULL, trace_dir=f"{self.folder}/t", **settings)).before(call)
        assert passage.effect in (ALLOW, DENY), passage.text
        assert passage.effect == ALLOW or "the limit of" in passage.text or "a loop" in passage.text, passage.text
        return passage.effect == ALLOW

    def answer(self, *, failed: bool = False) -> None:
        """Answer the last call."""
        result = ToolResult("Bash", "x", session="s", cwd=str(self.folder), id=f"t{self.number}", failed=failed)
        Checkpoint(Settings(FULL, trace_dir=f"{self.folder}/t")).after(result)

    @property
    def snapshot(self) -> Path:
        return self.folder / "t" / "s" / "tally.json"

    @property
    def events(self) -> Path:
        return self.folder / "t" / "s" / "events.ndjson"


class TestLimits:
    def test_exactly_as_many_calls_as_allowed(self, tmp_path: Path) -> None:
        session = Session(tmp_path, {"tool_calls": 3})
        assert [session.call() for _ in range(5)] == [True, True, True, False, False]

    def test_retries_of_a_failing_call(self, tmp_path: Path) -> None:
        session = Session(tmp_path, {"retries": 1})
        for want in (True, True, False):
            assert session.call("make") is want
            session.answer(failed=True)
        assert session.call("make other")

    def test_files(self, tmp_path: Path) -> None:
        session = Session(tmp_path, {"files_modified": 2})
        assert [session.call(f"touch {name}") for name in ("a", "b", "./a", "c", "b", "sub/../c")] == [True, True, True, False, True, False]

    def test_loops(self, tmp_path: Path) -> None:
        session = Session(tmp_path, {"loop": {"length": 2, "repeats": 2}})
        assert [session.call(command) for command in ("a1", "b1", "a1", "b1", "c1")] == [True, True, True, False, True]

    def test_a_meter_is_asked(self, tmp_path: Path) -> None:
        session = Session(tmp_path, {"cost_usd": 1})
        spent = {"cost_usd": 0.5}
        assert session.call(meter=lambda state, recorded: spent)
        spent["cost_usd"] = 1.5
        assert not session.call(meter=lambda state, recorded: spent)

    def test_observing_lets_through_and_says_what_it_would_have_done(self, tmp_path: Path) -> None:
        session = Session(tmp_path, {"tool_calls": 1})
        assert [session.call(observe=True) for _ in range(3)] == [True] * 3
        last = json.loads(session.events.read_text().splitlines()[-1])["data"]["decision"]
        assert (last["effect"], last["shadow"]) == ("allow", "deny")


class TestSnapshot:
    @pytest.mark.parametrize("damage", ["remove", "garbage", "cut", "other", "link", "planted", "fifo"])
    def test_is_never_trusted_over_the_events(self, tmp_path: Path, damage: str) -> None:
        session = Session(tmp_path, {"tool_calls": 3})
        assert session.call() and session.call()
        seal, kept = session.snapshot.read_bytes().splitlines(keepends=True)
        if damage == "remove":
            session.snapshot.unlink()
        elif damage == "garbage":
            session.snapshot.write_text("{")
        elif damage == "link":
            session.snapshot.unlink()
            session.snapshot.symlink_to("/dev/zero")
        elif damage == "fifo":
            session.snapshot.unlink()
            os.mkfifo(session.snapshot)
        elif damage == "cut":
            session.snapshot.write_bytes(seal + kept[:-9])
        elif damage == "other":
            session.snapshot.write_bytes(seal + kept.replace(b'"calls":2', b'"calls":0'))
        else:
            state = json.loads(kept)["states"][0]
            session.snapshot.write_text(json.dumps({**state, "tally": {**state["tally"], "calls": 0}}))
        assert [session.call() for _ in range(2)] == [True, False]

    def test_events_written_after_a_crash_before_the_snapshot_count(self, tmp_path: Path) -> None:
        session = Session(tmp_path, {"tool_calls": 3})
        session.call()
        kept = session.snapshot.read_bytes()
        session.call()
        session.snapshot.write_bytes(kept)
        session.events.write_bytes(session.events.read_bytes() + b'{"event_type":"tool_call","torn')
        assert [session.call() for _ in range(2)] == [True, False]

    def test_other_limits_make_another_tally(self, tmp_path: Path) -> None:
        session = Session(tmp_path, {"tool_calls": 9})
        session.call("touch a")
        (tmp_path / ".agent-scope.json").write_text(json.dumps({"limits": {"loop": {"length": 1, "repeats": 2}}}))
        assert not session.call("touch a")


class TestParallel:
    def rounds(self, folder: Path, count: int) -> None:
        policy = folder / ".agent-scope.json"
        policy.write_text(json.dumps({"limits": {"tool_calls": 5}}))
        assert Session(folder, {"tool_calls": 5}).call()  # compiles the policy: eight at once on a busy machine take longer than one may
        for number in range(count):
            payload = {
                "hook_event_name": "PreToolUse",
                "session_id": f"s{number}",
                "tool_name": "Read",
                "tool_input": {"file_path": "x"},
                "cwd": str(folder),
            }
            processes = [
                subprocess.Popen(
                    [*hook_command(), "hook", "pre-tool"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=folder
                )
                for _ in range(8)
            ]
            for each, process in enumerate(processes):
                assert process.stdin is not None
                process.stdin.write(json.dumps({**payload, "tool_use_id": f"t{each}"}).encode())
                process.stdin.close()
            codes = [process.wait() for process in processes]
            for process in processes:
                assert process.stderr is not None
                process.stderr.close()
            assert sorted(codes) == [0] * 5 + [2] * 3

    def test_eight_hooks_at_once_let_through_exactly_the_limit(self, tmp_path: Path) -> None:
        self.rounds(tmp_path, 4)

    @pytest.mark.long
    def test_over_two_hundred_rounds(self, tmp_path: Path) -> None:
        self.rounds(tmp_path, 200)


class TestCost:
    def test_a_call_reads_no_more_of_a_long_session_than_of_a_short_one(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from gateway.traces import writer

        session = Session(tmp_path, {"tool_calls": 10**6, "loop": {"length": 3, "repeats": 3}})
        session.call("first")
        line = session.events.read_bytes()
        session.events.write_bytes(line * 20_000)
        assert session.call("second")  # counts all of them
        read: list[int] = []
        pread = writer.os.pread
        monkeypatch.setattr(writer.os, "pread", lambda fd, size, offset: read.append(size) or pread(fd, size, offset))
        begun = time.perf_counter()
        assert session.call("last")
        assert sum(read) < 200_000 and time.perf_counter() - begun < 1.0
