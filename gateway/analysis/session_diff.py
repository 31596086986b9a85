"""Two sessions side by side: their phases aligned by label, and what each did in a phase that the other did not.
Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from gateway.analysis.call_outcomes import PREVENTED
from gateway.analysis.event_text import one_line, relative
from gateway.analysis.phases import Phase, phases_of
from gateway.analysis.summary import Summary
from gateway.analysis.summary_fold import Fold
from gateway.model.event import Event

MAX_CELLS = 4_000_000
"""Largest table that the exact alignment is worked out with; longer sessions are aligned by their longest common
stretches.
"""


@dataclass(slots=True)
class Part:
    """What was done in one phase, and what it was kept from; keys are commands, paths and tools."""

    label: str
    number: int
    failed: bool
    seconds: float
    calls: int
    retries: int
    commands: dict[str, None] = field(default_factory=dict)
    read: dict[str, None] = field(default_factory=dict)
    written: dict[str, None] = field(default_factory=dict)
    tools: dict[str, None] = field(default_factory=dict)
    prevented: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True)
class Profile:
    """One session as it is compared: its phases, and what it comes to."""

    session: str
    parts: list[Part]
    summary: Summary
    retries: int = 0
    wasted: float = 0.0

    @property
    def completed(self) -> bool:
        """Whether the last thing it set out to do went well."""
        return bool(self.parts) and not self.parts[-1].failed

    @property
    def commands(self) -> dict[str, None]:
        """Every command that was run."""
        return {command: None for part in self.parts for command in part.commands}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two phases that belong together, or one that has no other."""

    a: Part | None
    b: Part | None

    @property
    def differs(self) -> bool:
        """Whether they did not do the same, or it did not go the same way."""
        if self.a is None or self.b is None:
            return True
        return self.a.failed != self.b.failed or any(only(item, other) for _, item, other in self.both())

    def both(self) -> Iterator[tuple[str, dict[str, None], dict[str, None]]]:
        """Yield (kind, what a did, what b did) of commands, files, other tools, and calls that did not happen."""
        a, b = self.a or _NOTHING, self.b or _NOTHING
        yield "ran", a.commands, b.commands
        yield "read", a.read, b.read
        yield "wrote", a.written, b.written
        yield "used", a.tools, b.tools
        yield "prevented", a.prevented, b.prevented


_NOTHING = Part("", 0, False, 0.0, 0, 0)


def only(item: dict[str, None], other: dict[str, None]) -> tuple[list[str], list[str]] | None:
    """Return (what only the first has, what only the second has), None when there is no difference."""
    first, second = [key for key in item if key not in other], [key for key in other if key not in item]
    return (first, second) if first or second else None


def profile_of(session: str, events: Iterable[Event], folder: str = "") -> Profile:
    """Return a session as it is compared; paths inside `folder` are told from there, so that two checkouts can be
    compared.
    """
    fold = Fold()

    def counted() -> Iterator[Event]:
        for event in events:
            fold.add(event)
            yield event

    profile = Profile(session, [], fold.summary)
    for phase in phases_of(counted()):
        profile.parts.append(_part(phase, folder))
        profile.retries += phase.retries
        profile.wasted += phase.wasted
    profile.summary = fold.done()
    return profile


def _part(phase: Phase, folder: str) -> Part:
    part = Part(phase.label, phase.number, phase.failed, phase.seconds, phase.calls, phase.retries)
    for deed in phase.deeds:
        if deed.outcome in PREVENTED:
            part.prevented[one_line(f"{deed.tool} {relative(deed.text, folder)}")] = None
        if not deed.happened:
            continue
        if deed.kind == "run":
            part.commands[deed.text] = None
        elif not deed.kind and deed.tool:
            part.tools[deed.tool] = None
    part.read = {relative(path, folder): None for path in phase.read}
    part.written = {relative(path, folder): None for path in phase.written}
    return part


def aligned(a: Profile, b: Profile) -> list[Pair]:
    """Return the phases of two sessions in order, those with the same label beside each other where the order
    allows.
    """
    item, other = [part.label.lower() for part in a.parts], [part.label.lower() for part in b.parts]
    pairs: list[Pair] = []
    at = to = 0
    for left, right in [*_common(item, other), (len(item), len(other))]:
        pairs += [*(Pair(part, None) for part in a.parts[at:left]), *(Pair(None, part) for part in b.parts[to:right])]
        if left < len(item):
            pairs.append(Pair(a.parts[left], b.parts[right]))
        at, to = left + 1, right + 1
    return pairs


def _common(item: list[str], other: list[str]) -> list[tuple[int, int]]:
    """Return the places of a longest common subsequence in both lists."""
    start = 0
    while start < min(len(item), len(other)) and item[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(item), len(other)) - start and item[-1 - end] == other[-1 - end]:
        end += 1
    middle, rest = item[start : len(item) - end], other[start : len(other) - end]
    found = [(at, at) for at in range(start)]
    found += [(start + left, start + right) for left, right in _longest(middle, rest)]
    return found + [(len(item) - at, len(other) - at) for at in range(end, 0, -1)]


def _longest(item: list[str], other: list[str]) -> list[tuple[int, int]]:
    if len(item) * len(other) > MAX_CELLS:
        blocks = SequenceMatcher(None, item, other, autojunk=False).get_matching_blocks()
        return [(block.a + at, block.b + at) for block in blocks for at in range(block.size)]
    lengths = [[0] * (len(other) + 1)]
    for word in reversed(item):
        below, row = lengths[-1], [0] * (len(other) + 1)
        for at in range(len(other) - 1, -1, -1):
            row[at] = below[at + 1] + 1 if word == other[at] else max(below[at], row[at + 1])
        lengths.append(row)
    lengths.reverse()
    found, left, right = [], 0, 0
    while left < len(item) and right < len(other):
        if item[left] == other[right]:
            found.append((left, right))
            left, right = left + 1, right + 1
        elif lengths[left + 1][right] >= lengths[left][right + 1]:
            left += 1
        else:
            right += 1
    return found
