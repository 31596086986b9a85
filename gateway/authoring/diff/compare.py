"""`policy diff`: what a new policy permits or forbids that the old one did not, each difference with a call that shows
it.

Every kind of path, command, host and tool that the two tell apart is enumerated (see `languages`) and judged under both
by the code that judges live calls; what is found is what `policy eval` says of the same call.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from gateway.authoring.diff.example_calls import Spelled, contacting, flowing, given, hidden, holding, running, touching
from gateway.authoring.diff.languages.commands import commands_to_compare
from gateway.authoring.diff.languages.hosts import hosts_to_compare
from gateway.authoring.diff.languages.names import name_classes
from gateway.authoring.diff.languages.path_patterns import Ground
from gateway.authoring.diff.languages.paths import path_differences
from gateway.authoring.diff.languages.tools import tools_to_compare
from gateway.authoring.diff.settings import settings_differences
from gateway.authoring.diff.witnesses import samples_of
from gateway.evaluation import judge, look_and_judge
from gateway.host.locations import anchor
from gateway.host.user_folders import home
from gateway.model.call import ToolCall
from gateway.model.decision import Decision
from gateway.model.effects import ALLOW, BY_NAME, EFFECTS
from gateway.model.record import replaced

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import CompiledPolicy, Entry


PATH_KINDS = (("read", ("read",)), ("write", ("write",)), ("delete", ("delete", "write")))


@dataclass(frozen=True, slots=True)
class Said:
    """What one policy says of a call: enforced, with nothing under `mode: observe`, and the rule that says so."""

    effect: int
    shadow: int
    rule: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which two policies differ.

    kind     read, write, delete, run, connect, use, flow or opaque
    call     a call that shows it
    moment   from when on it holds, seconds since the epoch; 0 for now
    """

    kind: str
    old: Said
    new: Said
    call: Spelled
    moment: float = 0.0

    @property
    def change(self) -> str:
        """`newly-denied`, `newly-asked`, `newly-allowed`; `observed` when only what would have been differs."""
        if self.old.effect == self.new.effect:
            return "observed"
        return f"newly-{('allowed', 'asked', 'denied')[self.new.effect]}"


