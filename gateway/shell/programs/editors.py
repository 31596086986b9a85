"""Programs given a pattern, a script or editor commands before their files: grep, sed, awk, less, man, vim. Pure."""

from __future__ import annotations

from gateway.catalog.options import every
from gateway.model.action import READ, SEARCH, TREE, WRITE
from gateway.shell.programs.grammar import Parsed, operand_effects, option_effects, parse_arguments
from gateway.shell.usage import (
    START_CODE,
    START_FILE,
    START_SHELL,
    STDIN_CODE,
    STDIN_DATA,
    STDOUT_DATA,
    Effect,
    Start,
    Usage,
)
from gateway.shell.values import Value

_GREP = every("grep")
_RIPGREP = every("rg")
_SEARCHES = ("rg", "ag", "ack", "ripgrep")


def pattern_first(argv: tuple[Value, ...]) -> Usage:
    """`grep`, `rg`: a pattern unless an option gave it, then files or trees."""
    search = argv[0].text.rpartition("/")[2] in _SEARCHES
    options = _RIPGREP if search else _GREP
    parsed = parse_arguments(argv, options)
    effects, starts = option_effects(parsed, options)
    given = parsed.has("-e", "-f", "--regexp", "--file") or (search and parsed.has("--files", "--type-list"))
    recursive = search or parsed.has("-r", "-R", "--recursive", "--dereference-recursive") or _recurses(parsed)
    how: tuple[str, ...] = ()
    if recursive:
        how = (SEARCH,) if search and not _searches_all(parsed) else (TREE,)
    files, _ = operand_effects(parsed.operands, "read*" if given else "text read*", how)
    if not files and recursive:
        files = [Effect(READ, Value("."), how)]
    return Usage(
        effects=(*effects, *_narrowed(parsed, files)),
        starts=tuple(starts),
        stdin="" if files else STDIN_DATA,
        stdout=STDOUT_DATA,
    )


def _recurses(parsed: Parsed) -> bool:
    return any(value.text == "recurse" for value in parsed.values("-d", "--directories"))


def _searches_all(parsed: Parsed) -> bool:
    return parsed.has(
        "--hidden", "--no-ignore", "-u", "-uu", "-uuu", "--unrestricted", "-.", "--no-ignore-vcs", "-a", "--all-types"
    )


def _narrowed(parsed: Parsed, files: list[Effect]) -> list[Effect]:
    """Return the files of a recursive search as patterns when `--include` names which ones it reads."""
    wanted = [value.text for value in parsed.values("--include")]
    if not wanted or len(wanted) > 8:
        return files
    effects: list[Effect] = []
    for effect in files:
        if TREE not in effect.how:
            effects.append(effect)
            continue
        root = effect.value.text.rstrip("/") or "/"
        for pattern in wanted:
            glob = f"{_escaped(root)}/**/{pattern}"
            effects.append(Effect(READ, Value(glob, glob=glob, sources=effect.value.sources, span=effect.value.span)))
    return effects


def _escaped(text: str) -> str:
    return "".join("\\" + char if char in "*?[]{}\\" else char for char in text)


_SED = every("sed")


def read_sed(argv: tuple[Value, ...]) -> Usage:
    """`sed`: its script may read, write and run; `-i` writes its files."""
    parsed = parse_arguments(argv, _SED)
    _, starts = option_effects(parsed, _SED)
    operands = parsed.operands
    if not parsed.has("-e", "-f", "--expression", "--file") and operands:
        starts.append(Start(START_CODE, code=operands.pop(0), language="sed"))
    files, _ = operand_effects(operands, "read*")
    return Usage(
        effects=(*files, *edited(files, parsed, "-i", "--in-place", "-I")),
        starts=tuple(starts),
        stdin="" if files else STDIN_DATA,
        stdout=STDOUT_DATA,
    )


def edited(files: list[Effect], parsed: Parsed, *flags: str) -> list[Effect]:
    """Return the writes to files that are edited in place."""
    return [Effect(WRITE, effect.value) for effect in files] if parsed.has(*flags) else []


_AWK = every("awk")


def read_awk(argv: tuple[Value, ...]) -> Usage:
    """`awk`: its program may read, write and run; `-i inplace` writes its files."""
    parsed = parse_arguments(argv, _AWK, posix=True)
    _, starts = option_effects(parsed, _AWK)
    operands = parsed.operands
    if not parsed.has("-f", "-e", "--file", "--source") and operands:
        starts.append(Start(START_CODE, code=operands.pop(0), language="awk"))
    files, _ = operand_effects([value for value in operands if not _assigns(value.text)], "read*")
    inplace = [
        Effect(WRITE, effect.value)
        for effect in files
        if any(value.text.startswith("inplace") for value in parsed.values("-i", "--include"))
    ]
    return Usage(
        effects=(*files, *inplace), starts=tuple(starts), stdin="" if files else STDIN_DATA, stdout=STDOUT_DATA
    )


def _assigns(text: str) -> bool:
    name, equals, _ = text.partition("=")
    return bool(equals) and name.isidentifier()


_LESS = every("less")
_MAN = every("man")


def read_less(argv: tuple[Value, ...]) -> Usage:
    """`less`: files, a log it writes, and `+!command`."""
    parsed = parse_arguments(argv, _LESS)
    effects, starts = option_effects(parsed, _LESS)
    files: list[Value] = []
    for value in parsed.operands:
        if value.text.startswith("+"):
            if value.text[1:2] in ("!", "|"):
                starts.append(Start(START_SHELL, code=Value(value.text[2:], sources=value.sources)))
        else:
            files.append(value)
    found, _ = operand_effects(files, "read*")
    return Usage(
        effects=(*effects, *found), starts=tuple(starts), stdin="" if found else STDIN_DATA, stdout=STDOUT_DATA
    )


def read_man(argv: tuple[Value, ...]) -> Usage:
    """`man`: `-P` and `-H` name a program that shows the page."""
    parsed = parse_arguments(argv, _MAN)
    _, starts = option_effects(parsed, _MAN)
    effects = [
        Effect(READ, value) for value in parsed.operands if "/" in value.text and parsed.has("-l", "--local-file")
    ]
    return Usage(effects=tuple(effects), starts=tuple(starts), stdout=STDOUT_DATA)


_VIM = every("vi")


def read_vim(argv: tuple[Value, ...]) -> Usage:
    """`vim`: `-c` and `+` give it commands, `-S` a script; it may write the files it opens."""
    parsed = parse_arguments(argv, _VIM)
    effects, starts = option_effects(parsed, _VIM)
    starts = [
        start
        for start in starts
        if not (start.kind == START_FILE and start.code is not None and start.code.text in ("NONE", "NORC", "DEFAULTS"))
    ]
    for value in parsed.operands:
        if value.text.startswith("+"):
            starts.append(Start(START_CODE, code=Value(value.text[1:], sources=value.sources), language="vim"))
        else:
            effects.append(Effect(READ, value))
            if not parsed.has("-R", "-M") and argv[0].text.rpartition("/")[2] != "view":
                effects.append(Effect(WRITE, value))
    return Usage(effects=tuple(effects), starts=tuple(starts), stdin=STDIN_DATA, stdout=STDOUT_DATA)


def read_ed(argv: tuple[Value, ...]) -> Usage:
    """`ed`, `ex`: their commands come in; `!` runs one of the shell's."""
    usage = read_vim(argv)
    return Usage(effects=usage.effects, starts=usage.starts, stdin=STDIN_CODE, stdin_language="vim", stdout=STDOUT_DATA)
