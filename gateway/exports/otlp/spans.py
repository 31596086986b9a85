"""From events to spans: a session is a trace, a call and its result are a span, an error is an exception on it, what
was said is on the root.

Pure. Holds the calls that wait for their result, and at most MAX_EVENTS of what was said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from gateway.analysis.call_outcomes import DONE, MAX_OPEN, REJECTED, CallOutcomes, Settled
from gateway.analysis.event_text import flat, text_of, tool_of
from gateway.analysis.usage.recorded import recorded_use
from gateway.exports.otlp import names
from gateway.model import event as kinds
from gateway.model.digest import plain_digest
from gateway.model.event import Event
from gateway.traces.decode import encoded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

MAX_EVENTS = 1_000
"""Most events on the root span; how many more there were is said there."""
MAX_TEXT = 4_000
"""Characters of one attribute."""

Attributes = dict[str, Any]


def trace_id(session: str) -> str:
    """Return the trace id of a session: the same wherever it is worked out, and the published tool's."""
    return plain_digest(session.encode())[:32]


def span_id(event: str) -> str:
    """Return the span id of an event."""
    return plain_digest(event.encode())[:16]


def root_id(session: str) -> str:
    """Return the id of a session's root span."""
    return span_id(f"root-{session}")


class Span:
    """One span; times are nanoseconds since the epoch, events are (name, time, attributes)."""

    __slots__ = ("attributes", "dropped", "end", "events", "id", "kind", "message", "name", "parent", "start", "status")

    def __init__(self, name: str, id: str, parent: str, start: int, *, kind: int = names.INTERNAL) -> None:
        self.name = name
        self.id = id
        self.parent = parent
        self.kind = kind
        self.start = start
        self.end = start
        self.attributes: Attributes = {}
        self.events: list[tuple[str, int, Attributes]] = []
        self.dropped = 0
        self.status = names.UNSET
        self.message = ""

    def failed(self, kind: str, text: str, at: int) -> None:
        """Mark that something went wrong, as a status and as an exception."""
        self.status, self.message = names.ERROR, text
        self.attributes[names.ERROR_TYPE] = kind
        self.events.append((names.EXCEPTION, at, {names.EXCEPTION_TYPE: kind, names.EXCEPTION_MESSAGE: text}))

    def cleared(self) -> None:
        """Take back that something went wrong: what was denied ran all the same."""
        self.status, self.message = names.UNSET, ""
        self.attributes.pop(names.ERROR_TYPE, None)
        self.events.clear()


def spans_of(events: Iterable[Event], session: str, meta: JsonObject, *, content: bool = True) -> Iterator[Span]:
    """Yield the spans of a session as they are complete, the root last."""
    fold = Fold(session, meta, content=content)
    for event in events:
        yield from fold.add(event)
    yield from fold.rest()


