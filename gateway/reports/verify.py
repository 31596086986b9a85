"""`verify`: whether a record is whole, and whether every verdict in it is reached again from what was recorded."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import Annotated

import typer

from gateway.analysis.decision_verification import (
    CLEANED,
    DIFFERS,
    NOT_JUDGED,
    SAME,
    UNKNOWN_GRANT,
    UNKNOWN_POLICY,
    Reproduction,
    recorded_decision,
    reproduced,
)
from gateway.analysis.event_text import call_line
from gateway.host.policy_files import load_policy
from gateway.host.policy_revisions import kept
from gateway.model.errors import NothingError, PolicyError
from gateway.model.event import TOOL_CALL, Event
from gateway.reports.arguments import AsJson, folder_of, print_json, store_of, warned
from gateway.reports.session_selection import Everything, Last, Names, Since, chosen
from gateway.traces.integrity import Integrity, integrity, without_events
from gateway.traces.reader import EVENTS, META, numbered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import CompiledPolicy
    from gateway.model.json_text import JsonObject

SHOWN = 20


@dataclass(slots=True)
class Verified:
    """What came of verifying one session.

    late  events that were taken from the client's transcript, after what the hooks told
    """

    session: str
    record: Integrity
    late: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    differing: list[tuple[int, Event, Reproduction]] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.record.problem and not self.verdicts[DIFFERS]


def command(
    context: typer.Context,
    sessions: Names = None,
    decisions: Annotated[
        bool, typer.Option("--decisions", help="Recompute every recorded verdict under the policy in force then.")
    ] = False,
    last: Last = None,
    since: Since = "",
    everything: Everything = False,
    as_json: AsJson = False,
) -> None:
    """Check the hash chain of sessions, and with --decisions every verdict.

    Exits with 1 when a record or a verdict does not hold, with 3 when there is nothing to check it by.
    """
    store = store_of(context)
    policies = _Policies()
    names = chosen(store, sessions, last, since, everything)
    found = [_verified(store, name, policies if decisions else None) for name in names]
    if everything:
        found += [
            Verified(name, Integrity(0, f"{META} tells of a session whose {EVENTS} is gone"))
            for name in without_events(store)
        ]
    if as_json:
        print_json(
            {
                "sessions": [_data(item, decisions=decisions) for item in found],
                "ok": all(item.sound and item.record.whole for item in found),
            }
        )
    else:
        sys.stdout.write("".join(_text(item, decisions=decisions) for item in found))
    if not all(item.sound for item in found):
        raise typer.Exit(1)
    if not all(item.record.whole for item in found):
        raise NothingError("not every record could be checked", "a record without hashes is not reported as intact")
    if decisions and not any(item.verdicts[SAME] + item.verdicts[CLEANED] for item in found):
        raise NothingError(
            "no verdict could be reached again", "the policies that judged are kept on the machine that recorded"
        )


class _Policies:
    """The policies that judged, by revision: today's where it is still that one, else as they were kept."""

    def __init__(self) -> None:
        self.known: dict[str, CompiledPolicy | None] = {}
        self.folders: set[str] = set()

    def of(self, revision: str, folder: str) -> CompiledPolicy | None:
        """Return the policy of a revision, None when nobody kept it."""
        if revision not in self.known and folder not in self.folders:
            self.folders.add(folder)
            try:
                today = load_policy((folder,))
                self.known.setdefault(today["revision"], today)
            except PolicyError as error:
                warned(str(error))
        if revision not in self.known:
            self.known[revision] = kept(revision)
        return self.known[revision]


def _verified(store: str, name: str, policies: _Policies | None) -> Verified:
    verified = Verified(name, integrity(store, name))
    folder = folder_of(store, name)
    for number, event in numbered(store, name, warned):
        verified.late += event.data.get("late") is True
        if policies is not None and event.type == TOOL_CALL:
            outcome = _outcome(policies, event, folder)
            verified.verdicts[outcome.status] += 1
            if outcome.status == DIFFERS:
                verified.differing.append((number, event, outcome))
    return verified


def _outcome(policies: _Policies, event: Event, folder: str) -> Reproduction:
    recorded = recorded_decision(event)
    if recorded is None or not recorded.revision:
        return Reproduction(NOT_JUDGED)
    policy = policies.of(recorded.revision, folder)
    return Reproduction(UNKNOWN_POLICY) if policy is None else reproduced(policy, event, folder)


def _data(verified: Verified, *, decisions: bool) -> JsonObject:
    record = verified.record
    data: JsonObject = {
        "session": verified.session,
        "whole": record.whole,
        "problem": record.problem,
        "events": record.events,
    }
    data |= {"unchecked": record.unchecked, "remarks": list(record.remarks), "late": verified.late}
    if decisions:
        data["verdicts"] = {
            status.replace(" ", "_"): verified.verdicts[status]
            for status in (SAME, DIFFERS, CLEANED, UNKNOWN_POLICY, UNKNOWN_GRANT, NOT_JUDGED)
        }
        data["differing"] = [
            {"event": number, "event_id": event.id, "call": call_line(event), "problem": outcome.detail}
            for number, event, outcome in verified.differing
        ]
    return data


def _text(verified: Verified, *, decisions: bool) -> str:
    record = verified.record
    mark = "✗" if record.problem else "?" if record.unchecked else "✓"
    lines = [
        f"{mark} {verified.session}: {record.events} events, {record.problem or record.unchecked or 'the record is whole'}"
    ]
    lines += [f"  not checked: {'; '.join(record.remarks)}"] * bool(record.remarks)
    lines += [f"  {verified.late} late events: taken from the client's transcript, at their own time"] * bool(
        verified.late
    )
    if decisions:
        lines.append(f"  {'✗' if verified.verdicts[DIFFERS] else '✓'} verdicts: {_counted(verified.verdicts)}")
        lines += [
            f"    #{number} {call_line(event)}: {outcome.detail}"
            for number, event, outcome in verified.differing[:SHOWN]
        ]
    return "\n".join(lines) + "\n"


def _counted(verdicts: Counter[str]) -> str:
    told = {
        SAME: "reached again",
        DIFFERS: "not reached again",
        CLEANED: "not reached again, for something was taken out of the record",
        UNKNOWN_POLICY: "under a policy that is not kept here",
        UNKNOWN_GRANT: "allowed by a person, which only their own key can show",
        NOT_JUDGED: "without a verdict",
    }
    return ", ".join(f"{verdicts[status]} {text}" for status, text in told.items() if verdicts[status]) or "none"
