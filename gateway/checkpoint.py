"""The checkpoint: the one path of every call, from whatever door. observe → decide → require → record, and any failure refuses.

Nobody else decides or writes; nobody else catches broadly. What is recorded is clean; what is passed on changes only where policy says.
"""

from __future__ import annotations

import time

from gateway.decide import decide
from gateway.host.folders import home, policies_from, project_root, trace_folder
from gateway.host.observe import observe
from gateway.host.policy_files import load_policy, load_watched, unchanged
from gateway.host.store_key import store_key
from gateway.lane_os import os
from gateway.model.call import ToolCall, ToolResult
from gateway.model.decision import FORWARD, MASK, RECORD, REDACT, Decision, Obligation, Reason
from gateway.model.effects import ALLOW, ASK, DENY
from gateway.model.errors import GatewayError, PolicyError, TraceError
from gateway.model.event import ERROR, TOOL_CALL, TOOL_RESULT
from gateway.model.passage import Capabilities, Passage, Return
from gateway.model.record import Record, replaced
from gateway.policy.rules.files import denies
from gateway.redaction.reach import cleaner_for
from gateway.redaction.redact import Clean, Cleaner, cleaned_by
from gateway.tools import actions_of
from gateway.traces.codec import action_data, decision_data, facts_data
from gateway.traces.ids import event_id, folder_name
from gateway.traces.writer import FileWriter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gateway.model.facts import Facts
    from gateway.traces.writer import Writer

    Marks = list[tuple[str, tuple[int, ...] | None]]
    Policy = dict[str, Any]
    Data = dict[str, Any]

MAX_ACTIONS = 1000
"""Most actions of one call that are recorded."""

OBSERVED = Reason(ALLOW, "observe", "observe mode refuses nothing")
AFTERWARDS = Reason(ALLOW, "afterwards", "it had happened when it was judged; this is what would have been said")


class Settings(Record):
    """How a checkpoint was set up by its door.

    door         what the door can do with a verdict
    trace_dir    store to write to, or "" for the project's
    policy_file  policy that stands instead of the project's, or ""
    observe      decide and record everything, refuse nothing
    mask         personal data is removed from the record too
    forward      what is removed from the record is removed from what is passed on, too
    resident     it lives longer than a call: a policy is kept while none of its files changes
    folders      further folders whose policies hold (the client's own project folder)
    """

    __slots__ = ("door", "folders", "forward", "mask", "observe", "policy_file", "resident", "trace_dir")

    def __init__(
        self,
        door: Capabilities,
        *,
        trace_dir: str = "",
        policy_file: str = "",
        observe: bool = False,
        mask: bool = False,
        forward: bool = False,
        resident: bool = False,
        folders: tuple[str, ...] = (),
    ) -> None:
        self.door = door
        self.trace_dir = trace_dir
        self.policy_file = policy_file
        self.observe = observe
        self.mask = mask
        self.forward = forward
        self.resident = resident
        self.folders = folders


