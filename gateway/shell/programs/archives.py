"""tar, zip, 7z, gzip: what is packed, what is unpacked, and what their options run. Pure."""

from __future__ import annotations

from gateway.catalog.options import every
from gateway.model.action import DELETE, READ, TREE, UNKNOWN, WRITE
from gateway.shell.programs.grammar import operand_effects, option_effects, parse_arguments
from gateway.shell.usage import START_SHELL as SHELL
from gateway.shell.usage import STDIN_DATA, STDOUT_DATA, STDOUT_DECODED, STDOUT_NAMES, Effect, Start, Usage
from gateway.shell.values import Value

_TAR = every("tar")
_OLD_LETTERS = "cxtrudA"


def read_tar(argv: tuple[Value, ...]) -> Usage:
    """`tar`: packs trees, unpacks into a folder, and runs what its options name."""
    parsed = parse_arguments(_dashed(argv), _TAR)
    effects, starts = option_effects(parsed, _TAR)
    for action in parsed.values("--checkpoint-action"):
        kind, _, text = action.text.partition("=")
        if kind == "exec" or UNKNOWN in kind:
            starts.append(Start(SHELL, code=Value(text or UNKNOWN, sources=action.sources)))
    # it reads what is unpacked
    starts += [Start(SHELL, code=value, given=Value(UNKNOWN)) for value in parsed.values("--to-command")]
    archive = parsed.value("-f", "--file")
    packs = parsed.has("-c", "-r", "-u", "-A", "--create", "--append", "--update", "--concatenate")
    unpacks = parsed.has("-x", "--extract", "--get")
    stdin, stdout = "", STDOUT_NAMES
    if archive is not None and archive.text != "-":
        effects += _archive(archive, packs)
    else:
        stdin, stdout = ("", STDOUT_DATA) if packs else (STDIN_DATA, STDOUT_NAMES)
    folder = parsed.value("-C", "--directory")
    if packs:
        effects += [Effect(READ, _inside(folder, value), (TREE,)) for value in parsed.operands]
        if parsed.has("--remove-files"):
            effects += [Effect(WRITE, _inside(folder, value), (DELETE, TREE)) for value in parsed.operands]
    elif unpacks and parsed.has("-O", "--to-stdout"):
        stdout = STDOUT_DECODED
    elif unpacks:
        effects.append(Effect(WRITE, folder or Value("."), ("unpack",)))
    return Usage(effects=tuple(effects), starts=tuple(starts), stdin=stdin, stdout=stdout)


def _archive(archive: Value, packs: bool) -> list[Effect]:
    host, colon, _ = archive.text.partition(":")
    if colon and "/" not in host:
        return [Effect("connect", Value(host, sources=archive.sources, span=archive.span))]
    return [Effect(WRITE if packs else READ, archive)]


def _inside(folder: Value | None, value: Value) -> Value:
    if folder is None or value.text.startswith(("/", "~")):
        return value
    glob = f"{folder.text}/{value.glob}" if value.glob else ""
    return Value(f"{folder.text}/{value.text}", glob=glob, sources=value.sources, span=value.span)


def _dashed(argv: tuple[Value, ...]) -> tuple[Value, ...]:
    """Return arguments with the old first word of letters (`tar xzf a.tgz`) written as options."""
    if len(argv) < 2 or argv[1].text.startswith("-") or not any(char in argv[1].text for char in _OLD_LETTERS):
        return argv
    rest = list(argv[2:])
    out = [argv[0]]
    for letter in argv[1].text:
        out.append(Value("-" + letter))
        if letter in "fCTXIbNFVgKLH" and rest:
            out.append(rest.pop(0))
    return (*out, *rest)


_ZIP = every("zip")
_UNZIP = every("unzip")
_CPIO = every("cpio")


def read_zip(argv: tuple[Value, ...]) -> Usage:
    """`zip`: an archive and what goes into it; `-TT` runs a command."""
    parsed = parse_arguments(_joined(argv), _ZIP)
    effects, starts = option_effects(parsed, _ZIP)
    how = (TREE,) if parsed.has("-r", "-R", "--recurse-paths") else ()
    if parsed.operands:
        effects.append(Effect(WRITE, parsed.operands[0]))
        effects += [Effect(READ, value, how) for value in parsed.operands[1:] if value.text != "-"]
    if parsed.has("-m", "--move"):
        effects += [Effect(WRITE, value, (DELETE, *how)) for value in parsed.operands[1:]]
    return Usage(effects=tuple(effects), starts=tuple(starts), stdin=STDIN_DATA, stdout="")


