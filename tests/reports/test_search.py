from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from gateway.reports import search as under_test
from tests.reports.command_line import Run
from tests.stores import call, event, failure, pytest_story, result, session, verdict


@pytest.fixture
def three(store: Path) -> Path:
    """Return a store of three sessions, the newest first in their names' order."""
    os.utime(session(store, "aaa-new", *pytest_story(), meta={"agent_name": "claude-code"}), (3_000, 3_000))
    denied = call(-86_400, "a", "Read", verdict("deny"), file_path=".env")
    os.utime(session(store, "bbb-mid", denied, meta={"agent_name": "cursor"}), (2_000, 2_000))
    text = event("assistant_response", -200_000, text="Größe: 10 µm\x1b[31m\u202e passing")
    os.utime(session(store, "ccc-old", text, b"garbage passing\n"), (1_000, 1_000))
    return store


class TestSearch:
    @pytest.mark.parametrize(
        ("words", "found"),
        [
            (("passing",), [("aaa-new", 9), ("aaa-new", 11), ("ccc-old", 1)]),
            (("PASSING", "pytest"), [("aaa-new", 9)]),
            (("passing pytest",), [("aaa-new", 9)]),
            (('"all passing"',), [("aaa-new", 9), ("aaa-new", 11)]),
            (("größe",), [("ccc-old", 1)]),
            (("tool:Read",), [("aaa-new", 7), ("bbb-mid", 1)]),
            (("tool:Bash", "error:true"), [("aaa-new", 5)]),
            (("verdict:deny",), [("bbb-mid", 1)]),
            (("agent:cursor", "tool:*"), [("bbb-mid", 1)]),
            (("tool:Read", "--until", "2026-02-01"), [("bbb-mid", 1)]),
            (("tool:Read", "--since", "2026-02-02"), [("aaa-new", 7)]),
            (("path:.env",), [("bbb-mid", 1)]),
        ],
    )
    def test_which(self, three: Path, run: Run, words: tuple[str, ...], found: list[tuple[str, int]]) -> None:
        document = run("search", "--json", *words).json
        assert [(hit["session"], hit["number"]) for hit in document["hits"]] == found and document["more"] is False

    def test_a_hit_says_what_it_is(self, three: Path, run: Run) -> None:
        hit = run("search", "--json", "tool:Bash error:true").json["hits"][0]
        assert (hit["about"], hit["failed"], hit["answer"], hit["verdict"]) == ("Bash $ python -m pytest tests/ -v 2>&1", True, 6, "")
        assert hit["outcome"] == "failed"

    def test_for_people(self, three: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COLUMNS", "70")
        out = run("search", "tool:Bash,Read").out
        assert "     #5  " in out and " failed" in out and "Read .env refused by policy" in out and out.count("\n\n") == 1
        assert all(len(line) <= 70 for line in out.splitlines())

    def test_what_steers_a_terminal_does_not_reach_it(self, three: Path, run: Run) -> None:
        out = run("search", "größe").out
        assert "10 µm" in out and "\x1b" not in out and "\u202e" not in out
        assert "\x1b" not in run("search", "--json", "größe").out

    def test_more_than_the_limit_is_said(self, three: Path, run: Run) -> None:
        ran = run("search", "--limit", 2, "passing")
        assert "more than 2 fit" in ran.err and ran.out.count("#") == 2
        assert run("search", "--limit", 2, "--json", "passing").json["more"] is True
        assert run("search", "--limit", 3, "--json", "passing").json["more"] is False

    @pytest.mark.parametrize(
        ("words", "code", "said"),
        [
            ((), 2, "nothing to look for"),
            (("nowhere",), 3, "fits"),
            (("tool:",), 2, "has no value"),
            (("a", "--since", "soon"), 2, "expected a date"),
        ],
    )
    def test_says_what_does_not_fit(self, three: Path, run: Run, words: tuple[str, ...], code: int, said: str) -> None:
        ran = run("search", *words)
        assert ran.code == code and said in ran.err and ran.out == ""

    def test_what_stands_across_two_blocks_of_a_file_is_found(self, three: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(under_test, "_BLOCK", 7)
        assert len(run("search", "--json", '"all passing"').json["hits"]) == 2

    def test_one_unreadable_session_does_not_end_it(self, three: Path, run: Run) -> None:
        path = three / "bbb-mid" / "events.ndjson"
        path.unlink()
        path.mkdir()
        ran = run("search", "passing")
        assert ran.code == 0 and "bbb-mid" in ran.err and "ccc-old" in ran.out

    def test_escaped_text_is_found_as_it_reads(self, store: Path, run: Run) -> None:
        lines = [event("assistant_response", 0, text='it\'s <b>A & B</b> "q"'), event("assistant_response", 1, text="größe")]
        session(store, "s", *lines, failure(2, "x", "Bash"), result(3, "y", "Read"))
        assert "\\u00f6" in json.dumps("größe")
        for text in ("it's", "<b>a & b</b>", "größe"):
            assert len(run("search", "--json", f'"{text}"').json["hits"]) == 1, text
