"""What leaves has been cleaned once more, and is otherwise the record."""

from __future__ import annotations

import json
from pathlib import Path

from gateway.exports.leaving import event_data
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
