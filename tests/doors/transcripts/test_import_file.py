"""Finished sessions in the record: judged and never refused, at their own time, once."""

from __future__ import annotations

import fcntl
import json
import subprocess
import sys
from pathlib import Path

import pytest

from gateway.checkpoint import Checkpoint, Settings
from gateway.doors.transcripts import import_file
from gateway.doors.transcripts.import_file import COMPLETED, GROWN, LIVE, NEW, UNCHANGED, Entered, discovered, enter_file, format_of
from gateway.doors.transcripts.session import Finished, Said
from gateway.model.errors import PolicyError, ProtocolError, TraceError
from gateway.model.event import NOTE, TOOL_CALL
from gateway.model.passage import Capabilities
from gateway.traces.hash_chain import check_chain
from gateway.traces.ids import event_id
from gateway.traces.reader import events, meta
from tests.analysis.usage import golden

POLICY = {"version": 1, "files": {"read": {"deny": [".env"]}}, "commands": {"ask": ["pytest"]}}


def enter(store: Path, path: Path, policy: object = POLICY) -> list[Entered]:
    """Import a file under a policy."""
    document = store.parent / "policy.json"
    document.write_text(policy if isinstance(policy, str) else json.dumps(policy))
    settings = Settings(Capabilities(asks=True), trace_dir=str(store), policy_file=str(document))
    return list(enter_file(Checkpoint(settings), str(store), str(path)))


class TestEnter:
    def test_calls_say_what_would_have_been(self, own_world: Path, tmp_path: Path) -> None:
        main, *_ = enter(tmp_path / "store", golden.write(own_world))
        assert (main.status, dict(main.would)) == (NEW, {"deny": 1, "ask": 1, "allow": 1})
        calls = [event for event in events(str(tmp_path / "store"), golden.MAIN) if event.type == TOOL_CALL]
        decisions = [event.data["decision"] for event in calls]
        assert [(one["effect"], one.get("shadow", one["effect"])) for one in decisions] == [("allow", "deny"), ("allow", "ask"), ("allow", "allow")]
        assert all(one["reasons"][-1]["rule"] == "afterwards" for one in decisions)

    def test_events_keep_their_own_time_and_their_chain(self, own_world: Path, tmp_path: Path) -> None:
        enter(tmp_path / "store", golden.write(own_world))
        found = list(events(str(tmp_path / "store"), golden.MAIN))
        assert (found[0].timestamp, found[-1].timestamp) == (1_772_452_800.0, 1_772_452_823.5)
        assert check_chain(str(tmp_path / "store"), golden.MAIN) == (True, "")

    def test_results_answer_their_calls(self, own_world: Path, tmp_path: Path) -> None:
        enter(tmp_path / "store", golden.write(own_world))
        found = list(events(str(tmp_path / "store"), golden.MAIN))
        assert [event.parent for event in found if event.type in ("tool_result", "error")] == [
            event_id(golden.MAIN, call) for call in ("toolu_1", "toolu_2", "toolu_3")
        ]

    def test_subagents_are_linked(self, own_world: Path, tmp_path: Path) -> None:
        enter(tmp_path / "store", golden.write(own_world))
        noted = meta(str(tmp_path / "store"), f"agent-a1f00d-{golden.MAIN[:8]}")
        assert (noted["parent_session_id"], noted["parent_event_id"]) == (golden.MAIN, event_id(golden.MAIN, "toolu_3"))

    def test_importing_twice_changes_nothing(self, own_world: Path, tmp_path: Path) -> None:
        path = golden.write(own_world)
        enter(tmp_path / "store", path)
        before = {each: each.read_bytes() for each in (tmp_path / "store").rglob("*.ndjson")}
        assert {one.status for one in enter(tmp_path / "store", path)} == {UNCHANGED}
        assert {each: each.read_bytes() for each in (tmp_path / "store").rglob("*.ndjson")} == before

    def test_a_session_that_went_on_is_gone_on_with(self, own_world: Path, tmp_path: Path) -> None:
        path = golden.write(own_world)
        whole = path.read_text().splitlines(keepends=True)
        path.write_text("".join(whole[:6]))
        enter(tmp_path / "store", path)
        path.write_text("".join(whole))
        again = enter(tmp_path / "store", path)[0]
        names = [event.id for event in events(str(tmp_path / "store"), golden.MAIN)]
        assert again.status == GROWN and again.added > 5 and len(names) == len(set(names))

    def test_what_was_recorded_live_is_completed(self, own_world: Path, tmp_path: Path) -> None:
        folder = tmp_path / "store" / golden.MAIN
        folder.mkdir(parents=True)
        (folder / "events.ndjson").write_text('{"event_type":"user_prompt","timestamp":1,"event_id":"a","data":{}}\n')
        assert [one.status for one in enter(tmp_path / "store", golden.write(own_world))] == [COMPLETED]
        assert check_chain(str(tmp_path / "store"), golden.MAIN) == (True, "")

    def test_a_live_session_of_another_agent_is_left_alone(self, tmp_path: Path) -> None:
        folder = tmp_path / "store" / "s"
        folder.mkdir(parents=True)
        (folder / "events.ndjson").write_text('{"event_type":"user_prompt","timestamp":1,"event_id":"a","data":{}}\n')
        said = Said(NOTE, {}, 2.0, "n")
        finished = Finished("s", "codex", "x", "/", 1.0, lambda: iter([said]))
        checkpoint = Checkpoint(Settings(Capabilities(), trace_dir=str(tmp_path / "store")))
        assert import_file.enter(checkpoint, str(tmp_path / "store"), finished).status == LIVE
        assert len(list(events(str(tmp_path / "store"), "s"))) == 1

    def test_credentials_do_not_enter(self, own_world: Path, tmp_path: Path) -> None:
        path = golden.write(own_world)
        token = "ghp_" + "a" * 36
        path.write_text(path.read_text().replace("A=1", token))
        enter(tmp_path / "store", path)
        assert token.encode() not in b"".join(each.read_bytes() for each in (tmp_path / "store").rglob("*.ndjson"))

    def test_a_malformed_policy_imports_nothing(self, own_world: Path, tmp_path: Path) -> None:
        with pytest.raises(PolicyError):
            enter(tmp_path / "store", golden.write(own_world), '{"version":1,"fles":{}}')


