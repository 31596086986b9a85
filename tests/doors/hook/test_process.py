"""The hook as a process: whatever goes wrong refuses the call with a reason, and nothing is printed that the client could misread."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from gateway.doors.hook.install import hook_command


def payload(**changes: Any) -> dict[str, Any]:
    """Return a PreToolUse payload of a harmless call."""
    plain = {"hook_event_name": "PreToolUse", "session_id": "s", "tool_name": "Bash", "tool_input": {"command": "ls"}, "tool_use_id": "t1"}
    return {**plain, **changes}


class Hook:
    """A project folder and the hook run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / ".git").mkdir()

    def policy(self, text: str) -> None:
        """Write the project's policy."""
        (self.folder / ".agent-scope.json").write_text(text)

    def run(self, given: object, event: str = "pre-tool", *options: str, raw: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
        """Send a payload and return what the process said."""
        data = raw if raw is not None else json.dumps(given).encode()
        return subprocess.run([*hook_command(), "hook", event, *options], input=data, capture_output=True, cwd=self.folder, check=False)

    def events(self) -> list[dict[str, Any]]:
        """Return what was recorded."""
        files = (self.folder / ".agent-traces").glob("*/events.ndjson")
        return [json.loads(line) for file in files for line in file.read_text().splitlines()]


@pytest.fixture
def hook(tmp_path: Path) -> Hook:
    return Hook(tmp_path)


def refused(done: subprocess.CompletedProcess[bytes], *words: str) -> None:
    """Assert that a call was refused in every way a client looks at, with these words in the reason."""
    assert done.returncode == 2
    answer = json.loads(done.stdout)["hookSpecificOutput"]
    assert answer["permissionDecision"] == "deny"
    assert done.stderr.decode().strip() == answer["permissionDecisionReason"]
    for word in words:
        assert word in answer["permissionDecisionReason"], answer
    assert b"Traceback" not in done.stderr


class TestVerdict:
    def test_allow_is_silence_and_a_record(self, hook: Hook) -> None:
        done = hook.run(payload(cwd=str(hook.folder)))
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
        (event,) = hook.events()
        assert event["event_type"] == "tool_call" and event["data"]["decision"]["effect"] == "allow"

    def test_deny_names_rule_place_and_hint(self, hook: Hook) -> None:
        hook.policy('{"commands": {"deny": [\n{"match": "curl", "hint": "use the cache"}]}}')
        refused(hook.run(payload(tool_input={"command": "true; curl x"}, cwd=str(hook.folder))), "curl", ".agent-scope.json:2", "use the cache")
        assert hook.events()[0]["data"]["decision"]["effect"] == "deny"

    def test_ask(self, hook: Hook) -> None:
        hook.policy('{"commands": {"ask": ["git push"]}}')
        done = hook.run(payload(tool_input={"command": "git push"}, cwd=str(hook.folder)))
        assert done.returncode == 0 and json.loads(done.stdout)["hookSpecificOutput"]["permissionDecision"] == "ask"

    def test_observe_refuses_nothing_and_records_what_it_would_have(self, hook: Hook) -> None:
        hook.policy('{"commands": {"deny": ["curl"]}}')
        done = hook.run(payload(tool_input={"command": "curl x"}, cwd=str(hook.folder)), "pre-tool", "--observe")
        assert (done.returncode, done.stdout) == (0, b"")
        decision = hook.events()[0]["data"]["decision"]
        assert (decision["effect"], decision["shadow"]) == ("allow", "deny")

    def test_the_folder_the_client_names_decides_whose_policy_holds(self, hook: Hook, tmp_path_factory: pytest.TempPathFactory) -> None:
        hook.policy('{"commands": {"deny": ["curl"]}}')
        elsewhere = tmp_path_factory.mktemp("elsewhere")
        environment = {**os.environ, "CLAUDE_PROJECT_DIR": str(hook.folder)}
        data = json.dumps(payload(tool_input={"command": "curl x"}, cwd=str(elsewhere))).encode()
        refused(subprocess.run([*hook_command(), "hook", "pre-tool"], input=data, capture_output=True, cwd=elsewhere, env=environment), "curl")


class TestTrouble:
    @pytest.mark.parametrize(
        "raw",
        [b"", b"{", b"[]", b"null", b'"x"', b"{} {}", b"\xff\xfe", b"not json", b'{"tool_name": NaN}', b"[" * 100_000, b'{"session_id": "s"}'],
    )
    def test_a_payload_that_cannot_be_read_is_refused(self, hook: Hook, raw: bytes) -> None:
        refused(hook.run(None, raw=raw))

    @pytest.mark.parametrize(
        ("text", "word"),
        [
            ("{", "expected a key in double quotes"),
            ('{"comands": {}}', "did you mean `commands`?"),
            ('{"commands": {"deny": "curl"}}', "expected a list"),
            ('{"files": {"read": {"deny": [""]}}}', "not empty"),
            ('{"version": 1, "version": 1}', "version"),
        ],
    )
    def test_a_policy_that_cannot_be_read_refuses_every_call(self, hook: Hook, text: str, word: str) -> None:
        hook.policy(text)
        refused(hook.run(payload(cwd=str(hook.folder))), word)

    def test_a_policy_without_read_permission_refuses(self, hook: Hook) -> None:
        (hook.folder / ".agent-scope.json").mkdir()
        refused(hook.run(payload(cwd=str(hook.folder))), "cannot be read")

    def test_a_trace_that_cannot_be_written_refuses(self, hook: Hook) -> None:
        (hook.folder / ".agent-traces").write_text("in the way")
        refused(hook.run(payload(cwd=str(hook.folder))), "not a folder")

    def test_a_trace_that_cannot_be_written_passes_with_a_warning_when_observing(self, hook: Hook) -> None:
        (hook.folder / ".agent-traces").write_text("in the way")
        done = hook.run(payload(cwd=str(hook.folder)), "pre-tool", "--observe")
        assert done.returncode == 0 and b"not recorded" in done.stderr

    def test_a_deadline_of_our_own_comes_before_the_clients(self, hook: Hook) -> None:
        reader, writer = os.pipe()
        begun = time.monotonic()
        process = subprocess.Popen(
            [*hook_command(), "hook", "pre-tool"], stdin=reader, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=hook.folder
        )
        os.close(reader)
        stdout, stderr = process.communicate()
        os.close(writer)
        refused(subprocess.CompletedProcess([], process.returncode, stdout, stderr), "no verdict within 5 s")
        assert time.monotonic() - begun < 9

    def test_other_events_never_block(self, hook: Hook) -> None:
        for event in ("stop", "user-prompt", "session-start", "SubagentStop"):
            done = hook.run(None, event, raw=b"{")
            assert (done.returncode, done.stdout) == (0, b"") and b"not recorded" in done.stderr

    def test_unknown_words_refuse(self, hook: Hook) -> None:
        assert hook.run(payload(), "no-such-agent", "pre-tool").returncode == 2

    def test_a_closed_stdout_still_refuses(self, hook: Hook) -> None:
        hook.policy('{"commands": {"deny": ["ls"]}}')
        line = " ".join([*hook_command(), "hook", "pre-tool", ">&-"])
        done = subprocess.run(["sh", "-c", line], input=json.dumps(payload(cwd=str(hook.folder))).encode(), capture_output=True, cwd=hook.folder)
        assert done.returncode == 2 and b"Blocked by policy" in done.stderr


NAMED = "DB_PASSWORD=" + "".join(("hunt", "er", "2", "longer"))
FORWARD = '{"redact": {"forward": ["secrets"]}}'


def result(folder: Path, **changes: Any) -> dict[str, Any]:
    """Return a PostToolUse payload whose output holds a credential."""
    output = {"stdout": f"{NAMED}\n", "stderr": "", "interrupted": False, "isImage": False}
    return {**payload(cwd=str(folder)), "hook_event_name": "PostToolUse", "tool_response": output, **changes}


def no_key(hook: Hook) -> None:
    (hook.folder / ".agent-traces").write_text("not a folder")


def no_room(hook: Hook) -> None:
    (hook.folder / ".agent-traces" / "s").mkdir(parents=True)
    (hook.folder / ".agent-traces" / "s" / "events.ndjson").mkdir()


FAULTS: dict[str, tuple[str, Any, bytes | None]] = {
    "nothing": (FORWARD, None, None),
    "store is a file": (FORWARD, no_key, None),
    "session's file is a folder": (FORWARD, no_room, None),
    "policy is no JSON": ("{", None, None),
    "policy is unknown": ('{"redct": {}}', None, None),
    "policy's pattern takes for ever": ('{"redact": {"custom": [{"id": "x", "pattern": "(a+)+$"}]}}', None, None),
    "policy is a folder": ("", lambda hook: (hook.folder / ".agent-scope.json").mkdir(), None),
    "stdin is empty": (FORWARD, None, b""),
    "stdin is cut off": (FORWARD, None, b"{"),
    "stdin is no object": (FORWARD, None, b"[1]"),
    "stdin is nested too deeply": (FORWARD, None, b"[" * 200_000),
}


class TestWithholding:
    @pytest.mark.parametrize("fault", FAULTS)
    def test_what_could_not_be_cleaned_does_not_go_on(self, hook: Hook, fault: str) -> None:
        policy, break_it, raw = FAULTS[fault]
        if policy:
            hook.policy(policy)
        if break_it:
            break_it(hook)
        done = hook.run(result(hook.folder), "post-tool", raw=raw)
        said = json.loads(done.stdout)
        told = said["hookSpecificOutput"]
        assert done.returncode == 0 and told["hookEventName"] == "PostToolUse" and NAMED not in done.stdout.decode() + done.stderr.decode()
        if raw is None:
            assert set(told["updatedToolOutput"]) == {"stdout", "stderr", "interrupted", "isImage"}
        else:
            assert said["continue"] is False and "withheld" in told["updatedToolOutput"]

    @pytest.mark.parametrize("fault", ["policy is no JSON", "policy is unknown", "policy's pattern takes for ever", "policy is a folder"])
    def test_the_notice_says_why(self, hook: Hook, fault: str) -> None:
        policy, break_it, _ = FAULTS[fault]
        if policy:
            hook.policy(policy)
        if break_it:
            break_it(hook)
        done = hook.run(result(hook.folder), "post-tool")
        text = json.loads(done.stdout)["hookSpecificOutput"]["updatedToolOutput"]["stdout"]
        assert "withheld by agent-strace" in text and ".agent-scope.json" in text and "A person must fix this" in text

    @pytest.mark.parametrize("fault", ["store is a file", "session's file is a folder"])
    def test_where_policy_takes_nothing_out_nothing_changes(self, hook: Hook, fault: str) -> None:
        hook.policy("{}")
        FAULTS[fault][1](hook)
        done = hook.run(result(hook.folder), "post-tool")
        assert (done.returncode, done.stdout) == (0, b"") and done.stderr

    @pytest.mark.parametrize(("policy", "goes_on"), [(FORWARD, False), ("{", False), ("{}", True)])
    def test_a_payload_that_is_too_large(self, hook: Hook, policy: str, *, goes_on: bool) -> None:
        hook.policy(policy)
        given = result(hook.folder)
        whole = {"session_id": "s", "cwd": given["cwd"], **given, "tool_response": {"stdout": NAMED + "x" * (33 << 20), "stderr": ""}}
        done = hook.run(None, "post-tool", raw=json.dumps(whole, separators=(",", ":")).encode())
        assert done.returncode == 0 and (done.stdout == b"") is goes_on and NAMED.encode() not in done.stdout

    def test_a_store_that_is_locked(self, hook: Hook) -> None:
        import fcntl

        hook.policy(FORWARD)
        hook.run(payload(cwd=str(hook.folder)))
        (file,) = (hook.folder / ".agent-traces").glob("*/events.ndjson")
        with file.open("a") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            done = hook.run(result(hook.folder), "post-tool")
        assert done.returncode == 0 and NAMED.encode() not in done.stdout and "updatedToolOutput" in json.loads(done.stdout)["hookSpecificOutput"]

    def test_a_failing_command_is_told_of(self, hook: Hook) -> None:
        hook.policy("{")
        done = hook.run({**result(hook.folder), "hook_event_name": "PostToolUseFailure", "error": NAMED}, "post-tool-failure")
        assert "additionalContext" in json.loads(done.stdout)["hookSpecificOutput"] and NAMED.encode() not in done.stdout


class TestRecord:
    def test_a_whole_session(self, hook: Hook) -> None:
        common = {"session_id": "abc", "cwd": str(hook.folder)}
        hook.run({**common, "hook_event_name": "SessionStart", "source": "startup"}, "session-start")
        hook.run({**common, "hook_event_name": "UserPromptSubmit", "prompt": "go"}, "user-prompt")
        hook.run(payload(**common))
        hook.run({**payload(**common), "hook_event_name": "PostToolUse", "tool_response": {"stdout": "x"}, "duration_ms": 5}, "post-tool")
        hook.run({**common, "hook_event_name": "SessionEnd", "reason": "exit"}, "session-end")
        start, prompt, call, result, end = hook.events()
        assert [event["event_type"] for event in (start, prompt, call, result, end)] == [
            "session_start",
            "user_prompt",
            "tool_call",
            "tool_result",
            "session_end",
        ]
        assert result["parent_id"] == call["event_id"] and result["duration_ms"] == 5
        meta = json.loads((hook.folder / ".agent-traces" / "abc" / "meta.json").read_text())
        assert meta["attribution"]["working_dir"] == str(hook.folder) and meta["agent_name"] == "claude-code"

    def test_files_are_private(self, hook: Hook) -> None:
        hook.run(payload(cwd=str(hook.folder)))
        store = hook.folder / ".agent-traces"
        modes = {path.name: path.stat().st_mode & 0o777 for path in [store, *store.rglob("*")]}
        assert modes == {store.name: 0o700, "s": 0o700, "events.ndjson": 0o600, ".gitignore": 0o600}

    @pytest.mark.parametrize("session", ["../../evil", "/etc/x", "a/b", "..", ".", "", "x" * 5000, "nul\0", "-rf", "é\ud800"])
    def test_a_session_id_never_becomes_a_path(self, hook: Hook, session: str) -> None:
        hook.run(payload(session_id=session, cwd=str(hook.folder)))
        (folder,) = [entry for entry in (hook.folder / ".agent-traces").iterdir() if entry.is_dir()]
        assert (folder / "events.ndjson").exists() and len(list(hook.folder.parent.glob("evil*"))) == 0

    def test_sixteen_at_once_lose_nothing_and_tear_nothing(self, hook: Hook) -> None:
        hook.run(payload(tool_use_id="first", cwd=str(hook.folder)))
        processes = []
        for number in range(16):
            process = subprocess.Popen([*hook_command(), "hook", "pre-tool"], stdin=subprocess.PIPE, cwd=hook.folder)
            processes.append((process, payload(tool_use_id=f"t{number}", cwd=str(hook.folder))))
        for process, given in processes:
            assert process.stdin is not None
            process.stdin.write(json.dumps(given).encode())
            process.stdin.close()
        assert [process.wait() for process, _ in processes] == [0] * 16
        assert {event["data"]["tool_use_id"] for event in hook.events()} == {"first", *(f"t{number}" for number in range(16))}
        done = subprocess.run([sys.executable, "-m", "gateway", "show", "s", "--json"], cwd=hook.folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def test_a_torn_last_line_is_closed_before_the_next(self, hook: Hook) -> None:
        hook.run(payload(cwd=str(hook.folder)))
        path = hook.folder / ".agent-traces" / "s" / "events.ndjson"
        whole = path.read_bytes()
        path.write_bytes(whole + whole[: len(whole) // 2])
        hook.run(payload(tool_use_id="t2", cwd=str(hook.folder)))
        lines = path.read_bytes().splitlines()
        assert len(lines) == 3 and json.loads(lines[2])["data"]["tool_use_id"] == "t2"


class TestMissingProject:
    """A project folder that is not there is not made: who looks for the record would find it where nobody has a project."""

    def test_a_call_is_refused_and_no_folder_appears(self, hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
        gone = hook.folder.parent / f"{hook.folder.name}-gone/deeper"
        monkeypatch.setenv("CLAUDE_PROJECT_DIR", str(gone))
        refused(hook.run(payload()), "is no folder", str(gone))
        assert not gone.parent.exists()

    @pytest.mark.parametrize("event", ["post-tool", "session-start", "user-prompt"])
    def test_other_events_say_it(self, event: str, hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
        gone = hook.folder.parent / f"{hook.folder.name}-gone"
        monkeypatch.setenv("CLAUDE_PROJECT_DIR", str(gone))
        name = {"post-tool": "PostToolUse", "session-start": "SessionStart", "user-prompt": "UserPromptSubmit"}[event]
        done = hook.run(payload(hook_event_name=name, tool_response={"stdout": "a"}, prompt="x"), event)
        assert b"is no folder" in done.stderr and not gone.exists() and b"Traceback" not in done.stderr

    def test_a_store_that_a_person_chose_is_made(self, hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AGENT_TRACE_DIR", str(hook.folder / "a/b"))
        assert hook.run(payload()).returncode == 0
        assert (hook.folder / "a/b/s/events.ndjson").is_file()


class TestNobodyToAsk:
    """A question where the client would refuse without asking anybody (`claude -p`, `dontAsk`)."""

    @pytest.mark.parametrize(("entry", "mode"), [("sdk-cli", "default"), ("cli", "dontAsk")])
    def test_waits_for_an_approval_and_goes_through_with_it(self, hook: Hook, monkeypatch: pytest.MonkeyPatch, entry: str, mode: str) -> None:
        from gateway.host import approvals

        monkeypatch.setenv("CLAUDE_CODE_ENTRYPOINT", entry)
        hook.policy('{"commands": {"ask": ["git push"]}}')
        payload = {
            "hook_event_name": "PreToolUse",
            "session_id": "s",
            "tool_name": "Bash",
            "tool_input": {"command": "git push"},
            "cwd": str(hook.folder),
            "permission_mode": mode,
        }
        refused(hook.run(payload), "nobody can be asked here", "agent-strace approve")
        (waiting,) = approvals.all_waiting(time.time())
        assert waiting["tool"] == "Bash" and waiting["session"] == "s"
        approvals.grant(waiting["name"], "ann", time.time())
        assert hook.run(payload).returncode == 0
        refused(hook.run(payload), "agent-strace approve")

    def test_somebody_at_the_terminal_is_asked(self, hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CLAUDE_CODE_ENTRYPOINT", "cli")
        hook.policy('{"commands": {"ask": ["git push"]}}')
        done = hook.run(
            {"hook_event_name": "PreToolUse", "session_id": "s", "tool_name": "Bash", "tool_input": {"command": "git push"}, "cwd": str(hook.folder)}
        )
        assert json.loads(done.stdout)["hookSpecificOutput"]["permissionDecision"] == "ask"
