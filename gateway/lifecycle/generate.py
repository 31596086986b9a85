"""`policy`: the least-privilege document for what was recorded, with the proof that it allows all it was learned from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from gateway.checkpoint import judge
from gateway.lifecycle.difference import compared
from gateway.lifecycle.learning.choosing import Tried, chosen_levels, tried
from gateway.lifecycle.learning.document import Wanted, written
from gateway.lifecycle.learning.seen import ASKED, DENIED, OPEN_DOOR, SENSITIVE, LeftOut, Seen, sorted_calls
from gateway.lifecycle.learning.wording import escaped, in_policy
from gateway.model.action import READ, UNKNOWN, WRITE
from gateway.model.effects import ALLOW, EFFECTS
from gateway.model.event import Event
from gateway.policy.sight import asked_path

MAX_EXAMPLES = 5

Policy = dict[str, Any]
Compile = Callable[[dict[str, Any]], Policy]
Session = tuple[str, Iterable[Event], str]
"""Name, events, and the folder that stands in for one that was not recorded."""


@dataclass(frozen=True, slots=True)
class Generated:
    """A document and what it was learned from.

    tried     every level of generalisation with its held-out denial rate and over-grant
    left_out  calls that nothing was learned from
    """

    document: dict[str, Any]
    sessions: int
    learned: int
    tried: list[Tried]
    left_out: list[LeftOut]


def generated(sessions: Iterable[Session], compiled: Compile) -> Generated:
    """Return the policy learned from sessions.

    compiled  makes the policy of a document, with everything that always holds beneath it
    """
    beneath = compiled({})
    calls: list[Seen] = []
    left: list[LeftOut] = []
    count = 0
    for name, events, folder in sessions:
        count += 1
        more, out = sorted_calls(beneath, name, events, folder)
        calls += more
        left += out
    calls, more_left = _allowable(calls, compiled)
    left += more_left
    if not calls:
        return Generated({}, count, 0, [], left)
    rows = tried(calls, compiled)
    document = written(Wanted(calls), chosen_levels(rows))
    _guard(document, left, compiled)
    document = _without_idle_deletes(document, compiled, calls[0].facts.project)
    document["examples"] = _examples(calls)
    return Generated(document, count, len(calls), rows, left)


def _allowable(calls: list[Seen], compiled: Compile) -> tuple[list[Seen], list[LeftOut]]:
    """Return (calls that even the tightest policy learned from all of them allows, the rest): no entry may be written for what those need."""
    if not calls:
        return [], []
    policy = compiled(written(Wanted(calls), {"paths": 0, "commands": 0, "hosts": 0, "tools": 0}))
    kept: list[Seen] = []
    left: list[LeftOut] = []
    for seen in calls:
        decision = judge(policy, seen.call, seen.facts)
        if decision.effect == ALLOW:
            kept.append(seen)
        else:
            left.append(LeftOut(seen, OPEN_DOOR, decision.reasons[0].text))
    return kept, left


def _guard(document: dict[str, Any], left: list[LeftOut], compiled: Compile) -> None:
    """Add entries so that nothing that was denied, asked about or sensitive is allowed by what was generalised."""
    for effect, whys in (("deny", (DENIED,)), ("ask", (ASKED, SENSITIVE))):
        policy = compiled(document)
        found: dict[tuple[str, str], list[LeftOut]] = {}
        for one in left:
            if one.why in whys and judge(policy, one.seen.call, one.seen.facts).effect == ALLOW:
                for place in _touched(one, policy):
                    found.setdefault(place, []).append(one)
        for (part, pattern), several in found.items():
            refs = ", ".join(dict.fromkeys(one.seen.ref for one in several[:4]))
            entry = {"match": pattern, "reason": f"{several[0].why} ({several[0].detail}): {refs}"}
            document["files"][part].setdefault(effect, []).append(entry)


def _without_idle_deletes(document: dict[str, Any], compiled: Compile, project: str) -> dict[str, Any]:
    """Return the document without its list of deletions where the other lists let nothing else be deleted anyway."""
    if "delete" not in document["files"]:
        return document
    files = {part: lists for part, lists in document["files"].items() if part != "delete"}
    slim = {**document, "files": files}
    return document if compared(compiled(document), compiled(slim), cwd=project).differences else slim


def _touched(one: LeftOut, policy: Policy) -> list[tuple[str, str]]:
    """Return (part, pattern) of the paths that a call touches, only the sensitive ones where it is those that it was left out for."""
    seen = one.seen
    sensitive = set(judge(policy, seen.call, seen.facts).sensitive) if one.why == SENSITIVE else set()
    found = []
    for action in seen.call.actions:
        if action.verb in (READ, WRITE) and UNKNOWN not in action.target and (not sensitive or action.target in sensitive):
            path = in_policy(asked_path(action, seen.call.cwd, seen.facts.home), seen.facts.project, seen.facts.home)
            if path not in (".", "/", "~"):
                found.append(("read" if action.verb == READ else "write", escaped(path)))
    return found


def _examples(calls: list[Seen]) -> list[dict[str, object]]:
    """Return a few of the calls as examples that the document carries."""
    picked: dict[str, Seen] = {}
    for seen in calls:
        if isinstance(seen.call.arguments, dict) and seen.call.cwd == seen.facts.project and not seen.facts.real and not seen.facts.globs:
            picked.setdefault(seen.call.tool, seen)
    return [
        {"call": {"tool": seen.call.tool, "input": seen.call.arguments}, "expect": EFFECTS[ALLOW]} for seen in list(picked.values())[:MAX_EXAMPLES]
    ]
