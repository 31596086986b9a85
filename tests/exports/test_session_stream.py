"""What leaves has been cleaned once more, and is otherwise the record."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from gateway.checkpoint import Checkpoint, Settings
from gateway.exports.session_stream import event_data, leaving
from gateway.model.decision import RECORD
from gateway.model.passage import Capabilities
from gateway.redaction.policy_cleaner import wanted_by
from tests import stores
from tests.exports.stories import left, story

TOKEN = "ghp_" + "b" * 36


class TestLeaving:
    def test_credentials_that_another_tool_recorded_stay_behind(self, tmp_path: Path) -> None:
        events = [
            stores.event("user_prompt", 1, prompt=f"use {TOKEN}"),
            stores.call(2, "c", "Bash", command=f"curl -H 'x: {TOKEN}'") | {"trace_note": TOKEN},
        ]
        one = left(tmp_path, *events, meta={"command": f"run --key {TOKEN}"})
        assert TOKEN not in json.dumps([event_data(event) for event in one.events()]) + json.dumps(one.meta)

    def test_personal_data_only_when_asked(self, tmp_path: Path) -> None:
        mail = "jo.doe" + "@example.org"
        said = stores.event("user_prompt", 1, prompt=f"write to {mail}")
        assert mail in str(next(left(tmp_path, said).events()).data)
        assert mail not in str(next(left(tmp_path, said, mask=True).events()).data)

    def test_the_chain_and_unknown_fields_stay(self, tmp_path: Path) -> None:
        line = stores.event("user_prompt", 1, prompt="hi") | {"prev_hash": "ab" * 32, "tenant_id": "t"}
        assert event_data(next(left(tmp_path, line).events())) == line

    def test_every_event_is_worded_as_it_was(self, tmp_path: Path) -> None:
        assert [event_data(event) for event in left(tmp_path).events()] == story()

    def test_ends_early_when_asked(self, tmp_path: Path) -> None:
        asked = iter([False, False, True])
        assert len(list(left(tmp_path, stopped=lambda: next(asked)).events())) == 2


def sealed(*texts: str, scan: dict[str, str] | None = None) -> list[bytes]:
    """Return prompts as the record's own writer leaves them: marked, each line holding the hash of the one before."""
    mark = scan or {"detectors": wanted_by({}, RECORD).told(), "state": "complete"}
    lines: list[bytes] = []
    for at, text in enumerate(texts):
        hashed = {"prev_hash": sha256(lines[-1][:-1]).hexdigest()} if lines else {}
        line = stores.event("user_prompt", at, id=f"e{at}", prompt=text) | {"scan": mark} | hashed
        lines.append(json.dumps(line, separators=(",", ":")).encode() + b"\n")
    return lines


class TestSealed:
    """Lines that the detectors of today have been over go out as they are, but only as long as nobody has touched them."""

    def test_an_untouched_line_goes_out_as_it_is(self, tmp_path: Path) -> None:
        lines = sealed("a", "b", "c")
        assert [line + b"\n" for line in left(tmp_path, *lines).lines()] == lines

    def test_a_line_that_was_edited_is_cleaned(self, tmp_path: Path) -> None:
        lines = sealed("a", "PLACE", "c")
        lines[1] = lines[1].replace(b"PLACE", TOKEN.encode())
        assert TOKEN.encode() not in b"".join(left(tmp_path, *lines).lines())

    def test_the_last_line_is_cleaned_whatever_it_says(self, tmp_path: Path) -> None:
        assert TOKEN.encode() not in b"".join(left(tmp_path, *sealed("a", TOKEN)).lines())

    @pytest.mark.parametrize(
        "scan",
        [
            {"detectors": "secrets@0000", "state": "complete"},
            {"detectors": wanted_by({}, RECORD).told(), "state": "partial"},
            {"detectors": "pii@" + wanted_by({}, RECORD).told().partition("@")[2], "state": "complete"},
            {},
        ],
    )
    def test_a_line_that_was_not_looked_at_enough_is_cleaned(self, tmp_path: Path, scan: dict[str, str]) -> None:
        lines = sealed(TOKEN, "b", "c", scan=scan or {"state": "complete"})
        assert TOKEN.encode() not in b"".join(left(tmp_path, *lines).lines())

    def test_what_is_asked_beyond_what_was_looked_for_is_taken_out(self, tmp_path: Path) -> None:
        mail = "jo.doe" + "@example.org"
        assert mail.encode() in b"".join(left(tmp_path, *sealed(mail, "b", "c")).lines())
        assert mail.encode() not in b"".join(left(tmp_path, *sealed(mail, "b", "c"), mask=True).lines())

    def test_lines_events_and_cells_say_the_same(self, tmp_path: Path) -> None:
        one = left(tmp_path, *sealed("a", "b"), *(json.dumps(each).encode() + b"\n" for each in story()))
        events = [event_data(event) for event in one.events()]
        assert [json.loads(line) for line in one.lines()] == events
        assert [(cells[0], cells[1], json.loads(cells[5])) for cells in one.cells()] == [
            (each["timestamp"], each["event_type"], each["data"]) for each in events
        ]

    def test_what_the_checkpoint_records_goes_out_as_it_is(self, own_world: Path, tmp_path: Path) -> None:
        checkpoint = Checkpoint(Settings(Capabilities(), trace_dir=str(tmp_path / "store")))
        for number in range(3):
            checkpoint.note("user_prompt", "s", {"prompt": f"step {number}, with {TOKEN}"}, cwd=str(own_world))
        whole = (tmp_path / "store/s/events.ndjson").read_bytes()
        one = leaving(str(tmp_path / "store"), "s")
        assert [seal is not None for _, seal, _ in one._passed()] == [True, True, False]
        assert b"".join(line + b"\n" for line in one.lines()) == whole and TOKEN.encode() not in whole
