from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gateway.model.digest import plain_digest
from gateway.traces.integrity import integrity, without_events
from tests.stores import call, event, session, verdict

PUBLISHED = Path(__file__).parents[1] / "fixtures" / "published_store"


def chained(*events: dict[str, Any]) -> list[bytes]:
    lines: list[bytes] = []
    for one in events:
        value = {**one, "prev_hash": plain_digest(lines[-1][:-1])} if lines else one
        lines.append(json.dumps(value).encode() + b"\n")
    return lines


JUDGED = call(1, "c1", "Bash", {**verdict("allow"), "revision": "sha256:aa"}, command="ls")
STORY = [event("session_start"), event("user_prompt", prompt="x"), JUDGED, event("tool_result", parent="c1"), event("session_end")]
WHOLE = chained(*STORY)
BARE = [json.dumps(one).encode() + b"\n" for one in STORY]
PLAIN = [json.dumps(event("note", at)).encode() + b"\n" for at in range(3)]
META = {"session_id": "s"}


def stripped(lines: list[bytes], at: int) -> list[bytes]:
    value = json.loads(lines[at])
    del value["prev_hash"]
    return [*lines[:at], json.dumps(value).encode() + b"\n", *lines[at + 1 :]]


def joined(lines: list[bytes], one: dict[str, Any]) -> list[bytes]:
    """Return lines without hashes that a version with hashes went on with."""
    return [*lines, json.dumps({**one, "prev_hash": plain_digest(lines[-1][:-1])}).encode() + b"\n"]


class TestRecords:
    @pytest.mark.parametrize(
        ("lines", "meta", "problem", "unchecked"),
        [
            (WHOLE, META, "", ""),
            ([], META, "the record is empty, though meta.json tells", "the record is empty"),
            ([], None, "", "the record is empty"),
            ([b"\n", b"\n"], None, "", "the record is empty"),
            (BARE, META, "line 3 holds a verdict and lacks the hash", "no line carries the hash"),
            (PLAIN, META, "", "no line carries the hash"),
            (stripped(WHOLE, 1), META, "line 3 does not fit", "line 2 carries no hash"),
            (joined(BARE[:2], JUDGED), META, "", "line 2 carries no hash"),
            (joined(PLAIN, JUDGED), META, "", "lines 2 to 3 carry no hash"),
            (stripped(WHOLE, 4), META, "line 5 lacks the hash", "line 5 carries no hash"),
            (WHOLE[:2], {**META, "tool_calls": 1}, "meta.json counts 1 tool calls, the record holds 0", ""),
            (WHOLE, {**META, "tool_calls": 1, "errors": 0}, "", ""),
            (WHOLE, None, "the session has a beginning and no meta.json", ""),
            (chained(*STORY[1:]), None, "", ""),
            ([WHOLE[0], WHOLE[1].replace(b'"x"', b'"y"'), *WHOLE[2:]], META, "line 3 does not fit", ""),
            (WHOLE[:1], META, "", ""),
            ([*WHOLE[:3], b'{"torn'], META, "", ""),
        ],
    )
    def test_what_is_said(self, tmp_path: Path, lines: list[bytes], meta: dict[str, Any] | None, problem: str, unchecked: str) -> None:
        session(tmp_path, "s", *lines, meta=meta)
        found = integrity(str(tmp_path), "s")
        assert (found.problem[: len(problem)], found.unchecked[: len(unchecked)]) == (problem, unchecked)
        assert (not found.problem, not found.unchecked) == (not problem, not unchecked)
        assert found.whole is not (problem or unchecked != "")

    def test_lines_that_a_tally_counted_are_missing(self, tmp_path: Path) -> None:
        session(tmp_path, "s", *WHOLE[:3], meta=META)
        (tmp_path / "s" / "tally.json").write_text(json.dumps({"offset": sum(map(len, WHOLE))}))
        assert "tally.json was made when the record had" in integrity(str(tmp_path), "s").problem

    @pytest.mark.parametrize("beside", ["nonsense", "[]", '{"offset": "x", "tool_calls": "many", "errors": null}', '{"tool_calls": 1e999}'])
    def test_what_stands_beside_may_be_anything(self, tmp_path: Path, beside: str) -> None:
        session(tmp_path, "s", *WHOLE[1:])
        for name in ("meta.json", "tally.json"):
            (tmp_path / "s" / name).write_text(beside)
        assert integrity(str(tmp_path), "s").problem.startswith("line 1 does not fit")

    def test_what_else_could_not_be_checked(self, tmp_path: Path) -> None:
        session(tmp_path, "s", WHOLE[0], meta=META)
        assert any("single line" in one for one in integrity(str(tmp_path), "s").remarks)
        session(tmp_path, "t", *chained(*STORY[1:-1]), b'{"torn')
        told = " ".join(integrity(str(tmp_path), "t").remarks)
        assert "has no end" in told and "no meta.json" in told and "torn" in told
        session(tmp_path, "u", *WHOLE, meta=META)
        assert integrity(str(tmp_path), "u").remarks == ()


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("201da364-edd6-49", True),
        ("2d3a4dad515e46ca", True),
        ("e7595d4c36ef427c", True),
        ("a1b9a2379e1f4401", False),
        ("oldhooks00000032", False),
    ],
)
def test_stores_of_the_published_tool(name: str, whole: bool) -> None:
    found = integrity(str(PUBLISHED), name)
    assert (found.problem, found.whole) == ("", whole)


def test_sessions_whose_record_is_gone(tmp_path: Path) -> None:
    session(tmp_path, "s", *WHOLE, meta=META)
    session(tmp_path, "t", meta=META).unlink()
    assert without_events(str(tmp_path)) == ["t"] and without_events(str(tmp_path / "none")) == []
