"""`commands`: which programs may be run, by prefixes in words. Pure.

A deny or ask speaks if any of the call's commands matches; an allow list covers a call only if each command is covered.
"""

from __future__ import annotations

from gateway.model.action import ASSIGNMENT, DATA, INLINE, RUN, RUNNER, UNKNOWN, WRAPPER
from gateway.model.decision import Reason
from gateway.model.effects import ALLOW, ASK, DENY
from gateway.model.later import Later
from gateway.policy.command_words import is_flag, word_matches, word_pattern
from gateway.policy.request_view import Sight, subject
from gateway.policy.rules.reasons import Layer, cannot_tell, is_live, not_listed, speak

KEY = "commands"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from gateway.model.compiled_policy import CommandList, CommandsSection, Entry
    from gateway.policy import command_prefix
    from gateway.policy.command_prefix import Command, Prefix
    from gateway.policy.document_fields import Field
else:
    command_prefix = Later("gateway.policy.command_prefix")


def schema() -> dict[str, object]:
    """Return the JSON Schema of the section."""
    from gateway.policy.entries import lists_schema

    return lists_schema("which programs may be run: command prefixes in words")


def parse(field: Field, *, folded: bool = False) -> CommandsSection:
    """Return the compiled section. Raises PolicyError for an entry that names no program."""
    from gateway.policy.entries import parse_lists

    del folded
    section: CommandsSection = {}
    for name, entries in parse_lists(field).items():
        if entries:
            section[name] = _compile(entries, field.at(name))
    return section


def _compile(entries: list[Entry], field: Field) -> CommandList:
    programs: dict[str, list[int]] = {}
    starts: dict[str, list[int]] = {}
    for index, entry in enumerate(entries):
        try:
            entry["prefixes"] = [
                spelling
                for text in _alternatives(entry["match"], field.at(index))
                for spelling in command_prefix.compile_spellings(text)
            ]
            for key in ("with", "unless"):
                if key in entry:
                    entry[key] = [_condition(text) for text in entry[key]]
        except ValueError as error:
            raise field.at(index).error(f"not a command: `{entry['match']}`: {error}") from error
        for program, by_path, *_ in entry["prefixes"]:
            if by_path:
                programs.setdefault(program, []).append(index)
            elif any(char in program for char in "*?[\\"):
                starts.setdefault("" if program[0] in "*?[\\" else program[0], []).append(index)
            else:
                programs.setdefault(program, []).append(index)
    return {"entries": entries, "programs": programs, "starts": starts, "source": field.place}


def _alternatives(text: str, field: Field) -> list[str]:
    """Return the entries that braces make of one: `{kill,pkill} -9`."""
    from gateway.policy.patterns import braced

    return braced(text, field)


def _condition(text: str) -> tuple[bool, object]:
    """Return (is a flag, word pattern or flag names) of one `with` or `unless` word."""
    return (True, text) if is_flag(text) and "=" not in text else (False, word_pattern(text))


def judge(section: CommandsSection, sight: Sight, layer: Layer) -> list[Reason]:
    """Return what the section says of every command the call runs."""
    reasons: list[Reason] = []
    covered: dict[int, bool] = {}
    for index, action in enumerate(sight.actions):
        if action.verb != RUN:
            continue
        for effect, name in ((DENY, "deny"), (ASK, "ask")):
            if name in section:
                reasons += _spoken(section, name, effect, index, sight, layer)
        if action.opaque:
            covered[index] = False
        elif "allow" in section:
            reasons += _allowed(section["allow"], index, sight, layer, covered)
    return reasons


def _candidates(listed: CommandList, command: Command) -> list[int]:
    """Return the entries that could speak of a command: by its name, by its path, and those with wildcards by how they
    begin.
    """
    programs, starts, name = listed["programs"], listed["starts"], command.program
    candidates = {*programs.get(name, ()), *programs.get(name.lower(), ()), *programs.get(command.path, ())}
    candidates.update(starts.get("", ()), starts.get(name[:1], ()), starts.get(name[:1].lower(), ()))
    return sorted(candidates)