class TestFormats:
    def test_a_file_of_no_known_format_is_said(self, tmp_path: Path) -> None:
        (tmp_path / "x.jsonl").write_text("{}\n")
        with pytest.raises(ProtocolError, match="no session file"):
            format_of(str(tmp_path / "x.jsonl"))

    def test_the_format_can_be_told(self, tmp_path: Path) -> None:
        (tmp_path / "x.jsonl").write_text("{}\n")
        assert format_of(str(tmp_path / "x.jsonl"), "codex").NAME == "codex"

    def test_everything_of_this_user_is_found(self, own_world: Path) -> None:
        golden.write(own_world)
        assert {one.agent for one in discovered()} == {"claude-code"}

    @pytest.mark.parametrize(
        "gone", [".codex/sessions/2026/rollout-1.jsonl", ".copilot/session-state/x/events.jsonl", ".gemini/tmp/p/chats/session-1.json"]
    )
    def test_a_file_that_cannot_be_read_hides_no_other(self, own_world: Path, gone: str) -> None:
        golden.write(own_world)
        (own_world / gone).parent.mkdir(parents=True)
        (own_world / gone).symlink_to("/gone")
        assert {one.agent for one in discovered()} == {"claude-code"}


class TestAtOnce:
    def test_several_imports_of_one_file_let_it_in_once(self, own_world: Path, tmp_path: Path) -> None:
        path = golden.write(own_world)
        enter(tmp_path / "alone", path)
        words = [sys.executable, "-m", "gateway", "--trace-dir", str(tmp_path / "store"), "import", str(path)]
        running = [subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=tmp_path) for _ in range(4)]
        assert [one.communicate(timeout=120) and one.returncode for one in running] == [0] * 4
        for session in (golden.MAIN, f"agent-a1f00d-{golden.MAIN[:8]}"):
            names = [event.id for event in events(str(tmp_path / "store"), session)]
            assert names == [event.id for event in events(str(tmp_path / "alone"), session)]
            assert check_chain(str(tmp_path / "store"), session) == (True, "")

    def test_one_that_hangs_is_told_of(self, own_world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(import_file, "WAIT_SECONDS", 0.1)
        (tmp_path / "store" / golden.MAIN).mkdir(parents=True)
        with (tmp_path / "store" / golden.MAIN / import_file.LOCK).open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            with pytest.raises(TraceError, match="another import"):
                enter(tmp_path / "store", golden.write(own_world))
