"""Conversation: one connection, or one session, between an MCP client and a server. No sockets, and no clock but the
one it is given.

Raw messages in, steps out. Bytes go on as they came unless a message must change; nothing that counts reaches the other
side before the checkpoint has judged and recorded it.
"""

from __future__ import annotations

import os
import time

from gateway.doors.mcp.jsonrpc import messages, responses
from gateway.doors.mcp.jsonrpc.messages import NOTIFICATION, REQUEST, Envelope
from gateway.doors.mcp.session.calls import CALLS, TOOLS_CALL, join_id, reading_of
from gateway.doors.mcp.session.elicitation import Elicitations, prompts_by_itself
from gateway.doors.mcp.session.pending_requests import Pending, Turn
from gateway.doors.mcp.session.recorder import SessionRecorder
from gateway.doors.mcp.session.server_responses import ServerResponses
from gateway.doors.mcp.session.steps import TO_CLIENT, TO_SERVER, Step, can_rewrite, rewritten_part, steps_of
from gateway.model.effects import ALLOW, ASK
from gateway.model.errors import GatewayError, ProtocolError
from gateway.model.event import ERROR, NOTE, SESSION_END, SESSION_START

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from gateway.doors.mcp.jsonrpc.messages import Arrival, Key
    from gateway.doors.mcp.session.calls import Call
    from gateway.doors.mcp.session.enforcement import Gate
    from gateway.model.passage import Passage

    Data = dict[str, Any]

MAX_PENDING = 10_000
"""Most requests that may wait for an answer at once."""

VERSION_KEY = "io.modelcontextprotocol/protocolVersion"
CAPABILITIES_KEY = "io.modelcontextprotocol/clientCapabilities"
STATELESS_SINCE = "2026-07-28"
"""First revision without sessions: every request brings its version and capabilities, and servers ask nothing by
themselves.
"""


