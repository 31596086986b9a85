"""From things that were seen to entries that cover them, at each level of generalisation. Pure.

Levels go from the very things to whole folders and programs; none of them writes an entry that opens a door: a bare
interpreter, runner or wrapper, a whole home folder or disk, a public suffix. No command climbs to its bare program: one
`git --version` says nothing of git.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from gateway.authoring.generate.learning.programs import (
    CODE_OPTIONS,
    DOORS,
    ONLY_FILES,
    OWN_STARTERS,
    STARTERS,
    SUBCOMMANDS,
    in_its_order,
    known_name,
    split_command,
)
from gateway.authoring.generate.learning.wants import Want
from gateway.authoring.generate.learning.wording import escaped, is_portable, is_spelled, quoted
from gateway.policy.command_words import is_flag

PATH_LEVELS = ("exact", "folder", "tree", "project")
COMMAND_LEVELS = ("words", "sub-command", "program")
HOST_LEVELS = ("host", "domain")
TOOL_LEVELS = ("name", "family")

MANY = 3
"""How many alike make a family."""

_SHARED = ("/tmp", "/usr", "/opt", "/var/tmp", "/nix")  # noqa: S108  # folders that policy names, none that we write to
_CLOSED = ("/etc", "/root", "/home", "/proc", "/sys", "/dev", "/var/run", "/run")
_SUFFIXES = frozenset(
    "com org net io dev app co uk ac gov edu info example test local internal github.io githubusercontent.com amazonaws.com cloudfront.net"
    " azurewebsites.net herokuapp.com vercel.app netlify.app pages.dev web.app firebaseapp.com blogspot.com co.uk com.au co.jp".split()
)
_READING = ("get", "list", "read", "search", "find", "describe", "show", "query", "fetch", "count", "check", "view")

ALONE = "\0"
"""Ends the entry of a command without operands: it speaks of that command and of none that has more to say."""

Covered = dict[str, set[Want]]
"""Entry -> what it was written for."""


def as_entry(text: str) -> dict[str, object]:
    """Return an entry of ours as a policy holds it."""
    match = text.removesuffix(ALONE)
    if match == text:
        return {"match": match}
    return {"match": match, "unless": ["[!-]*", "*=*"] if " " in match else ["*"]}


def entries_for(kind: str, wants: Iterable[Want], level: int) -> Covered:
    """Return the entries of one list at a level; wants that no entry may be written for are in none."""
    wanted = list(wants)
    if kind.startswith("files."):
        return _paths(wanted, PATH_LEVELS[level])
    if kind == "commands":
        return _commands(wanted, COMMAND_LEVELS[level])
    return _hosts(wanted, HOST_LEVELS[level]) if kind == "network" else _tools(wanted, TOOL_LEVELS[level])


def _paths(wants: list[Want], level: str) -> Covered:
    covered: Covered = defaultdict(set)
    wants = [want for want in wants if is_spelled(want.thing) and is_portable(want.thing)]
    for want in wants:
        covered[_tree_pattern(want.thing) if want.tree else escaped(want.thing)].add(want)
        if want.tree and "." in want.thing.rpartition("/")[2][1:]:
            covered[escaped(want.thing)].add(want)  # what is read as a tree may be a file
    if level == "exact":
        return _without_covered(covered)
    files = [want for want in wants if not want.tree]
    if level == "folder":
        _add_folders(covered, files)
    else:
        for want in files:
            pattern = _tree_of(want.thing, level, files)
            if pattern:
                covered[pattern].add(want)
    return _without_covered(covered)


def _tree_pattern(thing: str) -> str:
    return "./**" if thing == "." else "/**" if thing == "/" else f"{escaped(thing)}/**"


def _add_folders(covered: Covered, files: list[Want]) -> None:
    groups: dict[str, list[Want]] = defaultdict(list)
    for want in files:
        folder, _, name = want.thing.rpartition("/")
        dot = name.rfind(".")
        if dot > 0 and _may_open(folder):
            groups[f"{escaped(folder)}/*{escaped(name[dot:])}"].append(want)
    for pattern, alike in groups.items():
        if len(alike) > 1:
            covered[pattern].update(alike)


def _tree_of(thing: str, level: str, files: list[Want]) -> str:
    """Return the folder pattern that stands for a path, "" when none may."""
    if thing.startswith("./"):
        if level == "project":
            return "./**"
        top, slash, _ = thing[2:].partition("/")
        alike = sum(other.thing.startswith(f"./{top}/") for other in files)
        return f"./{escaped(top)}/**" if slash and alike >= MANY and not top.startswith(".") else ""
    folder = thing.rpartition("/")[0]
    return f"{escaped(folder)}/**" if _may_open(folder) else ""


def _may_open(folder: str) -> bool:
    """Whether a whole folder may be named: not a disk, not a home, nothing hidden in one."""
    if folder.startswith("."):
        return True
    if folder.startswith("~/"):
        return not any(part.startswith(".") for part in folder[2:].split("/"))
    return folder in _SHARED or (folder.count("/") > 1 and not folder.startswith(_CLOSED))


def _without_covered(covered: Covered) -> Covered:
    """Return the entries without those that another one covers, what they were written for handed over."""
    kept: Covered = {}
    for pattern in sorted(covered, key=lambda item: (len(item), item)):
        wider = next((other for other in kept if _covers(other, pattern)), None)
        if wider is None:
            kept[pattern] = set(covered[pattern])
        else:
            kept[wider] |= covered[pattern]
    return kept


def _covers(wider: str, pattern: str) -> bool:
    """Whether a path pattern of ours covers another one of ours."""
    if wider.endswith("/**"):
        return pattern.startswith(wider[:-2]) and pattern != wider
    folder, _, name = wider.rpartition("/")
    if name.startswith("*."):
        other_folder, _, other = pattern.rpartition("/")
        return other_folder == folder and other.endswith(name[1:]) and "*" not in other
    return False


def _commands(wants: list[Want], level: str) -> Covered:
    covered: Covered = defaultdict(set)
    for want in wants:
        entry = command_entry(want.words, level)
        if entry:
            covered[entry].add(want)
    kept: Covered = {}
    for entry in sorted(covered, key=lambda item: (item.count(" "), item)):
        wider = next((other for other in kept if _says_more(other, entry)), None)
        if wider is None:
            kept[entry] = covered[entry]
        else:
            kept[wider] |= covered[entry]
    return kept


def _says_more(wider: str, entry: str) -> bool:
    """Whether a command entry covers another one of ours: the same program, fewer words, no option that the other
    lacks.
    """
    if wider.endswith(ALONE):
        return False
    program, *words = wider.split(" ")
    other, *more = entry.removesuffix(ALONE).split(" ")
    plain, further = ([word for word in several if not is_flag(word)] for several in (words, more))
    return (
        program == other
        and further[: len(plain)] == plain
        and {*words} - {*plain} <= {*more} - {*further}
        and "'" not in wider + entry
    )


def command_entry(words: tuple[str, ...], level: str) -> str:
    """Return the entry for one command at a level, "" when any entry for it would open a door."""
    if not words or is_flag(words[0]) or not is_spelled(words[0]):
        return ""
    program, operands, options = split_command(words)
    name = known_name(program)
    only_files = name in ONLY_FILES and "/" not in program
    if level != "words" and only_files:
        return program
    if any(option in CODE_OPTIONS for option in options) and name in DOORS:
        return ""
    chosen = _operands(name, operands, level)
    if chosen is None and only_files:  # what it touches is judged by itself
        chosen = []
    if chosen is None or (name in DOORS and not chosen):
        return ""
    flags = (
        [option for option in options if "=" not in option and not option[1:].isdigit()]
        if level == "words" or not chosen
        else []
    )
    spelled = [quoted(word) for word in (program, *in_its_order(words, chosen, flags))]
    if any(word is None for word in spelled):
        return ""
    return " ".join(word for word in spelled if word) + ("" if chosen or only_files else ALONE)


def _operands(name: str, operands: list[str], level: str) -> list[str] | None:
    """Return the operands that an entry names, those before the first that none can hold; None where they would open a
    door.
    """
    known = next((at for at, word in enumerate(operands) if quoted(word) is None), len(operands))
    depth = SUBCOMMANDS.get(name, 1 if name in DOORS else 0)
    if not depth:  # nobody knows what its words say
        depth = 1 if operands and operands[0].replace("-", "").replace("_", "").isalnum() else MANY
    starter = -1
    if name not in OWN_STARTERS:
        told = operands[: depth if name in SUBCOMMANDS else max(depth, MANY)]
        starter = next((at for at, word in enumerate(told) if word in STARTERS), -1)
    if 0 <= starter == depth - 1:
        depth += 1
    wanted = min(depth, len(operands))
    chosen = operands[: min(known, max(depth, MANY) if level == "words" else depth)]
    if name in SUBCOMMANDS or name in DOORS:
        opens = 0 <= starter == len(chosen) - 1  # nothing says what it starts
        return None if opens or (operands and not chosen) else chosen
    return chosen if len(chosen) >= wanted else None


def _hosts(wants: list[Want], level: str) -> Covered:
    covered: Covered = defaultdict(set)
    families: dict[str, set[str]] = defaultdict(set)
    wants = [want for want in wants if is_spelled(want.thing)]
    for want in wants:
        families[want.thing.partition(".")[2]].add(want.thing)
    for want in wants:
        parent = want.thing.partition(".")[2]
        grown = (
            level == "domain"
            and len(families[parent]) >= MANY
            and "." in parent
            and parent not in _SUFFIXES
            and not _is_address(want.thing)
        )
        if want.thing:
            covered[f"*.{parent}" if grown else want.thing].add(want)
    return dict(covered)


def _is_address(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()


def _tools(wants: list[Want], level: str) -> Covered:
    covered: Covered = defaultdict(set)
    families: dict[str, set[str]] = defaultdict(set)
    wants = [want for want in wants if is_spelled(want.thing)]
    for want in wants:
        families[_family(want.thing)].add(want.thing)
    for want in wants:
        family = _family(want.thing)
        grown = level == "family" and family and len(families[family]) > 1
        covered[family if grown else escaped(want.thing)].add(want)
    return dict(covered)


def _family(tool: str) -> str:
    """Return the pattern of the tools that read as this one does, "" for a tool that has no such family."""
    if not tool.startswith("mcp__") or "__" not in tool[5:]:
        return ""
    head, _, name = tool.rpartition("__")
    verb = name.split("_")[0].split("-")[0]
    return f"{escaped(head)}__{verb}_*" if verb in _READING and f"{verb}_" in name else ""
