"""`policy`: the least-privilege document for what was recorded, with the proof that it allows all it was learned
from.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from gateway.authoring.check.unused_entries import NOWHERE, idle_entries
from gateway.authoring.diff.compare import differs
from gateway.authoring.generate.learning.choosing import Tried, chosen_levels, tried
from gateway.authoring.generate.learning.document import Wanted, written
from gateway.authoring.generate.learning.guarding import guard
from gateway.authoring.generate.learning.kept import listed_for_asking, with_kept
from gateway.authoring.generate.learning.seen import (
    AGAINST,
    CONTRADICTED,
    ELSEWHERE,
    OPEN_DOOR,
    UNREADABLE,
    LeftOut,
    Seen,
    sorted_calls,
)
from gateway.authoring.generate.learning.wants import wants_of
from gateway.authoring.generate.learning.wording import is_portable, is_spelled, is_whole, names_machine
from gateway.evaluation import judge, look_and_judge
from gateway.model.call import ToolCall
from gateway.model.effects import ALLOW, EFFECTS
from gateway.model.errors import GatewayError, PolicyError
from gateway.model.event import Event
from gateway.model.json_text import dumps
from gateway.redaction.placeholders import MASKED, REDACTED
from gateway.tools.described import arguments_from

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import CompiledPolicy
    from gateway.model.json_text import JsonObject

    Compile = Callable[[JsonObject], CompiledPolicy]

MAX_EXAMPLES = 5
MAX_EXAMPLE = 2_000
"""Longest arguments of an example, in characters of JSON."""

Session = tuple[str, Iterable[Event], str]
"""Name, events, and the folder that stands in for one that was not recorded."""


@dataclass(frozen=True, slots=True)
class Generated:
    """A document and what it was learned from.

    tried     every level of generalisation with its held-out denial rate and over-grant
    left_out  calls that nothing was learned from
    """

    document: JsonObject
    sessions: int
    learned: int
    tried: list[Tried]
    left_out: list[LeftOut]


def generated(sessions: Iterable[Session], compiled: Compile, own: JsonObject | None = None) -> Generated:
    """Return the policy learned from sessions.

    compiled  makes the policy of a document, with everything that always holds beneath it
    own       the project's document as it stands: its denies and asks, and what is no list, are kept
    """
    learner = _Learner(compiled, own or {})
    beneath = learner.compiled({})
    calls: list[Seen] = []
    left: list[LeftOut] = []
    count = 0
    for name, events, folder in sessions:
        count += 1
        more, out = sorted_calls(beneath, name, events, folder)
        calls += more
        left += out
    calls, more_left = _portable(calls)
    left += more_left
    calls, more_left = learner.allowable(calls)
    left += more_left
    if not calls:
        return Generated({}, count, 0, [], left)
    rows = tried(calls, learner.compiled)
    document = written(Wanted(calls), chosen_levels(rows))
    guard(document, left, calls, learner.compiled)
    calls, more_left = learner.agreeing(document, calls)
    left += more_left
    document = learner.without_idle_deletes(document, left, calls)
    document = learner.finished(document, left, calls)
    guard(document, left, calls, learner.compiled)
    document["examples"] = [*_kept_examples(learner, document, own or {}), *_examples(calls, learner.whole(document))]
    return Generated(document, count, len(calls), rows, left)


def _portable(calls: list[Seen]) -> tuple[list[Seen], list[LeftOut]]:
    """Return (calls whose things mean the same on every machine, the rest): an entry for those would hold a path of
    this one.
    """
    kept: list[Seen] = []
    left: list[LeftOut] = []
    for seen in calls:
        things = [want.thing for want in wants_of(seen) if want.kind != "commands"]
        bad = next((thing for thing in things if not is_portable(thing)), None)
        odd = next((thing for thing in things if not is_spelled(thing) or not is_whole(thing)), None)
        if bad is not None:
            left.append(LeftOut(seen, ELSEWHERE, bad[:200]))
        elif odd is not None:
            left.append(LeftOut(seen, UNREADABLE, "no entry can hold its name"))
        else:
            kept.append(seen)
    return kept, left


class _Learner:
    """Makes documents and judges by them; an entry that has no meaning is left out, never the document."""

    def __init__(self, compiled: Compile, own: JsonObject) -> None:
        self.whole = compiled
        self.own = own

    def compiled(self, document: JsonObject) -> CompiledPolicy:
        """Return the policy of a document of ours and of what is kept; takes out of ours what cannot be compiled.
        Raises PolicyError for the rest.
        """
        while True:
            try:
                return self.whole(with_kept(document, self.own))
            except PolicyError as error:
                if not _dropped(document, error.pointer):
                    raise

    def allowable(self, calls: list[Seen]) -> tuple[list[Seen], list[LeftOut]]:
        """Return (calls that even the tightest policy learned from all of them allows, the rest): no entry may be
        written for what those need.
        """
        if not calls:
            return [], []
        policy = self.compiled(written(Wanted(calls), {"paths": 0, "commands": 0, "hosts": 0, "tools": 0}))
        return _split(policy, calls, OPEN_DOOR)

    def agreeing(self, document: JsonObject, calls: list[Seen]) -> tuple[list[Seen], list[LeftOut]]:
        """Return (calls that the document allows, those that what was refused elsewhere speaks of)."""
        return _split(self.compiled(document), calls, CONTRADICTED)

    def without_idle_deletes(self, document: JsonObject, left: list[LeftOut], calls: list[Seen]) -> JsonObject:
        """Return the document without its list of deletions where its other lists let nothing else be deleted
        anyway.
        """
        if "delete" not in document["files"]:
            return document
        shorter = {**document, "files": {part: lists for part, lists in document["files"].items() if part != "delete"}}
        sides = [self.compiled({"files": item["files"]}) for item in (shorter, document)]
        alone: list[CompiledPolicy] = [{**side, "layers": side["layers"][-1:]} for side in sides]
        try:
            same = not differs(alone[0], alone[1], cwd=NOWHERE, project=NOWHERE)
        except GatewayError:  # too intricate to tell: the list says what was seen
            return document
        return shorter if same and self._holds(shorter, left, calls) else document

    def finished(self, document: JsonObject, left: list[LeftOut], calls: list[Seen]) -> JsonObject:
        """Return the document with what is kept, without entries that decide nothing; none of what was refused is let
        in for that.
        """
        document = with_kept(document, self.own)
        spared: set[str] = set()
        while True:
            policy = self.whole(document)
            rules = (entry["rule"] for entry in idle_entries(policy, policy["layers"][-1], now=time.time()))
            rule = next((rule for rule in rules if rule not in spared), None)
            pointer = "/" + (rule or "").replace("[", "/").replace("]", "").replace(".", "/")
            shorter = copy.deepcopy(document)
            if rule is None or not _dropped(shorter, pointer):
                return document
            if self._holds(shorter, left, calls):
                document, spared = shorter, set()
            else:
                spared.add(rule)
                _listed(document, pointer)

    def _holds(self, document: JsonObject, left: list[LeftOut], calls: list[Seen]) -> bool:
        """Whether a document allows what was learned and nothing that is evidence against."""
        policy = self.whole(document)
        against = [item.seen for item in left if item.why in AGAINST]
        return all(
            (judge(policy, seen.call, seen.facts).effect == ALLOW) is (number < len(calls))
            for number, seen in enumerate((*calls, *against))
        )


def _split(policy: CompiledPolicy, calls: list[Seen], why: str) -> tuple[list[Seen], list[LeftOut]]:
    kept: list[Seen] = []
    left: list[LeftOut] = []
    for seen in calls:
        decision = judge(policy, seen.call, seen.facts)
        if decision.effect == ALLOW:
            kept.append(seen)
        else:
            left.append(LeftOut(seen, why, decision.reasons[0].text))
    return kept, left


def _dropped(document: JsonObject, pointer: str) -> bool:
    """Take the entry that a JSON pointer names out of a document; whether it was there."""
    *path, name, number = pointer.strip("/").split("/")
    lists: Any = document
    for step in path:
        lists = lists.get(step) if isinstance(lists, dict) else None
    entries = lists.get(name) if isinstance(lists, dict) else None
    if not isinstance(entries, list) or not number.isdigit() or int(number) >= len(entries):
        return False
    del entries[int(number)]
    if not entries:
        del lists[name]
        if name == "allow":  # an empty list would say nothing: what was closed stays closed
            blanket = {
                "match": "/**" if path[:1] == ["files"] else "*",
                "reason": "nothing was seen that can be listed",
            }
            lists["deny"] = [*lists.get("deny", ()), blanket]
    return True


def _listed(document: JsonObject, pointer: str) -> None:
    """List what an ask entry speaks of as allowed, too: a list of what is allowed is closed, so that the question would
    never be asked.
    """
    *path, name, number = pointer.strip("/").split("/")
    lists: Any = document
    for step in path:
        lists = lists[step]
    if name == "ask" and "allow" in lists:
        entry = listed_for_asking(lists[name][int(number)])
        lists["allow"] += [] if entry is None or entry in lists["allow"] else [entry]


def _kept_examples(learner: _Learner, document: JsonObject, own: JsonObject) -> list[dict[str, object]]:
    """Return the examples of the project's document that expect a denial or a question, and still hold."""
    policy = learner.whole(document)
    given = own.get("examples")
    examples = (
        [item for item in given if isinstance(item, dict) and item.get("expect") in ("deny", "ask")]
        if isinstance(given, list)
        else []
    )
    kept = []
    for example, parsed in zip(examples, learner.whole({"examples": examples})["layers"][-1]["examples"], strict=True):
        call = ToolCall(parsed["tool"], arguments_from(parsed["tool"], parsed["input"]), cwd=NOWHERE)
        if (
            "cwd" not in parsed
            and "rule" not in parsed
            and EFFECTS[look_and_judge(policy, call, project=NOWHERE)[2].effect] == parsed["expect"]
        ):
            kept.append(example)
    return kept