def _spoken(section: CommandsSection, name: str, effect: int, index: int, sight: Sight, layer: Layer) -> list[Reason]:
    listed = section[name]
    reasons: list[Reason] = []
    for command in filter(None, (sight.command(index), sight.real_command(index))):
        if UNKNOWN in command.path:
            return _doubtful(listed, effect, index, sight, layer)
        numbers = dict.fromkeys(
            number
            for spelled in _spellings(section, command)
            for number in _speaking(listed, spelled, layer, command_prefix.prefix_matches)
        )
        reasons += [
            speak(effect, listed["entries"][number], subject(sight.actions[index]), index, layer) for number in numbers
        ]
    return reasons or _doubtful(listed, effect, index, sight, layer)


def _speaking(
    listed: CommandList, command: Command, layer: Layer, meets: Callable[[Any, Command], bool]
) -> Iterator[int]:
    """Yield the live entries of which a prefix meets a command as it is spelled, and whose conditions hold."""
    wide = meets is command_prefix.prefix_matches
    for number in _candidates(listed, command):
        entry = listed["entries"][number]
        if is_live(entry, layer) and any(
            meets(prefix, command) and conditions_hold(entry, prefix, command, wide=wide)
            for prefix in entry["prefixes"]
        ):
            yield number


def _spellings(section: CommandsSection, command: Command) -> tuple[Command, ...]:
    """Return a command under every name that entries may call it by; whoever lists `python3` means something else by
    `python`.
    """
    versioned = command.program[-1:].isdigit()
    return (
        command.same
        if versioned and any(command.program in listed["programs"] for listed in section.values())
        else command.spellings
    )


def conditions_hold(entry: Entry, prefix: Prefix, command: Command, *, wide: bool) -> bool:
    """Whether one of the words that an entry wants stands in a command, and none that it excepts.

    wide  the entry denies or asks: what it wants counts cut short too, what it excepts only where an allow entry would
          cover it; else the reverse
    """
    required = entry.get("with")
    if required and not any(_stands_in(condition, command, wide=wide) for condition in required):
        return False
    excepted = entry.get("unless", ())
    if wide:
        return not (
            excepted
            and command_prefix.prefix_covers(prefix, command)
            and any(_excepts(condition, entry, prefix, command) for condition in excepted)
        )
    return not any(_stands_in(condition, command, wide=True) for condition in excepted)


def _excepts(condition: tuple[bool, Any], entry: Entry, prefix: Prefix, command: Command) -> bool:
    """Whether an excepted word stands where an entry of the prefix and that word would allow the command."""
    flag, wanted = condition
    if not flag and not (isinstance(wanted, str) and wanted.startswith("-")):
        at = len(prefix[2])
        return command_prefix.word_surely_at(wanted, at, command)
    known = {*prefix[3], *(name for is_name, name in (*entry.get("unless", ()), *entry.get("with", ())) if is_name)}
    return command_prefix.sets_surely(command, wanted, known) if flag else wanted in command_prefix.options_of(command)


def _stands_in(condition: tuple[bool, Any], command: Command, *, wide: bool) -> bool:
    flag, wanted = condition
    if flag:
        return command.sets(wanted) if wide else wanted in command.flags
    return any(word_matches(wanted, word) for word in command.words[1:])


def _doubtful(listed: CommandList, effect: int, index: int, sight: Sight, layer: Layer) -> list[Reason]:
    """Return the reason when a part of the command is unknown and a list could speak of what it turns out to be."""
    command = sight.command(index)
    if layer.builtin or not any(UNKNOWN in word for word in command.words):
        return []
    if any(
        command_prefix.prefix_may_match(prefix, spelled)
        for spelled in command.same
        for entry in listed["entries"]
        for prefix in entry["prefixes"]
    ):
        name = "deny" if effect == DENY else "ask"
        return [cannot_tell(f"commands.{name}", listed["source"], subject(sight.actions[index]), index, layer)]
    return []


def _allowed(listed: CommandList, index: int, sight: Sight, layer: Layer, covered: dict[int, bool]) -> list[Reason]:
    action = sight.actions[index]
    if DATA in action.how or WRAPPER in action.how:
        covered[index] = False
        return []
    command = sight.command(index)
    for number in (
        number for spelled in command.same for number in _speaking(listed, spelled, layer, command_prefix.prefix_covers)
    ):
        covered[index] = RUNNER in action.how
        return [speak(ALLOW, listed["entries"][number], subject(action), index, layer)]
    if INLINE not in action.how and covered.get(action.via):
        covered[index] = True
        return []
    text = f"setting `{action.words[0]}`" if ASSIGNMENT in action.how and action.words else subject(action)
    return [not_listed("commands.allow", listed["source"], text, index, layer)]
