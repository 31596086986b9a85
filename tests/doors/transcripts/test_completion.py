"""A session that hooks recorded gets from its transcript what they do not carry: once, clean, and whenever it is asked for."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from gateway.checkpoint import Checkpoint, Settings
from gateway.doors.hook import claude_code
from gateway.doors.transcripts import completion
from gateway.doors.transcripts.import_file import COMPLETED, LIVE, enter_file
from gateway.model.event import LLM_RESPONSE
from gateway.model.passage import Capabilities
from gateway.model.record import replaced
from gateway.traces.decode import parsed
from gateway.traces.hash_chain import check_chain
from gateway.traces.ids import event_id
from tests.analysis.usage import golden

DENY = {"version": 1, "files": {"read": {"deny": [".env"]}}}


class Live:
    """A session as the hooks record it."""

    def __init__(self, world: Path) -> None:
        self.transcript = golden.write(world)
        self.store = world / "store"
        self.policy = world / "policy.json"
        self.policy.write_text(json.dumps(DENY))
        self.checkpoint = Checkpoint(Settings(Capabilities(blocks=True, asks=True), trace_dir=str(self.store), policy_file=str(self.policy)))

    def hook(self, name: str, **payload: Any) -> None:
        """Let one hook event through the checkpoint, as a hook's process does."""
        whole = {"hook_event_name": name, "session_id": golden.MAIN, "cwd": golden.CWD, "transcript_path": str(self.transcript), **payload}
        arrival = claude_code.read(name, whole)
        if arrival.call is not None:
            self.checkpoint.before(arrival.call)
        elif arrival.result is not None:
            self.checkpoint.after(arrival.result)
        else:
            assert arrival.event is not None
            if arrival.event.start:
                self.checkpoint.start(golden.MAIN, {"session_id": golden.MAIN, "agent_name": "claude-code"}, cwd=golden.CWD)
            assert self.checkpoint.note(arrival.event.kind, golden.MAIN, arrival.event.data, cwd=golden.CWD) == ""

    def happen(self, *, end: bool = True) -> None:
        """Record what the hooks see of the golden session: a refused call, a failed one, a subagent's, prompt and last answer."""
        self.hook("SessionStart", source="startup")
        self.hook("UserPromptSubmit", prompt="publish the shop")
        self.hook("PreToolUse", tool_name="Read", tool_use_id="toolu_1", tool_input={"file_path": f"{golden.CWD}/.env"})
        self.hook("PreToolUse", tool_name="Task", tool_use_id="toolu_3", tool_input={"description": "look", "prompt": "look around"})
        agent = {"agent_id": "a1f00d", "agent_type": "Explore"}
        self.hook("SubagentStart", **agent)
        self.hook("PreToolUse", tool_name="Grep", tool_use_id="toolu_s1", tool_input={"pattern": "publish"}, **agent)
        self.hook("PostToolUse", tool_name="Grep", tool_use_id="toolu_s1", tool_input={}, tool_response="src/shop.py:1", **agent)
        self.hook("SubagentStop", last_assistant_message="found it", **agent)
        self.hook("PostToolUse", tool_name="Task", tool_use_id="toolu_3", tool_input={}, tool_response={"agentId": "a1f00d"})
        self.hook("Stop", last_assistant_message="All published.\n")
        if end:
            self.hook("SessionEnd", reason="exit")

    def complete(self) -> list[Any]:
        """Complete the record; return the events that were added."""
        before = len(self.events())
        completion.complete(self.checkpoint, str(self.store), str(self.transcript), lambda *_: None)
        assert check_chain(str(self.store), golden.MAIN) == (True, "")
        return self.events()[before:]

    def events(self) -> list[Any]:
        """Return every event of the session's file."""
        lines = (self.store / golden.MAIN / "events.ndjson").read_bytes().splitlines()
        return [event for line in lines if (event := parsed(line)) is not None]


@pytest.fixture
def live(own_world: Path) -> Live:
    session = Live(own_world)
    session.happen()
    return session


def texts(events: list[Any]) -> list[str]:
    return [event.data["text"] for event in events if event.type == "assistant_response"]


