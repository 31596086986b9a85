from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from gateway.analysis import event_filter as under_test
from gateway.analysis.event_filter import Filter, hits, parsed_filter, session_fits
from gateway.analysis.index import SessionSummary
from gateway.analysis.summary import Tool
from gateway.model.errors import GatewayError
from gateway.model.event import Event
from tests.stores import BEGIN, call, event, failure, result, verdict

DAY = 86_400.0
NOW = BEGIN + 10 * DAY


def events(*lines: dict[str, Any]) -> Iterator[tuple[int, Event]]:
    for number, line in enumerate(lines, 1):
        told = Event(line["event_type"], line["timestamp"], line["event_id"], "s", parent=line.get("parent_id", ""), data=line["data"])
        yield number, told


STORY = (
    event("user_prompt", 0, prompt="Fix the Login page"),
    call(1, "a", "Bash", verdict("deny", "commands.deny[0]"), command="git push origin"),
    call(2, "b", "Bash", verdict("allow"), command="pytest -q"),
    call(3, "c", "Read", verdict("allow"), file_path="/p/src/login/page.py"),
    failure(4, "b", "Bash", "2 failed: AssertionError"),
    result(5, "c", "Read", {"file": {"content": "class Page: pass"}}),
    call(6, "d", "mcp__github__create_issue", verdict("ask"), title="crash"),
    event("assistant_response", DAY, text='say "no: never"'),
    {
        **call(7, "e", "Bash"),
        "data": {"tool_name": "Bash", "arguments": {"command": "x"}, "actions": [{"verb": "write", "target": "/p/out/log.txt"}]},
    },
)


def numbers(text: str, folder: str = "/p") -> list[int]:
    return sorted(hit.number for hit in hits(parsed_filter(text, NOW), events(*STORY), folder))


class TestHits:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("", [1, 2, 3, 4, 7, 8, 9]),
            ("login", [1, 4]),
            ("LOGIN page", [1, 4]),
            ("assertionerror", [3]),
            ("class", [4]),
            ("tool:bash", [2, 3, 9]),
            ("tool:ba", []),
            ("tool:mcp__github__*", [7]),
            ("tool:Bash,Read", [2, 3, 4, 9]),
            ("-tool:Bash verdict:allow", [4]),
            ("verdict:deny,ask", [2, 7]),
            ("error:true", [3]),
            ("error:false tool:Bash", [2, 9]),
            ("tool:Bash error:true -verdict:deny", [3]),
            ("rule:commands", [2]),
            ("rule:files", [7]),
            ("rule:commands.deny[0]", [2]),
            ("path:src/**", [4]),
            ("path:src", [4]),
            ("path:./src/login/", [4]),
            ("path:/p/src", [4]),
            ("path:*.py", [4]),
            ("path:page.py", [4]),
            ("path:{out,src}/**", [4, 9]),
            ("path:log.txt", [9]),
            ("path:login/page.py", []),
            ("type:user_prompt,error", [1, 3]),
            ("since:9d", [8]),
            ("until:9d tool:Bash", [2, 3, 9]),
            ('"no: never"', [8]),
            ('tool:Bash "git push"', [2]),
            ("-pytest tool:Bash", [2, 9]),
            ("http://nowhere", []),
            ("-login", [2, 3, 7, 8, 9]),
        ],
    )
    def test_which(self, text: str, found: list[int]) -> None:
        assert numbers(text) == found

    def test_a_call_is_told_with_its_answer(self) -> None:
        hit = next(hits(parsed_filter("pytest", NOW), events(*STORY)))
        assert (hit.number, hit.answer_number, hit.failed) == (3, 5, True)

    def test_calls_without_an_answer_do_not_pile_up_and_are_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(under_test, "MAX_OPEN", 2)
        calls = [call(at, f"c{at}", "Bash", command="x") for at in range(5)]
        found = hits(parsed_filter("tool:Bash", NOW), events(*calls))
        assert [hit.number for hit in found] == [1, 2, 3, 4, 5]

    def test_a_name_that_comes_twice_loses_no_call(self) -> None:
        calls = (call(0, "c", "Bash", command="x"), call(1, "c", "Bash", command="y"), result(2, "c", "Bash", "ok"))
        assert [(hit.number, hit.answer_number) for hit in hits(Filter(), events(*calls))] == [(1, 0), (2, 3)]

    @pytest.mark.parametrize(
        "data", [{"decision": []}, {"decision": {"reasons": [1]}}, {"arguments": 3}, {"actions": [1, {"verb": "read"}]}, {"tool_name": 1}]
    )
    def test_any_data_can_be_asked(self, data: dict[str, Any]) -> None:
        line = {**event("tool_call", 0, id="c"), "data": data}
        for text in ("path:x", "rule:x", "tool:x", "verdict:deny", "x", "error:true"):
            assert list(hits(parsed_filter(text, NOW), events(line))) == []

    def test_what_the_policy_said_is_no_text_of_the_call(self) -> None:
        assert numbers("commands.deny") == [] and numbers("sha256") == []