class Conversation:
    """What passes between one client and one server, judged and recorded.

    server      the server's name, as policy names it
    session     id of the session it is recorded under; a fresh one where none is given
    deny_style  "result": a refused tool is a result that says so; "error": it is a JSON-RPC error
    clock       seconds that only go forward
    onward      the requests in the client's last message that went on to the server
    """

    def __init__(
        self,
        gate: Gate,
        *,
        server: str,
        session: str = "",
        deny_style: str = responses.FAIL_RESULT,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.gate = gate
        self.server = server
        self.session = session or f"mcp-{os.urandom(8).hex()}"
        self.capabilities: Data = {}
        self._recorder = SessionRecorder(gate, server=server, session=self.session, clock=clock)
        self._elicitations = Elicitations(self._recorder, deny_style=deny_style)
        self._server_responses = ServerResponses(self._recorder, self._elicitations)
        self.onward: list[Key] = []
        self._pending: dict[Key, Pending] = {}

    def opened(self, known: Data) -> str:
        """Record that the session starts, and what is known of it; return why that was not possible, or ""."""
        return self.gate.start(self.session, known) or self._recorder.note(
            SESSION_START, {"mode": "mcp", "mcp_server": self.server, **known}
        )

    def closed(self, **known: object) -> None:
        """Record the calls that got no answer, and the end."""
        self._recorder.settle()
        for pending in [*self._pending.values(), *(held.pending for held in self._elicitations.held.values())]:
            if pending.call:
                self._recorder.of(
                    ERROR, {"tool_name": pending.tool, "error": "no answer before the session ended"}, pending
                )
        self._pending.clear()
        self._elicitations.held.clear()
        self._recorder.note(
            SESSION_END, {**known, "duration_ms": round((self._recorder.clock() - self._recorder.began) * 1000, 3)}
        )

    def defer(self) -> None:
        """Hand results on before they are recorded, where policy changes nothing in them; `settle` is called when there
        is time.
        """
        self._recorder.deferring = True

    def settle(self) -> None:
        """Record what was handed on before."""
        self._recorder.settle()

    @property
    def unsettled(self) -> bool:
        """Whether something that was handed on is still to be recorded."""
        return self._recorder.unsettled

    @property
    def waiting(self) -> bool:
        """Whether somebody still waits for an answer."""
        return bool(self._pending or self._elicitations.held)

    @property
    def definitions(self) -> list[Data]:
        """The definitions of tools that the server's last message listed."""
        return self._server_responses.definitions

    def is_open(self, key: Key) -> bool:
        """Whether a request of the client has no answer yet."""
        return key in self._pending

    def from_client(self, raw: bytes, arrival: Arrival | None = None) -> tuple[Step, ...]:
        """Take one raw message of the client, and what it holds where it was read already; return what to send."""
        try:
            arrival = arrival or messages.read(raw)
        except ProtocolError as error:
            return self.unreadable_client(raw, error.problem)
        turn = Turn()
        self.onward = []
        for item in arrival.items:
            if item.kind == REQUEST:
                self._request(item, turn)
            elif item.kind == NOTIFICATION:
                self._client_notification(item, turn)
            else:
                self._client_answer(item, turn)
        return steps_of(arrival, turn, raw, TO_SERVER)

    def from_server(self, raw: bytes) -> tuple[Step, ...]:
        """Take one raw message of the server; return what to send."""
        self._server_responses.definitions = []
        try:
            arrival = messages.read(raw, trusted=True)
        except ProtocolError as error:
            return self.unreadable_server(raw, error.problem)
        turn = Turn()
        for item in arrival.items:
            if item.kind in (REQUEST, NOTIFICATION):
                self._server_says(item, turn)
            else:
                pending = self._pending.pop(item.key, None) if item.key is not None else None
                self._server_responses.answered(item, pending, turn, None if arrival.batch else raw)
        return steps_of(arrival, turn, raw, TO_CLIENT)

    def unreadable_client(self, raw: bytes, problem: str) -> tuple[Step, ...]:
        """Refuse what the client wrote; answer it if it asks for an answer."""
        self._recorder.note(ERROR, {"error": f"refused what the client wrote: {problem}", "start": _start(raw)})
        if not messages.is_request(raw):
            return ()
        ident = messages.identified(raw)
        code = responses.PARSE_ERROR if ident is None else responses.INVALID_REQUEST
        return (Step(TO_CLIENT, responses.raw(responses.error(ident, f"Blocked by agent-strace: {problem}.", code))),)

    def unreadable_server(self, raw: bytes, problem: str) -> tuple[Step, ...]:
        """Drop what the server wrote; record that it did. An answer that can be told from its id is answered in its
        place.
        """
        self._recorder.note(NOTE, {"note": "dropped what the server wrote", "problem": problem, "start": _start(raw)})
        ident = messages.identified(raw) if raw.lstrip()[:1] == b"{" else None
        if ident is None or messages.is_request(raw):
            return ()
        pending = self._pending.pop(messages.key_of(ident), None)
        if pending is None:
            return ()
        refusal = self._elicitations.refusal(
            pending, f"Blocked by agent-strace: the server's answer could not be parsed: {problem}."
        )
        return (Step(TO_CLIENT, responses.raw(refusal)),)

    def _request(self, item: Envelope, turn: Turn) -> None:
        key = item.key
        if key is None or key in self._pending or self._elicitations.holds(key) or len(self._pending) >= MAX_PENDING:
            problem = (
                "too many requests are unanswered"
                if len(self._pending) >= MAX_PENDING
                else "a request with this id is still unanswered"
            )
            turn.reply(
                responses.error(item.message["id"], f"Blocked by agent-strace: {problem}.", responses.INVALID_REQUEST)
            )
            return
        pending = Pending(key, item.method, start=self._recorder.clock(), stateless=_is_stateless(item))
        if reading_of(item) is not None:
            self._call(item, pending, turn)
            return
        if item.method == "initialize":
            capabilities = item.params.get("capabilities")
            self.capabilities = capabilities if isinstance(capabilities, dict) else {}
            self._elicitations.native = prompts_by_itself(item.params.get("clientInfo")) and not self._asks(item)
            self._recorder.note(NOTE, {"note": "the client told of itself", **item.params})
        elif item.method.startswith("tasks/"):
            pending.task = str(item.params.get("taskId", ""))
        self._open(pending)
        if not self._on(item, turn):
            self.onward.remove(pending.key)
            del self._pending[pending.key]

    def _open(self, pending: Pending) -> None:
        self._pending[pending.key] = pending
        self.onward.append(pending.key)

    def _call(self, item: Envelope, pending: Pending, turn: Turn) -> None:
        """Judge a call; let it on, refuse it or ask about it."""
        call = CALLS[item.method](self.server, item.params)
        self._recorder.number(pending, call, join_id(item))
        if call.problem:
            self._misfit(call.problem, call, pending, turn)
            return
        pending.name = str(item.params.get("name", "")) if item.method == TOOLS_CALL else ""
        found = self.gate.found(self.server, pending.name) if pending.name else ()
        prompted = self._elicitations.native and pending.name in self._elicitations.prompted and not found
        passage = self.gate.before(self._recorder.call(pending, call), asks=prompted or self._asks(item), found=found)
        if passage.rewritten and not can_rewrite(item):
            self._misfit("it holds what policy takes out of what passes", call, pending, turn)
            return
        try:
            message = self._message(item, passage)
        except GatewayError as error:
            self._misfit(f"what was answered cannot be cleaned: {error}", call, pending, turn)
            return
        said = True if prompted and passage.effect == ASK else None
        if "requestState" in item.params:
            message, said = self._elicitations.retried(message, pending)
        elif said:
            self._elicitations.prompted_for(pending)
        if passage.effect == ALLOW or (passage.effect == ASK and said):
            pending.start = self._recorder.clock()
            self._open(pending)
            turn.keep(message, changed=message is not item.message)
        elif passage.effect == ASK and said is None:
            self._elicitations.ask(message, passage, pending, turn)
        else:
            turn.reply(
                self._elicitations.refusal(
                    pending, passage.text + (" The person who was asked did not allow it." if said is False else "")
                )
            )

    def _misfit(self, problem: str, call: Call, pending: Pending, turn: Turn) -> None:
        """Refuse a call that cannot be judged, or not be carried out as it was judged."""
        self._recorder.note(
            ERROR,
            {"tool_name": call.tool, "arguments": call.arguments, "error": problem, **self._recorder.context(pending)},
        )
        turn.reply(self._elicitations.refusal(pending, f"Blocked by agent-strace: {problem}."))

    def _message(self, item: Envelope, passage: Passage) -> Data:
        """Return the message of a call that may go on, with what policy leaves of its arguments and of a person's
        answers in it.
        """
        part = rewritten_part(item, passage)
        if "inputResponses" in item.params and self.gate.forwards():
            cleaned, changed = self.gate.passing(item.params["inputResponses"])
            part |= {"inputResponses": cleaned} if changed else {}
        return {**item.message, "params": {**item.params, **part}} if part else item.message

    def _asks(self, item: Envelope) -> bool:
        """Whether the client can put a question with a form to a person."""
        asks = item.meta.get(CAPABILITIES_KEY) if _is_stateless(item) else self.capabilities
        elicitation = asks.get("elicitation") if isinstance(asks, dict) else None
        return (
            isinstance(elicitation, dict)
            and (not elicitation or "form" in elicitation)
            and item.method != "subscriptions/listen"
        )

    def _client_notification(self, item: Envelope, turn: Turn) -> None:
        if item.method in CALLS:
            self._recorder.note(
                ERROR, {"error": "a call without an id cannot be answered, and was dropped", "message": item.message}
            )
            return
        if item.method == "notifications/cancelled":
            self._cancelled(item)
        self._on(item, turn)

    def _cancelled(self, item: Envelope) -> None:
        try:
            key = messages.key_of(item.params.get("requestId"))
        except ProtocolError:
            return
        for name, held in list(self._elicitations.held.items()):
            if held.pending.key == key:
                self._recorder.of(
                    ERROR, {"tool_name": held.pending.tool, "error": "cancelled while a person was asked"}, held.pending
                )
                del self._elicitations.held[name]
        if key in self._pending:
            self._pending[key].cancelled = True
            self._recorder.of(
                NOTE, {"note": "cancelled by the client", "tool_name": self._pending[key].tool}, self._pending[key]
            )

    def _client_answer(self, item: Envelope, turn: Turn) -> None:
        answer = self._elicitations.answer(item)
        if answer is None:
            self._on(item, turn, "error" if item.kind == messages.ERROR else "result")
            return
        held, agreed = answer
        if agreed:
            held.pending.start = self._recorder.clock()
            self._open(held.pending)
            turn.send(held.message)
        else:
            turn.reply(
                self._elicitations.refusal(held.pending, f"{held.text} The person who was asked did not allow it.")
            )

    def _server_says(self, item: Envelope, turn: Turn) -> None:
        if not self._elicitations.demanded(item, turn):
            self._on(item, turn)

    def _on(self, item: Envelope, turn: Turn, key: str = "params") -> bool:
        """Let on what is no call, without what policy takes out of what passes; ids and tokens of the protocol stay.
        Return whether it goes on.
        """
        value = item.message.get(key)
        if not value or not self.gate.forwards():
            turn.keep(item.message)
            return True
        kept = {name: value[name] for name in _PROTOCOL if name in value} if isinstance(value, dict) else {}
        try:
            cleaned, changed = self.gate.passing(
                {name: item for name, item in value.items() if name not in kept} if kept else value
            )
        except GatewayError as error:
            return self._withheld(item, turn, error)
        if not changed:
            turn.keep(item.message)
        else:
            turn.answer({**item.message, key: {**cleaned, **kept} if isinstance(cleaned, dict) else cleaned})
        return True

    def _withheld(self, item: Envelope, turn: Turn, error: GatewayError) -> bool:
        """Keep back what could not be cleaned, with a word to whoever waits; what opens a session carries no text of
        anybody and goes on.
        """
        if item.method in _OPENING:
            turn.keep(item.message)
            return True
        self._recorder.note(
            NOTE, {"note": "withheld: it could not be cleaned", "mcp_method": item.method, "problem": str(error)}
        )
        text = responses.error(
            item.message.get("id"), f"Blocked by agent-strace: this could not be cleaned and is withheld: {error}."
        )
        if item.kind == REQUEST:
            turn.reply(text)
        elif item.kind != NOTIFICATION:
            turn.answer(text)
        return False


_OPENING = (
    "initialize",
    "notifications/initialized",
    "ping",
    "tools/list",
    "prompts/list",
    "resources/list",
    "resources/templates/list",
)
"""Messages of a client that ask for nothing but what there is."""
_PROTOCOL = ("_meta", "progressToken", "requestId", "taskId", "cursor", "requestState")
"""Members of params that name things of the protocol, whatever their names look like."""


def _is_stateless(item: Envelope) -> bool:
    version = item.meta.get(VERSION_KEY)
    return isinstance(version, str) and version >= STATELESS_SINCE


def _start(raw: bytes) -> str:
    return raw[:200].decode("utf-8", "backslashreplace")
