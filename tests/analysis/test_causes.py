from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gateway.analysis.causes import causes
from gateway.traces.event_lookup import Backlog
from tests.stores import call, event, failure, result, session

PROMPT = event("user_prompt", 0, prompt="run the test suite")


def chain(store: Path, *lines: Any, number: int = 0) -> list[tuple[int, int, str]]:
    """Return (cause, effect, kind) of the chain to an event, the last one when none is named."""
    session(store, "s", *lines)
    with Backlog(str(store), "s") as backlog:
        return [(link.cause, link.effect, link.kind) for link in causes(backlog, number or backlog.count)]


CASES: list[tuple[str, list[Any], list[tuple[int, int, str]]]] = [
    (
        "the sample of the README",
        [PROMPT, call(1, "a", "Bash", command="pytest"), failure(2, "a", "Bash", "exit 1"), call(3, "b", "Bash", command="pytest tests/")],
        [(1, 2, "prompt"), (2, 3, "parent"), (3, 4, "retry")],
    ),
    ("a result comes of its call", [PROMPT, call(1, "a", "Bash", command="ls"), result(2, "a", "Bash")], [(1, 2, "prompt"), (2, 3, "parent")]),
    (
        "another way to the same aim is a retry",
        [PROMPT, call(1, "a", "Bash", command="python -m pytest"), failure(2, "a", "Bash"), call(3, "b", "Bash", command="uv run pytest")],
        [(1, 2, "prompt"), (2, 3, "parent"), (3, 4, "retry")],
    ),
    (
        "another command is no retry",
        [PROMPT, call(1, "a", "Bash", command="pytest"), failure(2, "a", "Bash"), call(3, "b", "Bash", command="ls -la")],
        [(1, 4, "prompt")],
    ),
    (
        "what went well since is no retry",
        [
            PROMPT,
            call(1, "a", "Bash", command="pytest"),
            failure(2, "a", "Bash"),
            call(3, "b", "Bash", command="pytest"),
            result(4, "b", "Bash"),
            call(5, "c", "Bash", command="pytest"),
        ],
        [(1, 6, "prompt")],
    ),
    (
        "an error before the prompt is another matter",
        [call(1, "a", "Bash", command="pytest"), failure(2, "a", "Bash"), PROMPT, call(3, "b", "Bash", command="pytest")],
        [(3, 4, "prompt")],
    ),
    (
        "a path that a result told of",
        [PROMPT, call(1, "a", "Glob", pattern="*"), result(2, "a", "Glob", "src/auth.py\nsrc/b.py"), call(3, "b", "Read", file_path="src/auth.py")],
        [(1, 2, "prompt"), (2, 3, "parent"), (3, 4, "value")],
    ),
    (
        "a value inside a result that is an object",
        [
            PROMPT,
            call(1, "a", "Bash", command="id"),
            result(2, "a", "Bash", {"stdout": "key=K7f-99x"}),
            call(3, "b", "Fetch", q="use K7f-99x now"),
        ],
        [(1, 2, "prompt"), (2, 3, "parent"), (3, 4, "value")],
    ),
    (
        "a value with other letters, however it is escaped",
        [PROMPT, call(1, "a", "Bash", command="id"), result(2, "a", "Bash", "bücher/süß.txt"), call(3, "b", "Read", file_path="bücher/süß.txt")],
        [(1, 2, "prompt"), (2, 3, "parent"), (3, 4, "value")],
    ),
    (
        "read, then written",
        [PROMPT, call(1, "a", "Read", file_path="/p/a.py"), result(2, "a", "Read", "text"), call(3, "b", "Edit", file_path="/p/a.py")],
        [(1, 2, "prompt"), (2, 4, "file")],
    ),
    (
        "the text that is replaced was in what was read",
        [
            PROMPT,
            call(1, "a", "Read", file_path="/p/a.py"),
            result(2, "a", "Read", "x\nif secret == given_value:\n"),
            call(3, "b", "Edit", file_path="/p/a.py", old_string="if secret == given_value:", new_string="y"),
        ],
        [(1, 2, "prompt"), (2, 3, "parent"), (3, 4, "value")],
    ),
    (
        "written, then run",
        [PROMPT, call(1, "a", "Write", file_path="/p/t.py", content="x"), result(2, "a", "Write"), call(3, "b", "Bash", command="python /p/t.py")],
        [(1, 2, "prompt"), (2, 4, "file")],
    ),
    (
        "reading twice is no cause",
        [PROMPT, call(1, "a", "Read", file_path="/p/a.py"), result(2, "a", "Read", "x"), call(3, "b", "Read", file_path="/p/a.py")],
        [(1, 4, "prompt")],
    ),
    ("named in the prompt", [event("user_prompt", 0, prompt="fix src/a.py"), call(1, "a", "Read", file_path="src/a.py")], [(1, 2, "value")]),
    (
        "results of other versions that name no parent",
        [
            PROMPT,
            event("tool_call", 1, tool_name="Bash", arguments={"command": "ls"}, tool_use_id="t1"),
            event("tool_result", 2, tool_name="Bash", result="x", tool_use_id="t1"),
        ],
        [(1, 2, "prompt"), (2, 3, "parent")],
    ),
    (
        "short words are no flow",
        [PROMPT, call(1, "a", "Bash", command="ls"), result(2, "a", "Bash", "a ls b"), call(3, "b", "X", q="ls a")],
        [(1, 4, "prompt")],
    ),
    ("nothing before it", [call(1, "a", "Bash", command="ls")], []),
    ("a prompt has no cause", [PROMPT, event("user_prompt", 1, prompt="and now?")], []),
    ("an event that names itself", [PROMPT, event("tool_result", 1, id="x", parent="x")], [(1, 2, "prompt")]),
    ("a response", [PROMPT, event("assistant_response", 1, text="done")], [(1, 2, "prompt")]),
]


class TestCauses:
    def test_what_a_client_wrote_causes_nothing(self, tmp_path: Path) -> None:
        told = event("user_prompt", 1, prompt="<task-notification>src/auth.py is done</task-notification>")
        assert chain(tmp_path, PROMPT, told, call(2, "a", "Read", file_path="src/auth.py")) == [(1, 3, "prompt")]

    @pytest.mark.parametrize(("lines", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
    def test_chain(self, tmp_path: Path, lines: list[Any], expected: list[tuple[int, int, str]]) -> None:
        assert chain(tmp_path, *lines) == expected

    def test_a_very_long_chain(self, tmp_path: Path) -> None:
        lines = [PROMPT]
        for at in range(3_000):
            lines += [call(at, f"c{at}", "Edit", file_path="/p/a.py", old_string=f"{at}"), result(at, f"c{at}", "Edit", "ok")]
        found = chain(tmp_path, *lines)
        assert len(found) == 3_001 and found[0] == (1, 2, "prompt") and found[1] == (2, 4, "file") and found[-1] == (6_000, 6_001, "parent")

    def test_causes_come_before_their_effects(self, tmp_path: Path) -> None:
        lines = [event("x", 1, id="a", parent="b"), event("x", 2, id="b", parent="a")]
        assert chain(tmp_path, *lines) == [(1, 2, "parent")] and chain(tmp_path, *lines, number=1) == []
