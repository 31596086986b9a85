"""A report of a live session tells what its transcript has told until now, and of trouble it says so and goes on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gateway.cli import main, up_to_date
from gateway.cli.up_to_date import bring_up_to_date
from gateway.doors.hook.late_completion import SWITCH
from gateway.traces.hash_chain import check_chain
from tests.analysis.usage import golden
from tests.doors.transcripts.test_completion import Live


@pytest.fixture
def live(own_world: Path) -> Live:
    session = Live(own_world)
    session.happen()
    return session


def late(live: Live) -> int:
    return sum(event.data.get("late") is True for event in live.events())


def cost(live: Live, capsys: pytest.CaptureFixture[str]) -> tuple[float, str]:
    capsys.readouterr()
    with pytest.raises(SystemExit) as stop:
        main(["--trace-dir", str(live.store), "cost", golden.MAIN, "--json"])
    assert stop.value.code == 0
    data = json.loads(capsys.readouterr().out)
    return data["cost_usd"], data["source"]


class TestReport:
    def test_the_record_keeps_the_cost_when_the_transcript_is_gone(self, live: Live, capsys: pytest.CaptureFixture[str]) -> None:
        expected = round(golden.MAIN_COST + golden.SUBAGENT_COST, 9)
        assert cost(live, capsys) == (expected, "record") and late(live) == 20
        live.transcript.unlink()
        assert cost(live, capsys) == (expected, "record")

    def test_with_the_switch_off_usage_is_read_from_the_transcript(
        self, live: Live, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv(SWITCH, "off")
        assert cost(live, capsys) == (round(golden.MAIN_COST + golden.SUBAGENT_COST, 9), "transcript") and late(live) == 0

    def test_what_the_record_does_not_have_yet_is_counted_too_and_once(
        self, live: Live, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        whole = live.transcript.read_text()
        live.transcript.write_text("".join(whole.splitlines(keepends=True)[:6]))
        live.complete()
        monkeypatch.setenv(SWITCH, "off")
        live.transcript.write_text(whole)
        assert cost(live, capsys) == (round(golden.MAIN_COST + golden.SUBAGENT_COST, 9), "record")


class TestVerify:
    def test_late_events_are_explained(self, live: Live, capsys: pytest.CaptureFixture[str]) -> None:
        live.complete()
        with pytest.raises(SystemExit) as stop:
            main(["--trace-dir", str(live.store), "verify", golden.MAIN])
        shown = capsys.readouterr().out
        assert stop.value.code == 0 and "the record is whole" in shown and "20 late events: taken from the client's transcript" in shown


class TestBringUpToDate:
    def test_a_second_report_reads_nothing(self, live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
        bring_up_to_date(str(live.store), golden.MAIN)
        monkeypatch.setattr(up_to_date, "once", lambda *_: pytest.fail("read again"))
        bring_up_to_date(str(live.store), golden.MAIN)

    def test_a_long_one_is_said(self, live: Live, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(up_to_date, "SILENT_BYTES", 10)
        bring_up_to_date(str(live.store), golden.MAIN)
        assert "up to date from its transcript" in capsys.readouterr().err and late(live) == 20

    def test_trouble_is_said_and_nothing_is_broken(self, live: Live, capsys: pytest.CaptureFixture[str]) -> None:
        (live.store / golden.MAIN / ".completing").symlink_to(live.policy)
        bring_up_to_date(str(live.store), golden.MAIN)
        assert "warning: the record is not up to date" in capsys.readouterr().err
        assert late(live) == 0 and check_chain(str(live.store), golden.MAIN) == (True, "")

    @pytest.mark.parametrize("path", ["/dev/zero", "/nowhere/x.jsonl", "other.jsonl"])
    def test_a_transcript_that_is_not_this_sessions_is_not_read(self, own_world: Path, path: str) -> None:
        live = Live(own_world)
        live.transcript.rename(live.transcript.with_name("other.jsonl"))
        live.transcript = live.transcript.parent / path
        live.happen()
        bring_up_to_date(str(live.store), golden.MAIN)
        assert late(live) == 0
