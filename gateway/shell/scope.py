"""What a line knows while it runs: variables, functions, its folder, the files it wrote; and the streams between commands. Pure."""

from __future__ import annotations

from gateway.model.action import UNKNOWN
from gateway.model.record import Record
from gateway.shell.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from gateway.shell.tree import Function

ALWAYS_SET = frozenset(
    "HOME PATH PWD OLDPWD USER LOGNAME SHELL TERM LANG HOSTNAME UID EUID PPID SHLVL RANDOM SECONDS LINENO BASH BASH_VERSION BASHPID IFS OPTIND _"
    " HOSTTYPE MACHTYPE OSTYPE".split()
)
"""Variables that a shell has whether or not the line sets them."""


class Stream(Record):
    """What flows out of one command into the next.

    text     all of it, when that is known
    sources  where it came from, as `kind:detail` (see gateway.model.action)
    piped    there is such a stream at all, rather than the terminal
    """

    __slots__ = ("piped", "sources", "text")

    def __init__(self, text: str | None = None, sources: tuple[str, ...] = (), *, piped: bool = True) -> None:
        self.text = text
        self.sources = sources
        self.piped = piped


TERMINAL = Stream(piped=False)
SILENCE = Stream("")


def union(*groups: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sources of several things, each once, in order."""
    return tuple(dict.fromkeys(source for group in groups for source in group))


def joined(streams: list[Stream]) -> Stream:
    """Return what several commands print one after the other."""
    texts = [stream.text for stream in streams]
    text = None if any(one is None for one in texts) else "".join(one or "" for one in texts)
    return Stream(text, union(*(stream.sources for stream in streams)))


class Scope:
    """The state of a shell while it runs a line; a subshell gets a copy.

    variables   name -> its values (one, or those of an array); None when it is set to something unknown; absent when not set here
    moved       a `cd` was followed, or lost: relative paths are no longer relative to the call's own folder
    cwd         folder, absolute, or with UNKNOWN after a `cd` that could not be followed
    files       path -> stream that was written to it in this line
    """

    __slots__ = ("aliases", "cwd", "exported", "files", "functions", "home", "moved", "positional", "unset", "variables")

    def __init__(self, cwd: str, home: str, variables: Mapping[str, str] | None = None) -> None:
        self.cwd = cwd
        self.moved = False
        self.home = home
        self.variables: dict[str, tuple[Value, ...] | None] = {"HOME": (Value(home),), "IFS": (Value(" \t\n"),)}
        self.variables.update((name, (Value(text),)) for name, text in (variables or {}).items())
        self.functions: dict[str, Function] = {}
        self.aliases: dict[str, str] = {}
        self.exported: set[str] = set()
        self.unset: set[str] = set()
        self.positional: tuple[Value, ...] | None = None
        self.files: dict[str, Stream] = {}

    def copy(self) -> Scope:
        """Return the scope of a subshell: it sees all, and changes nothing out here but files."""
        other = Scope(self.cwd, self.home)
        other.moved = self.moved
        other.variables = dict(self.variables)
        other.functions = dict(self.functions)
        other.aliases = dict(self.aliases)
        other.exported = set(self.exported)
        other.unset = set(self.unset)
        other.positional = self.positional
        other.files = self.files
        return other

    def get(self, name: str) -> tuple[Value, ...] | None:
        """Return the values of a variable: () when it is not set, None when that cannot be known."""
        if name == "PWD":
            return (Value(self.cwd),)
        if name in self.variables:
            return self.variables[name]
        if name in self.unset:
            return ()
        return None

    def is_set_elsewhere(self, name: str) -> bool:
        """Whether a variable that the line does not set has a value all the same."""
        return name in ALWAYS_SET

    def put(self, name: str, values: tuple[Value, ...] | None) -> None:
        """Set a variable."""
        self.variables[name] = values
        self.unset.discard(name)

    def drop(self, name: str) -> None:
        """Unset a variable."""
        self.variables.pop(name, None)
        self.unset.add(name)


def merged(before: Scope, branches: list[Scope]) -> None:
    """Bring what differs between branches back as unknown: afterwards nobody can say which one ran."""
    names = {name for branch in branches for name in branch.variables}
    for name in names:
        found = {branch.variables.get(name, before.variables.get(name)) for branch in branches}
        if len(found) == 1:
            before.variables[name] = found.pop()
        else:
            known = [value for value in found if value]
            before.variables[name] = known[0] if len(known) == 1 and len(found) == 2 and None not in found else None
    folders = {branch.cwd for branch in branches}
    before.cwd = folders.pop() if len(folders) == 1 else UNKNOWN
    before.moved = any(branch.moved for branch in branches)
    for branch in branches:
        before.functions.update(branch.functions)
        before.aliases.update(branch.aliases)
        before.unset &= branch.unset