class Checkpoint:
    """The path for the calls of one door; holds the store it writes to."""

    __slots__ = ("_kept", "_policies", "_writers", "settings")

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._writers: dict[str, Writer] = {}
        self._policies: dict[str, Policy] = {}
        self._kept: dict[str, tuple[Policy, Marks]] = {}

    def before(self, call: ToolCall, *, found: tuple[Reason, ...] = (), asks: bool | None = None) -> Passage:
        """Judge a call before it happens and record the verdict; never raises, refuses on any trouble.

        found  what the door itself has found about the call (a definition that changed, …), judged like any rule
        asks   whether somebody can be asked about this call, where the door can only tell call by call
        """
        self._policies.clear()
        try:
            return self._before(call, found, asks)
        except GatewayError as error:
            return self._refuse(call, str(error))
        except Exception as error:  # noqa: BLE001  # the one place: a surprise refuses the call
            return self._refuse(call, f"internal error ({type(error).__name__}: {str(error)[:200]})")

    def after(self, result: ToolResult) -> Return:
        """Record what came back; hand it back as it is, rewritten, or not at all."""
        self._policies.clear()
        try:
            return self._after(result)
        except GatewayError as error:
            return Return(result, refused=str(error))
        except Exception as error:  # noqa: BLE001  # the one place: a surprise refuses the call
            return Return(result, refused=f"internal error ({type(error).__name__})")

    def note(self, kind: str, session: str, data: Data, *, cwd: str = "/", call: str = "", parent: str = "", duration_ms: float | None = None) -> str:
        """Record a prompt, a response or a session mark; return why that was not possible, or ""."""
        self._policies.clear()
        try:
            self._append(session, cwd, kind, data, call=call, parent=parent, duration_ms=duration_ms)
        except GatewayError as error:
            return str(error)
        except Exception as error:  # noqa: BLE001  # the one place: a surprise refuses the call
            return f"internal error ({type(error).__name__})"
        return ""

    def late_call(self, call: ToolCall, at: float) -> Decision:
        """Record a call that happened elsewhere and is over, with what today's policy would have said of it; nothing is refused.

        at  when it happened, in seconds since the epoch
        The policy is read once for all late entries. Raises PolicyError, TraceError.
        """
        judged, facts, decision = look_and_judge(self.policy(call.cwd), call, project=self.project(call.cwd))
        decision = watched(decision, AFTERWARDS)
        self._record_call(judged, facts, decision, at=at)
        return decision

    def late_result(self, result: ToolResult, at: float) -> None:
        """Record what a late call came back with. Raises TraceError."""
        self._record_result(result, call=f"result:{result.id}", at=at)

    def late_note(self, kind: str, session: str, data: Data, *, at: float, name: str, cwd: str = "/", parent: str = "") -> None:
        """Record a mark that is over; `name` says which, so that it can be told whether it is recorded already. Raises TraceError."""
        self._append(session, cwd, kind, data, call=name, parent=parent, at=at)

    def start(self, session: str, meta: Data, *, cwd: str = "/") -> None:
        """Record what is known of a session when it starts. Raises TraceError."""
        store = self.store(cwd)
        self._writer(store).start(session, self._clean(meta, store, cwd))

    def _before(self, call: ToolCall, found: tuple[Reason, ...] = (), asks: bool | None = None) -> Passage:
        policy = self.policy(call.cwd)
        judged, facts, decision = look_and_judge(policy, call, project=self.project(call.cwd), found=found)
        if self.settings.observe:
            decision = watched(decision)
        door = self.settings.door if asks is None else replaced(self.settings.door, asks=asks)
        decision = require(door, self._obliged(decision))
        try:
            event = self._record_call(judged, facts, decision)
        except TraceError as error:
            if not (self.settings.observe or policy["observing"]):
                raise
            return Passage(ALLOW, judged, decision=decision, text=f"warning: not recorded: {error}")
        passed = self._passed_on(policy, judged) if decision.effect != DENY else judged
        return Passage(decision.effect, passed, decision=decision, text=explain(decision), event=event, rewritten=passed is not judged)

    def _obliged(self, decision: Decision) -> Decision:
        """Return the decision with what the door was started to do beyond the policy."""
        if not self.settings.forward:
            return decision
        mine = [Obligation(REDACT, FORWARD, "secrets", "--forward")]
        mine += [Obligation(MASK, FORWARD, "pii", "--forward")] if self.settings.mask else []
        obliged: Decision = replaced(decision, obligations=(*decision.obligations, *mine))
        return obliged

    def _forwarding(self, policy: Policy, cwd: str) -> Cleaner | None:
        """Return what cleans what is passed on, None when it goes on as it is."""
        forced = self.settings.forward
        return cleaner_for(policy, FORWARD, store_key(self.store(cwd)), secrets=forced, pii=forced and self.settings.mask)

    def _passed_on(self, policy: Policy, call: ToolCall) -> ToolCall:
        cleaner = self._forwarding(policy, call.cwd)
        arguments = cleaner.value(call.arguments) if cleaner is not None else call.arguments
        return call if cleaner is None or not cleaner.removed else replaced(call, arguments=arguments)

    def _record_call(self, call: ToolCall, facts: Facts, decision: Decision, *, at: float = 0.0) -> str:
        data: Data = {"tool_name": call.tool, "arguments": call.arguments}
        if call.id:
            data["tool_use_id"] = call.id
        data |= {
            "cwd": call.cwd,
            "decision": decision_data(decision),
            "actions": [action_data(action) for action in call.actions[:MAX_ACTIONS]],
            "facts": facts_data(facts),
            **call.context,
        }
        return self._append(call.session, call.cwd, TOOL_CALL, data, call=call.id, at=at)

    def _after(self, result: ToolResult) -> Return:
        event = self._record_result(result)
        cleaner = self._forwarding(self.policy(result.cwd), result.cwd)
        if cleaner is None:
            return Return(result, event=event)
        output = cleaner.value(result.output)
        return Return(replaced(result, output=output), changed=bool(cleaner.removed), event=event)

    def _record_result(self, result: ToolResult, *, call: str = "", at: float = 0.0) -> str:
        data: Data = {"tool_name": result.tool, "error" if result.failed else "result": result.output}
        if result.id:
            data["tool_use_id"] = result.id
        data |= result.context
        kind = ERROR if result.failed else TOOL_RESULT
        parent = event_id(result.session, result.id) if result.id else ""
        return self._append(result.session, result.cwd, kind, data, call=call, parent=parent, duration_ms=result.duration_ms, at=at)

    def _refuse(self, call: ToolCall, problem: str) -> Passage:
        """Refuse a call that could not be judged or recorded; the refusal itself is recorded if that is possible."""
        decision = Decision(DENY, (Reason(DENY, "gateway", problem, hint="a person must mend this"),))
        data = {"tool_name": call.tool, "arguments": call.arguments, "cwd": call.cwd, "decision": decision_data(decision)}
        self.note(TOOL_CALL, call.session, data, cwd=call.cwd)
        return Passage(DENY, call, decision=decision, text=f"Blocked by agent-strace: {problem}. Do not retry; a person must mend this.")

    def _append(
        self, session: str, cwd: str, kind: str, data: Data, *, call: str = "", parent: str = "", duration_ms: float | None = None, at: float = 0.0
    ) -> str:
        store = self.store(cwd)
        name = event_id(session, call) if call else os.urandom(6).hex()
        cleaned = self._clean(data, store, cwd)
        event: Data = {
            "event_type": kind,
            "timestamp": round(at or time.time(), 6),
            "event_id": name,
            "session_id": folder_name(session),
        }
        if parent:
            event["parent_id"] = parent
        if duration_ms is not None:
            event["duration_ms"] = duration_ms
        self._writer(store).append(session, cleaned.within(event))
        return name

    def _clean(self, data: Data, store: str, cwd: str) -> Clean:
        """Return what may be recorded; a policy that cannot be read takes nothing away from what is cleaned anyway."""
        try:
            policy = self.policy(cwd)
        except PolicyError:
            policy = {}
        cleaner = cleaner_for(policy, RECORD, store_key(store), pii=self.settings.mask)
        return cleaned_by(cleaner or Cleaner(store_key(store)), data)

    def _writer(self, store: str) -> Writer:
        if store not in self._writers:
            self._writers[store] = FileWriter(store)
        return self._writers[store]

    def policy(self, cwd: str) -> Policy:
        """Return the policy that holds for calls from a folder, read once per call. Raises PolicyError."""
        found = self._policies.get(cwd)
        if found is None:
            found = self._policies[cwd] = self._load(cwd)
        return found

    def _load(self, cwd: str) -> Policy:
        folders = (*self.settings.folders, cwd)
        if not self.settings.resident:
            return load_policy(folders, explicit=self.settings.policy_file)
        kept = self._kept.get(cwd)
        if kept is None or not unchanged(kept[1]):
            self._kept.pop(cwd, None)
            kept = self._kept[cwd] = load_watched(folders, explicit=self.settings.policy_file)
        return kept[0]

    def project(self, cwd: str) -> str:
        """Return the project root that calls from a folder belong to: the client's own project, as long as the folder has no other."""
        for folder in self.settings.folders:
            if cwd == folder or cwd.startswith(folder.rstrip("/") + "/") or not policies_from(cwd):
                return project_root(folder)
        return project_root(cwd)

    def store(self, cwd: str) -> str:
        """Return the store that calls from a folder are recorded in."""
        return self.settings.trace_dir or trace_folder(project_root(self.settings.folders[0]) if self.settings.folders else project_root(cwd))


