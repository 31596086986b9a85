"""Consoles: programs that read commands of their own from standard input, and what those come to. Pure.

So one rule speaks of `psql -c 'DROP TABLE t'` and of `psql <<< 'DROP TABLE t'` alike.
"""

from __future__ import annotations

from gateway.model.action import CONNECT, READ, WRITE
from gateway.model.patch_text import named_files
from gateway.shell.programs.builders import shell_calls
from gateway.shell.usage import START_ARGV, START_SHELL, Effect, Start, Usage
from gateway.shell.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Words = tuple[str, ...]
    Reader = Callable[[str, Words, str], list["Usage"]]

MAX_LINES = 64
"""Most lines of one input that are looked at one by one."""


def typed(argv: tuple[Value, ...], text: str, *, given: bool) -> list[Usage]:
    """Return what a console does by what it is told through its standard input; nothing for other programs.

    given  it was given commands in another way, where its table can tell
    """
    name = argv[0].text.rpartition("/")[2] if argv else ""
    reader = _CONSOLES.get(name)
    if reader is None or not text.strip() or (given and name in _EITHER):
        return []
    return reader(name, tuple(value.text for value in argv[1:]), text.strip())


def _run(*words: str) -> Usage:
    return Usage(starts=(Start(START_ARGV, argv=tuple(map(Value, words))),))


def _option(option: str) -> Reader:
    return lambda name, _words, text: [_run(name, option, text)]


def _patch(name: str, words: Words, text: str) -> list[Usage]:
    applies = name == "patch" or "apply" in words or "am" in words
    return [Usage(effects=tuple(Effect(WRITE, Value(file)) for file in named_files(text)))] if applies else []


def _redis(name: str, _words: Words, text: str) -> list[Usage]:
    return [_run(name, *line.split()) for line in text.split("\n")[:MAX_LINES] if line.strip()]


def _sftp(_name: str, words: Words, text: str) -> list[Usage]:
    host = Effect(
        CONNECT,
        Value(
            next((word for word in reversed(words) if not word.startswith("-")), "")
            .partition(":")[0]
            .rpartition("@")[2]
        ),
    )
    return [usage for line in text.split("\n")[:MAX_LINES] for usage in _transferred(line.strip().lstrip("-@"), host)]


def _transferred(line: str, host: Effect) -> list[Usage]:
    """`put` sends files, `get` fetches one, `!` leaves for a shell of this machine."""
    if line.startswith("!"):
        return [Usage(starts=(Start(START_SHELL, code=Value(line[1:])),))]
    verb, *names = line.split() or [""]
    files = [Value(name.strip("\"'")) for name in names if not name.startswith("-")]
    if verb in ("put", "reput", "mput"):
        sent = files if verb == "mput" else files[:1]
        return [Usage(effects=(*(Effect(READ, file) for file in sent), host))]
    if verb in ("get", "reget", "mget"):
        return [Usage(effects=(host, Effect(WRITE, file))) for file in files[1:2]]
    return []


def _make(_name: str, _words: Words, text: str) -> list[Usage]:
    """A makefile: its recipes are lines of shell, and its functions run while it is read."""
    recipes = [line.strip().lstrip("@-+ ") for line in text.split("\n") if line.startswith("\t")]
    lines = [
        Usage(starts=(Start(START_SHELL, code=Value(line.replace("$$", "$"))),)) for line in recipes[:MAX_LINES] if line
    ]
    return [*(Usage(starts=(Start(START_SHELL, code=Value(code)),)) for code in shell_calls(text)), *lines]


_EITHER = frozenset(("psql", "mysql", "mariadb", "make", "gmake"))
"""Consoles that do not listen when they are given commands in another way."""

_CONSOLES: dict[str, Reader] = {
    "patch": _patch,
    "git": _patch,
    "psql": _option("-c"),
    "mysql": _option("-e"),
    "mariadb": _option("-e"),
    "sqlite3": _option(":memory:"),
    "sqlite": _option(":memory:"),
    "mongosh": _option("--eval"),
    "mongo": _option("--eval"),
    "redis-cli": _redis,
    "sftp": _sftp,
    "make": _make,
    "gmake": _make,
}
"""Program -> what it reads, and does."""
