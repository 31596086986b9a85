"""The mapping of the documentation, and the conventions' names on it."""

from __future__ import annotations

import hashlib
from typing import Any

from gateway.analysis.call_outcomes import MAX_OPEN
from gateway.exports.otlp import names, spans
from gateway.exports.otlp.spans import MAX_EVENTS, Span, root_id, span_id, spans_of, trace_id
from gateway.model.event import Event
from tests import stores
from tests.exports.stories import META, story


def events(lines: list[dict[str, Any]]) -> list[Event]:
    """Return lines as events."""
    return [
        Event(
            one["event_type"],
            one["timestamp"],
            one["event_id"],
            "s",
            parent=one.get("parent_id", ""),
            duration_ms=one.get("duration_ms"),
            data=one["data"],
        )
        for one in lines
    ]


def folded(*lines: dict[str, Any], meta: dict[str, Any] | None = None, content: bool = True) -> dict[str, Span]:
    """Return name -> span."""
    return {span.name: span for span in spans_of(events(list(lines) or story()), "s", META if meta is None else meta, content=content)}


def second(at: float) -> int:
    """Return nanoseconds since the epoch."""
    return round((stores.BEGIN + at) * 1_000_000_000)


class TestMapping:
    def test_a_session_is_a_trace_and_ids_are_the_published_tools(self) -> None:
        assert trace_id("s") == hashlib.sha256(b"s").hexdigest()[:32]
        assert (span_id("c1"), root_id("s")) == (hashlib.sha256(b"c1").hexdigest()[:16], hashlib.sha256(b"root-s").hexdigest()[:16])

    def test_a_call_and_its_result_are_a_span_with_its_length(self) -> None:
        span = folded()["execute_tool mcp__github__search"]
        assert (span.start, span.end, span.status, span.kind) == (second(9), second(10), names.UNSET, names.CLIENT)
        assert span.attributes[names.TOOL_ARGUMENTS] == '{"query":"x"}' and span.attributes[names.TOOL_RESULT] == "found"

    def test_an_error_is_a_status_and_an_exception(self) -> None:
        span = folded()["execute_tool Bash"]
        assert (span.status, span.message, span.attributes[names.ERROR_TYPE]) == (names.ERROR, "exit code 1", "tool_error")
        assert span.events == [("exception", second(7), {"exception.type": "tool_error", "exception.message": "exit code 1"})]

    def test_an_error_of_its_own_is_a_span_of_its_own(self) -> None:
        span = folded()["error"]
        assert (span.status, span.message, span.parent) == (names.ERROR, "server went away", root_id("s"))

    def test_a_parent_is_the_parent_span(self) -> None:
        assert folded()["execute_tool Bash"].parent == span_id("l1")
        assert folded()["execute_tool Read"].parent == root_id("s")

    def test_what_was_said_is_on_the_root(self) -> None:
        root = folded()["invoke_agent claude-code"]
        assert [name for name, _, _ in root.events] == ["user_prompt", "decision", "file_read", "from_the_future", "assistant_response"]
        assert root.events[0] == ("user_prompt", second(1), {names.EVENT_ID: "user_p-1", "prompt": "fix it"})
        assert (root.start, root.end, root.parent) == (second(0), second(18), "")
        counts = {names.TOOL_CALLS: 5, names.LLM_REQUESTS: 1, names.ERRORS: 2, names.DENIED_CALLS: 1}
        assert counts.items() <= root.attributes.items()

    def test_a_subagent_hangs_below_the_call_that_started_it(self) -> None:
        root = folded(meta={"agent_name": "x", "parent_session_id": "p", "parent_event_id": "call"})["invoke_agent x"]
        assert root.parent == span_id("call")


class TestOutcomes:
    def test_status_and_attribute_are_by_what_became_of_the_call(self) -> None:
        no = "The user doesn't want to proceed with this tool use."
        lines = [
            stores.call(1, "a", "Done", stores.verdict("ask")),
            stores.result(2, "a", "Done"),
            stores.call(3, "b", "Failed"),
            stores.failure(4, "b", "Failed"),
            stores.call(5, "c", "Refused", stores.verdict("deny")),
            stores.failure(6, "c", "Refused", "blocked"),
            stores.call(7, "d", "Rejected"),
            stores.failure(8, "d", "Rejected", no),
            stores.call(9, "e", "RanThoughDenied", stores.verdict("deny")),
            stores.result(10, "e", "RanThoughDenied"),
            stores.call(11, "f", "Waited"),
            stores.event("note", 12, hook_event="PermissionRequest", tool_name="Waited"),
            stores.event("user_prompt", 13, prompt="no"),
            stores.call(14, "g", "Unknown"),
        ]
        spans = {span.name.split()[1]: span for span in spans_of(events(lines), "s", {}) if span.name.startswith("execute_tool")}
        told = {name: (span.attributes[names.OUTCOME], span.attributes.get(names.ERROR_TYPE), len(span.events)) for name, span in spans.items()}
        assert told == {
            "Done": ("done", None, 0),
            "Failed": ("failed", "tool_error", 1),
            "Refused": ("refused", "denied", 1),
            "Rejected": ("rejected", "rejected", 1),
            "RanThoughDenied": ("done", None, 0),
            "Waited": ("rejected", "rejected", 1),
            "Unknown": ("unknown", None, 0),
        }
        assert all((span.status == names.ERROR) == bool(span.events) for span in spans.values())


