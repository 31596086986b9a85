from __future__ import annotations

import asyncio
import functools
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

import gateway
from gateway.doors.sdk import decorators
from gateway.doors.sdk.decorators import CallDeniedError, end_session, log_decision, start_session, trace_llm_call, trace_tool
from gateway.doors.sdk.session import leave
from gateway.traces.reader import events, sessions

README = """
from agent_trace import trace_tool, trace_llm_call, start_session, end_session, log_decision

start_session(name="my-agent")  # add redact=True to strip secrets

@trace_tool
def search_codebase(query: str) -> str:
    return search(query)

@trace_llm_call
def call_llm(messages: list, model: str = "claude-4") -> str:
    return client.chat(messages=messages, model=model)

# Log decision points explicitly
log_decision(
    choice="read_file_first",
    reason="Need to understand current implementation before making changes",
    alternatives=["read_file_first", "search_codebase", "write_fix_directly"],
)

search_codebase("authenticate")
call_llm([{"role": "user", "content": "Fix the bug"}])

meta = end_session()
print(f"Replay with: agent-strace replay {meta.session_id}")
"""
AROUND = """
class client:
    @staticmethod
    def chat(messages, model):
        return f"{model} answers {len(messages)}"

def search(query):
    return f"src/{query}.py:1"
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Work in a project of its own, and leave no session open."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    while leave():
        pass


def recorded(place: Path) -> list[tuple[str, dict[str, Any]]]:
    """Return (type, data) of the only session, without its marks."""
    store = str(place / ".agent-traces")
    (name,) = sessions(store)
    return [(one.type, one.data) for one in events(store, name)][1:]


class TestReadme:
    def test_its_example_runs_as_written(self, place: Path) -> None:
        (place / "agent.py").write_text(AROUND + README)
        done = subprocess.run([sys.executable, "agent.py"], cwd=place, capture_output=True, text=True, check=True)
        store = str(place / ".agent-traces")
        (name,) = sessions(store)
        assert done.stdout == f"Replay with: agent-strace replay {name}\n"
        replayed = subprocess.run([sys.executable, "-m", "gateway", "replay", name], cwd=place, capture_output=True, text=True, check=True).stdout
        for line in (
            "Agent:      my-agent",
            "◆ decision",
            "→ tool_call search_codebase",
            "authenticate",
            "⇢ llm_request",
            "claude-4 1 messages",
            "■ session_end",
        ):
            assert line in replayed
        kinds = [one.type for one in events(store, name)]
        assert kinds == ["session_start", "decision", "tool_call", "tool_result", "llm_request", "llm_response", "session_end"]

    def test_the_names_come_from_both_packages(self) -> None:
        import agent_trace

        for name in agent_trace.__all__:
            assert getattr(agent_trace, name) is getattr(gateway, name)
        assert {getattr(agent_trace, name) for name in decorators.__all__ if name in agent_trace.__all__} >= {
            decorators.trace_tool,
            decorators.start_session,
        }
        assert set(agent_trace.__all__) <= set(dir(gateway))
        with pytest.raises(AttributeError):
            gateway.no_such_name  # noqa: B018


class TestTool:
    def test_arguments_result_and_time(self, place: Path) -> None:
        @trace_tool(name="finder")
        def find(query: str, *more: int, limit: int = 10, **rest: Any) -> dict[str, Any]:
            return {"hits": [query, limit]}

        start_session(name="n")
        assert find("q", 1, 2, extra=Path("/x")) == {"hits": ["q", 10]}
        (kind, called), (_, came) = recorded(place)
        assert kind == "tool_call" and called["tool_name"] == "finder"
        assert called["arguments"] == {"query": "q", "more": [1, 2], "limit": 10, "rest": {"extra": "/x"}}
        assert came["result"] == {"hits": ["q", 10]}

    def test_methods_are_told_without_their_object(self, place: Path) -> None:
        class Box:
            @trace_tool
            def get(self, key: str) -> str:
                return key.upper()

            @staticmethod
            @trace_tool
            def free(key: str) -> str:
                return key

            @classmethod
            @trace_tool
            def of(cls, key: str) -> str:
                return key

        start_session()
        assert (Box().get("a"), Box.free("b"), Box.of("c")) == ("A", "b", "c")
        assert [data["arguments"] for kind, data in recorded(place) if kind == "tool_call"] == [{"key": "a"}, {"key": "b"}, {"key": "c"}]

    def test_errors_are_recorded_and_go_on(self, place: Path) -> None:
        @trace_tool
        def fails(a: int) -> None:
            raise ValueError(f"bad {a}")

        start_session()
        with pytest.raises(ValueError, match="bad 1"):
            fails(1)
        with pytest.raises(TypeError):
            fails()  # type: ignore[call-arg]
        assert [kind for kind, _ in recorded(place)] == ["tool_call", "error"] and recorded(place)[1][1]["error"] == "ValueError: bad 1"
        assert end_session().errors == 1

    def test_coroutines_side_by_side(self, place: Path) -> None:
        @trace_tool
        async def fetch(n: int) -> int:
            await asyncio.sleep(0.001 * (5 - n))
            if n == 3:
                raise OSError("gone")
            return n * 2

        async def main() -> list[Any]:
            start_session()
            return await asyncio.gather(*(fetch(n) for n in range(5)), return_exceptions=True)

        found = asyncio.run(main())
        assert found[:3] == [0, 2, 4] and isinstance(found[3], OSError)
        store = str(place / ".agent-traces")
        lines = list(events(store, sessions(store)[0]))
        calls = {one.id: one.data["arguments"]["n"] for one in lines if one.type == "tool_call"}  # type: ignore[index,call-overload]
        assert {calls[one.parent]: one.data.get("result") for one in lines if one.type in ("tool_result", "error")} == {
            0: 0,
            1: 2,
            2: 4,
            3: None,
            4: 8,
        }

    def test_a_cancelled_coroutine_is_recorded(self, place: Path) -> None:
        @trace_tool
        async def forever() -> None:
            await asyncio.sleep(60)

        async def main() -> None:
            start_session()
            task = asyncio.create_task(forever())
            await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

        asyncio.run(main())
        assert recorded(place)[1][1]["error"].startswith("CancelledError")

    def test_generators_of_both_kinds(self, place: Path) -> None:
        @trace_tool
        def numbers(n: int) -> Iterator[int]:
            yield from range(n)

        @trace_tool
        async def later(n: int) -> AsyncIterator[int]:
            for at in range(n):
                yield at

        async def gathered() -> list[int]:
            return [at async for at in later(2)]

        start_session()
        assert list(numbers(3)) == [0, 1, 2] and asyncio.run(gathered()) == [0, 1]
        assert [data["result"] for kind, data in recorded(place) if kind == "tool_result"] == [[0, 1, 2], [0, 1]]

    def test_callables_that_are_no_functions(self, place: Path) -> None:
        class Adder:
            def __call__(self, a: int) -> int:
                return a + 1

        start_session()
        assert trace_tool(Adder())(1) == 2 and trace_tool(functools.partial(max, 3))(5) == 5
        assert [data["tool_name"] for kind, data in recorded(place) if kind == "tool_call"] == ["Adder", "max"]

    def test_a_session_begins_by_itself(self, place: Path) -> None:
        @trace_tool
        def f() -> int:
            return 1

        assert f() == 1 and end_session().tool_calls == 1
        with pytest.raises(RuntimeError, match="no session is open"):
            end_session()


class TestGuard:
    POLICY = {"commands": {"deny": [{"match": "curl", "reason": "nothing is fetched here", "hint": "use the mirror"}], "ask": ["git push"]}}

    @pytest.fixture
    def shell(self, place: Path) -> list[str]:
        """Return what a traced shell really ran."""
        (place / ".agent-scope.json").write_text(json.dumps(self.POLICY))
        return []

    def run(self, ran: list[str]) -> Any:
        @trace_tool(name="bash")
        def bash(command: str) -> str:
            ran.append(command)
            return "ok"

        return bash

    def test_a_denied_call_does_not_run(self, place: Path, shell: list[str]) -> None:
        start_session(guarded=True)
        bash = self.run(shell)
        with pytest.raises(CallDeniedError, match="nothing is fetched here") as caught:
            bash("cd /tmp && c''url https://x.example")
        assert shell == [] and isinstance(caught.value, PermissionError) and "use the mirror" in str(caught.value)
        assert bash("ls") == "ok" and shell == ["ls"]
        assert [kind for kind, _ in recorded(place)] == ["tool_call", "tool_call", "tool_result"]

    @pytest.mark.parametrize(("options", "runs"), [({"guarded": False}, True), ({"observe": True}, True), ({}, False)])
    def test_what_is_only_watched_runs(self, place: Path, shell: list[str], options: dict[str, Any], runs: bool) -> None:
        start_session(**options)
        if runs:
            assert self.run(shell)("curl https://x.example") == "ok"
        else:
            with pytest.raises(CallDeniedError):
                self.run(shell)("curl https://x.example")
        assert bool(shell) is runs

    @pytest.mark.parametrize(("ask", "runs"), [(lambda text: True, True), (lambda text: False, False), (None, False)])
    def test_what_is_asked_about(self, place: Path, shell: list[str], ask: Any, runs: bool) -> None:
        start_session(ask=ask)
        if runs:
            self.run(shell)("git push")
        else:
            with pytest.raises(CallDeniedError):
                self.run(shell)("git push")
        assert bool(shell) is runs


class TestRedaction:
    def test_credentials_never_reach_the_record(self, place: Path) -> None:
        secret = "ghp_" + "aB3" * 12

        @trace_tool
        def login(token: str) -> dict[str, str]:
            return {"answer": f"welcome {token}"}

        @trace_tool
        def fails(token: str) -> None:
            raise ValueError(f"bad {token}")

        start_session(redact=True)
        assert login(secret)["answer"].endswith(secret)
        with pytest.raises(ValueError, match=secret):
            fails(secret)
        end_session()
        for path in (place / ".agent-traces").rglob("*"):
            assert path.is_dir() or secret not in path.read_text()

    def test_what_policy_takes_out_of_what_is_passed_on(self, place: Path) -> None:
        (place / ".agent-scope.json").write_text(json.dumps({"redact": {"forward": ["secrets"]}}))
        secret = "ghp_" + "aB3" * 12

        @trace_tool
        def echo(text: str) -> str:
            return text + " " + secret

        @trace_tool
        def opaque(text: str) -> object:
            return {secret, "a"}

        start_session()
        assert secret not in echo(f"use {secret}")
        with pytest.raises(CallDeniedError, match="cannot be rewritten"):
            opaque("x")

    @pytest.mark.parametrize("guarded", [True, False])
    def test_what_cannot_be_cleaned_is_not_handed_back(self, place: Path, monkeypatch: pytest.MonkeyPatch, *, guarded: bool) -> None:
        (place / ".agent-scope.json").write_text(json.dumps({"redact": {"forward": ["secrets"]}}))

        @trace_tool
        def echo(text: str) -> str:
            monkeypatch.setattr("gateway.redaction.redact.Cleaner.value", lambda *_: 1 / 0)
            return text

        start_session(guarded=guarded)
        with pytest.raises(CallDeniedError, match="held back"):
            echo("x")
        monkeypatch.undo()

    def test_a_policy_that_breaks_meanwhile_holds_the_result_back(self, place: Path) -> None:
        @trace_tool
        def echo(text: str) -> str:
            (place / ".agent-scope.json").write_text("{")
            return text

        start_session()
        with pytest.raises(CallDeniedError, match="held back"):
            echo("x")
        (place / ".agent-scope.json").unlink()


class TestModel:
    def test_requests_responses_and_usage(self, place: Path) -> None:
        @trace_llm_call
        def chat(messages: list[dict[str, str]], model: str = "claude-4") -> dict[str, Any]:
            return {"text": "hi", "usage": {"prompt_tokens": 3, "completion_tokens": 4}}

        @trace_llm_call(model="fixed")
        async def ask(prompt: str) -> str:
            return prompt + "?"

        start_session()
        chat([{"role": "user", "content": "x"}])
        assert asyncio.run(ask("y")) == "y?"
        (_, one), (_, two), (_, three), (_, four) = recorded(place)
        assert (one["model"], one["message_count"], two["usage"]) == ("claude-4", 1, {"input_tokens": 3, "output_tokens": 4})
        assert (three["model"], three["prompt"], four["content"]) == ("fixed", "y", "y?") and end_session().llm_requests == 2

    def test_streams(self, place: Path) -> None:
        @trace_llm_call(model="m")
        def stream(prompt: str) -> Iterator[Any]:
            yield "one "
            yield "two"

        @trace_llm_call(model="m")
        async def parts(prompt: str) -> AsyncIterator[Any]:
            yield {"delta": "a"}
            yield {"delta": "b", "usage": {"input_tokens": 1, "output_tokens": 2}}

        async def main() -> list[Any]:
            return [part async for part in parts("x")]

        start_session()
        assert list(stream("x")) == ["one ", "two"] and len(asyncio.run(main())) == 2
        answers = [data for kind, data in recorded(place) if kind == "llm_response"]
        assert answers[0]["content"] == "one two" and answers[1]["content"][1]["delta"] == "b"
        assert answers[1]["usage"] == {"input_tokens": 1, "output_tokens": 2}

    def test_errors(self, place: Path) -> None:
        @trace_llm_call
        def chat(prompt: str) -> str:
            raise TimeoutError("slow")

        start_session()
        with pytest.raises(TimeoutError):
            chat("x")
        assert recorded(place)[1] == ("error", {"model": "", "error": "TimeoutError: slow"})


class TestDecision:
    def test_is_recorded_with_what_was_not_chosen(self, place: Path) -> None:
        start_session()
        log_decision("a", alternatives=("a", "b"), confidence=0.5)
        assert recorded(place) == [("decision", {"choice": "a", "reason": "", "alternatives": ["a", "b"], "confidence": 0.5})]
