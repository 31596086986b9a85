"""Programs that lay whole trees down somewhere: unpackers with words of their own, mirrors, patches, cmake's small
commands. Pure.
"""

from __future__ import annotations

from gateway.catalog.options import every
from gateway.model.action import CREATE, READ, TREE, WRITE
from gateway.shell.programs.grammar import option_effects, parse_arguments
from gateway.shell.usage import (
    START_ARGV,
    START_FILE,
    STDIN_DATA,
    STDIN_SENT,
    STDOUT_DATA,
    STDOUT_NAMES,
    STDOUT_NETWORK,
    Effect,
    Start,
    Usage,
)
from gateway.shell.values import Value

_UNPACK = ("unpack",)
_FOLDER_OPTIONS = {
    "unar": ("-o", "--output-directory", "-output-directory"),
    "cabextract": ("-d", "--directory"),
    "unsquashfs": ("-d", "-dest"),
    "jar": ("-C", "--dir"),
}
_HERE = Value(".")


def read_unpacker(argv: tuple[Value, ...]) -> Usage:
    """`unar`, `cabextract`, `unsquashfs`, `jar`: an archive, and the folder that an option names, or the working
    folder.
    """
    name = argv[0].text.rpartition("/")[2]
    options = _FOLDER_OPTIONS[name]
    words = list(argv[1:])
    folder, rest = None, []
    at = 0
    while at < len(words):
        text = words[at].text
        glued, equals, value = text.partition("=")
        if text in options and at + 1 < len(words):
            folder, at = words[at + 1], at + 1
        elif equals and glued in options:
            folder = Value(value, sources=words[at].sources, span=words[at].span)
        elif not text.startswith("-"):
            rest.append(words[at])
        at += 1
    if name == "jar":
        return _jar(words, rest, folder)
    if any(value.text in ("-l", "--list", "-ll", "-t", "--test", "-s", "-stat") for value in words):
        return Usage(effects=tuple(Effect(READ, value) for value in rest), stdout=STDOUT_NAMES)
    target = folder or (Value("squashfs-root") if name == "unsquashfs" else _HERE)
    return Usage(
        effects=(*(Effect(READ, value) for value in rest[:1]), Effect(WRITE, target, _UNPACK)), stdout=STDOUT_NAMES
    )


def _jar(words: list[Value], rest: list[Value], folder: Value | None) -> Usage:
    """`jar xf A`, `jar -xf A`, `jar --extract --file A`; `c` and `u` write the archive."""
    letters = words[0].text if words else ""
    extracts = "--extract" in [value.text for value in words] or (not letters.startswith("--") and "x" in letters)
    files = [value for value in rest if value.text != letters]
    if extracts:
        return Usage(
            effects=(*(Effect(READ, value) for value in files[:1]), Effect(WRITE, folder or _HERE, _UNPACK)),
            stdout=STDOUT_NAMES,
        )
    writes = (
        "--create" in [value.text for value in words]
        or "--update" in [value.text for value in words]
        or letters.lstrip("-")[:1] in ("c", "u")
    )
    made = [Effect(WRITE if writes else READ, value) for value in files[:1]]
    return Usage(effects=(*made, *(Effect(READ, value, (TREE,)) for value in files[1:])), stdout=STDOUT_NAMES)


def read_pax(argv: tuple[Value, ...]) -> Usage:
    """`pax`: with `-r` it unpacks, with `-w` it packs, with both it copies into its last operand."""
    parsed = parse_arguments(argv, every("pax"))
    reads, writes = parsed.has("-r"), parsed.has("-w")
    archive = parsed.value("-f")
    effects = [Effect(WRITE if writes and not reads else READ, archive)] if archive is not None else []
    if reads and writes:
        effects += [Effect(READ, value, (TREE,)) for value in parsed.operands[:-1]] + [
            Effect(WRITE, value, _UNPACK) for value in parsed.operands[-1:]
        ]
    elif reads:
        named = [
            Value(text.split(text[0])[2])
            for text in (value.text for value in parsed.values("-s"))
            if len(text) > 1 and text.count(text[0]) > 1
        ]
        effects += [Effect(WRITE, value, _UNPACK) for value in [_HERE, *(item for item in named if "/" in item.text)]]
    elif writes:
        effects += [Effect(READ, value, (TREE,)) for value in parsed.operands]
    return Usage(effects=tuple(effects), stdin=STDIN_DATA, stdout=STDOUT_DATA)


def read_ditto(argv: tuple[Value, ...]) -> Usage:
    """`ditto`: copies what is in the sources into the last operand; with `-x` it unpacks there."""
    parsed = parse_arguments(argv, every("ditto"))
    sources, target = parsed.operands[:-1], parsed.operands[-1:]
    effects = [Effect(READ, value, (TREE,)) for value in sources]
    return Usage(effects=(*effects, *(Effect(WRITE, value, (TREE, *_UNPACK)) for value in target)), stdout="")


