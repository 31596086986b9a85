"""Programs that start another one: with other rights, limits, folders or inputs. Rows and the readers that a row cannot
say.
"""

from __future__ import annotations

from gateway.catalog.options import every, exact
from gateway.model.action import RUNNER, WRAPPER
from gateway.shell.programs.grammar import Parsed, operand_effects, option_effects, parse_arguments
from gateway.shell.programs.multipliers import read_parallel, read_watch, read_xargs
from gateway.shell.programs.rows import table
from gateway.shell.usage import (
    START_ARGV,
    START_FILE,
    START_SHELL,
    STDIN_CODE,
    STDIN_DATA,
    STDOUT_DATA,
    STDOUT_ENVIRONMENT,
    Effect,
    Start,
    Usage,
)
from gateway.shell.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.programs.rows import Reader

_SLOTS = dict.fromkeys(
    (
        "nice ionice nohup stdbuf setsid time strace ltrace xvfb-run caffeinate arch linux64 unshare sudo doas pkexec systemd-run "
        "ssh-agent dbus-run-session catchsegv fakeroot unbuffer rlwrap chpst setpriv prlimit torsocks torify proxychains proxychains4 "
        "chronic eatmydata cgexec firejail bwrap nsenter proot valgrind hyperfine entr sem start-stop-daemon"
    ).split(),
    "",
) | {
    "timeout": "text",
    "gtimeout": "text",
    "chrt": "text",
    "taskset": "text",
    "setarch": "text",
    "gosu": "text",
    "su-exec": "text",
    "faketime": "text",
    "dotenv": "run?",
    "chroot": "text",
    "perf": "text",
}
"""Program -> (its options, what stands before the command)."""

_RIGHTS = frozenset("sudo doas su runuser gosu pkexec nsenter chroot systemd-run".split())
"""Wrappers that change who or where one is: never transparent to an allow list."""


def read_wrapper(argv: tuple[Value, ...]) -> Usage:
    """Return the usage of a program that starts what follows its own options."""
    name = argv[0].text.rpartition("/")[2]
    options, before = exact(name), _SLOTS.get(name, "")
    parsed = _with_options_behind(parse_arguments(_paired(argv, options), options, posix=True), options, before)
    effects, starts = option_effects(parsed, options)
    rest = parsed.operands
    while name == "sudo" and rest and _assigns(rest[0].text):
        rest = rest[1:]
    elsewhere = name == "proot" or (name == "chroot" and bool(rest) and bool(rest[0].text.strip("/.")))
    if before and rest and (before == "text" or rest[0].text == "run"):
        rest = rest[1:]
    if name in ("taskset", "chrt") and parsed.has("-p", "--pid"):
        rest = []
    edits = name == "sudo" and parsed.has("-e", "--edit")
    if edits:
        effects += [Effect("write", value) for value in rest]
    elif name == "sudo" and parsed.has("-s", "-i", "--shell", "--login") and rest:
        starts.append(Start(START_SHELL, code=_line(rest)))
    elif rest:
        folder = parsed.value("-D", "--chdir", "--working-directory")
        starts.append(Start(START_ARGV, argv=tuple(rest), remote=elsewhere, folder=folder if name != "proot" else None))
    return Usage(
        how=() if name in _RIGHTS else (WRAPPER,),
        effects=tuple(effects),
        starts=tuple(starts),
        stdin=STDIN_DATA,
        stdout=STDOUT_DATA,
    )


def _with_options_behind(parsed: Parsed, options: str, before: str) -> Parsed:
    """Return the arguments with the options that stand behind a lone `-` or behind what comes before the command: no
    program starts with a dash.

    `env - rm -rf /` is `env -i rm -rf /` (env(1)), `setarch x86_64 -R rm -rf /` has its option behind its operand
    (setarch(8)).
    """
    operands = parsed.operands
    ahead = 1 if before == "text" or (before and operands and operands[0].text == "run") else 0
    while len(operands) > ahead and operands[ahead].text.startswith("-"):
        if operands[ahead].text == "-":
            operands = [*operands[:ahead], *operands[ahead + 1 :]]
            continue
        behind = parse_arguments((Value(""), *operands[ahead:]), options, posix=True)
        parsed = Parsed([*parsed.options, *behind.options], [], parsed.names | behind.names)
        operands = [*operands[:ahead], *behind.operands]
    return Parsed(parsed.options, operands, parsed.names)


