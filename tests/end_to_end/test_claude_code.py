"""The real client: what policy denies does not happen, the model is told why, and what is allowed happens without a prompt of ours."""

from __future__ import annotations

import json
import os
import random
import string
from pathlib import Path

import pytest

from tests.real.claude_code import CLIENT, Client
from tests.real.messages_api import MessagesApi, Script

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not CLIENT.exists() and not os.environ.get("AGENT_STRACE_REQUIRE_REAL"),
        reason=f"THE REAL CLIENT WAS NOT TESTED: {CLIENT} is not there; tests/real/install.sh installs it",
    ),
]

POLICY = json.dumps(
    {
        "files": {"read": {"deny": [{"match": "secret.txt", "reason": "holds the passwords"}]}, "write": {"deny": ["locked/**"]}},
        "commands": {"deny": [{"match": "touch", "hint": "use the Write tool"}]},
        "tools": {"deny": ["mcp__toy__erase"]},
    }
)


@pytest.fixture
def client(tmp_path: Path) -> Client:
    made = Client(tmp_path, POLICY)
    (made.project / "secret.txt").write_text("the-planted-password\n")
    (made.project / "open.txt").write_text("open text\n")
    (made.project / "locked").mkdir()
    (made.project / "locked" / "kept.txt").write_text("as it was\n")
    return made


def script(project: Path) -> list[tuple[str, dict[str, object]]]:
    """Return a denied and an allowed call of each kind."""
    return [
        ("Bash", {"command": "touch made-by-bash.txt", "description": "x"}),
        ("Read", {"file_path": f"{project}/secret.txt"}),
        ("Read", {"file_path": f"{project}/locked/kept.txt"}),
        ("Edit", {"file_path": f"{project}/locked/kept.txt", "old_string": "as it was", "new_string": "changed"}),
        ("Write", {"file_path": f"{project}/locked/new.txt", "content": "x"}),
        ("mcp__toy__erase", {"text": "x"}),
        ("Bash", {"command": "echo allowed-by-policy > made-by-echo.txt", "description": "x"}),
        ("Read", {"file_path": f"{project}/open.txt"}),
        ("Write", {"file_path": f"{project}/written.txt", "content": "written"}),
        ("mcp__toy__echo", {"text": "hello"}),
    ]


def check(client: Client, api: MessagesApi, prefix: str) -> None:
    """Assert that the script of `script` had the effects that policy leaves it."""
    told = api.tool_results()
    for number, rule in ((0, "touch"), (1, "holds the passwords"), (3, "files.write.deny"), (4, "files.write.deny"), (5, "mcp__toy__erase")):
        assert "Blocked by policy" in told[f"toolu_{prefix}_{number}"] and rule in told[f"toolu_{prefix}_{number}"], told
    project = client.project
    assert not (project / "made-by-bash.txt").exists()
    assert "the-planted-password" not in json.dumps(api.requests)
    assert (project / "locked" / "kept.txt").read_text() == "as it was\n"
    assert not (project / "locked" / "new.txt").exists()
    assert (project / "made-by-echo.txt").read_text() == "allowed-by-policy\n"
    assert "open text" in told[f"toolu_{prefix}_7"]
    assert (project / "written.txt").read_text() == "written"
    assert [call["name"] for call in client.called()] == ["echo"]


