"""Conversation: one connection, or one session, between an MCP client and a server. No sockets, and no clock but the one it is given.

Raw messages in, steps out. Bytes go on as they came unless a message must change; nothing that counts reaches the other side before the
checkpoint has judged and recorded it.
"""

from __future__ import annotations

import os
import time

from gateway.doors.mcp import answers, envelope
from gateway.doors.mcp.calls import CALLS, TOOLS_CALL, join_id, reading_of
from gateway.doors.mcp.envelope import NOTIFICATION, REQUEST, Envelope
from gateway.doors.mcp.pending import Held, Pending, Turn
from gateway.model.call import ToolCall, ToolResult
from gateway.model.effects import ALLOW, ASK
from gateway.model.errors import ProtocolError
from gateway.model.event import ERROR, NOTE, SESSION_END, SESSION_START
from gateway.model.record import Record
from gateway.traces.ids import event_id

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from gateway.doors.mcp.envelope import Arrival, Key
    from gateway.doors.mcp.gate import Gate
    from gateway.model.passage import Passage

    Data = dict[str, Any]

TO_SERVER = "server"
TO_CLIENT = "client"

AGENT = "mcp-client"
VERSION_KEY = "io.modelcontextprotocol/protocolVersion"
CAPABILITIES_KEY = "io.modelcontextprotocol/clientCapabilities"
STATELESS_SINCE = "2026-07-28"
"""First revision without sessions: every request brings its version and capabilities, and servers ask nothing by themselves."""


class Step(Record):
    """One raw message to send, and to which side."""

    __slots__ = ("raw", "side")

    def __init__(self, side: str, raw: bytes) -> None:
        self.side = side
        self.raw = raw