class TestComplete:
    def test_every_request_comes_with_its_usage_and_its_agent(self, live: Live) -> None:
        used = {(event.data["message_id"], event.data.get("agent_id", "")) for event in live.complete() if event.type == LLM_RESPONSE}
        assert used == {("msg_1", ""), ("msg_2", ""), ("msg_3", ""), ("msg_s1", "a1f00d"), ("msg_s2", "a1f00d"), ("msg_s3", "b2"), ("msg_s4", "c3")}

    def test_late_events_say_so_and_keep_their_own_time(self, live: Live) -> None:
        added = live.complete()
        assert all(event.data["late"] is True for event in added)
        assert {event.timestamp for event in added if event.data.get("message_id") == "msg_3"} == {1_772_452_822.5}

    def test_a_call_without_a_hook_enters_with_its_failure(self, live: Live) -> None:
        added = live.complete()
        (call,) = [event for event in added if event.type == "tool_call"]
        assert (call.id, call.data["tool_name"], call.data["decision"]["effect"]) == (event_id(golden.MAIN, "toolu_2"), "Bash", "allow")
        assert [event.parent for event in added if event.type == "error"] == [call.id]

    def test_nothing_that_the_hooks_told_of_comes_again(self, live: Live) -> None:
        live.complete()
        events = live.events()
        assert Counter(event.data.get("tool_use_id") for event in events if event.type == "tool_call").most_common(1)[0][1] == 1
        parents = Counter(event.parent for event in events if event.type in ("tool_result", "error"))
        assert set(parents.values()) == {1} and event_id(golden.MAIN, "toolu_1") not in parents  # it was refused: nothing came back
        prompts = [event.data["prompt"] for event in events if event.type == "user_prompt" and not event.data.get("agent_id")]
        assert prompts == ["publish the shop"]
        assert Counter(texts(events)) == Counter(
            ["found it", "All published.\n", "I look at it first.", "aside", "API Error: overloaded", "ok", "ok", "ok"]
        )

    def test_what_a_subagent_did_names_it_and_its_kind(self, live: Live) -> None:
        kinds = {event.data["agent_id"]: event.data.get("agent_type") for event in live.complete() if "agent_id" in event.data}
        assert kinds == {"a1f00d": "Explore", "b2": None, "c3": None, "d4": None}

    def test_a_second_time_adds_nothing(self, live: Live) -> None:
        assert live.complete() and live.complete() == []

    def test_what_may_still_be_told_by_a_hook_waits(self, own_world: Path) -> None:
        live = Live(own_world)
        live.happen(end=False)
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        fresh = golden.said(60, "msg_9", golden.text("just now"), golden.usage(1, 1)) | {"timestamp": now}
        with live.transcript.open("a") as file:
            file.write(json.dumps(fresh) + "\n")
        assert "just now" not in texts(live.complete())
        live.hook("SessionEnd", reason="exit")
        assert texts(live.complete()) == ["just now"]

    def test_a_call_that_is_still_open_is_left_to_its_hook(self, own_world: Path) -> None:
        live = Live(own_world)
        live.happen(end=False)
        with live.transcript.open("a") as file:
            file.write(json.dumps(golden.said(60, "msg_9", golden.tool("Bash", "toolu_9", command="sleep 9"), golden.usage(1, 1))) + "\n")
        assert event_id(golden.MAIN, "toolu_9") not in {event.id for event in live.complete()}
        live.hook("SessionEnd", reason="exit")
        assert [event.id for event in live.complete()] == [event_id(golden.MAIN, "toolu_9")]

    def test_usage_that_grew_is_told_again_and_the_fullest_counts(self, live: Live) -> None:
        whole = live.transcript.read_text()
        live.transcript.write_text(whole.replace('"output_tokens":90', '"output_tokens":40'))
        live.complete()
        live.transcript.write_text(whole)
        (event,) = live.complete()
        assert (event.data["message_id"], event.data["usage"]["output_tokens"]) == ("msg_3", 90)
        assert live.complete() == []

    def test_a_call_that_its_client_gave_no_id_is_not_there_twice(self, own_world: Path) -> None:
        live = Live(own_world)
        live.hook("SessionStart", source="startup")
        live.hook("PreToolUse", tool_name="Bash", tool_input={"command": "pytest"})
        live.hook("SessionEnd", reason="exit")
        live.complete()
        assert [event.data["arguments"] for event in live.events() if event.data.get("tool_name") == "Bash" and event.type == "tool_call"] == [
            {"command": "pytest"}
        ]

    def test_credentials_do_not_enter(self, live: Live) -> None:
        token = "ghp_" + "a" * 36
        live.transcript.write_text(live.transcript.read_text().replace("I look at it first.", f"It is {token}."))
        live.complete()
        assert token.encode() not in (live.store / golden.MAIN / "events.ndjson").read_bytes()

    def test_personal_data_stays_out_where_the_hooks_took_it_out(self, own_world: Path) -> None:
        live, address = Live(own_world), "jane.roe" + "@" + "mail.test-company.org"
        live.transcript.write_text(live.transcript.read_text().replace("I look at it first.", f"I write to {address}."))
        plain, live.checkpoint = live.checkpoint, Checkpoint(replaced(live.checkpoint.settings, mask=True))
        live.happen()
        live.checkpoint = plain
        assert len(live.complete()) == 20
        assert address.encode() not in (live.store / golden.MAIN / "events.ndjson").read_bytes()

    def test_an_answer_that_was_cleaned_is_known_again(self, own_world: Path) -> None:
        live, token = Live(own_world), "ghp_" + "a" * 36
        live.transcript.write_text(live.transcript.read_text().replace("All published.", f"It is {token}."))
        live.hook("SessionStart", source="startup")
        live.hook("Stop", last_assistant_message=f"It is {token}.")
        live.hook("SessionEnd", reason="exit")
        live.complete()
        assert len([text for text in texts(live.events()) if text.startswith("It is")]) == 1

    def test_subagents_that_were_imported_stay_where_they_are(self, live: Live) -> None:
        folder = live.store / f"agent-b2-{golden.MAIN[:8]}"
        folder.mkdir()
        (folder / "meta.json").write_text('{"imported_from":"x"}')
        assert {event.data.get("agent_id") for event in live.complete()} == {None, "a1f00d", "c3", "d4"}