def read_ar(argv: tuple[Value, ...]) -> Usage:
    """`ar`: with `x` it unpacks into the working folder, or into that of `--output`."""
    parsed = parse_arguments(argv, every("ar"))
    operands = parsed.operands
    letters = operands[0].text if operands else ""
    if letters.startswith("x"):
        return Usage(
            effects=(
                *(Effect(READ, value) for value in operands[1:2]),
                Effect(WRITE, parsed.value("--output") or _HERE, _UNPACK),
            )
        )
    reads = letters[:1] in ("t", "p")
    effects = [Effect(READ if reads else WRITE, value) for value in operands[1:2]] + [
        Effect(READ, value) for value in operands[2:]
    ]
    return Usage(effects=tuple(effects), stdout=STDOUT_NAMES)


def read_rclone(argv: tuple[Value, ...]) -> Usage:
    """`rclone`: what a command copies, moves or mirrors onto this disk; a remote has a colon in its name."""
    options = every("rclone")
    parsed = parse_arguments(argv, options)
    effects, _ = option_effects(parsed, options)
    verb, files = (parsed.operands[0].text, parsed.operands[1:]) if parsed.operands else ("", [])
    local = [value for value in files if ":" not in value.text.partition("/")[0]]
    fills = verb in ("copy", "sync", "move", "bisync", "copyto", "moveto", "copyurl")
    last = files[-1] if fills and len(files) > 1 else None
    effects += [Effect(WRITE, value, _UNPACK) if value is last else Effect(READ, value, (TREE,)) for value in local]
    return Usage(effects=tuple(effects), stdin=STDIN_DATA, stdout=STDOUT_NETWORK)


def read_patch(argv: tuple[Value, ...]) -> Usage:
    """`patch`: the file it is given and the patch, which names the files where none is given."""
    options = every("patch")
    parsed = parse_arguments(argv, options)
    effects, _ = option_effects(parsed, options)
    patches = [*parsed.operands[1:2], *parsed.values("-i", "--input")]
    effects = [effect for effect in effects if effect.verb != READ] + [
        Effect(WRITE, value) for value in parsed.operands[:1]
    ]
    starts = tuple(Start(START_FILE, code=value, language="patch") for value in patches)
    return Usage(effects=tuple(effects), starts=starts, stdin=STDIN_SENT)


_CMAKE = {
    "copy": ("cp",),
    "copy_if_different": ("cp",),
    "copy_if_newer": ("cp",),
    "copy_directory": ("cp", "-r", "-T"),
    "copy_directory_if_different": ("cp", "-r", "-T"),
    "rename": ("mv",),
    "remove": ("rm",),
    "remove_directory": ("rm", "-r"),
    "rm": ("rm",),
    "create_symlink": ("ln", "-s"),
    "create_hardlink": ("ln",),
    "tar": ("tar",),
    "make_directory": ("mkdir", "-p"),
    "touch": ("touch",),
    "cat": ("cat",),
    "env": ("env",),
    "time": (),
}
"""Commands of `cmake -E` (cmake(1), "Run a Command-Line Tool") -> the program that does the same."""


def cmake_tool(argv: tuple[Value, ...]) -> tuple[Start, ...]:
    """Return what `cmake -E COMMAND …` comes to."""
    at = next((index for index, value in enumerate(argv) if value.text == "-E"), len(argv))
    known = _CMAKE.get(argv[at + 1].text) if at + 1 < len(argv) else None
    words = (*(Value(word) for word in known or ()), *argv[at + 2 :])
    return (Start(START_ARGV, argv=words),) if known is not None and words else ()


def read_python_archive(operands: list[Value]) -> tuple[Effect, ...]:
    """Return what `python -m tarfile` and `python -m zipfile` do: `-e ARCHIVE [FOLDER]` unpacks, `-c ARCHIVE FILE…`
    packs.
    """
    flags = {value.text for value in operands if value.text.startswith("-")}
    files = [value for value in operands if not value.text.startswith("-")]
    if flags & {"-e", "--extract"} or any(flag.startswith("--e") for flag in flags):
        return (
            *(Effect(READ, value) for value in files[:1]),
            Effect(WRITE, files[1] if len(files) > 1 else _HERE, _UNPACK),
        )
    if flags & {"-c", "--create"} or any(flag.startswith("--c") for flag in flags):
        return (
            *(Effect(WRITE, value, (CREATE,)) for value in files[:1]),
            *(Effect(READ, value, (TREE,)) for value in files[1:]),
        )
    return tuple(Effect(READ, value) for value in files)
