"""How a program's arguments are read: a small grammar of options and operands. Pure.

Options stand in `gateway.catalog.options`; `-o=write` there takes a value of a kind that means something here. Operands
are slots: `read*` any number, `text read*` one text and then files, `read* write` sources and a destination, `argv` a
command.
"""

from __future__ import annotations

from gateway.catalog.options import specification
from gateway.model.action import CONNECT, LIST, META, READ, TREE, UNKNOWN, WRITE
from gateway.model.record import Record
from gateway.shell.programs.unknown import looks_like_file
from gateway.shell.usage import START_ARGV, START_CODE, START_FILE, START_SHELL, Effect, Start
from gateway.shell.values import Value


class Parsed(Record):
    """An argument vector read by a specification.

    options   (canonical name, value or None) in order
    operands  what is left
    names     the names of all options given, as written
    """

    __slots__ = ("names", "operands", "options")

    def __init__(self, options: list[tuple[str, Value | None]], operands: list[Value], names: set[str]) -> None:
        self.options = options
        self.operands = operands
        self.names = names

    def has(self, *names: str) -> bool:
        """Whether one of the options is given."""
        return any(name in self.names for name in names)

    def values(self, *names: str) -> list[Value]:
        """Return the values of options, in order."""
        return [value for name, value in self.options if name in names and value is not None]

    def value(self, *names: str) -> Value | None:
        """Return the last value of options."""
        found = self.values(*names)
        return found[-1] if found else None


def parse_arguments(argv: tuple[Value, ...], options: str, *, posix: bool = False, words: bool = False) -> Parsed:
    """Read the arguments behind the program.

    posix  the first operand ends the options (programs that start another one)
    words  options are words after a single dash (`find -delete`)
    """
    known = specification(options)
    kinds, longs = known.kinds, known.longs
    parsed = Parsed([], [], set())
    rest = list(argv[1:])
    at = 0
    while at < len(rest):
        value = rest[at]
        text = value.text
        at += 1
        if text == "--":
            parsed.operands += rest[at:]
            break
        if len(text) < 2 or text[0] != "-" or (text[1] == UNKNOWN and len(text) == 2):
            parsed.operands.append(value)
            if posix:
                parsed.operands += rest[at:]
                break
        elif text.startswith("--") or words or (len(text) > 2 and text.partition("=")[0] in kinds):
            at = _long(parsed, value, kinds, longs, rest, at)
        else:
            at = _cluster(parsed, value, kinds, rest, at)
    return parsed


def _long(parsed: Parsed, value: Value, kinds: dict[str, str], longs: list[str], rest: list[Value], at: int) -> int:
    name, equals, text = value.text.partition("=")
    if name not in kinds and name.startswith("--") and len(name) > 3:
        fits = [long for long in longs if long.startswith(name)]
        name = fits[0] if len(set(fits)) == 1 else name
    parsed.names.add(name)
    if equals:
        glob = value.glob.partition("=")[2] if value.glob else ""
        parsed.options.append((name, Value(text, glob=glob, sources=value.sources, span=value.span)))
    elif name in kinds and not kinds[name].startswith("?") and at < len(rest):
        parsed.options.append((name, rest[at]))
        return at + 1
    else:
        parsed.options.append((name, None))
    return at


def _cluster(parsed: Parsed, value: Value, kinds: dict[str, str], rest: list[Value], at: int) -> int:
    text = value.text
    for position in range(1, len(text)):
        name = "-" + text[position]
        parsed.names.add(name)
        if name not in kinds:
            parsed.options.append((name, None))
            continue
        tail = text[position + 1 :]
        if tail or kinds[name].startswith("?"):
            parsed.options.append((name, Value(tail, sources=value.sources, span=value.span) if tail else None))
            return at
        if at < len(rest):
            parsed.options.append((name, rest[at]))
            return at + 1
        parsed.options.append((name, None))
        return at
    return at


def option_effects(parsed: Parsed, options: str, *names: str) -> tuple[list[Effect], list[Start]]:
    """Return what the values of options read, write, contact and start, by their kinds.

    names  the only options that mean that here, where the others belong to somebody else (the script that `npm run`
           starts)
    """
    kinds = specification(options).kinds
    effects: list[Effect] = []
    starts: list[Start] = []
    for name, value in parsed.options:
        kind = kinds.get(name, "").lstrip("?")
        if value is not None and kind and (not names or name in names):
            add_by_kind(kind, value, effects, starts)
    return effects, starts


