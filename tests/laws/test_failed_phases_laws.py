"""explain, cost, diff and the page agree on which phases there are and which of them failed, whatever a session holds."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.analysis.columns import Columns
from gateway.analysis.phases import MAX_WAITING, phases_of
from gateway.analysis.session_cost import Meter
from gateway.analysis.session_diff import profile_of
from gateway.traces.reader import events, lean_events, sized_events, story_events
from tests.reports.command_line import runner
from tests.reports.html.test_session_page import pages
from tests.stores import call, event, failure, result, session, verdict

NO = "The user doesn't want to proceed with this tool use. The tool use was rejected"
CALLS = [
    ("Bash", {"command": "pytest -q"}),
    ("Bash", {"command": "uv run pytest"}),
    ("Bash", {"command": "make"}),
    ("Bash", {"command": "git commit -m x"}),
    ("Bash", {"command": "grep x y"}),
    ("Bash", {"command": "git push"}),
    ("Read", {"file_path": "a"}),
    ("Edit", {"file_path": "a"}),
    ("mcp__db__query", {"sql": "select 1"}),
]
PROMPTS = ["fix it", "and test it", "<task-notification>done</task-notification>", "[Request interrupted by user]"]
ENDS = ["done", "failed", "refused", "rejected", "unknown", "late"]
steps = st.lists(
    st.one_of(
        st.tuples(st.just("call"), st.integers(0, len(CALLS) - 1), st.sampled_from(ENDS), st.sampled_from([1.0, 2.0, 400.0])),
        st.tuples(st.just("prompt"), st.integers(0, len(PROMPTS) - 1), st.just(""), st.just(1.0)),
        st.tuples(st.just("note"), st.just(0), st.just(""), st.just(1.0)),
        st.tuples(st.just("answer"), st.just(0), st.just(""), st.just(1.0)),
    ),
    max_size=30,
)


def lines_of(steps: list[tuple[str, int, str, float]]) -> list[dict[str, Any]]:
    """Return the session that steps describe; what is late comes back three steps on."""
    lines, late, at = [event("session_start", 0)], [], 1.0
    for number, (kind, which, end, wait) in enumerate(steps):
        at += wait
        lines += [failure(at, name, tool) for due, name, tool in late if due <= number]
        late = [item for item in late if item[0] > number]
        if kind == "prompt":
            lines.append(event("user_prompt", at, prompt=PROMPTS[which]))
        elif kind == "note":
            lines.append(event("note", at, hook_event="PostToolBatch"))
        elif kind == "answer":
            lines.append(event("assistant_response", at, text="ok"))
        else:
            tool, arguments = CALLS[which]
            name = f"c{number}"
            lines.append(call(at, name, tool, verdict("deny") if end == "refused" else None, **arguments))
            if end == "done":
                lines.append(result(at + 0.5, name, tool))
            elif end in ("failed", "rejected"):
                lines.append(failure(at + 0.5, name, tool, NO if end == "rejected" else "exit code 1"))
            elif end == "late":
                late.append((number + 3, name, tool))
    return lines


@given(steps)
@settings(max_examples=150, deadline=None)
def test_the_folds_agree(steps: list[tuple[str, int, str, float]]) -> None:
    with TemporaryDirectory() as folder:
        session(Path(folder), "s", *lines_of(steps))
        told = [(phase.label, phase.failed, phase.events) for phase in phases_of(story_events(folder, "s"))]
        meter = Meter()
        for one in sized_events(folder, "s"):
            meter.add(one)
        assert [(part.label, part.failed, part.events) for part in meter.folded()] == told
        profile = profile_of("s", lean_events(folder, "s"))
        assert [(part.label, part.failed) for part in profile.parts] == [one[:2] for one in told]
        columns = Columns()
        for one in events(folder, "s"):
            columns.add(one)
        columns.settle()
        assert [(label, number in columns.failed) for number, (label, _) in enumerate(columns.phases, 1)] == [one[:2] for one in told]


def test_the_commands_agree(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = runner(tmp_path, capsys)
    kinds = [("call", number % len(CALLS), end, 1.0) for number, end in enumerate(ENDS * 3)]
    session(tmp_path, "s", *lines_of([*kinds[:9], ("prompt", 0, "", 1.0), *kinds[9:], ("prompt", 2, "", 1.0), ("prompt", 1, "", 1.0)]))
    explained = run("explain", "s", "--json").json
    told = [(phase["label"], phase["failed"]) for phase in explained["phases"]]
    assert len({failed for _, failed in told}) == 2
    assert [(phase["label"], phase["failed"]) for phase in run("cost", "s", "--json").json["phases"]] == told
    diff = run("diff", "s", "s", "--json").json
    assert [(phase["label"], phase["a"]["failed"]) for phase in diff["phases"]] == told
    semantic = run("diff", "s", "s", "--semantic", "--json").json
    assert semantic["a"]["failed_phases"] == sum(failed for _, failed in told)
    assert semantic["a"]["wasted_seconds"] == pytest.approx(explained["wasted_seconds"])
    about = pages(tmp_path, "s")[1]
    assert [(label, number in about["failed_phases"]) for number, (label, _) in enumerate(about["phases"], 1)] == told


def test_what_comes_back_after_too_many_phases_changes_nothing(tmp_path: Path) -> None:
    lines = [call(0, "late", "Bash", command="make")]
    for at in range(1, MAX_WAITING + 3):
        lines.append(event("user_prompt", at, prompt=f"p{at}"))
        lines += [call(at, f"c{at}", "Edit", file_path="x"), result(at, f"c{at}", "Edit")]
    session(tmp_path, "s", *lines, failure(99, "late", "Bash"))
    meter = Meter()
    for one in sized_events(str(tmp_path), "s"):
        meter.add(one)
    assert (
        [part.failed for part in meter.folded()]
        == [phase.failed for phase in phases_of(story_events(str(tmp_path), "s"))]
        == [False] * (MAX_WAITING + 3)
    )
