"""Spellings of commands, judged as the plain command is: what the twins of the families' files share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any

from gateway.catalog.options import WORD_OPTIONS, Specification, option_names, specification
from gateway.catalog.programs import FAMILY
from gateway.model.action import RUN, Action
from gateway.model.effects import EFFECTS
from tests.builders import call, facts, judge, policy

KINDS = frozenset(
    "text read write meta list tree create delete deletetree change archive unpack over maybe at edit picture host url site proxy shell command"
    " program number action rest field pair code script".split()
)


def verdicts(entry: str, line: str) -> tuple[str, str, str]:
    """Return what a line comes to where only the entry is allowed, where it is asked about, and where it is denied."""
    words = tuple(line.split())
    action = Action(RUN, words[0], words=words)
    allowed, asked, denied = (EFFECTS[judge(compiled, call(action), facts()).effect] for compiled in _policies(entry))
    return allowed, asked, denied


@cache
def _policies(entry: str) -> tuple[dict[str, Any], ...]:
    """Return the policies that allow, ask about and deny one entry; thousands of lines are judged by each."""
    return tuple(policy({"commands": {key: [entry]}}) for key in ("allow", "ask", "deny"))


SAME = ("allow", "ask", "deny")
OTHER = ("deny", "allow", "allow")
DOUBTED = ("deny", "ask", "deny")


def rows(text: str) -> list[tuple[str, str]]:
    """Return (entry, line) of a table's lines `entry <- line`."""
    return [(entry.strip(), line.strip()) for entry, _, line in (row.partition("<-") for row in text.strip().splitlines())]


def malformed(family: str) -> list[str]:
    """Return what is wrong with a family's tables."""
    module = import_module(f"gateway.catalog.options.{family}")
    wrong = [f"{key}: not of this family" for key in module.OPTIONS if FAMILY.get(key.split()[0]) != family]
    wrong += [f"{name}: not of this family" for name in module.LOOSE if FAMILY.get(name) != family]
    for key, text in (*module.OPTIONS.items(), *module.LOOSE.items()):
        read = specification(text)
        wrong += [f"{key}: {name}" for name in read.names if not name.startswith("-") or len(name) < 2]
        wrong += [f"{key}: {name}={kind}" for name, kind in read.kinds.items() if kind.lstrip("?").partition(":")[0] not in KINDS]
        plain = [word.partition("=")[0] for word in text.split() if word not in ("+", "-/=text")]
        names = [name for word in plain for name in word.split("/")]
        wrong += [f"{key}: {name} twice" for name in set(names) if key in module.OPTIONS and names.count(name) > 1]
    return sorted(wrong)


def spelled(program: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield (entry, line): ordinary spellings of `PROGRAM target`, its options before and behind it, spaced, glued, behind `=`, in clusters."""
    read = specification(text)
    entry = f"{program} target"
    values = [name for name, kind in read.kinds.items() if not kind.startswith("?")]
    letters = [name[1] for name in read.names if len(name) == 2 and name not in read.kinds]
    for name in read.names:
        if name in values:
            yield entry, f"{program} {name} value target"
            yield entry, f"{program} target {name} value"
            if name.startswith("--"):
                yield entry, f"{program} {name}=value target"
            elif len(name) == 2 and program not in WORD_OPTIONS:
                yield entry, f"{program} {name}value target"
                yield from ((entry, f"{program} -{letter}{name[1]} value target") for letter in letters[:2] if _is_cluster(letter + name[1], read))
        else:
            yield entry, f"{program} {name} target"
            yield entry, f"{program} target {name}"
            if name in read.kinds and name.startswith("--"):
                yield entry, f"{program} {name}=value target"
        if not read.stops and name in values:
            yield f"{program} target behind", f"{program} target {name} value behind"


def spelled_loosely(program: str, text: str) -> Iterator[tuple[str, str, bool]]:
    """Yield (entry, line, whether it is surely the plain command) of a program of which only what it may take is known.

    Behind `=` and behind the operands there is no doubt; before them an option may or may not take the next word. What the program's own
    card says of an option is certain, and left to `spelled`; words after one dash are options of some of the programs that share a row.
    """
    read = specification(text)
    entry = f"{program} target"
    own = option_names(program)
    for name, kind in read.kinds.items():
        if name in own or not (len(name) == 2 or name.startswith("--") or program in WORD_OPTIONS):
            continue
        yield entry, f"{program} target {name} value", True
        if name.startswith("--"):
            yield entry, f"{program} {name}=value target", True
        if not kind.startswith("?"):
            yield entry, f"{program} {name} value target", False


def _is_cluster(letters: str, read: Specification) -> bool:
    return f"-{letters}" not in read.names