def _joined(argv: tuple[Value, ...]) -> tuple[Value, ...]:
    """Return arguments with `-TT` written as the long option that it is short for."""
    return tuple(Value("--unzip-command", span=value.span) if value.text == "-TT" else value for value in argv)


def read_unzip(argv: tuple[Value, ...]) -> Usage:
    """`unzip`, `7z`, `rar`, `cpio`: an archive and the folder it is unpacked into."""
    name = argv[0].text.rpartition("/")[2]
    if name == "unzip":
        parsed = parse_arguments(argv, _UNZIP)
        effects, _ = operand_effects(parsed.operands, "read text*")
        if parsed.has("-p", "-c"):
            return Usage(effects=tuple(effects), stdout=STDOUT_DECODED)
        if not parsed.has("-l", "-t", "-z", "-Z", "-v"):
            effects.append(Effect(WRITE, parsed.value("-d") or Value("."), ("unpack",)))
        return Usage(effects=tuple(effects), stdout=STDOUT_NAMES)
    if name == "cpio":
        parsed = parse_arguments(argv, _CPIO)
        effects, starts = option_effects(parsed, _CPIO)
        if parsed.has("-i", "--extract"):
            effects.append(Effect(WRITE, parsed.value("-D", "--directory") or Value("."), ("unpack",)))
        if parsed.has("-p", "--pass-through") and parsed.operands:
            effects.append(Effect(WRITE, parsed.operands[0], ("unpack",)))
        return Usage(effects=tuple(effects), starts=tuple(starts), stdin=STDIN_DATA, stdout=STDOUT_DATA)
    return _seven(argv)


def _seven(argv: tuple[Value, ...]) -> Usage:
    """`7z` and `rar`: a letter, an archive, files; options are glued to their values."""
    operands = [value for value in argv[1:] if not value.text.startswith("-")]
    folders = [Value(value.text[2:]) for value in argv[1:] if value.text.startswith("-o") and len(value.text) > 2]
    # rar(1): a folder at the end is where it unpacks to
    folders += [value for value in operands[2:] if value.text.endswith(("/", "\\"))]
    if len(operands) < 2:
        return Usage(stdout="")
    letter, archive = operands[0].text, operands[1]
    if letter in ("a", "u", "m"):
        effects = [Effect(WRITE, archive), *(Effect(READ, value, (TREE,)) for value in operands[2:])]
    else:
        effects = [Effect(READ, archive)]
        if letter in ("x", "e"):
            effects.append(Effect(WRITE, folders[0] if folders else Value("."), ("unpack",)))
    to_stdout = any(value.text == "-so" for value in argv)
    return Usage(effects=tuple(effects), stdin=STDIN_DATA, stdout=STDOUT_DECODED if to_stdout else STDOUT_NAMES)


_GZIP = every("gzip")


def read_gzip(argv: tuple[Value, ...]) -> Usage:
    """`gzip` and its like: replace NAME by NAME.gz, or the other way; with `-c`, or without a file, they filter."""
    name = argv[0].text.rpartition("/")[2]
    parsed = parse_arguments(argv, _GZIP)
    effects, _ = option_effects(parsed, _GZIP)
    unpacks = (
        name.startswith("un")
        or name == "gunzip"
        or name == "bunzip2"
        or parsed.has("-d", "--decompress", "--uncompress")
    )
    files = [value for value in parsed.operands if value.text != "-"]
    how = (TREE,) if parsed.has("-r", "--recursive") else ()
    effects += [Effect(READ, value, how) for value in files]
    if parsed.has("-l", "--list", "-t", "--test"):
        return Usage(effects=tuple(effects), stdout="")
    if not parsed.has("-c", "--stdout", "--to-stdout"):
        for value in files:
            text = (
                value.text.rpartition(".")[0]
                if unpacks and "." in value.text.rpartition("/")[2]
                else value.text + _suffix(name)
            )
            effects.append(Effect(WRITE, Value(text, sources=value.sources, span=value.span), how))
        # those two keep what they were given
        if not parsed.has("-k", "--keep") and not name.startswith(("zstd", "unzstd", "lz4")):
            effects += [Effect(WRITE, value, (DELETE, *how)) for value in files]
    return Usage(
        effects=tuple(effects), stdin="" if files else STDIN_DATA, stdout=STDOUT_DECODED if unpacks else STDOUT_DATA
    )


def _suffix(name: str) -> str:
    return {
        "gzip": ".gz",
        "pigz": ".gz",
        "bzip2": ".bz2",
        "xz": ".xz",
        "lzma": ".lzma",
        "zstd": ".zst",
        "lz4": ".lz4",
    }.get(name, ".Z")
