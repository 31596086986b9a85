"""Commands of every kind that two policies tell apart: program, sub-commands, then options. Pure.

Options come after the operands and take no value: in that form every reading of a command is the same, so that whether
an entry matches depends on the program, the operands and the set of options alone, and those can be enumerated up to
what entries ask for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, islice
from typing import Any

from gateway.authoring.diff.languages.names import name_classes
from gateway.catalog.options import verbs_with_options
from gateway.policy.command_prefix import Command, prefix_covers, prefix_matches, program_name
from gateway.policy.command_words import is_flag, word_matches, word_pattern
from gateway.policy.rules.commands import conditions_hold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import CompiledPolicy, Entry

MAX_SUBSETS = 500
"""Most sets of options that are tried for one sub-command; beyond, sets of few options only."""

MAX_TRIED = 2_000
"""Most commands of one program, fewest operands first: conditions on words double them, and a pack may have dozens."""

ALIKE = 3
"""Most commands of one program of which the same entries speak. One would do, were it not that what a program does
beside (a file that it
reads, a host) can be refused and hide what the entries say."""

OPEN = -1
"""Stands for any layer where it does not matter which an entry is of."""

SLASH = "\x02"
"""How a slash stands in a word's pattern."""


def command_entries(policy: CompiledPolicy) -> list[tuple[str, Entry]]:
    """Return (list, entry) of everything a compiled policy says of commands."""
    return [
        (name, entry)
        for layer in policy["layers"]
        for name, listed in layer["sections"].get("commands", {}).items()
        for entry in listed["entries"]
    ]


def commands_to_compare(old: CompiledPolicy, new: CompiledPolicy) -> Iterator[tuple[str, ...]]:
    """Yield commands such that two policies that agree on all of them agree on every command of this form, within
    MAX_TRIED a program.
    """
    entries = [entry for policy in (old, new) for _, entry in command_entries(policy)]
    changed = None if _shape(old) != _shape(new) else {key for _, key in _keys(old) ^ _keys(new)}
    if changed is not None and not changed:
        return
    for path in _programs(entries):
        live = [_Live(prefix, entry) for entry in entries for prefix in entry["prefixes"] if _runs(prefix, path)]
        if changed is None or any(_key(item.entry) in changed for item in live):
            distinct = _distinct(live)
            yield from _unlike(islice(_of_program(path, distinct), MAX_TRIED), distinct)


def _shape(policy: CompiledPolicy) -> list[tuple[bool, int, bool]]:
    """Return (whether its list is closed, its default, whether it only observes) of each layer that says something of
    every command.
    """
    found = (
        ("allow" in layer["sections"].get("commands", {}), layer["default"] or 0, layer["shadow"])
        for layer in policy["layers"]
    )
    return [item for item in found if item[0] or item[1]]


def _key(entry: Entry) -> str:
    return repr([entry.get(key) for key in ("prefixes", "with", "unless", "shadow", "expires")])


def _keys(policy: CompiledPolicy) -> set[tuple[tuple[int, str, bool], str]]:
    """Return ((layer, list, whether its layer only observes), key) of each entry; the layer where it decides whether a
    list or a default holds.
    """
    keys = set()
    shaped = 0
    for layer in policy["layers"]:
        lists = layer["sections"].get("commands", {})
        closed = "allow" in lists
        index = OPEN
        if closed or layer["default"]:
            index, shaped = shaped, shaped + 1
        for name, listed in lists.items():
            at = index if name == "allow" or not closed else OPEN
            keys |= {((at, name, layer["shadow"]), _key(entry)) for entry in listed["entries"]}
    return keys


def _unlike(commands: Iterator[tuple[str, ...]], live: list[_Live]) -> Iterator[tuple[str, ...]]:
    """Yield the first few commands for each set of entries that speak of them: which ones do is all that the verdict on
    a command depends on.
    """
    seen: dict[int, int] = {}
    for words in commands:
        spoken = _spoken(live, words)
        seen[spoken] = seen.get(spoken, 0) + 1
        if seen[spoken] <= ALIKE:
            yield words


def _spoken(live: list[_Live], words: tuple[str, ...]) -> int:
    """Return which entries speak of a command, two bits each: as one that denies or asks, and as one that allows."""
    spellings = Command(words).spellings
    bits = 0
    for item in live:
        for wide, meets in ((True, prefix_matches), (False, prefix_covers)):
            speaks = any(
                meets(item.prefix, spelling) and conditions_hold(item.entry, item.prefix, spelling, wide=wide)
                for spelling in spellings
            )
            bits = bits << 1 | speaks
    return bits