class TestImport:
    def test_a_file_whose_session_was_recorded_live_completes_it(self, live: Live) -> None:
        (entered,) = enter_file(live.checkpoint, str(live.store), str(live.transcript))
        assert (entered.status, sum(entered.would.values())) == (COMPLETED, 1) and entered.added == len(
            [event for event in live.events() if event.data.get("late")]
        )
        (again,) = enter_file(live.checkpoint, str(live.store), str(live.transcript))
        assert (again.status, again.added) == (LIVE, 0)
        assert [path.name for path in live.store.iterdir() if path.is_dir()] == [golden.MAIN]


def rounds(live: Live, count: int) -> None:
    """End the process that completes a session again and again at any point, until it comes through."""
    words = [sys.executable, "-m", "gateway", "--trace-dir", str(live.store), "import", str(live.transcript)]
    source = (live.store / golden.MAIN / "events.ndjson").read_bytes()
    live.complete()
    whole = Counter((event.type, event.id) for event in live.events() if event.data.get("late"))
    dice = random.Random(17)
    for _ in range(count):
        (live.store / golden.MAIN / "events.ndjson").write_bytes(source)
        for _ in range(2):
            size = (live.store / golden.MAIN / "events.ndjson").stat().st_size
            with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=live.store) as process:
                while process.poll() is None and (live.store / golden.MAIN / "events.ndjson").stat().st_size == size:
                    time.sleep(0.001)
                time.sleep(dice.choice((0.0, 0.01, 0.1, 0.2)) * dice.random())  # the policy is read after a few events
                process.kill()
        live.complete()
        events = live.events()
        assert Counter((event.type, event.id) for event in events if event.data.get("late")) == whole
        assert check_chain(str(live.store), golden.MAIN) == (True, "")


class TestKilled:
    def test_every_late_event_is_there_once(self, live: Live) -> None:
        rounds(live, 20)

    @pytest.mark.long
    def test_every_late_event_is_there_once_after_many_rounds(self, live: Live) -> None:
        rounds(live, 200)
