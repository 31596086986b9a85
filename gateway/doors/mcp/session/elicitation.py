"""Asking: calls a person is asked about, and what a server asks of the client: judged like any call."""

from __future__ import annotations

import os

from gateway.doors.mcp.jsonrpc import messages, responses
from gateway.doors.mcp.session import demands
from gateway.doors.mcp.session.calls import SERVER_REQUESTS, TOOLS_CALL, Call, builtin_denials
from gateway.doors.mcp.session.pending_requests import Held, Pending
from gateway.model.digest import hex_digest
from gateway.model.effects import ALLOW
from gateway.model.event import NOTE
from gateway.model.json_text import dumps_ascii

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gateway.doors.mcp.jsonrpc.messages import Envelope, Key
    from gateway.doors.mcp.session.pending_requests import Turn
    from gateway.doors.mcp.session.recorder import SessionRecorder
    from gateway.model.passage import Passage

    Data = dict[str, Any]

OWN_INPUT = "agent-strace"
"""The name of our question among a result's input requests, under the revision without sessions."""
OWN_STATE = "agent-strace:"
"""How the state begins that we hand out with a question of ours."""
MAX_GRANTED = 1000
"""Most questions without an answer that are remembered; of more, the oldest is asked again."""


INTERACTION_KEY = "anthropic/requiresUserInteraction"
"""What a tool's `_meta` says so that the client prompts for each call of it, whatever its own rules and hooks allow."""
_PROMPTING = ("claude-code", (2, 1, 199))
"""The client that knows the key, and since which version."""


def prompts_by_itself(client: object) -> bool:
    """Whether a client puts the question itself when a tool's definition says so."""
    if not isinstance(client, dict) or client.get("name") != _PROMPTING[0]:
        return False
    parts = str(client.get("version", "")).partition("-")[0].split(".")
    return all(part.isdigit() for part in parts) and tuple(int(part) for part in parts) >= _PROMPTING[1]