@dataclass(frozen=True, slots=True)
class _Live:
    """A prefix of an entry that speaks of the program at hand."""

    prefix: Any
    entry: Entry

    @property
    def conditions(self) -> list[tuple[bool, Any]]:
        """The entry's `with` and `unless` words."""
        return [*self.entry.get("with", ()), *self.entry.get("unless", ())]


def _distinct(live: list[_Live]) -> list[_Live]:
    return list({repr((item.prefix, item.entry.get("with"), item.entry.get("unless"))): item for item in live}.values())


def _programs(entries: list[Entry]) -> list[str]:
    """Return one program of every kind: literal names and paths, other cases of them, what wildcards match, something
    else.
    """
    programs = {(prefix[0], prefix[1]) for entry in entries for prefix in entry["prefixes"]}
    paths = {name for name, by_path in programs if by_path}
    names = {name for name, by_path in programs if not by_path} | {program_name(path) for path in paths}
    wild = {name for name in names if any(char in name for char in "*?[")}
    plain = names - wild
    patterns = tuple(sorted(((item, False) for item in map(word_pattern, wild) if isinstance(item, tuple)), key=repr))
    shown = [name.replace(SLASH, "/") for name in name_classes(frozenset(plain), patterns)]
    return list(dict.fromkeys((*shown, *sorted(paths), *(name.upper() for name in sorted(plain)))))


def _runs(prefix: Any, path: str) -> bool:
    """Whether the prefix could speak of the program, whatever follows it."""
    return prefix_matches((prefix[0], prefix[1], (), (), False, prefix[5]), Command((path,)))


def _of_program(path: str, live: list[_Live]) -> Iterator[tuple[str, ...]]:
    words_after = verbs_with_options(program_name(path))
    seen = {_state(live, ())}
    todo: list[tuple[str, ...]] = [()]
    while todo:
        operands = todo.pop(0)
        yield from _with_options(path, operands, live)
        for word in _next_words(live, operands, words_after):
            longer = (*operands, word)
            state = _state(live, longer)
            if state not in seen:
                seen.add(state)
                todo.append(longer)


def _state(live: list[_Live], operands: tuple[str, ...]) -> tuple[object, ...]:
    """Return what of the operands matters: how far each prefix has come, which conditions they meet, which
    sub-command's options hold.
    """
    progress = []
    for item in live:
        segments = item.prefix[2]
        fits = all(word_matches(segment, word) for segment, word in zip(segments, operands, strict=False))
        progress.append(min(len(operands), len(segments)) if fits else -1)
        progress += [
            not flag and any(word_matches(wanted, word) for word in operands) for flag, wanted in item.conditions
        ]
    return tuple(progress)


def _next_words(live: list[_Live], operands: tuple[str, ...], words_after: set[str]) -> list[str]:
    """Return one word of every kind that could follow the operands."""
    at = len(operands)
    asked = {item.prefix[2][at] for item in live if len(item.prefix[2]) > at and _fits(item, operands)}
    asked |= {wanted for item in live if _fits(item, operands) for flag, wanted in item.conditions if not flag}
    literals = {item.replace(SLASH, "/") for item in asked if isinstance(item, str)} | (
        words_after if not at else set()
    )
    wilds = tuple(sorted(((item, False) for item in asked if isinstance(item, tuple)), key=repr))
    words = [word.replace(SLASH, "/") for word in name_classes(frozenset(literals), wilds)]
    return [word for word in words if not is_flag(word) and word != "--"]


def _fits(live: _Live, operands: tuple[str, ...]) -> bool:
    return all(word_matches(segment, word) for segment, word in zip(live.prefix[2], operands, strict=False))


def _with_options(path: str, operands: tuple[str, ...], live: list[_Live]) -> Iterator[tuple[str, ...]]:
    """Yield the command with every set of the options that entries ask for once the operands are these."""
    reached = [item for item in live if len(item.prefix[2]) <= len(operands) and _fits(item, operands)]
    options = {flag for item in reached for flag in item.prefix[3]}
    wilds = set()
    for item in reached:
        for flag, wanted in item.conditions:
            if flag:
                options.add(wanted)
            elif isinstance(wanted, tuple):
                wilds.add((wanted, False))
            elif is_flag(wanted):
                options.add(wanted)
    shown = name_classes(frozenset(), tuple(sorted(wilds, key=repr))) if wilds else ()
    options |= {word.replace(SLASH, "/") for word in shown if is_flag(word)}
    ordered = sorted(options)
    tried = 0
    for size in range(len(ordered) + 1):
        for chosen in combinations(ordered, size):
            tried += 1
            if tried > MAX_SUBSETS and size > 2:
                return
            yield (path, *operands, *chosen)
