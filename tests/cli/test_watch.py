"""`watch` on sessions that are over, that go on, and whose agent is a real process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from gateway.cli.tree import build
from gateway.host.attribution import ancestors


class Store:
    """A store with one session, and the command run on it."""

    def __init__(self, folder: Path) -> None:
        self.session = folder / "t" / "abc"
        self.session.mkdir(parents=True)
        self.folder = folder

    def events(self, *kinds: str) -> None:
        with (self.session / "events.ndjson").open("a") as file:
            for number, kind in enumerate(kinds):
                data = {"tool_name": "Bash", "arguments": {"command": "ls"}, "decision": {"effect": "allow"}} if kind == "tool_call" else {}
                file.write(
                    json.dumps({"event_type": kind, "timestamp": 1e9 + number, "event_id": f"e{number}", "session_id": "abc", "data": data}) + "\n"
                )

    def agent(self, process: subprocess.Popen[str], earlier: int = 0) -> None:
        chain = ancestors(process.pid)[:1]
        chain[0]["started"] -= earlier
        (self.session / "meta.json").write_text(json.dumps({"attribution": {"process_ancestry": chain, "working_dir": str(self.folder)}}))

    def watch(self, *arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(build("watch"), ["--trace-dir", str(self.folder / "t"), "watch", "abc", *arguments])
        return done.exit_code, done.output + str(done.exception or "")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


@pytest.fixture
def agent() -> Any:
    process = subprocess.Popen([sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


class TestOver:
    def test_shows_the_events_and_exits_with_0_when_nothing_was_reached(self, store: Store) -> None:
        store.events("session_start", "tool_call", "session_end")
        code, said = store.watch("--max-calls", "5")
        assert code == 0 and "→ tool_call Bash" in said and "⚠" not in said

    def test_exits_with_1_when_a_limit_was_reached(self, store: Store) -> None:
        store.events("session_start", "tool_call", "tool_call", "session_end")
        code, said = store.watch("--max-calls", "1")
        assert code == 1 and "⚠ #2 the limit of 1 tool calls is reached" in said

    def test_the_limits_of_the_policy_hold_too(self, store: Store) -> None:
        (store.session / "meta.json").write_text(json.dumps({"attribution": {"working_dir": str(store.folder)}}))
        (store.folder / ".agent-scope.json").write_text('{"limits": {"tool_calls": 1}}')
        store.events("tool_call", "tool_call", "session_end")
        assert store.watch("--json")[0] == 1

    @pytest.mark.parametrize("limit", [["--max-cost", "5"], ["--max-tokens", "5"], ["--max-context-pct", "90"]])
    def test_what_is_nowhere_told_is_not_watched(self, store: Store, limit: list[str]) -> None:
        store.events("session_start", "tool_call", "session_end")
        code, said = store.watch(*limit)
        assert code == 4 and "not watched: limits." in said

    @pytest.mark.parametrize("arguments", [["--max-duration", "soon"], ["--loop", "3"], ["--rules", "/nowhere.yaml"]])
    def test_bad_input_is_one_clear_error(self, store: Store, arguments: list[str]) -> None:
        store.events("session_end")
        code, said = store.watch(*arguments)
        assert code != 0 and "Traceback" not in said

    def test_alerts_as_json_and_in_a_file(self, store: Store) -> None:
        store.events("tool_call", "tool_call")
        code, said = store.watch("--max-calls", "1", "--json", "--alert-file", f"{store.folder}/alerts", "--max-idle", "0.1")
        lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
        assert code == 1 and lines[0]["rule"] == "limits.tool_calls"
        assert json.loads((store.folder / "alerts").read_text().splitlines()[0])["session"] == "abc"


class TestProcess:
    def test_stops_the_agent_and_writes_a_postmortem(self, store: Store, agent: subprocess.Popen[str]) -> None:
        store.events("session_start", "tool_call", "tool_call")
        store.agent(agent)
        code, said = store.watch("--max-calls", "1", "--on-violation", "stop")
        assert code == 1 and agent.wait(5) == -15 and "postmortem" in said
        postmortem = json.loads((store.session / "postmortem.json").read_text())
        assert postmortem["process"]["pid"] == agent.pid and postmortem["process"]["ended"] and postmortem["rule"] == "limits.tool_calls"
        last = json.loads((store.session / "events.ndjson").read_text().splitlines()[-1])
        assert last["event_type"] == "note" and last["data"]["pid"] == agent.pid

    def test_dry_run_touches_nothing(self, store: Store, agent: subprocess.Popen[str]) -> None:
        store.events("tool_call", "tool_call")
        store.agent(agent)
        _, said = store.watch("--max-calls", "1", "--on-violation", "stop", "--dry-run", "--max-idle", "0.1")
        assert "would have stopped" in said and agent.poll() is None

    def test_a_recycled_pid_is_not_touched(self, store: Store, agent: subprocess.Popen[str]) -> None:
        store.events("tool_call", "tool_call")
        store.agent(agent, earlier=1)
        _, said = store.watch("--max-calls", "1", "--on-violation", "stop", "--max-idle", "0.1")
        assert "nothing was signalled" in said and agent.poll() is None

    def test_a_session_that_is_over_stops_nobody(self, store: Store, agent: subprocess.Popen[str]) -> None:
        store.events("tool_call", "tool_call", "session_end")
        store.agent(agent)
        assert store.watch("--max-calls", "1", "--on-violation", "stop")[0] == 1 and agent.poll() is None

    def test_pause_resume_and_stop_at_once(self, store: Store, agent: subprocess.Popen[str]) -> None:
        store.events("tool_call")
        store.agent(agent)
        for act, word in (("--pause", "paused"), ("--resume", "resumed"), ("--stop", "stopped")):
            code, said = store.watch(act)
            assert code == 0 and f"{word} process {agent.pid}" in said
        assert agent.wait(5) == -15
