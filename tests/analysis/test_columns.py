"""Columns of a session: widths, tables, what answers what, what is shared."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from gateway.analysis import columns as module
from gateway.analysis.columns import KINDS, LAYOUT, REDACTED, SENSITIVE, SHADOW, VERDICTS, WIDTH, Columns, Names, framed
from gateway.model.errors import TraceError
from gateway.model.event import Event


def event(kind: str = "tool_call", *, id: str = "a", parent: str = "", at: float = 1.0, took: float | None = None, **data: Any) -> Event:
    return Event(kind, at, id, "s", parent=parent, duration_ms=took, data=data)


def column(columns: Columns, name: str) -> list[Any]:
    columns.raw()
    return list(columns.columns[name])


class TestWidth:
    def test_an_event_takes_at_most_forty_bytes_beyond_its_text(self) -> None:
        assert WIDTH <= 40

    def test_every_column_begins_where_its_width_allows(self) -> None:
        widths = [columns.itemsize for columns in Columns().columns.values()]
        assert widths == sorted(widths, reverse=True)


class TestNames:
    def test_each_name_once_and_none_is_zero(self) -> None:
        names = Names()
        assert [names.number(one) for one in ("", "Bash", "Read", "Bash")] == [0, 1, 2, 1]
        assert names.names == ["", "Bash", "Read"]

    def test_what_no_longer_fits_is_nameless(self) -> None:
        names = Names(1)
        assert [names.number(one) for one in ("a", "b", "a")] == [1, 0, 1]


class TestColumns:
    def test_a_result_answers_its_call_and_tells_how_long_it_took(self) -> None:
        columns = Columns()
        columns.add(event(id="c", tool_name="Bash", arguments={"command": "ls"}))
        columns.add(event("tool_result", id="r", parent="c", at=3.5, tool_name="Bash", result="x"))
        columns.add(event("error", id="e", parent="c", at=4, took=7.0))
        assert column(columns, "parent") == [0, 1, 0]
        assert columns.columns["took"][1] == 2500.0 and columns.columns["took"][2] == 7.0 and math.isnan(columns.columns["took"][0])
        assert columns.calls == 0

    def test_another_session_answers_nothing_of_the_one_before(self) -> None:
        columns = Columns()
        columns.add(event(id="c", tool_name="Bash"))
        columns.begin()
        columns.add(event("tool_result", parent="c"))
        assert column(columns, "parent") == [0, 0]

    def test_tables_and_marks(self) -> None:
        columns = Columns()
        decision = {"effect": "deny", "shadow": "deny", "sensitive": [".env"], "reasons": []}
        columns.add(event(tool_name="Read", arguments={"file_path": "/p/.env"}, decision=decision, agent_id="x1", agent_type="Explore"), marked=True)
        columns.add(event("user_prompt", prompt="go"), "child")
        assert [columns.tools.names[at] for at in column(columns, "tool")] == ["Read", ""]
        assert [columns.tracks.names[at] for at in column(columns, "track")] == ["Explore x1", "child"]
        assert [columns.paths.names[at] for at in column(columns, "path")] == ["/p/.env", ""]
        assert [KINDS[at] for at in column(columns, "kind")] == ["read", ""]
        assert [VERDICTS[at] for at in column(columns, "verdict")] == ["deny", ""]
        assert column(columns, "flags") == [REDACTED | SENSITIVE | SHADOW, 0]
        assert columns.phases == [("start", 1), ("go", 2)]

    def test_a_body_holds_what_no_column_does(self) -> None:
        columns = Columns()
        body, frame = columns.add(
            event(tool_name="Bash", arguments={"command": "ls"}, cwd="/p", tool_use_id="t", decision={"effect": "allow"}, facts={})
        )
        assert json.loads(body) == {"arguments": {"command": "ls"}}
        assert json.loads(frame) == [["allow", "", "", [], [], []], "/p", "", "", ""]
        assert column(columns, "end") == [len(body)] and list(columns.ends) == [0, len(frame)]

    def test_events_with_the_same_verdict_share_its_text(self) -> None:
        columns = Columns()
        texts = [columns.add(event(id=str(number), cwd="/p", decision={"effect": "allow"}))[1] for number in range(3)]
        assert [bool(text) for text in texts] == [True, False, False]
        assert column(columns, "frame") == [1, 1, 1]

    def test_an_unknown_effect_and_a_time_that_is_none_are_kept_harmless(self) -> None:
        columns = Columns()
        columns.add(event(at=math.inf, decision={"effect": "explode", "reasons": "x", "sensitive": [1]}))
        assert column(columns, "verdict") == [0] and column(columns, "time") == [0.0]

    def test_refuses_more_text_than_a_browser_holds(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "MAX_BODIES", 10)
        with pytest.raises(TraceError, match="too large"):
            Columns().add(event(arguments={"command": "x" * 20}))

    def test_raw_columns_are_as_long_as_they_say(self) -> None:
        columns = Columns()
        for number in range(5):
            columns.add(event(id=str(number)))
        raw = columns.raw()
        assert sum(len(data) for name, _, data in raw if name != "ends") == 5 * WIDTH
        assert [(name, code) for name, code, _ in raw] == [*LAYOUT, ("ends", "I")]


class TestFramed:
    def test_reasons_without_keys(self) -> None:
        reason = {"effect": "deny", "rule": "commands.deny[0]", "text": "no", "source": "p:3", "hint": "do not", "action": 2}
        decision = {"effect": "deny", "revision": "sha256:a", "reasons": [reason, "torn"], "obligations": [["redact", "record", "secrets", ""]]}
        said = [["deny", "commands.deny[0]", "p:3", "no", "do not", 2, False]]
        assert framed(decision, ("/p", None, 3, "Explore")) == [
            ["deny", "", "sha256:a", said, [["redact", "record", "secrets", ""]], []],
            "/p",
            "",
            "",
            "Explore",
        ]
        assert framed(None, ("/p", "", "", "")) == [None, "/p", "", "", ""]