def look_and_judge(policy: Policy, call: ToolCall, *, project: str, found: tuple[Reason, ...] = ()) -> tuple[ToolCall, Facts, Decision]:
    """Return (the call with its actions, what was seen, the verdict) under a compiled policy."""
    own_home = home()
    judged = with_actions(call, policy, own_home)
    facts = observe(judged, project=project, home=own_home, denied=denies(policy["layers"], project=project, home=own_home))
    return judged, facts, judge(policy, judged, facts, found)


def with_actions(call: ToolCall, policy: Policy, own_home: str) -> ToolCall:
    """Return the call with everything it would do."""
    judged: ToolCall = replaced(call, actions=actions_of(call, home=own_home, effects=policy["effects"]))
    return judged


def judge(policy: Policy, call: ToolCall, facts: Facts, found: tuple[Reason, ...] = ()) -> Decision:
    """Return the verdict on a call whose actions and facts are known: live, in an audit, a backtest or a what-if alike."""
    return decide(policy, call, facts, found)


def watched(decision: Decision, why: Reason = OBSERVED) -> Decision:
    """Return the decision as it is recorded where nothing is refused: with what it would have been, and why it was not."""
    reasons = tuple(replaced(one, shadow=True) for one in decision.reasons)
    seen: Decision = replaced(decision, effect=ALLOW, reasons=(*reasons, why))
    return seen


