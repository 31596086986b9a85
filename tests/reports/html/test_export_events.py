"""Events on their way out: the same whether one process reads them or several."""

from __future__ import annotations

from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, Self

import pytest

from gateway.model.errors import TraceError
from gateway.model.event import Event
from gateway.reports.html import export_events
from gateway.reports.html.export_events import Leaving, blocks, cleaned
from tests.reports import scenes

TOKEN = "ghp_" + "aB3d" * 9


def told(store: Path, session: str, *, mask: bool = False) -> tuple[list[Event], Leaving, list[str]]:
    """Return (the events, what read them, warnings)."""
    warnings: list[str] = []
    reading = Leaving(str(store), mask=mask, warn=warnings.append)
    return list(reading.events(session)), reading, warnings


class Failing:
    """A pool whose processes end after some of the work."""

    def __init__(self, good: int) -> None:
        self.good = good

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *told: object) -> None:
        """Leave nothing behind."""

    def submit(self, work: Any, *args: Any, **more: Any) -> Future[Any]:
        done: Future[Any] = Future()
        self.good -= 1
        if self.good >= 0:
            done.set_result(work(*args, **more))
        else:
            done.set_exception(BrokenProcessPool())
        return done

    def shutdown(self, **how: object) -> None:
        """Stop nothing."""


class TestTogether:
    @pytest.mark.parametrize("change", ["", "changed", "torn"])
    def test_several_processes_tell_what_one_tells(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
        lines = [*scenes.long(400), scenes.line(401, "user_prompt", 200, {"prompt": f"use {TOKEN} of ada@example.org"})]
        path = scenes.write(tmp_path, "s", lines) / "events.ndjson"
        if change:
            data = path.read_bytes()
            path.write_bytes(
                data.replace(b"Step 1:", b"Step 9:", 1) if change == "changed" else data.replace(b"\n", b"\nno event\n\n", 9) + b'{"torn'
            )
        alone, by_one, warned = told(tmp_path, "s", mask=True)
        monkeypatch.setattr(export_events, "LARGE_BYTES", 1)
        monkeypatch.setattr(export_events, "BLOCK_BYTES", 20_000)
        monkeypatch.setattr("os.sched_getaffinity", lambda pid: {0, 1}, raising=False)
        together, by_several, warned_too = told(tmp_path, "s", mask=True)
        assert [(one.type, one.timestamp, one.id, one.parent, one.data, one.extra) for one in together] == [
            (one.type, one.timestamp, one.id, one.parent, one.data, one.extra) for one in alone
        ]
        assert len(alone) == 401 and TOKEN not in str(alone[-1]) and "ada@" not in str(alone[-1])
        assert warned_too == warned and (len(warned) == 10) is (change == "torn")
        assert by_several.problems == by_one.problems and bool(by_one.problems["s"]) is (change != "")
        assert by_several.cleaner.removed == by_one.cleaner.removed and sum(by_one.cleaner.removed.values()) == 2

    def test_what_these_detectors_cleaned_is_looked_at_again_only_when_asked(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        scenes.write(tmp_path, "s", scenes.scanned([scenes.line(1, "user_prompt", 0, {"prompt": TOKEN})]))
        for most in (1 << 30, 1):
            monkeypatch.setattr(export_events, "LARGE_BYTES", most)
            for mask, thorough, trusted in ((False, False, 1), (True, False, 0), (False, True, 0)):
                reading = Leaving(str(tmp_path), mask=mask, warn=print, thorough=thorough)
                (event,) = reading.events("s")
                assert reading.cleaner.trusted == trusted and (TOKEN in str(event.data)) is bool(trusted)

    @pytest.mark.parametrize("good", [0, 1])
    def test_where_no_process_can_start_one_reads_all_and_a_lost_one_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, good: int
    ) -> None:
        scenes.write(tmp_path, "s", scenes.long(60))
        monkeypatch.setattr(export_events, "LARGE_BYTES", 1)
        monkeypatch.setattr(export_events, "BLOCK_BYTES", 2000)
        monkeypatch.setattr("os.sched_getaffinity", lambda pid: {0, 1}, raising=False)
        monkeypatch.setattr(export_events, "ProcessPoolExecutor", lambda *args, **more: Failing(good + 1))
        if good:
            with pytest.raises(TraceError, match="was ended"):
                told(tmp_path, "s")
        else:
            assert len(told(tmp_path, "s")[0]) == 60

    def test_no_session(self, tmp_path: Path) -> None:
        with pytest.raises(TraceError, match="cannot be read"):
            told(tmp_path, "nowhere")


class TestBlocks:
    @pytest.mark.parametrize("size", [1, 3, 10, 100])
    def test_are_whole_lines_and_make_up_the_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
        monkeypatch.setattr(export_events, "BLOCK_BYTES", size)
        data = b"a\nbb\n\ncccccccccccccccccccc\nd"
        (tmp_path / "f").write_bytes(data)
        parts = [data[start:end] for start, end in blocks(str(tmp_path / "f"), len(data))]
        assert b"".join(parts) == data and all(part.endswith(b"\n") for part in parts[:-1])
        assert list(blocks(str(tmp_path / "f"), 0)) == []


class TestCleaned:
    def test_leaves_out_what_is_of_no_use_elsewhere(self, tmp_path: Path) -> None:
        actions: list[Any] = [
            {"verb": "read", "target": "/p", "how": ["odd", "tree"], "words": ["x"]},
            {"verb": "run", "target": "sh", "opaque": "why"},
            "torn",
        ]
        data = {"tool_name": "Bash", "facts": {"home": "/h"}, "actions": actions}
        event = Event("tool_call", 1, "a", "s", data=data, extra={"prev_hash": "x", "redacted": {"jwt": 1}})
        one = cleaned(event, Leaving(str(tmp_path), mask=False, warn=print).cleaner)
        assert one.data == {"tool_name": "Bash", "actions": [["read", "/p", "", "tree"], ["run", "sh", "why", ""]]}
        assert one.extra == {"redacted": {"jwt": 1}}
