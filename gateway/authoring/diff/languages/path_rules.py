"""What one policy says of paths, as rules over numbered patterns: who speaks, when, and what it comes to. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from gateway.authoring.diff.languages.path_patterns import INSIDE, OUTSIDE, Ground, patterns_of
from gateway.model.effects import ALLOW, ASK, BY_NAME, DENY
from gateway.policy.rules import files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.authoring.diff.languages.path_patterns import Guarded, Steps
    from gateway.model.compiled_policy import CompiledPolicy, PathList

Ref = tuple[int, str]
"""A pattern's number and where it holds."""


OPEN = -1
"""Stands for any layer where it does not matter which a rule is of: a deny or ask speaks for itself, unless its silence
brings a default.
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a policy says of one path: enforced, and with nothing under `mode: observe`; the rule that says so."""

    enforced: int
    shadow: int
    rule: str = ""

    @property
    def effects(self) -> tuple[int, int]:
        """Both effects."""
        return (self.enforced, self.shadow)


@dataclass(frozen=True, slots=True)
class PathRule:
    """One entry: it speaks where one of `match` matches and none of `unless` does."""

    layer: int
    part: str
    effect: int
    shadow: bool
    match: frozenset[Ref]
    unless: frozenset[Ref]
    outside: bool = False
    name: str = field(default="", compare=False)


@dataclass(slots=True)
class Patterns:
    """Every pattern of the policies compared, numbered once."""

    numbers: dict[Steps, int] = field(default_factory=dict)

    def ref(self, guarded: Guarded) -> Ref:
        """Return the reference of a pattern, numbering it when it is new."""
        steps, where = guarded
        return self.numbers.setdefault(steps, len(self.numbers)), where


@dataclass(slots=True)
class PathPolicy:
    """The rules of one policy on one way of touching files.

    shape   of each layer with a closed list or a default: (closed parts, default, observed); equal, or rules cannot be
            compared one by one
    """

    rules: list[PathRule]
    shape: tuple[tuple[frozenset[str], int, bool], ...]

    def outcome(self, spoken: list[PathRule]) -> Outcome:
        """Return what the policy says when exactly these of its rules speak."""
        best: dict[bool, tuple[int, str]] = {}

        def say(effect: int, name: str, *, shadow: bool) -> None:
            for observed in (True,) if shadow else (False, True):
                if effect > best.get(observed, (-1, ""))[0]:
                    best[observed] = (effect, name)

        for rule in spoken:
            say(rule.effect, rule.name, shadow=rule.shadow)
        for index, (closed, default, observed) in enumerate(self.shape):
            mine = [rule for rule in spoken if rule.layer == index]
            for part in closed:
                if not any(rule.effect == ALLOW and rule.part == part for rule in mine):
                    say(DENY, f"files.{part}.allow", shadow=observed)
            if default and not mine and not closed:
                say(default, "default", shadow=observed)
        enforced, shadow = best.get(False, (ALLOW, "")), best.get(True, (ALLOW, ""))
        return Outcome(enforced[0], max(enforced[0], shadow[0]), enforced[1] or shadow[1])


def path_policy(
    policy: CompiledPolicy, parts: tuple[str, ...], patterns: Patterns, ground: Ground, now: float
) -> PathPolicy:
    """Return what a compiled policy says of paths that are touched in these ways (`("read",)`, `("delete",
    "write")`).
    """
    rules: list[PathRule] = []
    shape: list[tuple[frozenset[str], int, bool]] = []
    for layer in policy["layers"]:
        section = layer["sections"].get("files", {})
        closed = frozenset(part for part in parts if "allow" in section.get(part, {}))
        index = OPEN
        if closed or layer["default"]:
            index = len(shape)
            shape.append((closed, layer["default"] or 0, layer["shadow"]))
        silences = index if layer["default"] and not closed else OPEN
        for part in parts:
            for name, listed in section.get(part, {}).items():
                at = index if name == "allow" else silences
                rules += _rules(listed, (at, part, name, layer["shadow"]), patterns, ground, now)
    return PathPolicy(rules, tuple(shape))


def _rules(
    listed: PathList, at: tuple[int, str, str, bool], patterns: Patterns, ground: Ground, now: float
) -> list[PathRule]:
    layer, part, name, observed = at
    effect = BY_NAME[name]
    parents = effect == DENY
    matching = patterns_of(listed["set"], ground, strict=effect == ALLOW, parents=parents)
    rules = []
    for number, entry in enumerate(listed["entries"]):
        if entry.get("expires") is not None and now >= entry["expires"]:
            continue
        unless = entry.get("unless")
        # An exception is as narrow as an allow entry; what an allow entry excepts is as wide as a deny.
        excepted = (
            patterns_of(unless, ground, strict=effect != ALLOW, parents=effect == ALLOW).get(0, set())
            if unless
            else set()
        )
        refs = frozenset(patterns.ref(item) for item in matching.get(number, ()))
        rule = PathRule(
            layer,
            part,
            effect,
            observed or bool(entry.get("shadow")),
            refs,
            frozenset(patterns.ref(item) for item in excepted),
            outside=entry["match"] == files.OUTSIDE and effect in (ASK, DENY),
            name=entry.get("id") or entry["rule"],
        )
        if refs or rule.outside:
            rules.append(rule)
    return rules


def holds(where: str, *, inside: bool) -> bool:
    """Whether a pattern that matches holds, for a path inside or outside the project."""
    return not (where == INSIDE and not inside) and not (where == OUTSIDE and inside)