def add_by_kind(kind: str, value: Value, effects: list[Effect], starts: list[Start], how: tuple[str, ...] = ()) -> None:
    """Add what one value means: the vocabulary of kinds, in one place."""
    if kind == "read" and "://" in value.text[:12] and not value.text.lower().startswith("file:"):
        effects.append(Effect(CONNECT, value))
    elif kind in FILES:
        verb, manner = FILES[kind]
        if value.text not in ("-", ""):
            effects.append(Effect(verb, value, (*manner, *how)))
    elif kind in _UNSURE:
        effects += _perhaps(kind, value)
    elif kind in _ADDRESSES:
        effects += _address(kind, value)
    elif kind == "shell" or kind == "command":
        starts.append(Start(START_SHELL, code=value))
    elif kind == "program":
        starts.append(Start(START_ARGV, argv=(value,)))
    elif kind.startswith("code:"):
        starts.append(Start(START_CODE, code=value, language=kind[5:]))
    elif kind.startswith("script:"):
        starts.append(Start(START_FILE, code=value, language=kind[7:]))


_UNSURE = ("maybe", "at", "edit", "picture")


def _perhaps(kind: str, value: Value) -> list[Effect]:
    """Return what a word is that may be more than one thing.

    `at` is a file behind `@`, `maybe` what looks like a file or an address, `edit` a file that is read and written,
    `picture` a file behind the name of its format (`text:FILE`, `caption:@FILE`).
    """
    text = value.text
    if kind == "edit":
        return [Effect(READ, value), Effect(WRITE, value)]
    if kind == "picture":
        scheme, colon, rest = text.partition(":")
        bare = (rest if colon and scheme.isalnum() and len(scheme) > 1 else text).removeprefix("@")
        return (
            [Effect(READ, value if bare == text else Value(bare, sources=value.sources, span=value.span))]
            if bare not in ("", "-")
            else []
        )
    if kind == "at":
        return (
            [Effect(READ, Value(text[1:], sources=value.sources, span=value.span))]
            if text.startswith("@") and text != "@-"
            else []
        )
    return [Effect(CONNECT, value)] if "://" in text else [Effect(READ, value)] if looks_like_file(text) else []


_ADDRESSES = ("host", "url", "site", "proxy")


def _address(kind: str, value: Value) -> list[Effect]:
    """Return the contact of an address: `host` and `site` always are one, a `url` has its scheme, a `proxy` may have
    what it is for.
    """
    text = value.text
    if kind == "site" and text.lower().startswith("file:"):
        return [Effect(READ, value)]
    if kind == "proxy" and text.count("://"):
        return [
            Effect(
                CONNECT,
                Value(
                    text.partition(":")[2] if not text.partition(":")[2].startswith("//") else text,
                    sources=value.sources,
                    span=value.span,
                ),
            )
        ]
    return [Effect(CONNECT, value)] if kind != "url" or "://" in text else []


FILES = {
    "read": (READ, ()),
    "write": (WRITE, ()),
    "meta": (READ, (META,)),
    "list": (READ, (LIST,)),
    "link": (READ, ("linked",)),
    "tree": (READ, (TREE,)),
    "create": (WRITE, ("create",)),
    "delete": (WRITE, ("delete",)),
    "deletetree": (WRITE, ("delete", TREE)),
    "change": (WRITE, (META,)),
    "archive": (READ, ()),
    "unpack": (WRITE, ("unpack",)),
    "over": (WRITE, ("moved",)),
}
"""Kinds of operands and option values that are files."""


def operand_effects(operands: list[Value], slots: str, how: tuple[str, ...] = ()) -> tuple[list[Effect], list[Start]]:
    """Return what operands are, by their slots; the slot with a star takes what the others leave."""
    effects: list[Effect] = []
    starts: list[Start] = []
    kinds = slots.split()
    star = next((index for index, kind in enumerate(kinds) if kind.endswith("*")), len(kinds))
    behind = len(kinds) - star - 1 if star < len(kinds) else 0
    for index, value in enumerate(operands):
        if index < star:
            kind = kinds[index]
        elif index >= len(operands) - behind and behind > 0:
            kind = kinds[star + 1 + index - (len(operands) - behind)]
        else:
            kind = kinds[star][:-1] if star < len(kinds) else "text"
        add_by_kind(kind, value, effects, starts, how if kind in FILES else ())
    return effects, starts
