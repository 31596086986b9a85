"""Completing a session that hooks recorded: what they do not carry is taken from the client's transcript and appended
as late events, each once.

Late are usage, answers in between, calls that the client itself refused or whose failure no hook told, interruptions
and compactions. They stand behind what hooks wrote, with their own time and `late: true`; what a subagent did says so
by `agent_id`. Knows no limits and refuses nothing.
"""

from __future__ import annotations

import time

from gateway.analysis.usage.tokens import tokens_of
from gateway.checkpoint import Checkpoint
from gateway.doors.transcripts.claude_code import NAME, sessions_in
from gateway.doors.transcripts.recorded_session import WORDS, Recorded, call_key, plain
from gateway.doors.transcripts.session import Called, Finished, Returned, Said
from gateway.host.claude_files import agent_of, agent_type, session_of
from gateway.model.event import LLM_RESPONSE, SESSION_END, SESSION_START
from gateway.model.record import replaced
from gateway.traces.ids import event_id, folder_name
from gateway.traces.reader import meta

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.model.call import ToolCall, ToolResult
    from gateway.model.decision import Decision
    from gateway.model.json_text import JsonObject

SETTLE_SECONDS = 15.0
"""How long something must be over before it is taken from the transcript of a session that goes on: until then a hook
may still tell of it, and usage may grow.
"""


def completes(finished: Finished) -> bool:
    """Whether a session of this kind can be completed from its file."""
    return finished.agent == NAME


def complete(
    checkpoint: Checkpoint, store: str, path: str, heard: Callable[[ToolCall | None, Decision | None], None]
) -> bool:
    """Append what the record of a session lacks; return whether something was left for later, since the session goes
    on.

    path   the client's transcript; its name is the session's
    heard  hears of every event that is added, with the call and what today's policy says of it where it is one
    Holds no lock: who calls it keeps others away. Raises GatewayError, OSError.
    """
    session = session_of(path)
    recorded = Recorded(store, folder_name(session))
    if recorded.masked and not checkpoint.settings.mask:  # whoever completes it may not know of the hooks' `--mask`
        checkpoint = Checkpoint(replaced(checkpoint.settings, mask=True))
    pass_ = _Pass(checkpoint, store, session, recorded, heard)
    for finished in sessions_in(path):
        agent = agent_of(finished.path) if finished.parent else ""
        if not agent or not meta(store, folder_name(finished.session)).get("imported_from"):
            pass_.through(finished, agent, recorded.types.get(agent) or (agent_type(finished.path) if agent else ""))
    return pass_.left


class _Pass:
    """One pass over a transcript and its subagents'.

    left  something is not over for long enough
    """

    def __init__(
        self,
        checkpoint: Checkpoint,
        store: str,
        session: str,
        recorded: Recorded,
        heard: Callable[[ToolCall | None, Decision | None], None],
    ) -> None:
        self.checkpoint = checkpoint
        self.store = store
        self.session = session
        self.recorded = recorded
        self.heard = heard
        self.left = False
        self._until = float("inf") if recorded.ended else time.time() - SETTLE_SECONDS

    def through(self, finished: Finished, agent: str, kind: str) -> None:
        """Take in what one file tells beyond the record."""
        marks: JsonObject = {"agent_id": agent, "agent_type": kind} if kind else {"agent_id": agent} if agent else {}
        marks["late"] = True
        cwd = self.recorded.cwd or finished.cwd
        waiting: dict[str, Called] = {}
        for entry in finished.entries():
            if entry.at > self._until:
                self.left = True
            elif isinstance(entry, Called):
                waiting[entry.call.id] = entry
            elif isinstance(entry, Returned):
                call = waiting.pop(entry.result.id, None)
                if call is None or self._call(call, marks):
                    self._result(entry, marks)
            else:
                self._said(entry, marks, cwd)
        if self.recorded.ended:
            for call in waiting.values():
                self._call(call, marks)
        else:
            self.left = self.left or bool(waiting)

    def _call(self, entry: Called, marks: JsonObject) -> bool:
        """Take in a call; return whether its result can be told to be its.

        A call enters with its result alone, or once the session is over: a hook that still judges it would write it a
        second time.
        """
        name = event_id(self.session, entry.call.id)
        if name in self.recorded.ids:
            return name not in self.recorded.refused
        call = replaced(entry.call, session=self.session, context={**entry.call.context, **marks})
        if self.recorded.nameless and self._nameless(call):
            return False
        self.recorded.ids.add(name)
        self.heard(call, self.checkpoint.late_call(call, entry.at))
        return True

    def _nameless(self, call: ToolCall) -> bool:
        cleaner = self.checkpoint.recording(self.store, call.cwd)
        clean = cleaner.value({"tool_name": call.tool, "arguments": call.arguments})
        key = call_key(clean, str(call.context.get("agent_id") or ""))
        if not self.recorded.nameless[key]:
            return False
        self.recorded.nameless[key] -= 1
        return True

    def _result(self, entry: Returned, marks: JsonObject) -> None:
        call = event_id(self.session, entry.result.id)
        if call in self.recorded.answered or call in self.recorded.refused or call not in self.recorded.ids:
            return
        self.recorded.answered.add(call)
        result: ToolResult = replaced(entry.result, session=self.session, context={**entry.result.context, **marks})
        self.checkpoint.late_result(result, entry.at)
        self.heard(None, None)

    def _said(self, entry: Said, marks: JsonObject, cwd: str) -> None:
        if entry.kind in (SESSION_START, SESSION_END):
            return
        agent = str(marks.get("agent_id") or "")
        name = self._name(entry, agent)
        if not name or event_id(self.session, name) in self.recorded.ids or self._told(entry, agent, cwd):
            return
        self.recorded.ids.add(event_id(self.session, name))
        self.checkpoint.late_note(entry.kind, self.session, {**entry.data, **marks}, at=entry.at, name=name, cwd=cwd)
        self.heard(None, None)

    def _name(self, entry: Said, agent: str) -> str:
        """Return what names an entry in the session's file, "" when it is recorded; usage that has grown since is told
        again under another name, and the fullest counts.
        """
        if entry.kind != LLM_RESPONSE:
            return f"{agent}:{entry.name}" if agent else entry.name
        request = str(entry.data.get("message_id"))
        total = tokens_of(entry.data["usage"]).total
        before = self.recorded.used.get(request)
        if before is not None and before >= total:
            return ""
        self.recorded.used[request] = total
        return entry.name if before is None else f"{entry.name}:{total}"

    def _told(self, entry: Said, agent: str, cwd: str) -> bool:
        """Whether a hook told of a prompt or an answer; what it told stands for one entry."""
        field = WORDS.get(entry.kind, "")
        if not field:
            return False
        cleaner = self.checkpoint.recording(self.store, cwd)
        key = (entry.kind, agent, plain(str(cleaner.value({field: entry.data.get(field)})[field])))
        if not self.recorded.words[key]:
            return False
        self.recorded.words[key] -= 1
        return True
