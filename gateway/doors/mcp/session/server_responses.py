"""Returning: what becomes of a server's answers: recorded, cleaned where policy says so, lists without what is
refused.
"""

from __future__ import annotations

from gateway.doors.mcp.jsonrpc import messages, responses
from gateway.doors.mcp.jsonrpc.byte_ranges import relisted
from gateway.doors.mcp.session.embedded_content import packed, unpacked
from gateway.doors.mcp.session.output_schema import conforming
from gateway.doors.mcp.session.pending_requests import Pending
from gateway.model.errors import GatewayError
from gateway.model.event import NOTE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gateway.doors.mcp.jsonrpc.messages import Envelope
    from gateway.doors.mcp.session.elicitation import Elicitations
    from gateway.doors.mcp.session.pending_requests import Turn
    from gateway.doors.mcp.session.recorder import SessionRecorder

    Data = dict[str, Any]

LISTS = {"tools/list": "tools", "prompts/list": "prompts"}
"""Methods whose results list what can be called, and under which key."""

TASKS = "tasks/"
_HANDSHAKE = ("protocolVersion", "capabilities", "serverInfo")
"""What of an answer to `initialize` is needed to go on, and is no text for a model."""


class ServerResponses:
    """The way back of one session.

    definitions  the definitions of tools that were listed last, as the server gave them
    """

    def __init__(self, recorder: SessionRecorder, elicitations: Elicitations) -> None:
        self._recorder = recorder
        self._gate = recorder.gate
        self._elicitations = elicitations
        self._tasks: dict[str, Pending] = {}
        self.definitions: list[Data] = []

    def answered(self, item: Envelope, pending: Pending | None, turn: Turn, raw: bytes | None) -> None:
        """Let an answer on, changed or replaced; `raw` is its bytes where it came alone."""
        if pending is None:
            self._recorder.note(
                NOTE, {"note": "an answer to nothing that is pending", "request_id": item.message.get("id")}
            )
            pending = Pending(item.key or ("number", 0), _listing(item), start=self._recorder.clock())
        call = self._tasks.get(pending.task, pending) if pending.method.startswith(TASKS) else pending
        refused = self._elicitations.unwanted(item, pending)
        if refused:
            self._refused(item, pending, call, turn, refused)
        elif call.call:
            self._call_answered(item, pending, call, turn)
        elif pending.method in LISTS and item.kind == messages.RESULT:
            self._listed(item, pending, turn, raw)
        else:
            self._other(item, pending, turn)

    def _refused(self, item: Envelope, pending: Pending, call: Pending, turn: Turn, refused: str) -> None:
        """Record an answer that wants what policy refuses; say so in its place."""
        failed = item.kind == messages.ERROR
        if call.call:
            self._gate.after(self._recorder.result(call, item.message["error" if failed else "result"], failed=failed))
        if pending.call:
            turn.answer(self._elicitations.refusal(pending, refused))
        else:
            turn.answer(responses.error(item.message.get("id"), refused))

    def _call_answered(self, item: Envelope, pending: Pending, call: Pending, turn: Turn) -> None:
        """Record the result of a call, or of a task that a call became; hand on what policy leaves of it."""
        failed = item.kind == messages.ERROR
        key = "error" if failed else "result"
        output = item.message[key]
        if not failed and isinstance(output, dict):
            self._task(output, call)
        forwards = self._gate.forwards()
        if self._recorder.deferring and not forwards and not self._recorder.trouble:
            self._recorder.later(self._recorder.result(call, output, failed=failed or _says_error(output)))
            turn.keep(item.message)
            return
        opened, plan = unpacked(output) if forwards else (output, {})
        back = self._gate.after(self._recorder.result(call, opened, failed=failed or _says_error(output)))
        self._recorder.trouble = back.refused
        if back.withheld:
            text = f"Blocked by agent-strace: the result could not be cleaned and is withheld: {back.withheld}."
            turn.answer(self._elicitations.refusal(pending, text))
        elif back.refused and not self._gate.observes:
            turn.answer(
                self._elicitations.refusal(
                    pending, f"Blocked by agent-strace: the result is held back: {back.refused}."
                )
            )
        elif not back.changed:
            turn.keep(item.message)
        else:
            self._cleaned(item, pending, turn, key=key, value=back.result.output, plan=plan)

    def _cleaned(self, item: Envelope, pending: Pending, turn: Turn, *, key: str, value: Any, plan: Any) -> None:
        try:
            value = packed(value, plan)
        except GatewayError as error:
            turn.answer(
                self._elicitations.refusal(pending, f"Blocked by agent-strace: the result cannot be cleaned: {error}.")
            )
            return
        before = item.message[key]
        if (
            key == "result"
            and isinstance(before, dict)
            and isinstance(value, dict)
            and "structuredContent" in value
            and not value.get("isError")
        ):
            known = self._gate.tools.get(pending.name)
            if (
                known is not None
                and known.schema is not None
                and value["structuredContent"] != before.get("structuredContent")
            ):
                fits, value["structuredContent"] = conforming(
                    known.schema, before.get("structuredContent"), value["structuredContent"]
                )
                if not fits:
                    text = (
                        "Blocked by policy: the result holds what must be taken out of it,"
                        " and without it the tool's outputSchema is not satisfied."
                    )
                    turn.answer(responses.refusal(pending.key[1], text, tool=True, stateless=pending.stateless))
                    return
        turn.answer({**item.message, key: value})

    def _task(self, output: Data, call: Pending) -> None:
        """Remember which call became a task, so that the task's result is the call's."""
        task = output.get("task")
        name = task.get("taskId") if isinstance(task, dict) else output.get("taskId")
        if isinstance(name, str) and name and len(self._tasks) < 10_000:
            self._tasks[name] = call

    def _listed(self, item: Envelope, pending: Pending, turn: Turn, raw: bytes | None) -> None:
        """Hand on one page of a list without what policy refuses whatever its arguments."""
        name = LISTS[pending.method]
        result = item.message["result"]
        entries = result.get(name) if isinstance(result, dict) else None
        if not isinstance(entries, list):
            self._other(item, pending, turn)
            return
        text = self._told(name, entries)
        kept: dict[int, bytes | None] = {}
        shown: dict[int, object] = {}
        try:
            for index, entry in enumerate(text):
                if isinstance(entry, dict) and self._gate.shows(self._recorder.server, str(entry.get("name"))):
                    listed = self._elicitations.listed(entry) if name == "tools" else entry
                    cleaned, changed = self._gate.passing(listed)
                    shown[index] = cleaned
                    kept[index] = responses.raw(cleaned) if changed or listed is not entries[index] else None
        except GatewayError as error:
            self._withheld(item, turn, error)
            return
        if len(kept) == len(entries) and not any(kept.values()):
            turn.keep(item.message)
        elif raw is not None:
            own = len(kept) < len(entries) or any(item is not entries[index] for index, item in enumerate(text))
            turn.instead(relisted(raw, name, kept, private=own))
        else:
            turn.answer({**item.message, "result": {**result, name: list(shown.values())}})

    def _told(self, name: str, entries: list[Any]) -> list[Any]:
        """Return the entries of a list as far as their definitions are those that were seen before."""
        if name != "tools":
            return entries
        page = self._gate.listed(self._recorder.server, entries)
        for line in page.said:
            self._recorder.note(NOTE, {"note": line, "mcp_server": {"name": self._recorder.server}})
        self.definitions += [item for item in page.shown if item is not None]
        return page.shown

    def _other(self, item: Envelope, pending: Pending, turn: Turn) -> None:
        if pending.method in ("initialize", "server/discover") and isinstance(item.message.get("result"), dict):
            result = item.message["result"]
            known = {
                key: result[key]
                for key in ("protocolVersion", "supportedVersions", "serverInfo", "capabilities", "instructions")
                if key in result
            }
            self._recorder.note(
                NOTE, {"note": "the server told of itself", **known, "flags": list(self._gate.flags(known))}
            )
        self._passing(item, turn)

    def _passing(self, item: Envelope, turn: Turn) -> None:
        """Hand on what is no call's result, without what policy takes out."""
        key = "error" if item.kind == messages.ERROR else "result"
        try:
            value, changed = self._gate.passing(item.message[key])
        except GatewayError as error:
            self._withheld(item, turn, error)
            return
        if changed:
            turn.answer({**item.message, key: value})
        else:
            turn.keep(item.message)

    def _withheld(self, item: Envelope, turn: Turn, error: GatewayError) -> None:
        """Answer instead of what could not be cleaned; a handshake goes on without the server's own words, so that
        refusals can be told.
        """
        result = item.message.get("result")
        plain = {key: result[key] for key in _HANDSHAKE if key in result} if isinstance(result, dict) else {}
        if item.kind == messages.RESULT and ("protocolVersion" in plain or not result):
            turn.answer({**item.message, "result": plain})
        else:
            text = f"Blocked by agent-strace: this could not be cleaned and is withheld: {error}."
            turn.answer(responses.error(item.message.get("id"), text))


def _says_error(output: object) -> bool:
    return isinstance(output, dict) and output.get("isError") is True


def _listing(item: Envelope) -> str:
    """Return what an answer that nobody waits for lists, as the method that asks for it: a stream taken up again
    repeats answers.
    """
    result = item.message.get("result")
    return next(
        (method for method, name in LISTS.items() if isinstance(result, dict) and isinstance(result.get(name), list)),
        "",
    )