def _examples(calls: list[Seen], policy: CompiledPolicy) -> list[dict[str, object]]:
    """Return a few of the calls as examples that the document carries: those that hold wherever it is checked."""
    picked: dict[str, dict[str, object]] = {}
    for seen in calls:
        given = seen.call.arguments
        usual = (
            isinstance(given, dict)
            and seen.call.cwd == seen.facts.project
            and not seen.facts.real
            and not seen.facts.globs
        )
        if not usual or seen.call.tool in picked:
            continue
        moved = _relative(given, seen.facts.project)
        text = dumps(moved)
        bound = (
            names_machine(text, seen.facts.project, seen.facts.home)
            or REDACTED in text
            or MASKED in text
            or not text.isprintable()
        )
        if len(text) <= MAX_EXAMPLE and not bound and _holds(policy, seen, moved):
            picked[seen.call.tool] = {"call": {"tool": seen.call.tool, "input": moved}, "expect": EFFECTS[ALLOW]}
    return list(picked.values())[:MAX_EXAMPLES]


def _holds(policy: CompiledPolicy, seen: Seen, arguments: object) -> bool:
    """Whether a call is allowed where it was made, as things are there today, and where there is nothing."""
    places = (NOWHERE, seen.facts.project)
    return all(
        look_and_judge(policy, ToolCall(seen.call.tool, arguments, cwd=place), project=place)[2].effect == ALLOW
        for place in places
    )


def _relative(value: object, project: str) -> object:
    """Return arguments with paths in the project as they are from its root."""
    if isinstance(value, dict):
        return {key: _relative(item, project) for key, item in value.items()}
    if isinstance(value, list):
        return [_relative(item, project) for item in value]
    return value.removeprefix(f"{project}/") if isinstance(value, str) and project != "/" else value