@dataclass(slots=True)
class Comparison:
    """What came of comparing two policies.

    settings  what is no verdict on a call: limits, redaction, pins (name, old, new)
    unshown   differences between the documents for which no call was found that shows them here
    """

    differences: list[Difference] = field(default_factory=list)
    settings: list[tuple[str, object, object]] = field(default_factory=list)
    unshown: list[str] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether the policies say the same."""
        return not (self.differences or self.settings or self.unshown)


def compared(
    old: CompiledPolicy, new: CompiledPolicy, *, cwd: str, now: float | None = None, project: str = ""
) -> Comparison:
    """Return how two compiled policies differ for calls from a folder of a project (its own when left out).

    Raises GatewayError when they are too intricate to compare.
    """
    comparison = Comparison(settings=settings_differences(old, new))
    start = time.time() if now is None else now
    for moment in _moments(old, new, start):
        _Pair(old, new, (cwd, project), moment, 0.0 if moment == start else moment).compare(comparison)
    return comparison


def differs(old: CompiledPolicy, new: CompiledPolicy, *, cwd: str, now: float | None = None, project: str = "") -> bool:
    """Whether two compiled policies differ at all; stops at the first difference. Raises GatewayError as `compared`
    does.
    """
    if settings_differences(old, new):
        return True
    start = time.time() if now is None else now
    return any(
        _Pair(old, new, (cwd, project), moment, 0.0 if moment == start else moment).any()
        for moment in _moments(old, new, start)
    )


def _moments(old: CompiledPolicy, new: CompiledPolicy, start: float) -> list[float]:
    """Return now and every later moment at which an entry of either stops speaking."""
    ends: set[float] = set()
    todo: list[object] = [layer["sections"] for policy in (old, new) for layer in policy["layers"]]
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            end = value.get("expires")
            ends |= {end} if isinstance(end, float) and end > start else set()
            todo += list(value.values())
        elif isinstance(value, list):
            todo += value
    return [start, *sorted(ends)]


class _Pair:
    """Two policies at one moment, and what they say of calls."""

    def __init__(
        self, old: CompiledPolicy, new: CompiledPolicy, place: tuple[str, str], moment: float, since: float
    ) -> None:
        self.old, self.new, self.moment, self.since = old, new, moment, since
        self.cwd = place[0]
        self.project = place[1] or anchor(self.cwd)
        self.samples = samples_of(old, new)

    def compare(self, comparison: Comparison) -> None:
        """Add what differs to a comparison, each kind of difference once."""
        known = {_key(difference) for difference in comparison.differences}
        for found in (*self._calls(comparison), *self._paths(comparison)):
            if _key(found) not in known:
                known.add(_key(found))
                comparison.differences.append(found)

    def any(self) -> bool:
        """Whether there is a difference, shown or not."""
        comparison = Comparison()
        found = next(self._calls(comparison), None) or next(self._paths(comparison), None)
        return found is not None or bool(comparison.unshown)

    def _calls(self, comparison: Comparison) -> Iterator[Difference]:
        for words in commands_to_compare(self.old, self.new):
            yield from self._first("run", self._commands(words))
        for target in hosts_to_compare(self.old, self.new):
            yield from self._first("connect", contacting(target))
        for tool in tools_to_compare(self.old, self.new):
            yield from self._first("use", self.samples.inputs(tool))
        for spelled in _conditions(self.old, self.new):
            yield from self._first("use", iter((spelled,)))
        yield from self._flowing(comparison)
        if self.old["on_opaque"] != self.new["on_opaque"] or self.old["observing"] != self.new["observing"]:
            yield from self._first("opaque", iter((hidden(),)))
        for spelled in self.samples.calls:
            for found in self._first("run", iter((spelled,))):
                yield replace(found, kind=_kind(found))

    def _commands(self, words: tuple[str, ...]) -> Iterator[Spelled]:
        """Yield a command as it is; with operands that are allowed only where something else than the command was
        refused.
        """
        yield from running(words)
        commands = self.said(self.old, next(running(words)))
        if commands.effect > ALLOW and not commands.rule.startswith("commands."):
            for longer in self.samples.beside(words):
                yield next(running(longer))

    def _flowing(self, comparison: Comparison) -> Iterator[Difference]:
        before, after = (flow_effects(policy, self.moment) for policy in (self.old, self.new))
        if before == after:
            return
        found = [item for spelled in flowing() for item in self._first("flow", iter((spelled,)))]
        yield from found
        if not found and not self.since:
            flows = (
                f"{source} -> {sink}"
                for source, sink in dict.fromkeys((*before, *after))
                if before.get((source, sink)) != after.get((source, sink))
            )
            comparison.unshown += [f"flow {flow}" for flow in flows]

    def _paths(self, comparison: Comparison) -> Iterator[Difference]:
        ground = Ground(self.project, home())
        for kind, parts in PATH_KINDS:
            for difference in path_differences(self.old, self.new, parts, ground, self.moment):
                calls = holding if difference.whole else touching
                shown = next((item for path in difference.paths for item in self._first(kind, calls(kind, path))), None)
                if shown is not None:
                    yield shown
                elif not self.since:
                    effects = f"{EFFECTS[difference.old.enforced]} becomes {EFFECTS[difference.new.enforced]}"
                    comparison.unshown.append(
                        f"{kind} {difference.paths[0]}: {effects} ({difference.old.rule or 'no rule'}, {difference.new.rule or 'no rule'})"
                    )

    def _first(self, kind: str, spellings: Iterator[Spelled]) -> Iterator[Difference]:
        """Yield the first spelling of an action on which the policies differ."""
        for spelled in spellings:
            old, new = self.said(self.old, spelled), self.said(self.new, spelled)
            if (old.effect, old.shadow) != (new.effect, new.shadow):
                yield Difference(kind, old, new, spelled, self.since)
                return

    def said(self, policy: CompiledPolicy, spelled: Spelled) -> Said:
        """Return what a policy says of a call."""
        judged, facts, decision = look_and_judge(
            policy, ToolCall(spelled.tool, spelled.input, cwd=self.cwd), project=self.project
        )
        if self.since:
            decision = judge(policy, judged, replaced(facts, now=self.moment))
        return said_by(decision)


def said_by(decision: Decision) -> Said:
    """Return a decision in short."""
    reason = next(
        (reason for reason in decision.reasons if reason.effect == decision.effect and not reason.shadow),
        decision.reasons[0],
    )
    return Said(decision.effect, decision.shadow, reason.rule, reason.source)


def _kind(difference: Difference) -> str:
    """Return what a difference is about, by the rule of the stricter side."""
    rule = max(difference.old, difference.new, key=lambda item: (item.effect, item.shadow)).rule
    heads = {
        "files.": rule.split(".")[1] if rule.startswith("files.") else "read",
        "network": "connect",
        "tools": "use",
        "mcp": "use",
        "flows": "flow",
    }
    return next((kind for head, kind in heads.items() if rule.startswith(head)), "run")


def _key(difference: Difference) -> tuple[object, ...]:
    old, new = difference.old, difference.new
    return (difference.kind, old.effect, old.shadow, new.effect, new.shadow, old.rule, new.rule)


def flow_effects(policy: CompiledPolicy, now: float) -> dict[tuple[str, str], tuple[int, int]]:
    """Return {(source, sink): (enforced, shadow)} of everything a policy says of flows."""
    effects: dict[tuple[str, str], tuple[int, int]] = {}
    for layer in policy["layers"]:
        for name, listed in layer["sections"].get("flows", {}).items():
            for entry in listed["entries"]:
                if entry.get("expires") is None or now < entry["expires"]:
                    enforced, shadow = effects.get(entry["ends"], (ALLOW, ALLOW))
                    observed = layer["shadow"] or entry.get("shadow")
                    effects[entry["ends"]] = (
                        enforced if observed else max(enforced, BY_NAME[name]),
                        max(shadow, BY_NAME[name]),
                    )
    return effects


def _conditions(old: CompiledPolicy, new: CompiledPolicy) -> Iterator[Spelled]:
    """Yield calls that the conditions on arguments of MCP tools tell apart."""
    sides = [_argument_conditions(policy) for policy in (old, new)]
    if [_plain(side) for side in sides[0]] == [_plain(side) for side in sides[1]]:
        return
    for server, entry in (*sides[0], *sides[1]):
        for tool in _members(entry["name"]):
            for value in _members(entry["pattern"]):
                yield given(f"mcp__{server}__{tool}", entry["pointer"], value)


def _argument_conditions(policy: CompiledPolicy) -> list[tuple[str, Entry]]:
    servers = [item for layer in policy["layers"] for item in layer["sections"].get("mcp", {}).items()]
    return [(server, entry) for server, rules in servers for entry in rules.get("arguments", ())]


def _plain(condition: tuple[str, Entry]) -> tuple[object, ...]:
    server, entry = condition
    return (server, *(entry.get(key) for key in ("name", "pointer", "pattern", "effect", "shadow", "expires")))


def _members(pattern: Any) -> list[str]:
    """Return words that a compiled word matches, and some that it does not."""
    classes = (
        name_classes(frozenset((pattern,)), ())
        if isinstance(pattern, str)
        else name_classes(frozenset(), ((pattern, False),))
    )
    return [name.replace("\x02", "/") for name in classes if name]