class TestConventions:
    def test_a_tool(self) -> None:
        found = folded()["execute_tool Bash"].attributes
        assert found[names.OPERATION] == "execute_tool" and found[names.CONVERSATION] == "s" and found[names.TOOL_TYPE] == "function"

    def test_a_request_to_a_model_counts_the_cache_into_its_input(self) -> None:
        span = folded()["chat claude-sonnet-4-5"]
        assert span.kind == names.CLIENT
        assert {
            "gen_ai.operation.name": "chat",
            "gen_ai.provider.name": "anthropic",
            "gen_ai.request.model": "claude-sonnet-4-5",
            "gen_ai.response.model": "claude-sonnet-4-5-20250929",
            "gen_ai.response.id": "msg_1",
            "gen_ai.response.finish_reasons": ["tool_use"],
            "gen_ai.usage.input_tokens": 130,
            "gen_ai.usage.output_tokens": 5,
            "gen_ai.usage.cache_read.input_tokens": 100,
            "gen_ai.usage.cache_creation.input_tokens": 20,
        }.items() <= span.attributes.items()

    def test_a_call_over_mcp(self) -> None:
        span = folded()["tools/call read_file"]
        assert (span.attributes["mcp.method.name"], span.attributes["jsonrpc.request.id"], span.kind) == ("tools/call", "7", names.CLIENT)

    def test_verdicts(self) -> None:
        denied = folded()["execute_tool Read"]
        assert (denied.status, denied.attributes[names.ERROR_TYPE], denied.attributes[names.VERDICT]) == (names.ERROR, "denied", "deny")
        assert denied.attributes[names.RULE] == "files.read.deny[0]" and denied.attributes[names.RULE_SOURCE] == ".agent-scope.json:3"
        assert denied.attributes[names.SENSITIVE] == [".env"] and denied.attributes[names.OUTCOME] == "refused"
        assert folded()["execute_tool Bash"].attributes[names.WOULD_HAVE] == "deny"

    def test_no_retired_name_is_used(self) -> None:
        used = {value for key, value in vars(names).items() if key.isupper() and isinstance(value, str)}
        assert not used & {"gen_ai.system", "gen_ai.usage.prompt_tokens", "gen_ai.usage.completion_tokens"}

    def test_what_it_is_of(self) -> None:
        assert spans.resource(META, "svc", "1") == {
            "service.name": "svc",
            "service.version": "1",
            "host.name": "box",
            "process.owner": "alice",
            "process.working_directory": "/p",
            "vcs.ref.head.name": "main",
            "vcs.ref.head.revision": "a1b2",
        }


class TestBounds:
    def test_a_call_that_never_returned_says_so(self) -> None:
        assert folded()["execute_tool Grep"].attributes[names.UNFINISHED] is True

    def test_of_many_prompts_the_rest_is_counted(self) -> None:
        root = folded(*(stores.event("user_prompt", at, prompt="x") for at in range(MAX_EVENTS + 7)))["invoke_agent claude-code"]
        assert (len(root.events), root.dropped) == (MAX_EVENTS, 7)

    def test_calls_that_never_return_do_not_pile_up(self) -> None:
        fold = spans.Fold("s", {}, content=True)
        given = events([stores.call(at, f"c{at}", "T") for at in range(MAX_OPEN + 3)])
        assert sum(len(list(fold.add(event))) for event in given) == 3

    def test_a_clock_that_was_set_back_makes_no_negative_length(self) -> None:
        span = folded(stores.call(5, "c", "T"), stores.result(1, "c", "T", ms=200.0))["execute_tool T"]
        assert span.end - span.start == 200_000_000

    def test_without_content_nothing_is_quoted(self) -> None:
        assert all(
            word not in str([(span.attributes, span.events) for span in folded(content=False).values()])
            for word in ("pytest", "fix it", "found", "all green")
        )