class TestEnforcement:
    def test_denied_calls_do_not_happen_and_allowed_ones_do(self, client: Client) -> None:
        client.setup()
        with MessagesApi(Script(script(client.project))) as api:
            client.run(api)
        check(client, api, "main")
        verdicts = [event["data"]["decision"]["effect"] for event in client.events() if event["event_type"] == "tool_call"]
        assert verdicts == ["deny", "deny", "allow", "deny", "deny", "deny", "allow", "allow", "allow", "allow"]
        kinds = {event["event_type"] for event in client.events()}
        assert {"session_start", "user_prompt", "tool_call", "tool_result", "assistant_response", "session_end"} <= kinds

    def test_the_same_in_a_subagent(self, client: Client) -> None:
        client.setup()
        task = ("Agent", {"description": "sub", "prompt": "SUBAGENT-TASK do it", "subagent_type": "general-purpose", "run_in_background": False})
        with MessagesApi(Script([task], script(client.project))) as api:
            client.run(api)
        check(client, api, "inner")
        inside = [event for event in client.events() if event["event_type"] == "tool_call" and event["data"].get("agent_id")]
        assert len(inside) == 10

    def test_a_malformed_policy_refuses_every_call(self, client: Client) -> None:
        (client.project / ".agent-scope.json").write_text('{"comands": {}}')
        client.setup()
        with MessagesApi(Script(script(client.project))) as api:
            client.run(api)
        told = api.tool_results()
        assert len(told) == 10 and all("did you mean `commands`" in text for text in told.values()), told
        assert not (client.project / "made-by-echo.txt").exists() and client.called() == []

    def test_a_hook_that_cannot_start_refuses_every_call(self, client: Client) -> None:
        client.setup()
        settings = client.project / ".claude" / "settings.json"
        text = settings.read_text()
        value = json.loads(text)
        interpreter = value["hooks"]["PreToolUse"][0]["hooks"][0]["command"]
        settings.write_text(text.replace(interpreter, str(client.project / "moved-away")))
        with MessagesApi(Script(script(client.project))) as api:
            client.run(api)
        assert not (client.project / "made-by-echo.txt").exists() and client.called() == []
        assert not (client.project / "written.txt").exists()
        assert all("onFailure" in text for text in api.tool_results().values())

    def test_a_limit_that_ends_the_session_ends_it(self, client: Client) -> None:
        (client.project / ".agent-scope.json").write_text(json.dumps({"limits": {"tool_calls": {"max": 2, "effect": "stop"}}}))
        client.setup()
        calls = [("Bash", {"command": f"touch made-{number}", "description": "x"}) for number in range(5)]
        with MessagesApi(Script(calls)) as api:
            client.run(api)
        assert sorted(path.name for path in client.project.glob("made-*")) == ["made-0", "made-1"]
        denied = [event for event in client.events() if event["event_type"] == "tool_call" and event["data"]["decision"]["effect"] == "deny"]
        assert len(denied) >= 1 and "limit of 2 tool calls" in denied[0]["data"]["decision"]["reasons"][0]["text"]


class TestForward:
    def run(self, client: Client, policy: dict[str, object]) -> tuple[str, str, list[dict[str, object]]]:
        """Have a token pass through Read, Bash and an MCP server; return (it, what the model saw, what reached the server)."""
        token = "ghp_" + "".join(random.choices(string.ascii_letters + string.digits, k=36))
        (client.project / ".agent-scope.json").write_text(json.dumps(policy))
        (client.project / "notes.txt").write_text(f"first line\ntoken {token}\nlast line\n")
        client.planted.write_text(f"token {token}")
        client.setup()
        calls = [
            ("Read", {"file_path": f"{client.project}/notes.txt"}),
            ("Bash", {"command": "head -2 notes.txt", "description": "x"}),
            ("mcp__toy__show", {"text": "x"}),
            ("mcp__toy__echo", {"text": f"sent {token}"}),
        ]
        with MessagesApi(Script(calls)) as api:
            client.run(api)
        assert len(api.tool_results()) == 4
        assert token not in client.recorded() and "[REDACTED:github-token:" in client.recorded()
        return token, json.dumps(list(api.tool_results().values())), client.called()

    def test_under_forward_the_model_and_the_server_see_the_placeholder(self, client: Client) -> None:
        token, seen, called = self.run(client, {"redact": {"forward": ["secrets"]}})
        assert token not in seen and seen.count("[REDACTED:github-token:") >= 3, seen
        assert "first line" in seen and "last line" in seen
        assert token not in json.dumps(called)

    def test_without_it_both_see_the_real_value_and_the_record_does_not(self, client: Client) -> None:
        token, seen, called = self.run(client, {})
        assert seen.count(token) >= 3 and token in json.dumps(called)

    def test_the_output_of_a_command_that_fails_is_clean_behind_exec_and_spoken_of_without(self, client: Client) -> None:
        token = "ghp_" + "".join(random.choices(string.ascii_letters + string.digits, k=36))
        (client.project / ".agent-scope.json").write_text(json.dumps({"redact": {"forward": ["secrets"]}}))
        (client.project / "notes.txt").write_text(f"token {token}\n")
        calls: list[tuple[str, dict[str, object]]] = [("Bash", {"command": "cat notes.txt; cat notes.txt >&2; exit 3", "description": "x"})]
        client.setup()
        with MessagesApi(Script(calls)) as api:
            client.run(api)
        assert "exec --redact" in json.dumps(api.requests)
        client.setup("--exec")
        with MessagesApi(Script(calls)) as api:
            client.run(api)
        (seen,) = api.tool_results().values()
        assert "[REDACTED:github-token:" in seen and "3" in seen and token not in seen, seen
        assert token not in client.recorded()
