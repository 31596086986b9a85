"""Limits on a session that is too long to be counted within one call, its snapshot lost: later calls go on with the count until it is done."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.checkpoint import Checkpoint, Settings
from gateway.doors.hook.install import hook_command
from gateway.model.call import ToolCall
from gateway.model.effects import ALLOW, DENY
from gateway.model.passage import Capabilities, Passage
from gateway.traces import limit_counters

FULL = Capabilities(blocks=True, asks=True, rewrites_arguments=True, rewrites_results=True)


def events(count: int) -> Iterator[bytes]:
    """Yield the lines of a session of calls and their results, half of each."""
    for number in range(count // 2):
        head = {"event_type": "tool_call", "timestamp": 1e9 + number, "event_id": f"c{number}", "session_id": "s"}
        call = {"tool_name": "Bash", "arguments": {"command": f"make part-{number}"}, "decision": {"effect": "allow", "reasons": []}}
        call |= {"actions": [{"verb": "run", "target": "make", "words": ["make"]}], "limits": {"call": f"{number % 97:016d}"}}
        yield json.dumps({**head, "data": call, "prev_hash": "0" * 64}, separators=(",", ":")).encode() + b"\n"
        head = {"event_type": "tool_result", "timestamp": 1e9 + number, "event_id": f"r{number}", "session_id": "s", "parent_id": f"c{number}"}
        yield json.dumps({**head, "data": {"tool_name": "Bash", "result": "ok " * 60}}, separators=(",", ":")).encode() + b"\n"


class Long:
    """A project with limits and a long session without a snapshot."""

    def __init__(self, folder: Path, count: int, most: int) -> None:
        self.folder = folder
        self.count = count
        (folder / ".agent-scope.json").write_text(json.dumps({"limits": {"tool_calls": most, "loop": {"length": 2, "repeats": 3}}}))
        self.session = folder / "t" / "s"
        self.session.mkdir(parents=True)
        with (self.session / "events.ndjson").open("wb") as file:
            file.writelines(events(count))
        self.made = 0

    def call(self, *, observe: bool = False) -> Passage:
        self.made += 1
        call = ToolCall("Bash", {"command": f"ls {self.made}"}, session="s", cwd=str(self.folder), id=f"t{self.made}")
        return Checkpoint(Settings(FULL, trace_dir=f"{self.folder}/t", observe=observe)).before(call)

    def last(self) -> dict[str, object]:
        last: dict[str, object] = json.loads((self.session / "events.ndjson").read_bytes().splitlines()[-1])
        return last


def percent(passage: Passage) -> int:
    found = re.search(r"\((\d+) %\)", passage.text)
    assert found, passage.text
    return int(found[1])


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a call count no more than a step or two."""
    monkeypatch.setattr(limit_counters, "FOLD_SECONDS", 0.0)
    monkeypatch.setattr(limit_counters, "_LEAST", 0.0)
    monkeypatch.setattr(limit_counters, "_STEP", 1 << 16)