class Fold:
    """The spans that are not complete yet, and the root."""

    def __init__(self, session: str, meta: JsonObject, *, content: bool) -> None:
        self.session = session
        self.content = content
        self.root = _root(session, meta)
        self.open: dict[str, Span] = {}
        self.outcomes = CallOutcomes()
        self.spans: set[str] = set()
        self.counts = dict.fromkeys((names.TOOL_CALLS, names.LLM_REQUESTS, names.ERRORS, names.DENIED_CALLS), 0)
        self.last = 0

    def add(self, event: Event) -> Iterator[Span]:
        """Take one event in; yield the spans that it completes."""
        at = round(event.timestamp * 1_000_000_000)
        if at > 0:
            self.root.start = min(self.root.start or at, at)
            self.last = max(self.last, at)
        kind = event.type
        settled = self.outcomes.add(event)
        if kind == kinds.TOOL_CALL:
            if settled is not None and settled.id in self.open:
                yield _unfinished(self.open.pop(settled.id), settled.outcome)
            yield from self._opened(self._call(event, at), event)
        elif kind == kinds.LLM_REQUEST:
            self.counts[names.LLM_REQUESTS] += 1
            yield from self._opened(self._chat(event, at), event)
        elif kind in (kinds.TOOL_RESULT, kinds.ERROR, kinds.LLM_RESPONSE):
            yield self._answered(event, at, settled)
        else:
            self._said(event, at)

    def _opened(self, span: Span, event: Event) -> Iterator[Span]:
        if len(self.open) >= MAX_OPEN:
            yield _unfinished(self.open.pop(next(iter(self.open))), "")
        self.spans.add(span.id)
        self.open[event.id] = span

    def _parent(self, event: Event) -> str:
        """Return the span that an event's own belongs to: its parent's where that has one, else the root."""
        above = span_id(event.parent) if event.parent else ""
        return above if above in self.spans else self.root.id

    def _call(self, event: Event, at: int) -> Span:
        self.counts[names.TOOL_CALLS] += 1
        tool = tool_of(event) or "unknown"
        server = tool.startswith("mcp__") or "request_id" in event.data
        operation = names.MCP_TOOLS_CALL if "request_id" in event.data else names.EXECUTE_TOOL
        span = Span(
            f"{operation} {tool}",
            span_id(event.id),
            self._parent(event),
            at,
            kind=names.CLIENT if server else names.INTERNAL,
        )
        attributes = span.attributes
        attributes[names.OPERATION] = names.EXECUTE_TOOL
        attributes[names.CONVERSATION] = self.session
        attributes[names.TOOL_NAME] = tool
        attributes[names.TOOL_TYPE] = names.TOOL_EXTENSION if server else names.TOOL_FUNCTION
        attributes[names.EVENT_ID] = event.id
        data = event.data
        name = data.get("tool_use_id") or data.get("request_id")
        if name is not None:
            attributes[names.TOOL_CALL_ID] = str(name)
        if server:
            attributes[names.MCP_METHOD] = names.MCP_TOOLS_CALL
            if "request_id" in data:
                attributes[names.JSONRPC_ID] = str(data["request_id"])
        if data.get("agent_id"):
            attributes[names.AGENT_ID] = str(data["agent_id"])
        if self.content and "arguments" in data:
            attributes[names.TOOL_ARGUMENTS] = encoded(data["arguments"]).decode()[:MAX_TEXT]
        decision = data.get("decision")
        if isinstance(decision, dict):
            self._verdict(span, decision, at)
        return span

    def _verdict(self, span: Span, decision: JsonObject, at: int) -> None:
        """Put what policy said of a call on its span; a call that was denied went wrong, and no result will follow."""
        effect = decision.get("effect")
        attributes = span.attributes
        attributes[names.VERDICT] = str(effect)
        if decision.get("shadow"):
            attributes[names.WOULD_HAVE] = str(decision["shadow"])
        if decision.get("revision"):
            attributes[names.POLICY_REVISION] = str(decision["revision"])
        if decision.get("sensitive"):
            attributes[names.SENSITIVE] = [str(item) for item in decision["sensitive"]]
        reasons = decision.get("reasons")
        first = reasons[0] if isinstance(reasons, list) and reasons and isinstance(reasons[0], dict) else {}
        for key, name in (("rule", names.RULE), ("source", names.RULE_SOURCE), ("text", names.REASON)):
            if first.get(key):
                attributes[name] = str(first[key])
        if effect == "deny":
            self.counts[names.DENIED_CALLS] += 1
            span.failed(names.DENIED, str(first.get("text") or "denied by policy"), at)

    def _chat(self, event: Event, at: int) -> Span:
        model = event.data.get("model")
        span = Span(
            f"{names.CHAT} {model}" if model else names.CHAT,
            span_id(event.id),
            self._parent(event),
            at,
            kind=names.CLIENT,
        )
        span.attributes[names.OPERATION] = names.CHAT
        span.attributes[names.CONVERSATION] = self.session
        span.attributes[names.EVENT_ID] = event.id
        if model:
            span.attributes[names.REQUEST_MODEL] = str(model)
            if _provider(str(model)):
                span.attributes[names.PROVIDER] = _provider(str(model))
        return span

    def _answered(self, event: Event, at: int, settled: Settled | None) -> Span:
        """Return the span that an answer completes; an answer to nothing we know is a span of its own."""
        took = round(event.duration_ms * 1_000_000) if event.duration_ms is not None and event.duration_ms > 0 else 0
        span = self.open.pop(settled.id if settled is not None else event.parent, None)
        if span is None:
            span = self._alone(event, at - took if took < at else at)
        outcome = settled.outcome if settled is not None else ""
        if outcome:
            span.attributes[names.OUTCOME] = outcome
        if outcome == DONE and span.status == names.ERROR:
            span.cleared()
        span.end = at if at >= span.start else span.start + took  # the clock may have been set back
        if event.type == kinds.LLM_RESPONSE:
            self._usage(span, event)
        elif event.type == kinds.ERROR:
            self.counts[names.ERRORS] += 1
            text = text_of(event)[:MAX_TEXT] if self.content else ""
            if span.status != names.ERROR:  # else it was denied, and this is how the client was told
                span.failed(_error_type(event, outcome), text, at)
        elif self.content:
            result = event.data.get("result", event.data.get("content_preview"))
            if result is not None:
                span.attributes[names.TOOL_RESULT] = (flat(result) or encoded(result).decode())[:MAX_TEXT]
        return span

    def _alone(self, event: Event, start: int) -> Span:
        if event.type == kinds.LLM_RESPONSE:
            self.counts[names.LLM_REQUESTS] += 1
            span = self._chat(event, start)
        else:
            tool = tool_of(event)
            name = f"{names.EXECUTE_TOOL} {tool}" if tool else event.type
            span = Span(name, span_id(event.id), self._parent(event), start)
            span.attributes[names.CONVERSATION] = self.session
            span.attributes[names.EVENT_ID] = event.id
            if tool:
                span.attributes[names.OPERATION] = names.EXECUTE_TOOL
                span.attributes[names.TOOL_NAME] = tool
        self.spans.add(span.id)
        return span

    def _usage(self, span: Span, event: Event) -> None:
        data, found = event.data, span.attributes
        if data.get("model"):
            found[names.RESPONSE_MODEL] = str(data["model"])
        if data.get("message_id"):
            found[names.RESPONSE_ID] = str(data["message_id"])
        if data.get("stop_reason"):
            found[names.FINISH_REASONS] = [str(data["stop_reason"])]
        use = recorded_use(event)
        if use is not None:
            tokens = use.tokens
            found[names.INPUT_TOKENS] = tokens.prompt
            found[names.OUTPUT_TOKENS] = tokens.output
            if tokens.cache_read:
                found[names.CACHE_READ_TOKENS] = tokens.cache_read
            if tokens.cache_write_5m or tokens.cache_write_1h:
                found[names.CACHE_CREATION_TOKENS] = tokens.cache_write_5m + tokens.cache_write_1h

    def _said(self, event: Event, at: int) -> None:
        if event.type in (kinds.SESSION_START, kinds.SESSION_END):
            return
        if len(self.root.events) >= MAX_EVENTS:
            self.root.dropped += 1
            return
        attributes: Attributes = {names.EVENT_ID: event.id}
        if self.content:
            key = {kinds.USER_PROMPT: names.PROMPT, kinds.ASSISTANT_RESPONSE: names.RESPONSE_TEXT}.get(
                event.type, names.TEXT
            )
            attributes[key] = (text_of(event) or encoded(event.data).decode())[:MAX_TEXT]
        uri = event.data.get("uri")
        if isinstance(uri, str):
            attributes[names.MCP_RESOURCE] = uri
        self.root.events.append((event.type, at, attributes))

    def rest(self) -> Iterator[Span]:
        """Yield what never got an answer, then the root."""
        outcomes = {settled.id: settled.outcome for settled in self.outcomes.rest()}
        for key, span in self.open.items():
            yield _unfinished(span, outcomes.get(key, ""))
        root = self.root
        root.end = max(self.last, root.start)
        root.attributes |= self.counts
        yield root


