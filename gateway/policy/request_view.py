"""Sight: one call prepared for judgement, each path, command and host worked out once for all layers. Pure."""

from __future__ import annotations

from gateway.model.action import DELETE, GLOB, LIST, META, SEARCH, TREE, UNKNOWN, Action
from gateway.model.globs import GLOBSTAR, STAR, compile_pattern
from gateway.model.later import Later
from gateway.model.paths import absolute, joined, normal
from gateway.policy.pathset import PROBE, Place
from gateway.policy.sensitive import SECRET_LABELS, labels

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.call import ToolCall
    from gateway.model.facts import Facts
    from gateway.model.globs import Atom, Pattern, Segment

    Labels = list[tuple[str, dict[str, object], dict[str, object]]]
    from gateway.policy import command_prefix, hosts
    from gateway.policy.command_prefix import Command
    from gateway.policy.hosts import Host
else:
    hosts = Later("gateway.policy.hosts")
    command_prefix = Later("gateway.policy.command_prefix")


class Spot:
    """One path an action touches: as asked and as real, with what may be said of it.

    named    asked for by name or by a glob, not merely found inside a tree
    pattern  for the spot that stands for a whole glob (its path is a witness): the glob as a compiled absolute pattern
    known    for such a spot: all that the glob matches now has spots of its own
    """

    __slots__ = ("asked", "known", "named", "pattern", "real")

    def __init__(
        self, asked: Place, real: Place, *, named: bool = True, pattern: Pattern | None = None, known: bool = False
    ) -> None:
        self.asked = asked
        self.real = real
        self.named = named
        self.pattern = pattern
        self.known = known


class Sight:
    """A call and its facts, with everything that several rules ask for worked out at most once."""

    __slots__ = ("_commands", "_hosts", "_known", "_labels", "_places", "_spots", "actions", "call", "facts")

    def __init__(self, call: ToolCall, facts: Facts, known_labels: Labels) -> None:
        self.call = call
        self.facts = facts
        self._known = known_labels
        self.actions = call.actions
        self._places: dict[str, Place] = {}
        self._spots: dict[int, list[Spot]] = {}
        self._commands: dict[int, Command] = {}
        self._hosts: dict[int, Host] = {}
        self._labels: dict[str, tuple[str, ...]] = {}

    def place(self, path: str) -> Place:
        """Return the place of an absolute path."""
        place = self._places.get(path)
        if place is None:
            facts = self.facts
            shown = path.lower() if facts.folded else path
            project = facts.project.lower() if facts.folded else facts.project
            home = facts.home.lower() if facts.folded else facts.home
            place = self._places[path] = Place(shown, project=project, home=home)
        return place

    def path(self, action: Action) -> str:
        """Return the absolute path that an action's target names; UNKNOWN inside where it cannot be known."""
        return asked_path(action, self.call.cwd, self.facts.home)

    def real(self, path: str) -> str:
        """Return the path with symlinks followed, as observed."""
        return self.facts.real.get(path, path)

    def command(self, index: int) -> Command:
        """Return the words of a RUN action, prepared for matching."""
        command = self._commands.get(index)
        if command is None:
            command = self._commands[index] = command_prefix.Command(
                self.actions[index].words or (self.actions[index].target,)
            )
        return command

    def real_command(self, index: int) -> Command | None:
        """Return the same command under the name its program's file really has, or None when that is the same name."""
        words = self.actions[index].words or (self.actions[index].target,)
        if "/" not in words[0] or UNKNOWN in words[0]:
            return None
        path = absolute(words[0], self.actions[index].base or self.call.cwd, self.facts.home)
        real = self.real(path)
        return command_prefix.Command((real, *words[1:])) if real != path else None

    def host(self, index: int) -> Host:
        """Return the canonical host of a CONNECT action."""
        host = self._hosts.get(index)
        if host is None:
            host = self._hosts[index] = hosts.canonical(self.actions[index].target)
        return host

    def labels(self, path: str) -> tuple[str, ...]:
        """Return the sensitive labels of an absolute path, as asked or as real."""
        found = self._labels.get(path)
        if found is None:
            found = labels(self._known, self.place(path))
            real = self.real(path)
            if real != path:
                found += tuple(label for label in labels(self._known, self.place(real)) if label not in found)
            self._labels[path] = found
        return found

    def is_secret(self, path: str) -> bool:
        """Whether the content of a file is taken for a secret."""
        return any(label in SECRET_LABELS for label in self.labels(path))

    def spots(self, index: int) -> list[Spot]:
        """Return every path a READ or WRITE action touches."""
        spot = self._spots.get(index)
        if spot is None:
            spot = self._spots[index] = self._find_spots(self.actions[index])
        return spot

    def _find_spots(self, action: Action) -> list[Spot]:
        path = self.path(action)
        if GLOB in action.how:
            return self._glob_spots(path)
        raw = raw_path(action, self.call.cwd, self.facts.home)
        spots = [Spot(self.place(path), self.place(self.facts.real.get(raw) or self.real(path)))]
        if TREE in action.how or SEARCH in action.how or action.carries:
            hits, _ = self.facts.trees.get(path, ((), True))
            spots += [self._spot(hit, named=False) for hit in hits]
        return spots

    def _spot(self, path: str, *, named: bool = True) -> Spot:
        return Spot(self.place(path), self.place(self.real(path)), named=named)

    def _glob_spots(self, pattern: str) -> list[Spot]:
        matches, complete = self.facts.globs.get(pattern, ((), False))
        compiled = compile_pattern(pattern.lower() if self.facts.folded else pattern)
        witness = self.place(witness_of(compiled))
        return [*(self._spot(match) for match in matches), Spot(witness, witness, pattern=compiled, known=complete)]


