"""Choosing how far to generalise: policies learned without some sessions, judged on those sessions. Nothing is chosen
by taste.

For each dimension (paths, commands, hosts, tools) and level: the share of held-out calls that would be denied or asked
about, and the share of the neighbours of what was seen, none of which anybody did, that would be allowed. The level
with the least sum is taken, a denied call counting as much as three neighbours allowed; of equals, the tighter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from gateway.authoring.generate.learning.document import LEVELS, Levels, Wanted, written
from gateway.authoring.generate.learning.probes import probes
from gateway.authoring.generate.learning.seen import Seen
from gateway.authoring.generate.learning.wants import COMMANDS, HOSTS, PATHS, TOOLS
from gateway.evaluation import judge
from gateway.model.call import ToolCall
from gateway.model.decision import Decision
from gateway.model.effects import ALLOW
from gateway.model.facts import Facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import CompiledPolicy
    from gateway.model.json_text import JsonObject

    Compile = Callable[[JsonObject], CompiledPolicy]

DIMENSIONS = (PATHS, COMMANDS, HOSTS, TOOLS)
WITHOUT_SESSIONS = {PATHS: "tree", COMMANDS: "sub-command", HOSTS: "host", TOOLS: "name"}
"""The level that is taken where there is nothing to hold out."""
MAX_FOLDS = 6
WEIGHT = 1 / 3
"""What a neighbour allowed weighs against a held-out call denied."""

_PREFIXES = {PATHS: ("files.",), COMMANDS: ("commands.",), HOSTS: ("network.",), TOOLS: ("tools.", "mcp.")}


@dataclass(frozen=True, slots=True)
class Tried:
    """One level of one dimension.

    denied   held-out calls that would be denied or asked about because of it, of `held` held out; held is 0 with one
             session
    granted  neighbours of what was seen that would be allowed, of `neighbours`
    """

    dimension: str
    level: str
    held: int
    denied: int
    neighbours: int
    granted: int
    chosen: bool = False

    @property
    def denial(self) -> float:
        """Share of held-out calls denied."""
        return self.denied / self.held if self.held else 0.0

    @property
    def overgrant(self) -> float:
        """Share of neighbours allowed."""
        return self.granted / self.neighbours if self.neighbours else 0.0


def tried(calls: list[Seen], compiled: Compile) -> list[Tried]:
    """Return what every level of every dimension comes to, the chosen ones marked."""
    steps = [_at(step) for step in range(max(len(levels) for levels in LEVELS.values()))]
    denied = [_held_out(calls, levels, compiled) for levels in steps]
    granted = [_granted(calls, levels, compiled) for levels in steps]
    found: list[Tried] = []
    for dimension in DIMENSIONS:
        rows = [
            Tried(dimension, name, denied[step][0], denied[step][1][dimension], *granted[step][dimension])
            for step, name in enumerate(LEVELS[dimension])
        ]
        best = _best(dimension, rows)
        found += [replace(row, chosen=row is best) for row in rows]
    return found


def chosen_levels(rows: list[Tried]) -> Levels:
    """Return the chosen level of each dimension."""
    return {row.dimension: LEVELS[row.dimension].index(row.level) for row in rows if row.chosen}


def _at(step: int) -> Levels:
    return {dimension: min(step, len(levels) - 1) for dimension, levels in LEVELS.items()}


def _best(dimension: str, rows: list[Tried]) -> Tried:
    if not rows[0].held:
        return next(row for row in rows if row.level == WITHOUT_SESSIONS[dimension])
    return min(rows, key=lambda row: (round(row.denial + WEIGHT * row.overgrant, 6), rows.index(row)))


def _folds(calls: list[Seen]) -> list[tuple[list[Seen], list[Seen]]]:
    """Return (learned from, held out) pairs: each session held out once, several at a time where there are many."""
    sessions = list(dict.fromkeys(seen.session for seen in calls))
    if len(sessions) < 2:
        return []
    count = min(MAX_FOLDS, len(sessions))
    groups = [set(sessions[fold::count]) for fold in range(count)]
    return [
        ([seen for seen in calls if seen.session not in group], [seen for seen in calls if seen.session in group])
        for group in groups
    ]


def _held_out(calls: list[Seen], levels: Levels, compiled: Compile) -> tuple[int, dict[str, int]]:
    held = 0
    denied = dict.fromkeys(DIMENSIONS, 0)
    for learned, out in _folds(calls):
        policy = compiled(written(Wanted(learned), levels))
        for seen in out:
            held += 1
            for dimension in blamed(judge(policy, seen.call, seen.facts)):
                denied[dimension] += 1
    return held, denied


def blamed(decision: Decision) -> set[str]:
    """Return the dimensions because of which a call is not allowed."""
    strict = [reason.rule for reason in decision.reasons if reason.effect > ALLOW and not reason.shadow]
    return {dimension for dimension, heads in _PREFIXES.items() if any(rule.startswith(heads) for rule in strict)}


def _granted(calls: list[Seen], levels: Levels, compiled: Compile) -> dict[str, tuple[int, int]]:
    wanted = Wanted(calls)
    policy = compiled(written(wanted, levels))
    facts = calls[0].facts
    quiet = Facts(now=facts.now, project=facts.project, home=facts.home)
    found = {}
    for dimension, actions in probes(wanted).items():
        allowed = [
            action
            for action in actions
            if judge(policy, ToolCall("", {}, actions=(action,), cwd=facts.project), quiet).effect == ALLOW
        ]
        found[dimension] = (len(actions), len(allowed))
    return found
