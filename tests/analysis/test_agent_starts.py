from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gateway.analysis.agent_starts import start_of
from gateway.analysis.causes import causes
from gateway.traces.event_lookup import Backlog
from tests.stores import call, event, failure, result, session

PROMPT = event("user_prompt", 0, prompt="look around")


def start(agent: str, kind: str = "Explore") -> Any:
    return event("subagent_start", 2, agent_id=agent, agent_type=kind)


def agents_call(name: str, kind: str = "Explore") -> Any:
    return call(1, name, "Agent", subagent_type=kind, prompt="go")


def of(line: Any, agent: str) -> Any:
    line["data"]["agent_id"] = agent
    return line


CASES: list[tuple[str, list[Any], int]] = [
    ("the call that waits", [PROMPT, agents_call("a"), start("x"), of(call(3, "b", "Bash", command="ls"), "x")], 2),
    ("the start itself", [PROMPT, agents_call("a"), start("x")], 2),
    ("the session's own call has none", [PROMPT, agents_call("a"), start("x"), call(3, "b", "Bash", command="ls")], 0),
    ("the first of two that wait", [PROMPT, agents_call("a"), agents_call("b"), start("x")], 2),
    ("the second of two that wait", [PROMPT, agents_call("a"), agents_call("b"), start("x"), start("y")], 3),
    ("another type waits, too", [PROMPT, agents_call("a"), agents_call("b", "Plan"), start("x")], 2),
    (
        "a call that was answered waits no more",
        [PROMPT, agents_call("a"), start("x"), result(3, "a", "Agent"), agents_call("b"), start("y")],
        5,
    ),
    (
        "a background result names its agent",
        [PROMPT, agents_call("a"), agents_call("b"), result(3, "b", "Agent", {"agentId": "x"}), of(call(4, "c", "Bash", command="ls"), "x")],
        3,
    ),
    (
        "a background result before the start",
        [
            PROMPT,
            agents_call("a"),
            agents_call("b"),
            result(3, "b", "Agent", {"agentId": "x"}),
            start("x"),
            of(call(4, "c", "Bash", command="ls"), "x"),
        ],
        3,
    ),
    (
        "an answered call is passed over",
        [PROMPT, agents_call("a"), agents_call("b"), result(3, "a", "Agent"), start("x")],
        3,
    ),
    ("no call: the start", [PROMPT, start("x"), of(call(3, "b", "Bash", command="ls"), "x")], 2),
    ("a subagent's own session has neither", [PROMPT, of(call(3, "b", "Bash", command="ls"), "x")], 0),
    (
        "a tool's argument called agent_id is none",
        [PROMPT, agents_call("a"), start("x"), call(3, "b", "Ask", agent_id="x")],
        0,
    ),
    (
        "nested: the call of another subagent",
        [PROMPT, agents_call("a"), start("x"), of(agents_call("b", "Plan"), "x"), start("y", "Plan")],
        4,
    ),
]


@pytest.mark.parametrize(("lines", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_start_of(tmp_path: Path, lines: list[Any], wanted: int) -> None:
    session(tmp_path, "s", *lines)
    with Backlog(str(tmp_path), "s") as backlog:
        assert start_of(backlog, backlog.event(backlog.count), backlog.count) == wanted


def chain(store: Path, *lines: Any) -> list[tuple[int, int, str]]:
    session(store, "s", *lines)
    with Backlog(str(store), "s") as backlog:
        return [(link.cause, link.effect, link.kind) for link in causes(backlog, backlog.count)]


def test_why_goes_through_the_call(tmp_path: Path) -> None:
    lines = [PROMPT, agents_call("a"), start("x"), event("user_prompt", 3, prompt="more"), of(call(4, "b", "Bash", command="ls"), "x")]
    assert chain(tmp_path, *lines) == [(1, 2, "prompt"), (2, 5, "agent")]


def test_another_agents_error_is_no_retry(tmp_path: Path) -> None:
    tries = [of(call(3, "b", "Bash", command="pytest"), "x"), of(failure(4, "b", "Bash"), "x"), call(5, "c", "Bash", command="pytest")]
    assert chain(tmp_path, PROMPT, agents_call("a"), start("x"), *tries) == [(1, 6, "prompt")]
    own = [*tries[:2], of(call(5, "c", "Bash", command="pytest"), "x")]
    assert chain(tmp_path, PROMPT, agents_call("a"), start("x"), *own)[-1] == (5, 6, "retry")


def test_another_agents_result_gives_no_value(tmp_path: Path) -> None:
    listed = [of(call(3, "b", "Glob", pattern="*"), "x"), of(result(4, "b", "Glob", "src/auth.py"), "x")]
    reading = call(5, "c", "Read", file_path="src/auth.py")
    assert chain(tmp_path, PROMPT, agents_call("a"), start("x"), *listed, reading) == [(1, 6, "prompt")]
