"""One process at a time completes a session, none where nothing is new, and the one that waits sees all there is."""

from __future__ import annotations

import fcntl
import json
from pathlib import Path

import pytest

from gateway.doors.transcripts import background_completion
from gateway.doors.transcripts.background_completion import CACHE, WAITING, keep_up, known, look, once
from tests.analysis.usage import golden
from tests.doors.transcripts.test_completion import Live


@pytest.fixture
def live(own_world: Path, monkeypatch: pytest.MonkeyPatch) -> Live:
    monkeypatch.setattr(background_completion, "TAIL_SECONDS", 0.0)
    session = Live(own_world)
    session.happen()
    return session


def late(live: Live) -> int:
    return sum(event.data.get("late") is True for event in live.events())


class TestKeepUp:
    def test_it_completes_and_remembers(self, live: Live) -> None:
        keep_up(live.checkpoint, str(live.store), golden.MAIN, str(live.transcript))
        assert late(live) == 20 and known(str(live.store), golden.MAIN) == look(str(live.transcript))

    def test_what_is_written_after_the_hook_is_taken_in_too(self, live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
        tail = [json.dumps(golden.said(60, "msg_tail", golden.text("late tail"), golden.usage(1, 1))) + "\n"]

        def write(_: float) -> None:
            with live.transcript.open("a") as file:
                file.writelines(tail)
            tail.clear()

        monkeypatch.setattr(background_completion.time, "sleep", write)
        keep_up(live.checkpoint, str(live.store), golden.MAIN, str(live.transcript))
        assert [event.data["text"] for event in live.events() if event.data.get("text") == "late tail"] == ["late tail"]

    def test_a_session_that_was_imported_is_left_alone(self, live: Live) -> None:
        (live.store / golden.MAIN / "meta.json").write_text('{"imported_from":"x"}')
        keep_up(live.checkpoint, str(live.store), golden.MAIN, str(live.transcript))
        assert late(live) == 0


class TestOnce:
    def test_nothing_is_read_where_nothing_is_new(self, live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
        once(live.checkpoint, str(live.store), golden.MAIN, str(live.transcript))

        def broken(*_: object) -> bool:
            raise AssertionError("read again")

        monkeypatch.setattr(background_completion, "complete", broken)
        assert once(live.checkpoint, str(live.store), golden.MAIN, str(live.transcript))

    @pytest.mark.parametrize("text", [None, b"", b"forged\nwhatever"])
    def test_a_cache_that_is_lost_or_forged_costs_time_and_nothing_else(self, live: Live, text: bytes | None) -> None:
        once(live.checkpoint, str(live.store), golden.MAIN, str(live.transcript))
        count, cache = late(live), live.store / golden.MAIN / CACHE
        cache.unlink() if text is None else cache.write_bytes(text)
        once(live.checkpoint, str(live.store), golden.MAIN, str(live.transcript))
        assert late(live) == count

    def test_where_one_waits_already_another_goes_home(self, live: Live) -> None:
        with (live.store / golden.MAIN / WAITING).open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            assert not once(live.checkpoint, str(live.store), golden.MAIN, str(live.transcript))
        assert late(live) == 0

    def test_what_is_left_for_later_is_not_remembered_as_done(self, own_world: Path) -> None:
        live = Live(own_world)
        live.happen(end=False)
        with live.transcript.open("a") as file:
            file.write(json.dumps(golden.said(60, "msg_9", golden.tool("Bash", "toolu_9", command="ls"), golden.usage(1, 1))) + "\n")
        once(live.checkpoint, str(live.store), golden.MAIN, str(live.transcript))
        assert known(str(live.store), golden.MAIN) is None
