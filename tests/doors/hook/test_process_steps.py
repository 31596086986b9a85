"""The steps of a hook process, each by itself: what is read of the command line and of the payload, and what is said when a step fails."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from gateway.doors.hook import claude_code, process
from gateway.doors.hook.arrival import Arrival, Reply, SessionEvent
from gateway.doors.hook.process import _State
from gateway.lane_os import DeadlineError, StoppedError
from gateway.model.call import ToolCall, ToolResult
from gateway.model.errors import GatewayError, ProtocolError


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """Keep the process's clocks and signals from the tests' own; return what was done to them."""
    done: list[tuple[str, Any]] = []
    monkeypatch.setattr(process, "start_deadline", lambda seconds: done.append(("deadline", seconds)))
    monkeypatch.setattr(process, "ignore_signals", lambda: done.append(("ignored", None)))
    monkeypatch.setattr(process, "end_by", lambda code, seconds: done.append(("end", (code, seconds))))
    return done


@pytest.fixture
def stdin(tmp_path: Path) -> Any:
    """Return what puts bytes on the standard input."""
    kept = os.dup(0)

    def put(data: bytes) -> None:
        path = tmp_path / "stdin"
        path.write_bytes(data)
        with path.open("rb") as file:
            os.dup2(file.fileno(), 0)

    yield put
    os.dup2(kept, 0)
    os.close(kept)


def payload(folder: Path, **more: object) -> bytes:
    plain = {"hook_event_name": "", "session_id": "s", "cwd": str(folder), "tool_name": "Bash", "tool_input": {"command": "ls"}, "tool_use_id": "t"}
    return json.dumps({**plain, **more}).encode()


def raising(error: BaseException) -> Callable[..., Any]:
    def broken(*_: object, **__: object) -> Any:
        raise error

    return broken


class TestSplit:
    @pytest.mark.parametrize(
        ("arguments", "options", "words"),
        [
            ([], {}, []),
            (["pre-tool"], {}, ["pre-tool"]),
            (["--redact", "--mask", "--forward", "--observe", "--exec"], dict.fromkeys(("redact", "mask", "forward", "observe", "exec"), "yes"), []),
            (["--trace-dir", "/t", "x", "--policy", "/p"], {"trace-dir": "/t", "policy": "/p"}, ["x"]),
            (["--trace-dir=/t=1", "--policy="], {"trace-dir": "/t=1", "policy": ""}, []),
            (["--policy"], {"policy": ""}, []),
            (["--unheard", "--observes"], {}, ["--unheard", "--observes"]),
        ],
    )
    def test_table(self, arguments: list[str], options: dict[str, str], words: list[str]) -> None:
        assert process._split(arguments) == (options, words)

    @pytest.mark.parametrize("words", [["pre-tool"], ["claude-code", "pre-tool"], ["claude_code", "pre-tool"]])
    def test_the_agent_need_not_be_named(self, words: list[str]) -> None:
        assert process._agent_and_event(words) == (claude_code, "pre-tool")

    @pytest.mark.parametrize("words", [[], ["a", "b", "c"], ["nobody", "pre-tool"], ["claude-code", "pre-tool", "x"]])
    def test_who_is_not_known(self, words: list[str]) -> None:
        assert process._agent_and_event(words) == (None, "")

    def test_a_path_is_made_whole_where_there_is_one(self) -> None:
        assert process._absolute("") == "" and process._absolute("x") == str(Path.cwd() / "x")


class TestPayload:
    @pytest.mark.parametrize("data", [b'{"a": 1}', b'\xef\xbb\xbf{"a": 1}'])
    def test_an_object(self, stdin: Callable[[bytes], None], data: bytes) -> None:
        stdin(data)
        assert process._payload(_State()) == {"a": 1}

    def test_bytes_that_are_no_utf8_are_replaced(self, stdin: Callable[[bytes], None]) -> None:
        stdin(b'{"a": "\xff"}')
        assert process._payload(_State()) == {"a": "\ufffd"}

    @pytest.mark.parametrize("data", [b"[]", b'"x"', b"1"])
    def test_anything_else_is_none(self, stdin: Callable[[bytes], None], data: bytes) -> None:
        stdin(data)
        with pytest.raises(ProtocolError, match="not a JSON object"):
            process._payload(_State())

    @pytest.mark.parametrize(("size", "fits"), [(9, True), (10, True), (11, False)])
    def test_up_to_its_size(self, stdin: Callable[[bytes], None], monkeypatch: pytest.MonkeyPatch, size: int, fits: bool) -> None:
        monkeypatch.setattr(process, "MAX_PAYLOAD", 10)
        stdin(b'{"a":' + b" " * (size - 7) + b"1}")
        if fits:
            assert process._payload(_State()) == {"a": 1}
            return
        with pytest.raises(ProtocolError, match="larger than"):
            process._payload(_State())

    def test_of_one_that_is_too_large_the_beginning_is_kept(self, stdin: Callable[[bytes], None], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(process, "MAX_PAYLOAD", 1 << 20)
        state = _State()
        stdin(b"ab\xff" + b"x" * (1 << 21))
        with pytest.raises(ProtocolError):
            process._payload(state)
        assert state.head == "ab\ufffd" + "x" * 4093

    def test_a_state_begins_with_nothing(self) -> None:
        state = _State()
        assert (state.arrival, state.checkpoint, state.cut_off, state.head) == (None, None, False, "")


class TestGuarded:
    """What is said of trouble, by what the event is about: a call is refused, an output is withheld, anything else goes on with a word."""

    @pytest.mark.parametrize(
        ("error", "told", "cut_off"),
        [
            (DeadlineError(), "no verdict within 5 s", True),
            (StoppedError("SIGTERM"), "stopped by SIGTERM before there was a verdict", False),
            (MemoryError(), "not enough memory for this event", False),
            (GatewayError("the trouble"), "the trouble", False),
            (ValueError("y" * 300), f"internal error (ValueError: {'y' * 200})", False),
        ],
    )
    @pytest.mark.parametrize("event", ["pre-tool", "PreToolUse", "post-tool", "PostToolUse", "stop", "Notification"])
    def test_each_trouble(
        self,
        monkeypatch: pytest.MonkeyPatch,
        quiet: list[tuple[str, Any]],
        event: str,
        error: BaseException,
        told: str,
        cut_off: bool,
    ) -> None:
        monkeypatch.setattr(process, "_payload", raising(error))
        state = _State()
        reply = process._guarded([event], state)
        assert state.cut_off is cut_off and quiet == [("ignored", None), ("deadline", process.END_SECONDS)]
        if event in ("pre-tool", "PreToolUse"):
            advice = "Try again in a few seconds" if cut_off else "Do not retry; a person must fix this"
            assert (reply.code, reply.stderr.startswith(f"Blocked by agent-strace: {told}. {advice}")) == (2, True)
        elif event in ("post-tool", "PostToolUse"):
            assert reply == claude_code.withheld(told, None, event)
        else:
            assert reply == Reply(0, "", f"agent-strace: not recorded: {told}\n")

    @pytest.mark.parametrize("words", [["nobody", "pre-tool"], []])
    def test_who_is_not_known_is_refused(self, words: list[str]) -> None:
        reply = process._guarded(words, _State())
        assert (reply.code, reply.stdout, reply.stderr) == (2, "", f"agent-strace: unknown agent or event `{' '.join(words)}`\n")

    @pytest.mark.parametrize("event", ["stop", "other"])
    def test_what_was_read_counts_more_than_the_name_of_the_event(self, monkeypatch: pytest.MonkeyPatch, event: str) -> None:
        monkeypatch.setattr(process, "_payload", lambda _: {})
        monkeypatch.setattr(process, "_serve", raising(ValueError("x")))
        for arrival, code in ((Arrival(call=ToolCall("Bash", {})), 2), (Arrival(result=ToolResult("Bash", "s3cret")), 0)):
            monkeypatch.setattr(claude_code, "read", lambda *_, arrival=arrival: arrival)
            reply = process._guarded([event], _State())
            assert reply.code == code and reply.stdout and "s3cret" not in reply.stdout

    @pytest.mark.parametrize("hands_on", [True, False])
    def test_an_output_goes_on_where_nothing_is_taken_out_of_it(self, monkeypatch: pytest.MonkeyPatch, hands_on: bool) -> None:
        def served(_: object, state: _State, __: object) -> Reply:
            state.checkpoint = SimpleNamespace(hands_on=hands_on)
            raise ValueError("x")

        monkeypatch.setattr(process, "_payload", lambda _: {"tool_name": "Bash", "cwd": "/"})
        monkeypatch.setattr(process, "_serve", served)
        reply = process._guarded(["post-tool"], _State())
        assert (reply.stdout == "") is hands_on and ("not recorded" in reply.stderr) is hands_on


class TestHandsOn:
    @pytest.mark.parametrize(
        ("document", "options", "goes_on"),
        [("{}", {}, True), ('{"redact": {"forward": ["secrets"]}}', {}, False), ("{", {}, False), ("{}", {"forward": "yes"}, False)],
    )
    def test_by_the_policy_of_the_folder_that_the_beginning_names(
        self, tmp_path: Path, document: str, options: dict[str, str], goes_on: bool
    ) -> None:
        (tmp_path / ".git").mkdir()
        (tmp_path / ".agent-scope.json").write_text(document)
        state = _State()
        state.head = f'{{"session_id": "s", "cwd": "{tmp_path}", "tool'
        assert process._hands_on(state, options) is goes_on

    @pytest.mark.parametrize("head", ["", '{"cwd": "', '{"cwd": "/a', '{"cwd": "a/b", ', '{"cwd": "/a\\u0020", ', '{"cwd":', '{"x": "/a", '])
    def test_never_where_it_names_none(self, head: str) -> None:
        state = _State()
        state.head = head
        assert process._hands_on(state, {}) is False

    def test_the_clients_own_folder_and_a_policy_that_is_named_count_too(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("a", "b"):
            (tmp_path / name / ".git").mkdir(parents=True)
        (tmp_path / "b/.agent-scope.json").write_text('{"redact": {"forward": ["secrets"]}}')
        state = _State()
        state.head = f'{{"cwd": "{tmp_path}/a", '
        monkeypatch.delenv("CLAUDE_PROJECT_DIR", raising=False)
        assert process._hands_on(state, {}) is True
        assert process._hands_on(state, {"policy": str(tmp_path / "b/.agent-scope.json")}) is False
        monkeypatch.setenv("CLAUDE_PROJECT_DIR", str(tmp_path / "b"))
        assert process._hands_on(state, {}) is False


class TestServe:
    def serve(self, folder: Path, arrival: Arrival, **options: str) -> tuple[Reply, list[dict[str, Any]]]:
        (folder / ".git").mkdir(exist_ok=True)
        state = _State()
        state.arrival = arrival
        reply = process._serve(claude_code, state, {"trace-dir": str(folder / "t"), **options})
        files = (folder / "t").glob("*/events.ndjson")
        assert state.checkpoint is not None
        return reply, [json.loads(line) for file in files for line in file.read_text().splitlines()]

    def call(self, folder: Path, line: str = "ls") -> Arrival:
        return Arrival(call=ToolCall("Bash", {"command": line}, session="s", id="t", cwd=str(folder)))

    @pytest.mark.parametrize(("options", "code"), [({}, 2), ({"observe": "yes"}, 0)])
    def test_a_call(self, tmp_path: Path, options: dict[str, str], code: int) -> None:
        (tmp_path / ".agent-scope.json").write_text('{"commands": {"deny": ["ls"]}}')
        reply, events = self.serve(tmp_path, self.call(tmp_path), **options)
        assert reply.code == code and [event["event_type"] for event in events] == ["tool_call"]

    def test_a_policy_that_is_named_stands_instead(self, tmp_path: Path) -> None:
        (tmp_path / "other.json").write_text('{"commands": {"deny": ["ls"]}}')
        assert self.serve(tmp_path, self.call(tmp_path), policy=str(tmp_path / "other.json"))[0].code == 2

    @pytest.mark.parametrize(("options", "behind"), [({}, ""), ({"exec": "yes"}, "--redact"), ({"exec": "yes", "mask": "yes"}, "--redact --mask")])
    def test_a_command_runs_behind_exec_only_where_it_was_asked_for(self, tmp_path: Path, options: dict[str, str], behind: str) -> None:
        (tmp_path / ".agent-scope.json").write_text('{"redact": {"forward": ["secrets"]}}')
        reply, _ = self.serve(tmp_path, self.call(tmp_path), **options)
        assert bool(reply.stdout) is bool(behind) and f" exec {behind} '--' bash -c ls" in (reply.stdout or " exec  '--' bash -c ls")

    @pytest.mark.parametrize("options", [{}, {"forward": "yes"}])
    def test_a_result(self, tmp_path: Path, options: dict[str, str]) -> None:
        token = "ghp_" + "a1B2" * 9
        arrival = Arrival(result=ToolResult("Bash", {"stdout": token}, session="s", id="t", cwd=str(tmp_path)))
        reply, events = self.serve(tmp_path, arrival, **options)
        assert bool(reply.stdout) is bool(options) and token not in reply.stdout + json.dumps(events)

    @pytest.mark.parametrize(("mask", "kept"), [({}, True), ({"mask": "yes"}, False)])
    def test_personal_data_is_masked_where_it_was_asked_for(self, tmp_path: Path, mask: dict[str, str], kept: bool) -> None:
        _, events = self.serve(tmp_path, self.call(tmp_path, "mail ann@corp.io"), **mask)
        assert ("ann@corp.io" in json.dumps(events)) is kept

    @pytest.mark.parametrize("start", [True, False])
    def test_a_mark(self, tmp_path: Path, start: bool) -> None:
        mark = SessionEvent("session_start" if start else "note", "s", {"mode": "startup"}, cwd=str(tmp_path), start=start)
        reply, events = self.serve(tmp_path, Arrival(event=mark))
        assert reply == Reply(0) and [event["event_type"] for event in events] == [mark.kind]
        meta = tmp_path / "t/s/meta.json"
        told = json.loads(meta.read_text()) if start else {}
        assert told.get("command") == ("claude-code (startup)" if start else None) and told.get("client_session_id") == ("s" if start else None)

    def test_a_mark_that_cannot_be_recorded_is_told_of(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        mark = SessionEvent("note", "s", {}, cwd=str(tmp_path), start=False)
        monkeypatch.setattr(process, "_note", lambda *_: "no space")
        assert self.serve(tmp_path, Arrival(event=mark))[0] == Reply(0, "", "agent-strace: not recorded: no space\n")

    def test_what_was_passed_over_is_told_at_the_start_alone(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("gateway.host.locations.passed_over", lambda folder: [f"above {folder}"])
        for start, folder, told in ((True, "", str(tmp_path)), (True, "/client", "/client"), (False, "", "")):
            mark = SessionEvent("note", "s", {}, cwd=str(tmp_path), start=start)
            reply, _ = self.serve(tmp_path, Arrival(event=mark, folder=folder))
            assert reply.stderr == (f"agent-strace: passed over: above {told}\n" if told else "")


class TestAnswer:
    def said(self, monkeypatch: pytest.MonkeyPatch, full: int | None = None, at_once: int = 99) -> dict[int, bytes]:
        out: dict[int, bytes] = {1: b"", 2: b""}

        def write(fd: int, data: bytes) -> int:
            if fd == full:
                raise OSError("closed")
            out[fd] += data[:at_once]
            return min(len(data), at_once)

        monkeypatch.setattr(process, "os", SimpleNamespace(write=write))
        return out

    def test_both_streams_whole(self, monkeypatch: pytest.MonkeyPatch) -> None:
        out = self.said(monkeypatch, at_once=2)
        assert process._answer("answer", "told") is True and out == {1: b"answer", 2: b"told"}

    @pytest.mark.parametrize(("full", "sent"), [(1, False), (2, True)])
    def test_only_what_the_client_reads_must_go_out(self, monkeypatch: pytest.MonkeyPatch, full: int, sent: bool) -> None:
        self.said(monkeypatch, full)
        assert process._answer("answer", "told") is sent

    def test_text_of_others_moves_no_cursor(self, monkeypatch: pytest.MonkeyPatch) -> None:
        out = self.said(monkeypatch)
        process._answer("\ud800", "\x1b[2J")
        assert b"\x1b" not in out[2] and out[1] == b"\\ud800" and process._harmless("") == ""


class TestRun:
    @pytest.fixture
    def ended(self, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        codes: list[int] = []
        monkeypatch.setattr(process, "_end", lambda code, *_: codes.append(code))
        return codes

    @pytest.mark.parametrize(("code", "sent", "want"), [(0, True, 0), (2, True, 2), (0, False, 2)])
    def test_an_answer_that_is_lost_is_a_refusal(
        self, monkeypatch: pytest.MonkeyPatch, ended: list[int], quiet: list[tuple[str, Any]], code: int, sent: bool, want: int
    ) -> None:
        monkeypatch.setattr(process, "_guarded", lambda *_: Reply(code, "o", "e"))
        said: list[tuple[str, str]] = []
        monkeypatch.setattr(process, "_answer", lambda *told: said.append(told) or sent)
        monkeypatch.setattr(process, "seconds_left", lambda _: 3.0)
        process.run([], lambda: None)
        assert ended == [want] and said == [("o", "e")]
        assert quiet == [("end", (2, process.END_SECONDS)), ("end", (want, 3.0 + process.END_SECONDS))]

    @pytest.mark.parametrize(
        ("words", "error", "code", "told"),
        [
            (["pre-tool"], ValueError("x"), 2, "Blocked by agent-strace: internal error (ValueError)"),
            (["pre-tool"], DeadlineError(), 2, "Blocked by agent-strace: no verdict within 5 s"),
            (["post-tool"], ValueError("x"), 0, "agent-strace: refused: internal error (ValueError)\n"),
            (["stop"], ValueError("x"), 0, "agent-strace: not recorded: internal error (ValueError)\n"),
            (["unheard"], ValueError("x"), 2, "agent-strace: refused: internal error (ValueError)\n"),
            (["nobody", "stop"], ValueError("x"), 2, "agent-strace: refused: internal error (ValueError)\n"),
        ],
    )
    def test_the_last_word(
        self, monkeypatch: pytest.MonkeyPatch, ended: list[int], words: list[str], error: BaseException, code: int, told: str
    ) -> None:
        said: list[tuple[str, str]] = []
        monkeypatch.setattr(process, "_guarded", raising(error))
        monkeypatch.setattr(process, "_answer", lambda *one: said.append(one) or True)
        process.run(words, lambda: None)
        ((stdout, stderr),) = said
        assert ended == [code] and stderr.startswith(told) and bool(stdout) is (words in (["pre-tool"], ["post-tool"]))

    def test_even_that_may_fail(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(process, "_agent_and_event", raising(ValueError("x")))
        assert process._last_word(["stop"], "trouble") == (2, "", "agent-strace: refused: trouble\n")

    @pytest.mark.parametrize(("cut_off", "known", "later"), [(True, True, 1), (False, True, 0), (True, False, 0)])
    def test_what_was_cut_off_is_done_later_and_the_code_stays(self, monkeypatch: pytest.MonkeyPatch, cut_off: bool, known: bool, later: int) -> None:
        order: list[Any] = []
        monkeypatch.setattr(process, "os", SimpleNamespace(_exit=order.append))
        monkeypatch.setattr(process, "_compile_later", lambda *_: order.append("compiled"))
        state = _State()
        state.cut_off, state.arrival = cut_off, Arrival()
        state.checkpoint = SimpleNamespace(settings=None) if known else None
        with pytest.raises(ValueError, match="x"):
            process._end(7, state, raising(ValueError("x")))
        assert order == ["compiled"] * later + [7]

    def test_the_policy_of_the_event_is_compiled_later(self, monkeypatch: pytest.MonkeyPatch) -> None:
        begun: list[Any] = []
        monkeypatch.setattr("gateway.doors.hook.late_compile.begin", lambda *told: begun.append(told))
        settings = SimpleNamespace(folders=("/client",), policy_file="p.json")
        for arrival in (Arrival(call=ToolCall("Bash", {}, cwd="/a")), Arrival()):
            process._compile_later(settings, arrival)
        assert begun == [(("/client", "/a"), "p.json"), (("/client",), "p.json")]
