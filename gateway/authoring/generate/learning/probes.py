"""Neighbours of what was seen that nobody did: the measure of how much more than observed a policy permits. Pure.

For each thing, what stands next to it: another file in its folder, one in a new folder beside it, one at the root; the
same program with another word; another host of the domain, another domain; another tool of the server, another server.
"""

from __future__ import annotations

from collections.abc import Iterable

from gateway.authoring.generate.learning.document import DIMENSION, LISTS, Wanted
from gateway.authoring.generate.learning.programs import split_command
from gateway.authoring.generate.learning.wants import COMMANDS, HOSTS, PATHS, TOOLS, Want
from gateway.model.action import CONNECT, DELETE, READ, RUN, USE, WRITE, Action

MAX_WANTS = 400
"""Most things of one list whose neighbours are tried."""

UNSEEN = "unseen"

_VERBS = {"files.read": (READ, ()), "files.write": (WRITE, ()), "files.delete": (WRITE, (DELETE,))}


def probes(wanted: Wanted) -> dict[str, list[Action]]:
    """Return, for each dimension, actions next to what was seen, none of which was."""
    probes: dict[str, dict[Action, None]] = {PATHS: {}, COMMANDS: {}, HOSTS: {}, TOOLS: {}}
    for name in LISTS:
        wants = sorted(wanted.by_list[name], key=lambda want: (want.thing, want.words))
        seen = {want.thing for want in wants}
        commands = {want.words for want in wants}
        for want in wants[:: max(1, len(wants) // MAX_WANTS)]:
            for action in _beside(want):
                if action.target not in seen and action.words not in commands - {()}:
                    probes[DIMENSION[name]][action] = None
    return {name: list(actions) for name, actions in probes.items()}


def _beside(want: Want) -> Iterable[Action]:
    if want.kind == "commands":
        return _commands(want)
    if want.kind == "network":
        parent = want.thing.partition(".")[2]
        return (Action(CONNECT, f"{UNSEEN}.{parent}" if parent else UNSEEN), Action(CONNECT, f"{UNSEEN}.example"))
    if want.kind == "tools":
        head, joint, name = want.thing.rpartition("__")
        verb = name.split("_")[0]
        return (
            Action(USE, f"{head}{joint}{UNSEEN}"),
            Action(USE, f"{head}{joint}{verb}_{UNSEEN}"),
            Action(USE, f"mcp__{UNSEEN}__{name}"),
        )
    return _paths(want)


def _paths(want: Want) -> Iterable[Action]:
    verb, how = _VERBS[want.kind]
    folder, _, name = want.thing.rpartition("/")
    ending = name[name.rfind(".") :] if "." in name[1:] else ""
    parent = folder.rpartition("/")[0]
    places = [f"{folder}/{UNSEEN}{ending}", f"{folder}/{UNSEEN}.{UNSEEN}", f"{folder}/{UNSEEN}/{UNSEEN}{ending}"]
    if parent:
        places.append(f"{parent}/{UNSEEN}/{UNSEEN}{ending}")
    places += [f"./{UNSEEN}{ending}", f"~/{UNSEEN}{ending}", f"/{UNSEEN}/{UNSEEN}{ending}"]
    return (Action(verb, place, how=how) for place in places)


def _commands(want: Want) -> Iterable[Action]:
    if not want.words:
        return
    program, operands, _ = split_command(want.words)
    lines = [(program, UNSEEN), (program, f"--{UNSEEN}"), (program, *operands[:1], UNSEEN), (UNSEEN, *operands[:1])]
    for words in dict.fromkeys(lines):
        yield Action(RUN, words[0], words=words)
