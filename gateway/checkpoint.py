"""The checkpoint: the one path of every call, from whatever door. observe → decide → require → record, and any failure
refuses.

Nobody else decides or writes; nobody else catches broadly. What is recorded is clean; what is passed on changes only
where policy says.
"""

from __future__ import annotations

from gateway.evaluation import judge, look_and_judge, looked_at
from gateway.host.folder_lookup import FolderLookup
from gateway.host.store_key import store_key
from gateway.model.call import ToolCall, ToolResult
from gateway.model.decision import FORWARD, MASK, RECORD, REDACT, Decision, Obligation, Reason
from gateway.model.effects import ALLOW, ASK, DENY
from gateway.model.errors import GatewayError, LockedError, TraceError
from gateway.model.event import ERROR, TOOL_CALL, TOOL_RESULT
from gateway.model.passage import Passage, Return
from gateway.model.record import replaced
from gateway.model.settings import Settings as Settings  # what doors set a checkpoint up by comes from here
from gateway.redaction.clean import Clean, cleaned_by
from gateway.redaction.policy_cleaner import cleaner_for, takes
from gateway.redaction.redact import Cleaner
from gateway.require import AFTERWARDS, allowed_once, ends_session, explain, nobody_to_ask, require, watched
from gateway.traces.codec import decision_data
from gateway.traces.events import call_data, new_event
from gateway.traces.ids import event_id, is_made
from gateway.traces.writer import FileWriter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.model.compiled_policy import CompiledPolicy
    from gateway.model.facts import Facts
    from gateway.model.json_text import JsonObject
    from gateway.redaction.clean_text_cache import Memory
    from gateway.traces.session_tail import Tail
    from gateway.traces.writer import Writer

    Conclude = Callable[[tuple[Reason, ...]], Decision]
    Data = JsonObject


