"""A hook that ends a turn answers, and the session's record is completed without it."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from gateway.doors.hook import late_completion
from gateway.doors.hook.arrival import SessionEvent
from gateway.traces.hash_chain import check_chain
from tests.analysis.usage import golden
from tests.hook_world import World, payload


@pytest.fixture
def project(world: World) -> Path:
    """A project whose client has written the golden transcript."""
    folder = world.project(f"project-{time.monotonic_ns()}")
    shutil.copytree(golden.write(folder).parent, folder / "client")
    return folder


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("late") / "w")


LATE = 28
"""Late events of the golden transcript where hooks told of its beginning and its end alone."""


def told(event: str, project: Path, **changes: Any) -> bytes:
    return payload(event, project, session_id=golden.MAIN, transcript_path=str(project / "client" / f"{golden.MAIN}.jsonl"), **changes)


def late(project: Path) -> list[dict[str, Any]]:
    lines = (project / ".agent-traces" / golden.MAIN / "events.ndjson").read_text().splitlines()
    return [event for line in lines if (event := json.loads(line))["data"].get("late") is True]


def wait_for(project: Path, count: int) -> list[dict[str, Any]]:
    until = time.monotonic() + 10
    while len(late(project)) < count and time.monotonic() < until:
        time.sleep(0.1)
    return late(project)


class TestBegin:
    @pytest.mark.parametrize("event", ["stop", "session-end", "SubagentStop", "StopFailure"])
    def test_a_turn_that_is_over_completes_the_record(self, world: World, project: Path, event: str) -> None:
        assert world.run(project, "session-start", told("session-start", project)).code == 0
        done = world.run(project, event, told(event, project))
        assert (done.code, done.stdout, done.stderr) == (0, "", "")
        used = [item["data"]["message_id"] for item in wait_for(project, LATE) if item["event_type"] == "llm_response"]
        assert sorted(used) == ["msg_1", "msg_2", "msg_3", "msg_s1", "msg_s2", "msg_s3", "msg_s4"]
        assert check_chain(str(project / ".agent-traces"), golden.MAIN) == (True, "")

    def test_several_turns_at_once_add_each_event_once(self, world: World, project: Path) -> None:
        world.run(project, "session-start", told("session-start", project))
        for event in ("SubagentStop", "stop", "session-end"):
            world.run(project, event, told(event, project))
        wait_for(project, LATE)
        time.sleep(3)
        names = [event["event_id"] for event in late(project)]
        assert len(names) == len(set(names)) and check_chain(str(project / ".agent-traces"), golden.MAIN) == (True, "")

    @pytest.mark.parametrize("event", ["pre-tool", "post-tool", "user-prompt", "session-start"])
    def test_what_ends_no_turn_starts_nothing(self, world: World, project: Path, event: str) -> None:
        world.run(project, event, told(event, project))
        time.sleep(1)
        assert late(project) == []

    def test_it_can_be_switched_off(self, world: World, project: Path) -> None:
        world.run(project, "session-start", told("session-start", project))
        world.run(project, "stop", told("stop", project), env=world.environment(**{late_completion.SWITCH: "off"}))
        time.sleep(2)
        assert late(project) == []

    @pytest.mark.parametrize("path", ["/nowhere/x.jsonl", "", "a\0b"])
    def test_no_process_is_started_for_a_transcript_that_is_not_there(self, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
        begun: list[Any] = []
        monkeypatch.setattr("gateway.doors.hook.detached.start", begun.append)
        settings: Any = SimpleNamespace(mask=False, trace_dir="", policy_file="", folders=())
        event = SessionEvent("note", "s", {}, cwd="/")
        late_completion.begin(settings, event, path)
        assert begun == []
        late_completion.begin(settings, event, __file__)
        assert begun and begun[0][-2:] == ["/", __file__]


class TestAnotherSession:
    def test_a_transcript_that_is_named_for_another_session_enters_nowhere(self, world: World, project: Path) -> None:
        other = json.loads(told("stop", project)) | {"session_id": "other"}
        world.run(project, "session-start", told("session-start", project))
        world.run(project, "session-start", json.dumps(other | {"hook_event_name": "SessionStart"}).encode())
        world.run(project, "stop", json.dumps(other).encode())
        time.sleep(2)
        assert late(project) == []
        assert b'"late"' not in (project / ".agent-traces" / "other" / "events.ndjson").read_bytes()