def require(door: Capabilities, decision: Decision) -> Decision:
    """Return the decision as the door can carry it out: what it cannot discharge becomes a denial (XACML 3.0, 7.18)."""
    missing = [reason for reason in (_cannot_ask(door, decision), *_cannot_rewrite(door, decision.obligations)) if reason]
    if not missing or decision.effect == DENY:
        return decision
    refused: Decision = replaced(decision, effect=DENY, shadow=DENY, reasons=(*missing, *decision.reasons))
    return refused


def _cannot_ask(door: Capabilities, decision: Decision) -> Reason | None:
    if decision.effect != ASK or door.asks:
        return None
    return Reason(DENY, "ask", f"{decision.reasons[0].text}, and nobody can be asked here", hint="a person must do this, or allow it in the policy")


def _cannot_rewrite(door: Capabilities, obligations: tuple[Obligation, ...]) -> list[Reason]:
    forward = [one for one in obligations if one.reach == FORWARD]
    if not forward or (door.rewrites_arguments and door.rewrites_results):
        return []
    word = "mask" if forward[0].kind == MASK else "redact"
    return [Reason(DENY, forward[0].rule, f"this door cannot {word} what passes through it", hint="use a client whose results can be rewritten")]


def explain(decision: Decision) -> str:
    """Return what the client is told of a verdict: what, which rule, where it stands, what to do instead. "" for an allowed call."""
    if decision.effect == ALLOW:
        return ""
    spoken = [reason for reason in decision.reasons if reason.effect == decision.effect and not reason.shadow]
    told = "; ".join(dict.fromkeys(f"{reason.text}{f' [{reason.source}]' if reason.source else ''}" for reason in spoken[:3]))
    if len(spoken) > 3:
        told += f"; and {len(spoken) - 3} more"
    hints = ". ".join(dict.fromkeys(reason.hint for reason in spoken[:3] if reason.hint))
    head = "Blocked by policy: " if decision.effect == DENY else "Policy asks: "
    tail = " Do not retry it unchanged." if decision.effect == DENY else ""
    return f"{head}{told}.{f' Instead: {hints}.' if hints else ''}{tail}"[:2000]
