"""What an older `setup` wrote keeps working after an upgrade, and a newer one finds it again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gateway.doors.hook import claude_code
from tests.hook_world import World, payload

EVENTS_0_1_0 = {
    "SessionStart": "session-start",
    "SessionEnd": "session-end",
    "UserPromptSubmit": "user-prompt",
    "PreToolUse": "pre-tool",
    "PostToolUse": "post-tool",
    "PostToolUseFailure": "post-tool-failure",
    "Stop": "stop",
    **{
        name: name
        for name in (
            "PostToolBatch StopFailure SubagentStart SubagentStop Notification PermissionRequest PermissionDenied PreCompact PostCompact"
            " ConfigChange Elicitation ElicitationResult TaskCreated TaskCompleted"
        ).split()
    },
}
"""Each event that `setup` of 0.1.0 asked for, and the word behind `hook` on its command line."""
MATCHED_0_1_0 = ("PreToolUse", "PostToolUse", "PostToolUseFailure", "PermissionRequest", "PermissionDenied")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("older"))


def settings_0_1_0(world: World, *options: str) -> dict[str, Any]:
    """Return the settings that `setup --write` of 0.1.0 left behind, written out, not built by today's code."""
    hooks: dict[str, Any] = {}
    for event, word in EVENTS_0_1_0.items():
        entry = str(world.package / "gateway" / "entry.py")
        handler: dict[str, Any] = {"type": "command", "command": world.python, "args": ["-I", "-S", entry, "hook", word, *options], "timeout": 10}
        if event == "PreToolUse":
            handler["onFailure"] = "block"
        hooks[event] = [{"matcher": "*", "hooks": [handler]}] if event in MATCHED_0_1_0 else [{"hooks": [handler]}]
    return {"hooks": hooks}


def run(world: World, project: Path, event: str, *options: str, **changes: Any) -> tuple[int, str]:
    """Start a hook exactly as the settings of 0.1.0 say."""
    import subprocess

    handler = settings_0_1_0(world, *options)["hooks"][event][0]["hooks"][0]
    data = payload(EVENTS_0_1_0[event], project, **changes)
    done = subprocess.run([handler["command"], *handler["args"]], input=data, cwd=project, env=world.environment(), capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
    return done.returncode, done.stdout.decode()


@pytest.mark.parametrize("options", [(), ("--redact",), ("--redact", "--mask", "--forward", "--exec")])
def test_a_hook_line_of_0_1_0_judges_and_records(world: World, options: tuple[str, ...]) -> None:
    project = world.project("-".join(("judges", *options)))
    (project / ".agent-scope.json").write_text(json.dumps({"version": 1, "commands": {"deny": ["rm"]}}))
    assert run(world, project, "SessionStart", *options) == (0, "")
    assert run(world, project, "PreToolUse", *options)[0] == 0
    code, said = run(world, project, "PreToolUse", *options, tool_input={"command": "rm -rf x"})
    assert code == 2 and json.loads(said)["hookSpecificOutput"]["permissionDecision"] == "deny"
    assert run(world, project, "PostToolUse", *options)[0] == 0
    assert sum(len(path.read_text().splitlines()) for path in project.glob(".agent-traces/*/events.ndjson")) >= 4


@pytest.mark.parametrize("event", sorted(set(EVENTS_0_1_0) - {"PreToolUse"}))
def test_every_event_of_0_1_0_is_still_known(world: World, event: str) -> None:
    project = world.project(f"event-{event}")
    assert run(world, project, event)[0] == 0


def test_todays_setup_replaces_it_and_takes_it_out(world: World) -> None:
    old = json.dumps(settings_0_1_0(world, "--redact"), indent=2) + "\n"
    new = claude_code.with_hooks(old, ("/py", "-I", "-S", "/new/gateway/entry.py"))
    assert claude_code.has_hooks(old) and world.python not in new and new.count("/new/gateway/entry.py") == len(EVENTS_0_1_0)
    assert json.loads(claude_code.without_hooks(old)) == {}


def test_the_published_tools_line_is_replaced_too() -> None:
    old = json.dumps({"hooks": {"PreToolUse": [{"matcher": "", "hooks": [{"type": "command", "command": "agent-strace hook pre-tool"}]}]}})
    new = json.loads(claude_code.with_hooks(old, ("/py", "/new/gateway/entry.py")))
    assert len(new["hooks"]["PreToolUse"]) == 1 and "agent-strace hook" not in json.dumps(new)


SDK = ("end_session", "log_decision", "mask_event_data", "redact_event_data", "start_session", "trace_llm_call", "trace_tool")


def test_both_import_names_and_what_they_export_stay() -> None:
    import agent_trace

    import gateway

    assert sorted(agent_trace.__all__) == sorted(SDK)
    assert all(callable(getattr(gateway, name)) and getattr(agent_trace, name) is getattr(gateway, name) for name in SDK)
    assert issubclass(gateway.CallDeniedError, Exception)  # type: ignore[attr-defined]