def _error_type(event: Event, outcome: str) -> str:
    if outcome == REJECTED:
        return names.REJECTED
    return names.TOOL_ERROR if tool_of(event) else str(event.data.get("code") or "error")


def _unfinished(span: Span, outcome: str) -> Span:
    """Return a span that no answer came for; what a person or the client did not let run is an error, too."""
    if outcome:
        span.attributes[names.OUTCOME] = outcome
    if outcome == REJECTED:
        span.failed(names.REJECTED, "a person or the client did not let it run", span.start)
    if span.status != names.ERROR:
        span.attributes[names.UNFINISHED] = True
    return span


def _root(session: str, meta: JsonObject) -> Span:
    agent = str(meta.get("agent_name") or "agent")
    parent = span_id(str(meta["parent_event_id"])) if meta.get("parent_event_id") else ""
    if not parent and meta.get("parent_session_id"):
        parent = root_id(str(meta["parent_session_id"]))
    span = Span(f"{names.INVOKE_AGENT} {agent}", root_id(session), parent, 0)
    attributes = span.attributes
    attributes[names.OPERATION] = names.INVOKE_AGENT
    attributes[names.AGENT_NAME] = agent
    attributes[names.CONVERSATION] = session
    provider = _provider(agent)
    if provider:
        attributes[names.PROVIDER] = provider
    attribution = meta.get("attribution")
    if isinstance(attribution, dict) and attribution.get("agent_version"):
        attributes[names.AGENT_VERSION] = str(attribution["agent_version"])
    for key, name in (("command", names.COMMAND), ("parent_session_id", names.PARENT_SESSION)):
        if meta.get(key):
            attributes[name] = str(meta[key])
    return span


def _provider(name: str) -> str:
    lower = name.lower()
    return next((provider for start, provider in names.PROVIDERS.items() if lower.startswith(start)), "")


def resource(meta: JsonObject, service: str, version: str) -> Attributes:
    """Return what the spans are of: the service, and where its sessions ran."""
    attributes: Attributes = {names.SERVICE_NAME: service, names.SERVICE_VERSION: version}
    attribution = meta.get("attribution")
    if isinstance(attribution, dict):
        for key, name in (
            ("hostname", names.HOST_NAME),
            ("os_user", names.PROCESS_OWNER),
            ("working_dir", names.PROCESS_WORKING_DIRECTORY),
            ("git_branch", names.VCS_BRANCH),
            ("git_commit", names.VCS_REVISION),
        ):
            if attribution.get(key):
                attributes[name] = str(attribution[key])
    return attributes
