"""Paths on which two policies differ: a walk through both as one automaton over names, each difference with paths that
show it. Exact.

Access to one path is compared, and to a folder with all that is in it where that says more; not listings, and with
nothing behind a symlink. A branch is left when nothing below it can differ any more: everything is denied by both, or
every rule that is not common to both can no longer match.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from gateway.authoring.diff.languages.names import name_classes
from gateway.authoring.diff.languages.path_patterns import ALWAYS, LOOP, OUTSIDE, Ground
from gateway.authoring.diff.languages.path_rules import Outcome, PathPolicy, PathRule, Patterns, Ref, holds, path_policy
from gateway.model.effects import ALLOW, ASK, DENY
from gateway.model.errors import GatewayError
from gateway.model.globs import match_segment
from gateway.policy.pathset import PROBE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import CompiledPolicy

MAX_STATES = 40_000
ENOUGH_STATES = 6_000
"""Where a walk that has found differences stops looking for further ones."""
SHOWN = 6
"""Most paths that are kept to show one difference."""


@dataclass(slots=True)
class PathDifference:
    """A way in which two policies differ on paths; `whole` where they do only on folders that are searched or taken
    with all that is in them.
    """

    old: Outcome
    new: Outcome
    paths: list[str] = field(default_factory=list)
    whole: bool = False


def path_differences(
    old: CompiledPolicy, new: CompiledPolicy, parts: tuple[str, ...], ground: Ground, now: float
) -> list[PathDifference]:
    """Return every way in which two compiled policies differ on paths touched in these ways. Raises GatewayError when
    they are too many to tell.
    """
    patterns = Patterns()
    sides = [path_policy(policy, parts, patterns, ground, now) for policy in (old, new)]
    if sides[0].shape == sides[1].shape and set(sides[0].rules) == set(sides[1].rules):
        return []
    return _Walk(patterns, sides[0], sides[1], ground).differences()


Found = dict[tuple[Outcome, Outcome, bool], PathDifference]


def _show(call: Found, old: Outcome, new: Outcome, path: str, *, whole: bool) -> None:
    shown = call.setdefault((old, new, whole), PathDifference(old, new, whole=whole)).paths
    if len(shown) < SHOWN:
        shown.append(path or "/")


class _Walk:
    """The product of all patterns, one integer of positions a state."""

    def __init__(self, patterns: Patterns, old: PathPolicy, new: PathPolicy, ground: Ground) -> None:
        self.old, self.new = old, new
        self.rules = list(dict.fromkeys((*old.rules, *new.rules)))
        self.positions: list[Any] = []
        self.loops = self.start = 0
        self.spans: list[int] = []
        self.ends: list[int] = []
        for steps in patterns.numbers:
            self._add(steps)
        self.inside_bit = self._add((*ground.project, LOOP))
        self.whole = {ref: self.spans[ref[0]] for rule in self.rules for ref in (*rule.match, *rule.unless)}
        self.masks: dict[str, int] = {}
        self.strict = 0
        """The ends of everything that is denied or asked about: only where one is reached can a folder differ whose
        content does not.
        """
        for rule in self.rules:
            for number, _ in rule.match if rule.effect > ALLOW else ():
                self.strict |= self.ends[number]
        self.folders: set[int] = set()
        self.told = self.inside_bit | sum(self.ends)
        self.shown: dict[int, tuple[Outcome, Outcome]] = {}

    def _add(self, steps: tuple[Any, ...]) -> int:
        first = len(self.positions)
        self.start |= 1 << first
        for step in steps:
            if step == LOOP and isinstance(step, int):
                self.loops |= 1 << len(self.positions)
            self.positions.append(step)
        end = 1 << len(self.positions)
        self.positions.append("")
        self.ends.append(end)
        self.spans.append((end << 1) - (1 << first))
        return end

    def differences(self) -> list[PathDifference]:
        """Return each pair of outcomes with the shortest paths that show it; whether there is any is exact, further
        ones are bounded.
        """
        call: Found = {}
        first = self._closed(self.start)
        self._compare(first, "", call)
        self._compare_folder(first, "", call)
        reached, expanded = {first}, {0}
        todo = deque([(first, "")])
        while todo:
            state, path = todo.popleft()
            bits = self._pruned(state)  # only now: most states of a walk that ends early are never gone on from
            if bits in expanded:
                continue
            expanded.add(bits)
            for name in self._names(bits):
                following = self._step(bits, name)
                if following & self.strict and following not in self.folders and "." not in name[1:]:
                    self._compare_folder(following, f"{path}/{name}", call)
                if following not in reached:
                    reached.add(following)
                    self._compare(following, f"{path}/{name}", call)
                    todo.append((following, f"{path}/{name}"))
            if call and len(reached) > ENOUGH_STATES:
                break
            if len(reached) > MAX_STATES:
                raise GatewayError(
                    "the path patterns of these policies overlap in too many ways to be compared exactly",
                    "use fewer `**`",
                )
        return list(call.values())

    def _compare(self, bits: int, path: str, call: Found) -> None:
        old, new = self._plain_outcomes(bits)
        if old.effects != new.effects:
            _show(call, old, new, path, whole=False)

    def _compare_folder(self, bits: int, path: str, call: Found) -> None:
        """Compare what is said of a folder that is searched or taken whole: a closed list need cover what is in it
        only, not the folder.

        Only where neither the folder as a path nor what is in it shows a difference. A folder whose name has a dot is
        held to be a file, too.
        """
        self.folders.add(bits)
        below = self._step(bits, PROBE)
        if any(old.effects != new.effects for old, new in map(self._plain_outcomes, (bits, below))):
            return
        # taken with all that is in it, or searched: then a question about what is in it is asked when that is named
        for least in (ASK, DENY):
            old, new = (side.outcome(self._spoken_of_folder(side, bits, below, least)) for side in (self.old, self.new))
            if old.effects != new.effects:
                _show(call, old, new, path, whole=True)

    def _spoken_of_folder(self, side: PathPolicy, bits: int, below: int, least: int) -> list[PathRule]:
        """Return the rules that speak of a folder as a whole; `least` is the mildest refusal of what is in it that
        counts.
        """
        own = [rule for rule in self._spoken(side, bits) if rule.effect > ALLOW]
        inner = [rule for rule in self._spoken(side, below) if rule.effect == ALLOW or rule.effect >= least]
        return list(dict.fromkeys((*own, *inner)))

    def _plain_outcomes(self, bits: int) -> tuple[Outcome, Outcome]:
        return self._outcomes(bits & self.told)

    def _outcomes(self, told: int) -> tuple[Outcome, Outcome]:
        """Return what both say where these patterns match: of a state, nothing else counts."""
        outcomes = self.shown.get(told)
        if outcomes is None:
            old, new = (side.outcome(self._spoken(side, told)) for side in (self.old, self.new))
            outcomes = self.shown[told] = (old, new)
        return outcomes

    def _spoken(self, side: PathPolicy, bits: int) -> list[PathRule]:
        inside = bool(bits & self.inside_bit)
        return [rule for rule in side.rules if self._speaks(rule, bits, inside=inside)]

    def _speaks(self, rule: PathRule, bits: int, *, inside: bool) -> bool:
        matched = (rule.outside and not inside) or any(
            bits & self.ends[number] and holds(where, inside=inside) for number, where in rule.match
        )
        return bool(matched) and not any(
            bits & self.ends[number] and holds(where, inside=inside) for number, where in rule.unless
        )

    def _closed(self, bits: int) -> int:
        while True:
            more = bits | (bits & self.loops) << 1
            if more == bits:
                return bits
            bits = more

    def _step(self, bits: int, name: str) -> int:
        return self._closed((bits & self._mask(name)) << 1 | bits & self.loops)

    def _mask(self, name: str) -> int:
        mask = self.masks.get(name)
        if mask is None:
            mask = 0
            for at, step in enumerate(self.positions):
                if not isinstance(step, int) and step != "" and match_segment(step, name):
                    mask |= 1 << at
            self.masks[name] = mask
        return mask

    def _names(self, bits: int) -> tuple[str, ...]:
        """Return one name of every kind that the live positions tell apart."""
        literals, wilds = set(), set()
        for step in self._live(bits & ~self.loops):
            if isinstance(step, str):
                literals.add(step)
            elif isinstance(step, tuple):
                wilds.add((step, False))
        literals.discard("")
        return name_classes(frozenset(literals), tuple(sorted(wilds, key=repr)))

    def _live(self, bits: int) -> Iterator[Any]:
        while bits:
            low = bits & -bits
            bits ^= low
            yield self.positions[low.bit_length() - 1]

    def _pruned(self, bits: int) -> int:
        """Return the state without what can no longer matter; 0 when nothing below it can differ."""
        settled = [self._settled(side, bits) for side in (self.old, self.new)]
        if all(item.floor.effects == (DENY, DENY) for item in settled):
            return 0
        keep = self.spans[-1]
        open_questions: list[tuple[object, ...]] = []
        for side, item in zip((self.old, self.new), settled, strict=True):
            undecided: set[PathRule] = set()
            for rule in side.rules:
                if rule in item.forever or self._matters(rule, item, bits):
                    keep |= self._span(rule)
                    if rule not in item.forever:
                        undecided.add(rule)
                else:
                    # Its patterns may live on in other rules; what silences it for good must then live on too.
                    keep |= self._silencers(rule, bits)
            open_questions.append((item.floor.effects, item.unmet, undecided))
        # The same floor, the same lists still unmet, the same rules that may still speak: below, both say the same of
        # every path.
        return 0 if open_questions[0] == open_questions[1] else self._plain(bits & keep)

    def _matters(self, rule: PathRule, settled: _Settled, bits: int) -> bool:
        """Whether a rule may still change the outcome somewhere below."""
        if not rule.outside and not any(bits & self.whole[ref] for ref in rule.match):
            return False
        if any(self._always(ref, bits) for ref in rule.unless):
            return False
        if rule.effect == ALLOW:
            return settled.floor.effects != (DENY, DENY) and (rule.layer, rule.part) not in settled.allowed
        return rule.effect > (settled.floor.shadow if rule.shadow else settled.floor.enforced)

    def _silencers(self, rule: PathRule, bits: int) -> int:
        span = 0
        for ref in rule.unless:
            if self._always(ref, bits):
                span |= self.whole[ref]
        return span

    def _span(self, rule: PathRule) -> int:
        span = 0
        for ref in (*rule.match, *rule.unless):
            span |= self.whole[ref]
        return span

    def _plain(self, bits: int) -> int:
        """Return the state with every pattern that matches from here on reduced to that."""
        for end, span in zip(self.ends, self.spans, strict=True):
            last = end >> 1
            if bits & end and bits & last & self.loops:
                bits = bits & ~span | end | last
        return bits

    def _always(self, ref: Ref, bits: int) -> bool:
        """Whether a pattern matches here and everywhere below, whatever the names."""
        number, where = ref
        end = self.ends[number]
        if not (bits & end and bits & (end >> 1) & self.loops):
            return False
        if bits & self.inside_bit:
            return holds(where, inside=True)
        return where == ALWAYS or (where == OUTSIDE and not bits & self.spans[-1])

    def _shut(self, side: PathPolicy, layer: int, part: str, bits: int) -> bool:
        """Whether nothing below can be covered by a closed list any more."""
        mine = (rule for rule in side.rules if rule.effect == ALLOW and rule.layer == layer and rule.part == part)
        return not any(bits & self.whole[ref] for rule in mine for ref in rule.match)

    def _settled(self, side: PathPolicy, bits: int) -> _Settled:
        """Return what holds for everything below."""
        forever = {
            rule
            for rule in side.rules
            if any(self._always(ref, bits) for ref in rule.match)
            and not any(bits & self.whole[ref] for ref in rule.unless)
        }
        enforced = max((rule.effect for rule in forever if not rule.shadow), default=ALLOW)
        shadow = max((rule.effect for rule in forever), default=ALLOW)
        for index, (closed, _, observed) in enumerate(side.shape):
            if any(self._shut(side, index, part, bits) for part in closed):
                enforced, shadow = (enforced if observed else DENY), DENY
        top = {rule for rule in forever if rule.effect == ALLOW or rule.effect in (enforced, shadow)}
        allowed = {(rule.layer, rule.part) for rule in forever if rule.effect == ALLOW}
        spoken = {rule.layer for rule in forever}
        unmet = frozenset(
            (
                index,
                closed - {part for layer, part in allowed if layer == index},
                default if index not in spoken and not closed else 0,
                observed,
            )
            for index, (closed, default, observed) in enumerate(side.shape)
            if closed - {part for layer, part in allowed if layer == index}
            or (default and index not in spoken and not closed)
        )
        return _Settled(Outcome(enforced, shadow), top, allowed, unmet)


@dataclass(frozen=True, slots=True)
class _Settled:
    """What is certain of everything below a state.

    floor    the least that the policy says
    forever  the rules that speak of all of it
    allowed  (layer, part) of the closed lists that cover all of it
    unmet    (layer, closed parts that nothing covers for good, default that nothing silences for good, observed)
    """

    floor: Outcome
    forever: set[PathRule]
    allowed: set[tuple[int, str]]
    unmet: frozenset[tuple[int, frozenset[str], int, bool]]