class Checkpoint:
    """The path for the calls of one door; holds the store it writes to.

    hands_on  it is known that policy takes nothing out of the result at hand: it may go on whatever else goes wrong
    """

    __slots__ = ("_folders", "_memory", "_writers", "hands_on", "settings")

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._writers: dict[str, Writer] = {}
        self._folders = FolderLookup(settings)
        self._memory: Memory | None = None
        self.hands_on = False

    def before(self, call: ToolCall, *, found: tuple[Reason, ...] = (), asks: bool | None = None) -> Passage:
        """Judge a call before it happens and record the verdict; never raises, refuses on any trouble.

        found  what the door itself has found about the call (a definition that changed, …), judged like any rule
        asks   whether somebody can be asked about this call, where the door can only tell call by call
        """
        self._folders.forget()
        self._folders.exact = True
        try:
            return self._before(call, found, asks)
        except GatewayError as error:
            return self._refuse(call, error)
        except Exception as error:  # noqa: BLE001  # the one place: a surprise refuses the call
            return self._refuse(call, GatewayError(_problem(error, detail=f": {str(error)[:200]}")))
        finally:
            self._folders.exact = False

    def after(self, result: ToolResult) -> Return:
        """Record what came back; hand it back as it is, rewritten, or not at all.

        It is cleaned first: a store that cannot be written is no reason to hand on what policy takes out.
        """
        self._folders.forget()
        self.hands_on = False
        back = self._cleaned(result)
        try:
            event, refused = self._record_result(result), ""
        except Exception as error:  # noqa: BLE001  # the one place: a surprise refuses the call
            event, refused = "", _problem(error)
        text: Return = replaced(back, event=event, refused=refused)
        return text

    def _cleaned(self, result: ToolResult) -> Return:
        """Return what of a result may go on, what policy takes out of it taken out; withheld where that fails or nobody
        can tell.
        """
        unsure = not self.settings.forward
        try:
            policy = self.policy(result.cwd)
            self.hands_on, unsure = not self._takes(policy), False
            cleaner = self._forwarding(policy, result.cwd)
            if cleaner is None:
                return Return(result)
            output = cleaner.value(result.output)
            return Return(replaced(result, output=output), changed=bool(cleaner.removed))
        except Exception as error:  # noqa: BLE001  # the one place: what could not be cleaned is withheld
            return Return(result, withheld="" if unsure and self.settings.observe else _problem(error), unsure=unsure)

    def note(
        self,
        kind: str,
        session: str,
        data: Data,
        *,
        cwd: str = "/",
        call: str = "",
        parent: str = "",
        duration_ms: float | None = None,
    ) -> str:
        """Record a prompt, a response or a session mark; return why that was not possible, or ""."""
        self._folders.forget()
        try:
            self._append(session, cwd, kind, data, call=call, parent=parent, duration_ms=duration_ms)
        except Exception as error:  # noqa: BLE001  # the one place: a surprise refuses the call
            return _problem(error)
        return ""

    def late_call(self, call: ToolCall, at: float) -> Decision:
        """Record a call that happened elsewhere and is over, with what today's policy would have said of it; nothing is
        refused.

        at  when it happened, in seconds since the epoch
        The policy is read once for all late entries. Raises PolicyError, TraceError.
        """
        judged, facts, decision = look_and_judge(self.policy(call.cwd), call, project=self.project(call.cwd))
        decision = watched(decision, AFTERWARDS)
        self._append(call.session, call.cwd, TOOL_CALL, call_data(judged, facts, decision), call=call.id, at=at)
        return decision

    def late_result(self, result: ToolResult, at: float) -> None:
        """Record what a late call came back with. Raises TraceError."""
        self._record_result(result, call=f"result:{result.id}", at=at)

    def late_note(
        self, kind: str, session: str, data: Data, *, at: float, name: str, cwd: str = "/", parent: str = ""
    ) -> None:
        """Record a mark that is over; `name` says which, so that it can be told whether it is recorded already. Raises
        TraceError.
        """
        self._append(session, cwd, kind, data, call=name, parent=parent, at=at)

    def foresee(self, call: ToolCall) -> Decision | None:
        """Return the verdict that a call would meet, unrecorded: what is shown of what exists; None when there is none
        to tell.
        """
        self._folders.forget()
        try:
            decision = look_and_judge(self.policy(call.cwd), call, project=self.project(call.cwd))[2]
        except GatewayError:
            return None
        return watched(decision) if self.settings.observe else decision

    def forwards(self, cwd: str) -> bool:
        """Whether something is taken out of what is passed on from a folder, or nobody can tell."""
        self._folders.forget()
        return self._may_take(cwd)

    def _may_take(self, cwd: str) -> bool:
        try:
            return self._takes(self.policy(cwd))
        except GatewayError:
            return self.settings.forward or not self.settings.observe

    def passing(self, value: object, cwd: str) -> tuple[object, bool]:
        """Return (what may be passed on of a value that is no call's, whether it differs). Raises GatewayError where it
        cannot be cleaned.
        """
        try:
            cleaner = self._forwarding(self.policy(cwd), cwd) if self._may_take(cwd) else None
            if cleaner is None:
                return value, False
            return cleaner.value(value), bool(cleaner.removed)
        except Exception as error:  # the one place: what could not be cleaned is withheld
            raise TraceError(_problem(error)) from error

    def start(self, session: str, meta: Data, *, cwd: str = "/") -> None:
        """Record what is known of a session when it starts. Raises TraceError."""
        store = self.store(cwd)
        self._writer(store).start(session, self._clean(meta, store, cwd))

    def _before(self, call: ToolCall, reasons: tuple[Reason, ...] = (), asks: bool | None = None) -> Passage:
        policy = self.policy(call.cwd)
        judged, facts = looked_at(policy, call, project=self.project(call.cwd))
        door = self.settings.door if asks is None else replaced(self.settings.door, asks=asks)

        def conclude(more: tuple[Reason, ...]) -> Decision:
            decision = judge(policy, judged, facts, (*reasons, *more))
            decision = self._obliged(decision)
            if self.settings.observe:
                return watched(decision)
            if decision.effect == ASK and not door.asks:
                decision = self._asked_elsewhere(judged, facts, decision)
            return require(door, decision)

        try:
            decision, event = self._record_call(policy, judged, facts, conclude)
        except TraceError as error:
            if not (self.settings.observe or policy["observing"]):
                raise
            return Passage(ALLOW, judged, decision=conclude(()), text=f"warning: not recorded: {error}")
        passed = self._passed_on(policy, judged) if decision.effect != DENY else judged
        stop = bool(policy["limits"]) and ends_session(policy["limits"], decision)
        text = explain(decision)
        return Passage(
            decision.effect,
            passed,
            decision=decision,
            text=text,
            event=event,
            rewritten=passed is not judged,
            stop=stop,
        )

    def _asked_elsewhere(self, call: ToolCall, facts: Facts, decision: Decision) -> Decision:
        """Return the decision with a person's answer if there is one already; else have the call wait for it and say
        under which name.
        """
        from gateway.host import approvals

        digest = approvals.digest_of(call, facts.project)
        grant = approvals.take(digest, facts.now)
        if grant is not None:
            return allowed_once(decision, grant)
        store = self.store(call.cwd)
        what = {
            "tool": call.tool,
            "arguments": call.arguments,
            "cwd": call.cwd,
            "reasons": decision_data(decision)["reasons"],
        }
        try:
            clean = self._clean(what, store, call.cwd).data
            name = approvals.ask(digest, {**clean, "session": call.session, "store": store}, facts.now)
        except GatewayError:
            return decision
        return nobody_to_ask(decision, f"a person can allow it once: `agent-strace approve {name}`")

    def _obliged(self, decision: Decision) -> Decision:
        """Return the decision with what the door was started to do beyond the policy."""
        if not self.settings.forward:
            return decision
        mine = [Obligation(REDACT, FORWARD, "secrets", "--forward")]
        mine += [Obligation(MASK, FORWARD, "pii", "--forward")] if self.settings.mask else []
        obliged: Decision = replaced(decision, obligations=(*decision.obligations, *mine))
        return obliged

    def _forwarding(self, policy: CompiledPolicy, cwd: str) -> Cleaner | None:
        """Return what cleans what is passed on, None when it goes on as it is."""
        if not self._takes(policy):
            return None
        forced = self.settings.forward
        return cleaner_for(
            policy, FORWARD, store_key(self.store(cwd)), secrets=forced, pii=forced and self.settings.mask
        )

    def _takes(self, policy: CompiledPolicy) -> bool:
        return takes(policy, FORWARD, secrets=self.settings.forward, pii=self.settings.forward and self.settings.mask)

    def _passed_on(self, policy: CompiledPolicy, call: ToolCall) -> ToolCall:
        cleaner = self._forwarding(policy, call.cwd)
        arguments = cleaner.value(call.arguments) if cleaner is not None else call.arguments
        return call if cleaner is None or not cleaner.removed else replaced(call, arguments=arguments)

    def _record_call(
        self, policy: CompiledPolicy, call: ToolCall, facts: Facts, conclude: Conclude
    ) -> tuple[Decision, str]:
        """Conclude and record; where the session has limits, no other call of it is judged in between."""
        if not policy["limits"]:
            decision = conclude(())
            return decision, self._append(
                call.session, call.cwd, TOOL_CALL, call_data(call, facts, decision), call=call.id
            )
        from gateway.traces.limit_counters import Within

        store = self.store(call.cwd)
        within = Within(policy, call, facts, store_key(store), self.settings.meter, watching=self.settings.observe)
        event = new_event(TOOL_CALL, call.session, call=call.id)

        def make(tail: Tail) -> Clean:
            decision = within.decided(tail, conclude)
            data = {**call_data(call, facts, decision), "limits": within.keys()}
            clean = self._clean(data, store, call.cwd).within(event)
            within.counted(tail, clean.data)
            return clean

        self._writer(store).exchange(call.session, make)
        return within.decision, str(event["event_id"])

    def _record_result(self, result: ToolResult, *, call: str = "", at: float = 0.0) -> str:
        data: Data = {"tool_name": result.tool, "error" if result.failed else "result": result.output}
        if result.id and not is_made(result.session, result.id):
            data["tool_use_id"] = result.id
        data |= result.context
        kind = ERROR if result.failed else TOOL_RESULT
        parent = event_id(result.session, result.id) if result.id else ""
        return self._append(
            result.session, result.cwd, kind, data, call=call, parent=parent, duration_ms=result.duration_ms, at=at
        )

    def _refuse(self, call: ToolCall, error: GatewayError) -> Passage:
        """Refuse a call that could not be judged or recorded; the refusal itself is recorded if that is possible."""
        decision = Decision(DENY, (Reason(DENY, "gateway", str(error), hint=error.advice),))
        if not isinstance(error, LockedError):
            data = {
                "tool_name": call.tool,
                "arguments": call.arguments,
                "cwd": call.cwd,
                "decision": decision_data(decision),
            }
            self.note(TOOL_CALL, call.session, data, cwd=call.cwd)
        return Passage(DENY, call, decision=decision, text=f"Blocked by agent-strace: {error}. {error.advice}.")

    def _append(
        self,
        session: str,
        cwd: str,
        kind: str,
        data: Data,
        *,
        call: str = "",
        parent: str = "",
        duration_ms: float | None = None,
        at: float = 0.0,
    ) -> str:
        store = self.store(cwd)
        event = new_event(kind, session, call=call, parent=parent, duration_ms=duration_ms, at=at)
        self._writer(store).append(session, self._clean(data, store, cwd).within(event))
        return str(event["event_id"])

    def recording(self, store: str, cwd: str) -> Cleaner:
        """Return what cleans what a store records from a folder; a policy that cannot be read takes nothing away from
        what is cleaned anyway.
        """
        policy = self._folders.policy_if_readable(cwd)
        return cleaner_for(policy, RECORD, store_key(store), pii=self.settings.mask) or Cleaner(store_key(store))

    def _clean(self, data: Data, store: str, cwd: str) -> Clean:
        """Return what may be recorded."""
        cleaner = self.recording(store, cwd)
        if self.settings.resident:
            cleaner.memory = self._remembering()
        return cleaned_by(cleaner, data)

    def _remembering(self) -> Memory:
        if self._memory is None:
            from gateway.redaction import clean_text_cache

            self._memory = clean_text_cache.Memory(self.settings.longest)
        return self._memory

    def _writer(self, store: str) -> Writer:
        if store not in self._writers:
            self._writers[store] = self._new_writer(store)
        return self._writers[store]

    def _new_writer(self, store: str) -> Writer:
        if not self.settings.resident:
            return FileWriter(store)
        from gateway.traces import resident_writer

        return resident_writer.ResidentWriter(store)

    def policy(self, cwd: str) -> CompiledPolicy:
        """Return the policy that holds for calls from a folder, read once per call. Raises PolicyError."""
        return self._folders.policy(cwd)

    def project(self, cwd: str) -> str:
        """Return the project root that calls from a folder belong to."""
        return self._folders.project(cwd)

    def store(self, cwd: str) -> str:
        """Return the store that calls from a folder are recorded in. Raises TraceError where that is somebody
        else's.
        """
        return self._folders.store(cwd)


_EXHAUSTED = ((RecursionError, "JSON nested too deeply"), (MemoryError, "not enough memory for this call"))
"""What a call or a machine can bring about that is no fault of the gateway's, and what is said of it."""


def _problem(error: Exception, *, detail: str = "") -> str:
    """Return what went wrong, in words for those who wait for an answer."""
    for kind, words in _EXHAUSTED:
        if isinstance(error, kind):
            return words
    return str(error) if isinstance(error, GatewayError) else f"internal error ({type(error).__name__}{detail})"