class TestResuming:
    def test_every_call_goes_on_with_the_count_and_says_how_far_it_is(self, tmp_path: Path, slow: None) -> None:
        long = Long(tmp_path, 4000, 2003)
        seen: list[int] = []
        for _ in range(100):
            passage = long.call()
            if passage.effect == ALLOW:
                break
            assert "is being caught up" in passage.text and "Try the call again in a moment" in passage.text
            assert "a person must fix this" not in passage.text
            seen.append(percent(passage))
        assert len(seen) > 3 and seen == sorted(seen)
        assert [long.call().effect for _ in range(3)] == [ALLOW, ALLOW, DENY]  # 2,000 and those, exactly

    def test_what_was_refused_meanwhile_is_recorded_and_not_counted(self, tmp_path: Path, slow: None) -> None:
        long = Long(tmp_path, 4000, 10**6)
        assert long.call().effect == DENY
        data = long.last()["data"]
        assert isinstance(data, dict) and data["decision"]["effect"] == "deny" and "caught up" in data["decision"]["reasons"][0]["text"]

    def test_who_only_watches_is_not_held_up(self, tmp_path: Path, slow: None) -> None:
        long = Long(tmp_path, 4000, 1)
        assert long.call(observe=True).effect == ALLOW
        assert long.last()["event_type"] == "tool_call" and (long.session / "tally.json").exists()

    def test_a_process_that_is_killed_on_the_way_leaves_how_far_it_came(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(limit_counters, "_SAVE_SECONDS", 0.0)
        monkeypatch.setattr(limit_counters, "_STEP", 1 << 16)
        long = Long(tmp_path, 4000, 10**6)
        real, folded = limit_counters.fold, list[int]()

        def dies(*given: object) -> None:
            folded.append(1)
            if len(folded) == 3000:
                raise KeyboardInterrupt
            real(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(limit_counters, "fold", dies)
        with pytest.raises(KeyboardInterrupt):
            long.call()
        assert long.call().effect == ALLOW and len(folded) < 3000 + 2500

    def test_a_count_that_cannot_be_kept_says_so(self, tmp_path: Path, slow: None) -> None:
        long = Long(tmp_path, 4000, 10**6)
        (long.session / "tally.json.new").mkdir()
        assert "cannot be kept" in (text := long.call().text) and "tally.json" in text

    def test_two_policies_on_one_session_do_not_throw_each_other_back(self, tmp_path: Path, slow: None) -> None:
        long = Long(tmp_path, 3000, 10**6)
        texts = [json.dumps({"limits": {"tool_calls": 10**6, "loop": {"length": length, "repeats": 3}}}) for length in (2, 5)]
        done = [False, False]
        for number in range(200):
            (tmp_path / ".agent-scope.json").write_text(texts[number % 2])
            done[number % 2] = long.call().effect == ALLOW
            if all(done):
                return
        raise AssertionError(done)


class TestWhole:
    def run(self, long: Long, number: int) -> tuple[int, str, float]:
        payload = {"hook_event_name": "PreToolUse", "session_id": "s", "tool_use_id": f"h{number}", "cwd": str(long.folder), "tool_name": "Bash"}
        data = json.dumps({**payload, "tool_input": {"command": f"ls {number}"}}).encode()
        begun = time.monotonic()
        done = subprocess.run(
            [*hook_command(), "hook", "pre-tool", "--trace-dir", f"{long.folder}/t"], input=data, capture_output=True, cwd=long.folder, check=False
        )
        return done.returncode, done.stderr.decode(), time.monotonic() - begun

    def caught_up(self, long: Long, most: int) -> int:
        """Make calls until one is let through; return how many were refused."""
        for number in range(most):
            code, told, took = self.run(long, number)
            if code == 0:
                print(
                    f"{long.count:,} events, {os.stat(long.session / 'events.ndjson').st_size / 1e6:,.0f} MB: call {number + 1} after {number} refusals"
                )
                print(f"the next one took {self.run(long, most)[2]:.2f} s")
                return number
            assert "is being caught up" in told and took < 9, (told, took)
            print(f"{took:.2f} s: {told.strip()}")
        raise AssertionError(f"still refused after {most} calls")

    def test_in_real_processes(self, tmp_path: Path) -> None:
        long = Long(tmp_path, 30_000, 15_002)
        long.call()  # compiles the policy
        (long.session / "tally.json").unlink(missing_ok=True)
        self.caught_up(long, 20)

    @pytest.mark.long
    def test_two_million_events(self, tmp_path: Path) -> None:
        self.caught_up(Long(tmp_path, 2_000_000, 10**7), 60)


class TestLargeCalls:
    def test_a_call_of_sixteen_megabytes_is_not_the_last_one_of_its_session(self, tmp_path: Path) -> None:
        long = Long(tmp_path, 10, 100)
        call = ToolCall("Write", {"file_path": "x", "content": "word " * (16 << 20 >> 2)}, session="s", cwd=str(tmp_path), id="large")
        assert Checkpoint(Settings(FULL, trace_dir=f"{tmp_path}/t")).before(call).effect == ALLOW
        whole = TestWhole()
        code, told, took = whole.run(long, 1)
        assert code == 0, (told, took)
