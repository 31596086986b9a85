"""What a call needs to be allowed, thing by thing: paths to touch, commands to run, hosts to contact, tools to use.
Pure.
"""

from __future__ import annotations

from dataclasses import dataclass

from gateway.authoring.generate.learning.programs import known_words, needs_entry
from gateway.authoring.generate.learning.seen import Seen
from gateway.authoring.generate.learning.wording import in_policy, is_whole, names_machine
from gateway.model.action import (
    CONNECT,
    CREATE,
    DELETE,
    GLOB,
    INLINE,
    LIST,
    META,
    READ,
    RUN,
    RUNNER,
    SEARCH,
    TREE,
    USE,
    WRITE,
    Action,
)
from gateway.policy.command_prefix import program_name
from gateway.policy.hosts import canonical
from gateway.policy.request_view import asked_path

PATHS, COMMANDS, HOSTS, TOOLS = "paths", "commands", "hosts", "tools"

SOMEWHERE = "\x01"
"""Stands for a word that names a place of one machine, or of which a secret was taken out: no entry may hold it, and
what follows keeps its place.
"""


@dataclass(frozen=True, slots=True)
class Want:
    """One thing that a call needs.

    kind   `files.read`, `files.write`, `files.delete`, `commands`, `network` or `tools`
    thing  a path as policy writes it, a host, a tool's name; "" for a command
    words  the words of a command
    tree   everything below the path
    """

    kind: str
    thing: str
    words: tuple[str, ...] = ()
    tree: bool = False


def wants_of(seen: Seen) -> list[Want]:
    """Return everything a call needs from closed lists."""
    wants: dict[Want, None] = {}
    covered: set[int] = set()
    for index, action in enumerate(seen.call.actions):
        if action.verb in (READ, WRITE):
            wants.update(dict.fromkeys(_paths(action, seen)))
        elif action.verb == RUN:
            if action.via in covered and INLINE not in action.how:
                covered.add(index)
            elif needs_entry(action):
                wants[Want("commands", "", _words(action, seen))] = None
                if RUNNER in action.how:
                    covered.add(index)
        elif action.verb == CONNECT:
            wants[Want("network", canonical(action.target).name)] = None
        elif action.verb == USE:
            wants[Want("tools", action.target)] = None
    return list(wants)


def _words(action: Action, seen: Seen) -> tuple[str, ...]:
    """Return the words of a command, its program by its name and not by where this machine has it."""
    words = known_words(action)
    if not words:
        return ()
    program = words[0]
    if program.startswith(("/", "~")) and "=" not in program:
        program = program_name(program)
    folders = (seen.facts.project, seen.facts.home)
    return (
        program,
        *(word if is_whole(word) and not names_machine(word, *folders) else SOMEWHERE for word in words[1:]),
    )


def _paths(action: Action, seen: Seen) -> list[Want]:
    if META in action.how and action.verb == READ:
        return []
    facts = seen.facts
    asked = asked_path(action, seen.call.cwd, facts.home)
    places = [asked]
    tree = LIST in action.how or (bool({TREE, SEARCH} & set(action.how)) and CREATE not in action.how)
    if GLOB in action.how:
        found, complete = facts.globs.get(asked, ((), False))
        places = list(found) if complete else [*found, _literal_folder(asked)]
        tree = tree or not complete
    places += [facts.real[place] for place in places if place in facts.real]
    parts = (
        ("files.read",)
        if action.verb == READ
        else ("files.write", "files.delete")
        if DELETE in action.how
        else ("files.write",)
    )
    return [
        Want(part, in_policy(place, facts.project, facts.home), tree=tree)
        for part in parts
        for place in dict.fromkeys(places)
    ]


def _literal_folder(pattern: str) -> str:
    """Return the folder that whatever a glob matches lies in."""
    parts = []
    for part in pattern.split("/"):
        if any(char in part for char in "*?["):
            break
        parts.append(part)
    return "/".join(parts) or "/"
