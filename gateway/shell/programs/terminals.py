"""tmux, screen, open, printenv, ip, dpkg: programs of the machine that start or send more than a row says. Pure."""

from __future__ import annotations

from gateway.catalog.options import every, exact, loose
from gateway.model.action import CONNECT, READ
from gateway.shell.programs.grammar import operand_effects, option_effects, parse_arguments
from gateway.shell.usage import (
    START_ARGV,
    START_SHELL,
    STDIN_DATA,
    STDOUT_DATA,
    STDOUT_ENVIRONMENT,
    STDOUT_NONE,
    Effect,
    Start,
    Usage,
)
from gateway.shell.values import Value


def read_printenv(argv: tuple[Value, ...]) -> Usage:
    """`printenv`: the value of variables, all of them without a name."""
    del argv
    return Usage(stdout=STDOUT_ENVIRONMENT)


def read_ip(argv: tuple[Value, ...]) -> Usage:
    """`ip`: `netns exec` starts a program, `-batch` reads commands."""
    words = [value.text for value in argv]
    if "netns" in words and "exec" in words:
        at = words.index("exec")
        return Usage(starts=(Start(START_ARGV, argv=argv[at + 2 :]),) if argv[at + 2 :] else (), stdout=STDOUT_DATA)
    files = [argv[index + 1] for index, word in enumerate(words[:-1]) if word in ("-b", "-batch", "-force")]
    return Usage(effects=tuple(Effect(READ, value) for value in files), stdout=STDOUT_NONE)


def read_open(argv: tuple[Value, ...]) -> Usage:
    """`open`, `xdg-open`: a URL is contacted, a file shown, an application started."""
    parsed = parse_arguments(argv, every("open"))
    effects: list[Effect] = []
    for value in parsed.operands:
        web = "://" in value.text and not value.text.startswith("file:")
        effects.append(Effect(CONNECT if web else READ, value))
    return Usage(effects=tuple(effects), stdout=STDOUT_NONE)


_SCREEN = every("screen")


def read_screen(argv: tuple[Value, ...]) -> Usage:
    """`screen`: starts a program, or with `-X stuff` types into one."""
    parsed = parse_arguments(argv, _SCREEN, posix=True)
    effects, starts = option_effects(parsed, _SCREEN)
    if parsed.has("-X"):
        words = parsed.operands
        if len(words) > 1 and words[0].text in ("stuff", "exec"):
            starts.append(Start(START_SHELL, code=_line(words[1:])))
    elif parsed.operands:
        starts.append(Start(START_ARGV, argv=tuple(parsed.operands)))
    return Usage(effects=tuple(effects), starts=tuple(starts), stdin=STDIN_DATA, stdout=STDOUT_NONE)


def read_tmux(argv: tuple[Value, ...]) -> Usage:
    """`tmux`: new windows run a shell line, `send-keys` types one."""
    first = parse_arguments(argv, exact("tmux"), posix=True)
    effects, starts = option_effects(first, exact("tmux"))
    for command in _split(first.operands):
        verb = command[0].text
        parsed = parse_arguments(tuple(command), exact("tmux", verb) or loose("tmux"), posix=True)
        if verb in (
            "new-session",
            "new",
            "new-window",
            "neww",
            "split-window",
            "splitw",
            "respawn-pane",
            "respawn-window",
            "run-shell",
            "run",
            "popup",
            "display-popup",
        ):
            if parsed.operands:
                starts.append(Start(START_SHELL, code=_line(parsed.operands)))
        elif verb in ("send-keys", "send"):
            words = [value for value in parsed.operands if value.text not in ("Enter", "C-m", "C-c", "KPEnter")]
            if words:
                starts.append(Start(START_SHELL, code=_line(words)))
        elif verb in ("if-shell", "if", "pipe-pane", "pipep"):
            starts += [Start(START_SHELL, code=value) for value in parsed.operands[:1]]
        elif verb in ("source-file", "source", "load-buffer"):
            effects += [Effect(READ, value) for value in parsed.operands]
    return Usage(effects=tuple(effects), starts=tuple(starts), stdin=STDIN_DATA, stdout=STDOUT_DATA)


def read_window(argv: tuple[Value, ...]) -> Usage:
    """`xterm -e LINE`, `gnome-terminal -- PROGRAM …`: a window in which a program runs, a shell where none is named."""
    for at, value in enumerate(argv):
        name, equals, text = value.text.partition("=")
        if equals and name in _IN_WINDOW:
            return Usage(
                starts=(Start(START_SHELL, code=Value(text, sources=value.sources, span=value.span)),),
                stdin=STDIN_DATA,
                stdout=STDOUT_NONE,
            )
        if value.text in _IN_WINDOW and argv[at + 1 :]:
            rest = argv[at + 1 :]
            start = Start(START_SHELL, code=rest[0]) if len(rest) == 1 else Start(START_ARGV, argv=rest)
            return Usage(starts=(start,), stdin=STDIN_DATA, stdout=STDOUT_NONE)
    return Usage(stdin=STDIN_DATA, stdout=STDOUT_NONE)


_IN_WINDOW = ("-e", "-x", "--", "--command", "--execute", "-c")


def _split(words: list[Value]) -> list[list[Value]]:
    commands: list[list[Value]] = [[]]
    for value in words:
        if value.text in (";", "\\;"):
            commands.append([])
        else:
            commands[-1].append(value)
    return [command for command in commands if command]


def _line(values: list[Value]) -> Value:
    sources = tuple(dict.fromkeys(source for value in values for source in value.sources))
    return Value(" ".join(value.text for value in values), sources=sources, span=values[0].span)


def read_dpkg(argv: tuple[Value, ...]) -> Usage:
    """`dpkg -i FILE`: installs a package and runs its scripts as root."""
    parsed = parse_arguments(argv, every("dpkg"))
    effects, starts = option_effects(parsed, every("dpkg"))
    if parsed.has(
        "-i",
        "--install",
        "--unpack",
        "-x",
        "-X",
        "-R",
        "--extract",
        "--raw-extract",
        "--vextract",
        "--control",
        "-I",
        "--info",
        "-c",
        "--contents",
        "-e",
    ):
        unpacks = parsed.has("-x", "-X", "-R", "-e", "--extract", "--raw-extract", "--vextract", "--control")
        found, _ = operand_effects(parsed.operands, "read unpack" if unpacks else "read*")
        effects += found
    return Usage(effects=tuple(effects), starts=tuple(starts), stdout=STDOUT_DATA)