class Elicitations:
    """The questions of one session, ours and the server's.

    native    the client prompts for a tool by itself when its definition says so, and has no other way to ask
    prompted  the tools whose definitions say so to it
    """

    def __init__(self, recorder: SessionRecorder, *, deny_style: str) -> None:
        self._recorder = recorder
        self._gate = recorder.gate
        self._deny_style = deny_style
        self._own = f"agent-strace-{os.urandom(6).hex()}"
        self._count = 0
        self.held: dict[str, Held] = {}
        self.native = False
        self.prompted: set[str] = set()

    def listed(self, definition: Data) -> Data:
        """Return the definition of a tool as it is shown: one that policy asks about says so to a client that prompts
        by itself.
        """
        name = str(definition.get("name"))
        if not self.native or not self._gate.asks_about(self._recorder.server, name):
            self.prompted.discard(name)
            return definition
        self.prompted.add(name)
        meta = definition.get("_meta")
        return {**definition, "_meta": {**(meta if isinstance(meta, dict) else {}), INTERACTION_KEY: True}}

    def prompted_for(self, pending: Pending) -> None:
        """Record that the client has put the question itself."""
        self._recorder.of(
            NOTE, {"note": "the client prompts for this tool by itself", "tool_name": pending.tool}, pending
        )

    def refusal(self, pending: Pending, text: str) -> Data:
        """Return the refusal of a call as the client wants it."""
        tool = pending.method == TOOLS_CALL and self._deny_style == responses.FAIL_RESULT
        return responses.refusal(pending.key[1], text, tool=tool, stateless=pending.stateless)

    def holds(self, key: Key) -> bool:
        """Whether a call with this id waits for a person's answer."""
        return any(held.pending.key == key for held in self.held.values())

    def ask(self, message: Data, passage: Passage, pending: Pending, turn: Turn) -> None:
        """Ask about a call: with a request of our own, or, where only clients ask, with a result that wants input."""
        if not pending.stateless:
            self._count += 1
            name = f"{self._own}-{self._count}"
            self.held[name] = Held(pending, message, passage.text)
            turn.reply(responses.question(name, passage.text))
            return
        state = f"{OWN_STATE}{os.urandom(16).hex()}"
        while len(self._gate.granted) >= MAX_GRANTED:
            self._gate.granted.pop(next(iter(self._gate.granted)))
        self._gate.granted[state] = call_digest(message)
        turn.reply(responses.wanting(pending.key[1], OWN_INPUT, passage.text, state))

    def answer(self, item: Envelope) -> tuple[Held, bool] | None:
        """Return (the call it is about, whether a person allowed it) when a message answers a question of ours."""
        ident = item.message.get("id")
        held = self.held.pop(ident, None) if isinstance(ident, str) else None
        if held is None:
            return None
        agreed = responses.agreed(item.message)
        self._told(held.pending, agreed=agreed)
        return held, agreed

    def _told(self, pending: Pending, *, agreed: bool) -> None:
        text = "allowed once" if agreed else "refused"
        self._recorder.of(NOTE, {"note": "a person was asked", "answer": text, "tool_name": pending.tool}, pending)

    def retried(self, message: Data, pending: Pending) -> tuple[Data, bool | None]:
        """Return (the message without our part, what the person said) for a call that comes again with an answer to our
        question.

        None: it is no such call. The answer counts once, for the very call it was asked about.
        """
        params = message["params"]
        state = params.get("requestState")
        if not isinstance(state, str) or not state.startswith(OWN_STATE):
            return message, None
        asked = self._gate.granted.pop(state, None)
        given = params.get("inputResponses")
        text = given.get(OWN_INPUT) if isinstance(given, dict) else None
        plain = {key: value for key, value in params.items() if key not in ("requestState", "inputResponses")}
        again = {**message, "params": plain}
        if asked is None:
            return again, None
        agreed = responses.agreed({"result": text}) and call_digest(again) == asked
        self._told(pending, agreed=agreed)
        return again, agreed

    def demanded(self, item: Envelope, turn: Turn) -> bool:
        """Judge a server's request to the client, or what its notification wants; return whether the client is not to
        see it as it is.
        """
        pending = Pending(item.key or ("number", 0), item.method, start=self._recorder.clock())
        if item.kind == messages.NOTIFICATION:
            refused = self.unwanted(item, pending)
            if refused:
                self._recorder.note(
                    NOTE, {"note": "dropped what the server wrote", "problem": refused, "mcp_method": item.method}
                )
            return bool(refused)
        passage = self._judged(item.method, item.params, pending)
        if passage is None:
            return False
        if passage.effect != ALLOW:
            turn.reply(responses.declined(item.message.get("id"), item.method, passage.text))
            return True
        if passage.rewritten:
            turn.answer({**item.message, "params": passage.call.arguments})
        else:
            turn.keep(item.message)
        return True

    def unwanted(self, item: Envelope, pending: Pending) -> str:
        """Judge what an answer or a notification wants of the client; return why it may not, or ""."""
        value = item.message.get({messages.ERROR: "error", messages.RESULT: "result"}.get(item.kind, "params"))
        error = demands.in_error(value) if item.kind == messages.ERROR else demands.in_result(value)
        if len(error) > demands.MAX_DEMANDS and not self._gate.observes:
            return f"Blocked by agent-strace: the server wants more than {demands.MAX_DEMANDS} things of the client at once."
        for method, params in error[: demands.MAX_DEMANDS]:
            passage = self._judged(method, params, pending)
            if passage is not None and passage.effect != ALLOW:
                return passage.text
        return ""

    def _judged(self, method: str, params: Data, pending: Pending) -> Passage | None:
        reading = SERVER_REQUESTS.get(method)
        if reading is None:
            return None
        call = reading(self._recorder.server, params)
        demand = Pending(pending.key, method, start=pending.start)
        self._recorder.number(demand, Call(call.tool, call.arguments), "")
        return self._gate.before(self._recorder.call(demand, call), asks=False, found=builtin_denials(method, params))


def call_digest(message: Data) -> str:
    """Return the digest of what a call asks for, whatever its id."""
    params = message.get("params")
    wanted = (
        {key: params.get(key) for key in ("name", "uri", "arguments", "ref", "argument")}
        if isinstance(params, dict)
        else {}
    )
    return hex_digest(str(message.get("method")), dumps_ascii(wanted, sort_keys=True))