def asked_path(action: Action, cwd: str, home: str) -> str:
    """Return an action's target as an absolute normal path, from the folder it is relative to."""
    return normal(raw_path(action, cwd, home))


def raw_path(action: Action, cwd: str, home: str) -> str:
    """Return an action's target as an absolute path with its `..` still in it."""
    base = action.base or cwd
    return joined(action.target, base if base.startswith("/") else joined(base, cwd, home), home)


def witness_of(pattern: Pattern) -> str:
    """Return a path the pattern matches, made of names that nobody gives a file wherever it leaves a choice."""
    return "/" + "/".join(_witness_name(segment) for segment in pattern)


def _witness_name(segment: Segment) -> str:
    if isinstance(segment, str):
        return segment
    if isinstance(segment, int):
        return PROBE
    return "".join(_witness_char(atom) for atom in segment)


def _witness_char(atom: Atom) -> str:
    if isinstance(atom, str):
        return atom
    if isinstance(atom, int) or atom[1] or not atom[2]:
        return PROBE
    return atom[2][0][0]


def unknown_patterns(path: str) -> tuple[Pattern, ...]:
    """Return patterns for every path that a path with UNKNOWN parts could turn out to be (with and without further
    slashes).
    """
    flat: list[Segment] = []
    deep: list[Segment] = []
    for part in path.split("/"):
        if UNKNOWN not in part:
            if part:
                flat.append(part)
                deep.append(part)
            continue
        head, _, rest = part.partition(UNKNOWN)
        tail = rest.rpartition(UNKNOWN)[2]
        flat.append(tuple(atom for atom in (head, STAR, tail) if atom != ""))
        deep += [(head, STAR)] if head else []
        deep.append(GLOBSTAR)
        deep += [(STAR, tail)] if tail else []
    return tuple(flat), tuple(deep)


def subject(action: Action) -> str:
    """Return what an action does, for a sentence: "reading `.env`"."""
    shown = action.target.replace(UNKNOWN, "…")[:200]
    if action.verb == "read":
        word = "listing" if LIST in action.how else "looking at" if META in action.how else "reading"
    elif action.verb == "write":
        word = "deleting" if DELETE in action.how else "writing"
    elif action.verb == "run":
        shown = " ".join(action.words or (action.target,)).replace(UNKNOWN, "…")[:200]
        word = "running"
    else:
        word = {"connect": "connecting to", "use": "calling"}.get(action.verb, action.verb)
    return f"{word} `{shown}`"