class Conversation:
    """What passes between one client and one server, judged and recorded.

    server      the server's name, as policy names it
    session     id of the session it is recorded under; a fresh one where none is given
    deny_style  "result": a refused tool is a result that says so; "error": it is a JSON-RPC error
    clock       seconds that only go forward
    """

    def __init__(
        self, gate: Gate, *, server: str, session: str = "", deny_style: str = answers.FAIL_RESULT, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.gate = gate
        self.server = server
        self.session = session or f"mcp-{os.urandom(8).hex()}"
        self.capabilities: Data = {}
        self._deny_style = deny_style
        self._clock = clock
        self._began = clock()
        self._pending: dict[Key, Pending] = {}
        self._held: dict[str, Held] = {}
        self._counted = 0
        self._own = f"agent-strace-{os.urandom(4).hex()}"

    def opened(self, known: Data) -> str:
        """Record that the session starts, and what is known of it; return why that was not possible, or ""."""
        return self.gate.start(self.session, known) or self.gate.note(
            SESSION_START, self.session, {"mode": "mcp", "mcp_server": self.server, **known}
        )

    def closed(self, **known: object) -> None:
        """Record the calls that got no answer, and the end."""
        for pending in [*self._pending.values(), *(held.pending for held in self._held.values())]:
            if pending.call:
                self._note(ERROR, {"tool_name": pending.tool, "error": "no answer before the session ended"}, pending)
        self._pending.clear()
        self._held.clear()
        self.gate.note(SESSION_END, self.session, {**known, "duration_ms": round((self._clock() - self._began) * 1000, 3)})

    @property
    def waiting(self) -> bool:
        """Whether somebody still waits for an answer."""
        return bool(self._pending or self._held)

    def is_open(self, key: Key) -> bool:
        """Whether a request of the client has no answer yet."""
        return key in self._pending

    def from_client(self, raw: bytes) -> tuple[Step, ...]:
        """Take one raw message of the client; return what to send."""
        try:
            arrival = envelope.read(raw)
        except ProtocolError as error:
            return self.unreadable_client(raw, error.problem)
        turn = Turn()
        for item in arrival.items:
            if item.kind == REQUEST:
                self._request(item, turn)
            elif item.kind == NOTIFICATION:
                self._client_notification(item, turn)
            else:
                self._client_answer(item, turn)
        return self._steps(arrival, turn, raw, TO_SERVER)

    def from_server(self, raw: bytes) -> tuple[Step, ...]:
        """Take one raw message of the server; return what to send."""
        try:
            arrival = envelope.read(raw, trusted=True)
        except ProtocolError as error:
            return self.unreadable_server(raw, error.problem)
        turn = Turn()
        for item in arrival.items:
            if item.kind in (REQUEST, NOTIFICATION):
                turn.keep(item.message)
            else:
                self._server_answer(item, turn)
        return self._steps(arrival, turn, raw, TO_CLIENT)

    def _request(self, item: Envelope, turn: Turn) -> None:
        key = item.key
        ident = item.message["id"]
        if key is None or key in self._pending or any(held.pending.key == key for held in self._held.values()):
            turn.reply(answers.error(ident, "Blocked by agent-strace: a request with this id is still unanswered.", answers.INVALID_REQUEST))
            return
        if item.method == "initialize":
            found = item.params.get("capabilities")
            self.capabilities = found if isinstance(found, dict) else {}
        if reading_of(item) is None:
            self._pending[key] = Pending(key, item.method, start=self._clock(), stateless=_is_stateless(item))
            turn.keep(item.message)
            return
        self._call(item, Pending(key, item.method, start=self._clock(), stateless=_is_stateless(item)), turn)

    def _call(self, item: Envelope, pending: Pending, turn: Turn) -> None:
        """Judge a call; let it on, refuse it or ask about it."""
        call = CALLS[item.method](self.server, item.params)
        self._counted += 1
        pending.call = f"{self.session}:{self._counted}"
        pending.tool = call.tool
        pending.join = join_id(item)
        context = self._context(pending)
        if call.problem:
            turn.reply(self._refusal(pending, f"Blocked by agent-strace: {call.problem}."))
            self.gate.note(ERROR, self.session, {"tool_name": call.tool, "arguments": call.arguments, "error": call.problem, **context})
            return
        passage = self.gate.before(
            ToolCall(call.tool, call.arguments, id=pending.call, session=self.session, agent=AGENT, cwd=self.gate.cwd, context=context),
            asks=self._asks(item),
        )
        message = _rewritten(item, passage) if passage.rewritten else None
        if passage.effect == ALLOW:
            self._pending[pending.key] = pending
            turn.keep(message or item.message, changed=message is not None)
        elif passage.effect == ASK:
            self._ask(item, message or item.message, passage, pending, turn)
        else:
            turn.reply(self._refusal(pending, passage.text))

    def _asks(self, item: Envelope) -> bool:
        """Whether the client can put a question with a form to a person."""
        found = item.meta.get(CAPABILITIES_KEY) if _is_stateless(item) else self.capabilities
        elicitation = found.get("elicitation") if isinstance(found, dict) else None
        return isinstance(elicitation, dict) and not _is_stateless(item) and (not elicitation or "form" in elicitation)

    def _ask(self, item: Envelope, message: Data, passage: Passage, pending: Pending, turn: Turn) -> None:
        name = f"{self._own}-{len(self._held)}-{self._counted}"
        self._held[name] = Held(pending, message, passage.text)
        turn.reply(answers.question(name, passage.text))

    def _client_notification(self, item: Envelope, turn: Turn) -> None:
        if item.method in CALLS:
            self.gate.note(ERROR, self.session, {"error": "a call without an id cannot be answered, and was dropped", "message": item.message})
            return
        if item.method == "notifications/cancelled":
            self._cancelled(item)
        turn.keep(item.message)

    def _cancelled(self, item: Envelope) -> None:
        try:
            key = envelope.key_of(item.params.get("requestId"))
        except ProtocolError:
            return
        for name, held in list(self._held.items()):
            if held.pending.key == key:
                self._note(ERROR, {"tool_name": held.pending.tool, "error": "cancelled while it was asked about"}, held.pending)
                del self._held[name]
        if key in self._pending:
            self._pending[key].cancelled = True

    def _client_answer(self, item: Envelope, turn: Turn) -> None:
        held = self._held.pop(str(item.message.get("id")), None) if item.key is not None and item.key[0] == "string" else None
        if held is None:
            turn.keep(item.message)
            return
        agreed = answers.agreed(item.message)
        self._note(NOTE, {"note": "asked", "answer": "allowed once" if agreed else "refused", "tool_name": held.pending.tool}, held.pending)
        if agreed:
            held.pending.start = self._clock()
            self._pending[held.pending.key] = held.pending
            turn.send(held.message)
        else:
            turn.reply(self._refusal(held.pending, f"{held.text} The person who was asked did not allow it."))

    def _server_answer(self, item: Envelope, turn: Turn) -> None:
        pending = self._pending.pop(item.key, None) if item.key is not None else None
        if pending is None or not pending.call:
            turn.keep(item.message)
            return
        failed = item.kind == envelope.ERROR
        output = item.message["error"] if failed else item.message["result"]
        result = ToolResult(
            pending.tool,
            output,
            id=pending.call,
            session=self.session,
            agent=AGENT,
            failed=failed,
            duration_ms=round((self._clock() - pending.start) * 1000, 3),
            cwd=self.gate.cwd,
            context=self._context(pending),
        )
        back = self.gate.after(result)
        if back.refused:
            turn.answer(self._refusal(pending, f"Blocked by agent-strace: the result is held back: {back.refused}."))
        elif back.changed:
            turn.keep({**item.message, "error" if failed else "result": back.result.output}, changed=True)
        else:
            turn.keep(item.message)

    def _context(self, pending: Pending) -> Data:
        context: Data = {"request_id": pending.key[1], "mcp_method": pending.method, "mcp_server": {"name": self.server}}
        if pending.join:
            context["tool_use_id"] = pending.join
        return context

    def _refusal(self, pending: Pending, text: str) -> Data:
        tool = pending.method == TOOLS_CALL and self._deny_style == answers.FAIL_RESULT
        return answers.refusal(pending.key[1], text, tool=tool, stateless=pending.stateless)

    def _note(self, kind: str, data: Data, pending: Pending) -> None:
        duration = round((self._clock() - pending.start) * 1000, 3)
        self.gate.note(kind, self.session, {**data, **self._context(pending)}, parent=event_id(self.session, pending.call), duration_ms=duration)

    def unreadable_client(self, raw: bytes, problem: str) -> tuple[Step, ...]:
        """Refuse what the client wrote; answer it if it asks for an answer."""
        self.gate.note(ERROR, self.session, {"error": f"refused what the client wrote: {problem}", "start": _start(raw)})
        if not envelope.is_request(raw):
            return ()
        ident = envelope.identified(raw)
        code = answers.PARSE_ERROR if ident is None else answers.INVALID_REQUEST
        return (Step(TO_CLIENT, answers.raw(answers.error(ident, f"Blocked by agent-strace: {problem}.", code))),)

    def unreadable_server(self, raw: bytes, problem: str) -> tuple[Step, ...]:
        """Drop what the server wrote; record that it did."""
        self.gate.note(NOTE, self.session, {"note": "dropped what the server wrote", "problem": problem, "start": _start(raw)})
        return ()

    def _steps(self, arrival: Arrival, turn: Turn, raw: bytes, onward: str) -> tuple[Step, ...]:
        steps = []
        back = TO_CLIENT if onward == TO_SERVER else TO_SERVER
        if turn.kept and not turn.changed and len(turn.kept) == len(arrival.items):
            steps.append(Step(onward, raw))
        elif turn.kept:
            steps.append(Step(onward, answers.raw(turn.kept if arrival.batch else turn.kept[0])))
        steps += [Step(onward, answers.raw(message)) for message in turn.sent]
        if arrival.batch and len(turn.replies) > 1:
            steps.append(Step(back, answers.raw(turn.replies)))
        else:
            steps += [Step(back, answers.raw(message)) for message in turn.replies]
        return tuple(steps)


def _rewritten(item: Envelope, passage: Passage) -> Data:
    """Return the message with the arguments that policy leaves of it."""
    params = dict(item.params)
    arguments = passage.call.arguments
    if item.method in (TOOLS_CALL, "prompts/get"):
        params["arguments"] = arguments
    elif isinstance(arguments, dict) and "uri" in params:
        params["uri"] = arguments.get("uri", params["uri"])
    return {**item.message, "params": params}


def _is_stateless(item: Envelope) -> bool:
    version = item.meta.get(VERSION_KEY)
    return isinstance(version, str) and version >= STATELESS_SINCE


def _start(raw: bytes) -> str:
    return raw[:200].decode("utf-8", "backslashreplace")
