"""What a line knows while it runs: variables, functions, its folder, the files it wrote; and the streams between
commands. Pure.
"""

from __future__ import annotations

from gateway.model.action import UNKNOWN
from gateway.model.record import Record
from gateway.shell.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from gateway.shell.syntax.ast import Function

    Variable = tuple[bool, tuple[Value, ...] | None, bool]

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
    names    the text is a pattern that stands for the names it matches, as in the variable of `for f in *.log`
    """

    __slots__ = ("names", "piped", "sources", "text")

    def __init__(
        self, text: str | None = None, sources: tuple[str, ...] = (), *, piped: bool = True, names: bool = False
    ) -> None:
        self.names = names
        self.text = text
        self.sources = sources
        self.piped = piped


_INHERITED = ("HOME", "PWD", "PATH")

TERMINAL = Stream(piped=False)
SILENCE = Stream("")


def union(*groups: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sources of several things, each once, in order."""
    return tuple(dict.fromkeys(source for group in groups for source in group))


def joined(streams: list[Stream]) -> Stream:
    """Return what several commands print one after the other."""
    texts = [stream.text for stream in streams]
    text = None if any(text is None for text in texts) else "".join(text or "" for text in texts)
    return Stream(text, union(*(stream.sources for stream in streams)))


class Scope:
    """The state of a shell while it runs a line; a subshell gets a copy.

    variables   name -> its values (one, or those of an array); None when it is set to something unknown; absent when
                not set here
    functions   name -> every definition it may have; None among them when it may as well be a program
    zero        `$0`, or None when it cannot be known
    locals      what to restore when the function that is walked ends, or None outside of functions
    references  name -> the variable that a `declare -n` made it stand for
    log         names that commands of an `&&` list have set, or None outside of one
    hashed      name -> the program that `hash -p` made it run
    moved       a `cd` was followed, or lost: relative paths are no longer relative to the call's own folder
    cwd         folder, absolute, or with UNKNOWN after a `cd` that could not be followed
    files       path -> stream that was written to it in this line
    """

    __slots__ = (
        "aliases",
        "cwd",
        "exported",
        "files",
        "functions",
        "hashed",
        "home",
        "locals",
        "log",
        "moved",
        "positional",
        "references",
        "unset",
        "variables",
        "zero",
    )

    def __init__(self, cwd: str, home: str, variables: Mapping[str, str] | None = None) -> None:
        self.cwd = cwd
        self.moved = False
        self.home = home
        self.variables: dict[str, tuple[Value, ...] | None] = {"HOME": (Value(home),), "IFS": (Value(" \t\n"),)}
        self.variables.update((name, (Value(text),)) for name, text in (variables or {}).items())
        self.functions: dict[str, tuple[Function | None, ...]] = {}
        self.hashed: dict[str, Value] = {}
        self.references: dict[str, str] = {}
        self.locals: dict[str, tuple[Value, ...] | None] | None = None
        self.log: set[str] | None = None
        self.zero: Value | None = Value("bash")
        self.aliases: dict[str, str] = {}
        self.exported: set[str] = set(variables or ())
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
        other.hashed = self.hashed
        other.references = self.references
        other.locals = self.locals
        other.zero = self.zero
        other.unset = set(self.unset)
        other.positional = self.positional
        other.files = self.files
        return other

    def child(self) -> Scope:
        """Return the scope of a shell that is started as a program: it knows what was exported, and nothing else for
        sure.
        """
        other = self.copy()
        other.aliases = {}
        other.hashed = {}
        other.references = {}
        other.locals = None
        kept = (*_INHERITED, *self.exported)
        other.variables = {name: values if name in kept else None for name, values in self.variables.items()}
        other.variables["IFS"] = (Value(" \t\n"),)
        other.functions = {
            name: (*function, None) for name, function in self.functions.items() if f"{name}()" in self.exported
        }
        other.positional = None
        other.zero = None
        return other

    def get(self, name: str) -> tuple[Value, ...] | None:
        """Return the values of a variable: () when it is not set, None when that cannot be known."""
        if name == "PWD":
            return (Value(self.cwd),)
        name = self.references.get(name, name)
        if name in self.variables:
            return self.variables[name]
        if name in self.unset:
            return ()
        return None

    def splits_plainly(self) -> bool:
        """Whether words are split at blanks, as they are unless IFS was set."""
        known = self.variables.get("IFS")
        return bool(known) and known[0].text == " \t\n"  # type: ignore[index]

    def is_set_elsewhere(self, name: str) -> bool:
        """Whether a variable that the line does not set has a value all the same."""
        return name in ALWAYS_SET

    def put(self, name: str, values: tuple[Value, ...] | None) -> None:
        """Set a variable."""
        name = self.references.get(name, name)
        self.variables[name] = values
        if self.log is not None:
            self.log.add(name)
        if "*" in self.exported:
            self.exported.add(name)
        if name == "HOME":
            self.home = values[0].text if values else UNKNOWN
        self.unset.discard(name)

    def drop(self, name: str) -> None:
        """Unset a variable."""
        self.variables.pop(name, None)
        self.unset.add(name)
        if self.log is not None:
            self.log.add(name)

    def define(self, function: Function) -> None:
        """Define a function; one that may not be reached leaves what the name stood for."""
        before = self.functions.get(function.name, (None,)) if self.log is not None else ()
        self.functions[function.name] = (function, *before)

    def forget_logged(self) -> None:
        """Make unknown what the commands of a list have set."""
        for name in self.log or ():
            self.variables[name] = None
            self.unset.discard(name)

    def variable(self, name: str) -> Variable:
        """Return all that is known of a variable, for `restore`."""
        return name in self.variables, self.variables.get(name), name in self.exported

    def restore(self, name: str, before: Variable) -> None:
        """Set a variable back to what it was."""
        known, values, exported = before
        if known:
            self.variables[name] = values
        else:
            self.variables.pop(name, None)
        if name == "HOME":
            self.home = values[0].text if values else UNKNOWN
        if not exported:
            self.exported.discard(name)

    def forget(self, before: Scope) -> None:
        """Make unknown what has changed since `before`: nobody can say how far the commands in between went."""
        for name, values in self.variables.items():
            if before.variables.get(name) != values:
                self.variables[name] = None


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
        before.aliases.update(branch.aliases)
        before.hashed.update(branch.hashed)
        before.unset &= branch.unset
    for name in {name for branch in branches for name in branch.functions}:
        found_here = [function for branch in branches for function in branch.functions.get(name, (None,))]
        before.functions[name] = tuple(dict.fromkeys(found_here))
