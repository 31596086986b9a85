"""cp, mv, ln, install, rm, dd, mktemp: where their bytes come from, where they go, and what goes away. Pure."""

from __future__ import annotations

from gateway.catalog.options import every
from gateway.model.action import CREATE, DELETE, READ, TREE, UNKNOWN, WRITE
from gateway.shell.programs.grammar import Parsed, parse_arguments
from gateway.shell.usage import STDIN_DATA, STDIN_STORED, STDOUT_DATA, STDOUT_KNOWN, Effect, Usage
from gateway.shell.values import Value

_COPY, _LINK, _INSTALL, _REMOVE, _MKTEMP = every("cp"), every("ln"), every("install"), every("rm"), every("mktemp")
_RECURSIVE = ("-r", "-R", "-a", "--recursive", "--archive")


def _sources_and_target(parsed: Parsed) -> tuple[list[Value], Value | None, bool]:
    """Return (sources, destination, whether it is known to be a folder)."""
    folder = parsed.value("-t", "--target-directory")
    if folder is not None:
        return parsed.operands, folder, True
    if len(parsed.operands) < 2:
        return parsed.operands, None, False
    target = parsed.operands[-1]
    name = target.text.rstrip("/").rpartition("/")[2]
    known = len(parsed.operands) > 2 or target.text.endswith("/") or name in (".", "..", "~", "")
    return parsed.operands[:-1], target, known and not parsed.has("-T", "--no-target-directory")


def written(sources: list[Value], target: Value, is_folder: bool, how: tuple[str, ...]) -> list[Effect]:
    """Return the writes to a destination: to it, and to what the sources are called below it if it is or may be a
    folder.
    """
    plain = "." not in target.text.rstrip("/").rpartition("/")[2].lstrip(".")
    effects = [] if is_folder else [Effect(WRITE, target, how)]
    if (is_folder or plain) and UNKNOWN not in target.text:
        for source in sources:
            name = source.text.rstrip("/").rpartition("/")[2]
            if name and name not in (".", "..") and not source.glob and UNKNOWN not in name:
                effects.append(Effect(WRITE, _below(target, name), how))
            elif is_folder:
                effects.append(Effect(WRITE, target, (*how, TREE) if TREE not in how else how))
    elif is_folder:
        effects.append(Effect(WRITE, target, how))
    return effects


def _below(folder: Value, name: str) -> Value:
    return Value(folder.text.rstrip("/") + "/" + name, sources=folder.sources, span=folder.span)


def read_copy(argv: tuple[Value, ...]) -> Usage:
    """`cp`."""
    parsed = parse_arguments(argv, _COPY)
    sources, target, is_folder = _sources_and_target(parsed)
    how = (TREE,) if parsed.has(*_RECURSIVE) else ()
    linked = ("linked",) if parsed.has("-l", "--link") else ()
    effects = [Effect(READ, source, (*how, *linked)) for source in sources]
    if target is not None:
        laid = (CREATE,) if parsed.has("-s", "--symbolic-link") else ()
        effects += written(sources, target, is_folder, (*how, *laid))
    return Usage(
        effects=tuple(effects),
        stdin=STDIN_DATA if any(value.text in ("/dev/stdin", "-") for value in sources) else "",
        stdout="",
    )


def read_move(argv: tuple[Value, ...]) -> Usage:
    """`mv`: the sources go away and come to be elsewhere, with all that lies below them."""
    parsed = parse_arguments(argv, _COPY)
    sources, target, is_folder = _sources_and_target(parsed)
    effects = [Effect(READ, source, (TREE,)) for source in sources]
    effects += [Effect(WRITE, source, (DELETE, "moved")) for source in sources]
    if target is not None:
        effects += written(sources, target, is_folder, ())
    return Usage(effects=tuple(effects), stdout="")


def read_link(argv: tuple[Value, ...]) -> Usage:
    """`ln`: another name for a file; who may read the name reads the file."""
    parsed = parse_arguments(argv, _LINK)
    sources, target, is_folder = _sources_and_target(parsed)
    # who writes to a hard link writes to the file
    how = (TREE,) if parsed.has("-s", "--symbolic") else (TREE, "linked")
    effects = [Effect(READ, source, how) for source in sources]
    if target is None and sources:
        name = sources[0].text.rstrip("/").rpartition("/")[2]
        target = Value(name or UNKNOWN)
    if target is not None:
        effects += written(sources, target, is_folder, (CREATE,))
    return Usage(effects=tuple(effects), stdout="")


def read_install(argv: tuple[Value, ...]) -> Usage:
    """`install`: copies with a mode; `-d` makes folders."""
    parsed = parse_arguments(argv, _INSTALL)
    if parsed.has("-d", "--directory"):
        return Usage(effects=tuple(Effect(WRITE, value, (CREATE,)) for value in parsed.operands), stdout="")
    sources, target, is_folder = _sources_and_target(parsed)
    effects = [Effect(READ, source) for source in sources]
    if target is not None:
        effects += written(sources, target, is_folder, ())
    return Usage(effects=tuple(effects), stdout="")


def read_remove(argv: tuple[Value, ...]) -> Usage:
    """`rm`."""
    parsed = parse_arguments(argv, _REMOVE)
    how = (DELETE, TREE) if parsed.has("-r", "-R", "--recursive") else (DELETE,)
    return Usage(effects=tuple(Effect(WRITE, value, how) for value in parsed.operands), stdout="")


def read_dd(argv: tuple[Value, ...]) -> Usage:
    """`dd`: `if=` and `of=`."""
    effects: list[Effect] = []
    given: set[str] = set()
    for value in argv[1:]:
        name, equals, text = value.text.partition("=")
        if equals and name in ("if", "of") and text:
            given.add(name)
            effects.append(Effect(READ if name == "if" else WRITE, Value(text, sources=value.sources, span=value.span)))
    stdin = "" if "if" in given else STDIN_STORED if "of" in given else STDIN_DATA
    return Usage(effects=tuple(effects), stdin=stdin, stdout="" if "of" in given else STDOUT_DATA)


def read_mktemp(argv: tuple[Value, ...]) -> Usage:
    """`mktemp`: a new file below the folder for temporary ones."""
    parsed = parse_arguments(argv, _MKTEMP)
    folder = parsed.value("-p", "--tmpdir")
    template = parsed.operands[0].text if parsed.operands else ""
    name = template.rstrip("X") + UNKNOWN if template else "tmp." + UNKNOWN
    root = folder.text if folder is not None else "/tmp"  # noqa: S108 - the folder that mktemp uses
    path = name if template and folder is None and not parsed.has("-t", "--tmpdir") else f"{root}/{name}"
    made = Value(path)
    return Usage(effects=(Effect(WRITE, made, (CREATE,)),) if template else (), stdout=STDOUT_KNOWN, output=made)