def _paired(argv: tuple[Value, ...], options: str) -> tuple[Value, ...]:
    """Return arguments without the options that take two values (`bwrap --bind FROM TO`)."""
    if "=pair" not in options:
        return argv
    names = {word.partition("=")[0] for word in options.split() if word.endswith("=pair")}
    out: list[Value] = []
    at = 0
    while at < len(argv):
        if argv[at].text in names:
            at += 3
        else:
            out.append(argv[at])
            at += 1
    return tuple(out)


def _assigns(text: str) -> bool:
    name, equals, _ = text.partition("=")
    return bool(equals) and name.isidentifier()


def _line(values: list[Value]) -> Value:
    sources = tuple(dict.fromkeys(source for value in values for source in value.sources))
    return Value(" ".join(value.text for value in values), sources=sources, span=values[0].span)


_ENV = every("env")
_FLOCK, _SCRIPT, _AT, _CRONTAB = every("flock"), every("script"), every("at"), every("crontab")
_GDB, _EXPECT, _HYPERFINE = every("gdb"), every("expect"), every("hyperfine")


def read_env(argv: tuple[Value, ...]) -> Usage:
    """`env`: assignments, `-S` with a whole command line, then a command; alone it prints every variable."""
    parsed = _with_options_behind(parse_arguments(argv, _ENV, posix=True), _ENV, "")
    split = parsed.value("-S", "--split-string")
    words = list(parsed.operands)
    if split is not None:
        line = Value(
            " ".join(("env", split.text, *(_quoted(value.text) for value in words))),
            sources=split.sources,
            span=split.span,
        )
        return Usage(how=(WRAPPER,), starts=(Start(START_SHELL, code=line),), stdin=STDIN_DATA, stdout=STDOUT_DATA)
    assigned: list[Value] = []
    while words and "=" in words[0].text and not words[0].text.startswith("="):
        assigned.append(words.pop(0))
    if not words:
        return Usage(how=(WRAPPER,), stdout=STDOUT_ENVIRONMENT)
    return Usage(
        how=(WRAPPER,),
        starts=(Start(START_ARGV, argv=tuple(words), folder=parsed.value("-C", "--chdir"), assigned=tuple(assigned)),),
        stdin=STDIN_DATA,
        stdout=STDOUT_DATA,
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def read_su(argv: tuple[Value, ...]) -> Usage:
    """`su` and `runuser`: `-c` gives the other user's shell a line."""
    options = every(argv[0].text.rpartition("/")[2])
    parsed = parse_arguments(argv, options)
    effects, starts = option_effects(parsed, options)
    if parsed.has("-u", "--user") and parsed.operands:
        starts.append(Start(START_ARGV, argv=tuple(parsed.operands)))
    return Usage(
        effects=tuple(effects),
        starts=tuple(starts),
        stdin=STDIN_DATA if starts else STDIN_CODE,
        stdin_language="sh",
        stdout=STDOUT_DATA,
    )


def read_flock(argv: tuple[Value, ...]) -> Usage:
    """`flock FILE COMMAND…` or `flock FILE -c LINE`."""
    parsed = parse_arguments(argv, _FLOCK, posix=True)
    rest = parsed.operands[1:]
    effects, _ = (
        operand_effects(parsed.operands[:1], "create")
        if parsed.operands and not parsed.operands[0].text.isdigit()
        else ([], [])
    )
    starts: tuple[Start, ...] = ()
    if len(rest) > 1 and rest[0].text in ("-c", "--command"):
        starts = (Start(START_SHELL, code=rest[1]),)
    elif rest:
        starts = (Start(START_ARGV, argv=tuple(rest)),)
    return Usage(how=(WRAPPER,), effects=tuple(effects), starts=starts, stdin=STDIN_DATA, stdout=STDOUT_DATA)


def read_script(argv: tuple[Value, ...]) -> Usage:
    """`script`: writes a typescript and runs `-c LINE` (Linux) or the words behind the file (macOS)."""
    parsed = parse_arguments(argv, _SCRIPT, posix=not any(value.text == "-c" for value in argv))
    effects, starts = option_effects(parsed, _SCRIPT)
    found, _ = operand_effects(parsed.operands[:1], "write")
    if not starts and len(parsed.operands) > 1:
        starts.append(Start(START_ARGV, argv=tuple(parsed.operands[1:])))
    return Usage(
        how=(WRAPPER,),
        effects=(*effects, *found),
        starts=tuple(starts),
        stdin=STDIN_CODE if not starts else STDIN_DATA,
        stdin_language="sh",
        stdout=STDOUT_DATA,
    )


def read_applet(argv: tuple[Value, ...]) -> Usage:
    """`busybox`: its first word is the program."""
    rest = argv[1:]
    if not rest or rest[0].text.startswith("-"):
        return Usage(stdout=STDOUT_DATA)
    return Usage(how=(WRAPPER,), starts=(Start(START_ARGV, argv=rest),), stdin=STDIN_DATA, stdout=STDOUT_DATA)


def read_at(argv: tuple[Value, ...]) -> Usage:
    """`at` and `batch`: run later what they read now."""
    parsed = parse_arguments(argv, _AT)
    _, starts = option_effects(parsed, _AT)
    reads = not starts and not parsed.has("-l", "-d", "-r", "-c")
    return Usage(starts=tuple(starts), stdin=STDIN_CODE if reads else "", stdin_language="sh", stdout="")


def read_crontab(argv: tuple[Value, ...]) -> Usage:
    """`crontab FILE` and `crontab -`: what is run at set times; its lines are not read as shell."""
    parsed = parse_arguments(argv, _CRONTAB)
    effects, _ = operand_effects([*parsed.operands, *parsed.values("-T")], "read*")
    return Usage(effects=tuple(effects), stdin=STDIN_DATA, stdout=STDOUT_DATA)


def read_debugger(argv: tuple[Value, ...]) -> Usage:
    """`gdb`, `lldb`: commands by option, then a program."""
    parsed = parse_arguments(argv, _GDB, posix=True, words=True)
    effects, starts = option_effects(parsed, _GDB)
    rest = parsed.operands
    if rest:
        starts.append(Start(START_ARGV, argv=tuple(rest if parsed.has("--args") else rest[:1])))
    return Usage(
        effects=tuple(effects), starts=tuple(starts), stdin=STDIN_CODE, stdin_language="gdb", stdout=STDOUT_DATA
    )


def read_expect(argv: tuple[Value, ...]) -> Usage:
    """`expect`: a Tcl script that drives programs."""
    parsed = parse_arguments(argv, _EXPECT, posix=True)
    _, starts = option_effects(parsed, _EXPECT)
    if not starts and parsed.operands:
        starts.append(Start(START_FILE, code=parsed.operands[0], language="expect"))
    return Usage(
        starts=tuple(starts), stdin=STDIN_DATA if starts else STDIN_CODE, stdin_language="expect", stdout=STDOUT_DATA
    )


def read_direnv(argv: tuple[Value, ...]) -> Usage:
    """`direnv exec DIR COMMAND…`: runs the folder's `.envrc` first."""
    rest = list(argv[1:])
    if len(rest) > 2 and rest[0].text == "exec":
        script = Value(rest[1].text.rstrip("/") + "/.envrc")
        starts = (Start(START_FILE, code=script, language="sh"), Start(START_ARGV, argv=tuple(rest[2:])))
        return Usage(how=(RUNNER,), starts=starts, stdin=STDIN_DATA, stdout=STDOUT_DATA)
    return Usage(stdout="")


def read_hyperfine(argv: tuple[Value, ...]) -> Usage:
    """`hyperfine` and `entr -s`: their operands are whole lines."""
    parsed = parse_arguments(argv, _HYPERFINE)
    effects, starts = option_effects(parsed, _HYPERFINE)
    starts += [Start(START_SHELL, code=value) for value in parsed.operands]
    return Usage(how=(WRAPPER,), effects=tuple(effects), starts=tuple(starts), stdout=STDOUT_DATA)


_READERS: dict[str, Reader] = {
    " ".join(name for name in _SLOTS if name != "hyperfine"): read_wrapper,
    "hyperfine": read_hyperfine,
    "env genv": read_env,
    "su runuser": read_su,
    "flock": read_flock,
    "watch viddy": read_watch,
    "xargs gxargs": read_xargs,
    "parallel": read_parallel,
    "script": read_script,
    "busybox toybox": read_applet,
    "at batch": read_at,
    "crontab": read_crontab,
    "gdb lldb": read_debugger,
    "expect": read_expect,
    "direnv": read_direnv,
}

ROWS = table("", _READERS)
"""The table of this family."""