class TestParsing:
    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("verdct:deny", "no key"),
            ("verdict:no", "is no verdict"),
            ("error:maybe", "is no error"),
            ("type:tool", "is no type"),
            ("tool:", "has no value"),
            ("tool:,", "has no value"),
            ("since:soon", "is no time"),
            ("-since:2d", "is no term"),
            ('"open', "not closed"),
            ("a - b", "before nothing"),
        ],
    )
    def test_says_what_is_wrong(self, text: str, problem: str) -> None:
        with pytest.raises(GatewayError, match=problem):
            parsed_filter(text, NOW)

    def test_the_narrowest_times_hold(self) -> None:
        wanted = parsed_filter("since:5d since:2d until:1d until:3h", NOW)
        assert (wanted.after, wanted.before) == (NOW - 2 * DAY, NOW - DAY)

    @pytest.mark.parametrize(
        ("text", "needles"),
        [
            ("foo longest", [b"longest", b"foo"]),
            ("Foo", [b"foo"]),
            ("-foo", []),
            ("tool:Bash", []),
            ("größe", []),
            ('a"b c"', [b"ab c"]),
            ("a/b", []),
            ("a\\b", []),
        ],
    )
    def test_needles_are_only_what_every_writer_of_json_writes_alike(self, text: str, needles: list[bytes]) -> None:
        assert parsed_filter(text, NOW).needles == needles


ROW = SessionSummary(
    "abc-1",
    agent="claude-code",
    user="ann",
    repository="/home/ann/shop",
    branch="main",
    title="Fix the login",
    first=BEGIN,
    last=BEGIN + DAY,
    errors=1,
    tools={"Bash": Tool(calls=2)},
    verdicts={"deny": 1},
    rules={"commands.deny[0]": 1},
    usage={"claude-opus-4-5\tlong": [1, 1, 0, 0, 0]},
)


class TestSessions:
    @pytest.mark.parametrize(
        ("text", "fits"),
        [
            ("agent:claude", True),
            ("agent:codex", False),
            ("-agent:codex", True),
            ("user:ann project:shop branch:main model:opus session:abc title:login", True),
            ("project:/home/*/shop", True),
            ("project:sh?p", True),
            ("user:bob", False),
            ("tool:Bash", True),
            ("tool:Read", False),
            ("tool:Read,bash", True),
            ("verdict:deny", True),
            ("verdict:ask", False),
            ("rule:commands", True),
            ("error:true", True),
            ("-tool:Bash", True),
            ("since:9d", True),
            ("since:8d", False),
            ("until:10d", False),
            ("until:9d", True),
            ("path:nowhere", True),
        ],
    )
    def test_which(self, text: str, fits: bool) -> None:
        assert session_fits(parsed_filter(text, NOW), ROW) is fits

    @pytest.mark.parametrize(
        ("text", "enough"),
        [
            ("", True),
            ("agent:x since:2d until:1d", True),
            ("tool:Bash", True),
            ("verdict:deny user:ann", True),
            ("error:true", True),
            ("error:false", False),
            ("-tool:Bash", False),
            ("tool:Bash verdict:deny", False),
            ("tool:Bash since:2d", False),
            ("path:x", False),
            ("type:error", False),
            ("word", False),
        ],
    )
    def test_when_the_summary_is_enough(self, text: str, enough: bool) -> None:
        assert parsed_filter(text, NOW).told_by_rows is enough
