"""Programs that run code: shells, languages, build tools. What code they are given, and how. Rows and readers."""

from __future__ import annotations

from gateway.catalog.options import every, exact
from gateway.model.action import CONNECT, FROM_NETWORK, READ, RUNNER, UNKNOWN, WRITE
from gateway.shell.programs.builders import read_cmake, read_just, read_make, read_runner
from gateway.shell.programs.grammar import Parsed, option_effects, parse_arguments
from gateway.shell.programs.languages import LANGUAGES
from gateway.shell.programs.powershell_line import as_read
from gateway.shell.programs.rows import table
from gateway.shell.programs.unknown import looks_like_file
from gateway.shell.usage import (
    START_ARGV,
    START_CODE,
    START_FILE,
    START_SHELL,
    STDIN_CODE,
    STDIN_DATA,
    STDOUT_DATA,
    STDOUT_DECODED,
    STDOUT_NAMES,
    Effect,
    Start,
    Usage,
)
from gateway.shell.values import Value

_SHELL_VALUES = ("--rcfile", "--init-file", "-o", "+o", "-O", "+O", "--emacs", "--startup-script")


def read_shell(argv: tuple[Value, ...]) -> Usage:
    """`sh`, `bash`, `zsh` and their like: `-c LINE`, `-s`, a script, or standard input."""
    rest = list(argv[1:])
    starts: list[Start] = []
    command = stdin = False
    while rest and rest[0].text[:1] in ("-", "+") and len(rest[0].text) > 1:
        text = rest.pop(0).text
        if text == "--":
            break
        if text in _SHELL_VALUES and rest:
            value = rest.pop(0)
            if text in ("--rcfile", "--init-file"):
                starts.append(Start(START_FILE, code=value, language="sh"))
        elif not text.startswith("--"):
            command = command or (text[0] == "-" and "c" in text)
            stdin = stdin or "s" in text
            if text[-1] in "oO" and rest:
                rest.pop(0)
        elif text in ("--version", "--help"):
            return Usage(stdout=STDOUT_DATA)
        elif text == "--command" and argv[0].text.endswith("fish"):
            command = True
    if rest and rest[0].text == "-":
        rest.pop(0)
    language = _dialect(argv[0].text)
    if command:
        code = rest[0] if rest else Value("")
        starts.append(Start(START_SHELL, code=code, argv=tuple(rest[1:]) or (argv[0],)))
        return Usage(starts=tuple(starts), stdin=STDIN_DATA, stdout=STDOUT_DATA)
    if rest and not stdin:
        starts.append(Start(START_FILE, code=rest[0], language=language, argv=tuple(rest[1:])))
        return Usage(starts=tuple(starts), stdin=STDIN_DATA, stdout=STDOUT_DATA)
    return Usage(starts=tuple(starts), stdin=STDIN_CODE, stdin_language=language, stdout=STDOUT_DATA)


def _dialect(path: str) -> str:
    name = path.rpartition("/")[2]
    return name if name in ("csh", "tcsh") else "sh"


def read_language(argv: tuple[Value, ...]) -> Usage:
    """An interpreter: code by option, a module, a script, or standard input."""
    from gateway.shell.programs import program_of

    name = program_of(argv[0].text)
    known, options = LANGUAGES[name], every(name)
    if known.line:
        argv = as_read(argv, runs_words=known.line == "words")
    parsed = parse_arguments(argv, options, posix=True, words=known.words)
    if parsed.has("--version", "--help", "-version", "-V") and not parsed.operands:
        return Usage(stdout=STDOUT_DATA)
    effects, starts = option_effects(parsed, options)
    coded = any(start.kind == START_CODE for start in starts)
    operands = parsed.operands
    if known.module and parsed.has(known.module):
        module = parsed.value(known.module)
        # whatever follows a module is its own
        behind = next((at for at, value in enumerate(argv) if value is module), 0)
        return (
            _module(module, list(argv[behind + 1 :]) if behind else operands, effects)
            if module is not None
            else Usage()
        )
    if known.verbs and operands and operands[0].text in known.verbs:
        kind = known.verbs[operands[0].text]
        return _verb(kind, known.language, argv, operands[1:])
    if coded:
        return Usage(
            effects=(*effects, *_code_files(parsed, operands)),
            starts=tuple(starts),
            stdin=STDIN_DATA,
            stdout=STDOUT_DATA,
        )
    if operands and operands[0].text.endswith("gateway/entry.py"):
        return _module(Value("gateway", span=operands[0].span), operands[1:], effects)
    if operands and operands[0].text != "-":
        starts.append(Start(START_FILE, code=operands[0], language=known.language))
        return Usage(effects=tuple(effects), starts=tuple(starts), stdin=STDIN_DATA, stdout=STDOUT_DATA)
    return Usage(
        effects=tuple(effects),
        starts=tuple(starts),
        stdin=STDIN_CODE,
        stdin_language=known.language,
        stdout=STDOUT_DATA,
    )


def _code_files(parsed: Parsed, operands: list[Value]) -> list[Effect]:
    """Return the files behind a one-liner: `perl -pi -e` edits them."""
    edits = parsed.has("-i")
    loops = edits or parsed.has("-n", "-p")
    effects = [Effect(READ, value) for value in operands if loops or looks_like_file(value.text)]
    return [*effects, *(Effect(WRITE, effect.value) for effect in effects if edits)]


def _verb(kind: str, language: str, argv: tuple[Value, ...], rest: list[Value]) -> Usage:
    """Return the usage of `deno run FILE`, `bun run SCRIPT`, `php artisan`."""
    if kind == "file":
        operands = [value for value in rest if not value.text.startswith("-")]
        if operands and "://" in operands[0].text:
            code = Value(UNKNOWN, sources=(f"{FROM_NETWORK}:{operands[0].text}",), span=operands[0].span)
            return Usage(
                effects=(Effect(CONNECT, operands[0]),),
                starts=(Start(START_CODE, code=code, language=language),),
                stdout=STDOUT_DATA,
            )
        starts = (Start(START_FILE, code=operands[0], language=language),) if operands else ()
        return Usage(starts=starts, stdin=STDIN_DATA, stdout=STDOUT_DATA)
    if kind == "code":
        operands = [value for value in rest if not value.text.startswith("-")]
        starts = (Start(START_CODE, code=operands[0], language=language),) if operands else ()
        return Usage(starts=starts, stdout=STDOUT_DATA)
    if kind == "argv":
        return Usage(how=(RUNNER,), starts=(Start(START_ARGV, argv=tuple(rest)),) if rest else (), stdout=STDOUT_DATA)
    del argv
    return Usage(how=(RUNNER,) if kind == "runner" else (), stdout=STDOUT_DATA)


_OWN = "agent-strace"
"""The gateway's own command, by whatever name it is started."""

_TIMEIT = exact("python", "timeit")
_HTTP_SERVER = exact("python", "http.server")

_MODULES = {
    "venv": "create*",
    "json.tool": "read*",
    "py_compile": "read*",
    "compileall": "read*",
    "ast": "read*",
    "tokenize": "read*",
    "dis": "read*",
    "unittest": "",
    "doctest": "",
    "cProfile": "",
    "pdb": "",
    "site": "",
    "sysconfig": "",
    "this": "",
    "ensurepip": "",
    "build": "",
}


def _module(module: Value, operands: list[Value], effects: list[Effect]) -> Usage:
    """Return the usage of `python -m MODULE`: some are programs of the table, a few of the standard library are
    known.
    """
    from gateway.catalog.programs import FAMILY
    from gateway.shell.programs.grammar import operand_effects

    name = module.text
    if name in ("base64", "quopri", "uu"):
        found, _ = operand_effects([value for value in operands if not value.text.startswith("-")], "read*")
        decodes = any(value.text in ("-d", "-u") for value in operands)
        return Usage(effects=(*effects, *found), stdin=STDIN_DATA, stdout=STDOUT_DECODED if decodes else STDOUT_DATA)
    if name == "http.server":
        parsed = parse_arguments((module, *operands), _HTTP_SERVER)
        return Usage(effects=(*effects, *option_effects(parsed, _HTTP_SERVER)[0]), stdin=STDIN_DATA, stdout=STDOUT_DATA)
    if name == "timeit":
        parsed = parse_arguments((module, *operands), _TIMEIT)
        codes = [*parsed.values("-s", "--setup"), *parsed.operands]
        return Usage(
            effects=tuple(effects),
            starts=tuple(Start(START_CODE, code=value, language="python") for value in codes),
            stdout=STDOUT_DATA,
        )
    if name in ("tarfile", "zipfile"):
        from gateway.shell.programs.placing import read_python_archive

        return Usage(effects=(*effects, *read_python_archive(operands)), stdin=STDIN_DATA, stdout=STDOUT_NAMES)
    if name in _MODULES:
        found, _ = operand_effects(
            [value for value in operands if not value.text.startswith("-")], _MODULES[name] or "text*"
        )
        return Usage(effects=(*effects, *found), stdin=STDIN_DATA, stdout=STDOUT_DATA)
    program = _OWN if name.partition(".")[0] == "gateway" else name.replace("_", "-")
    if program in FAMILY:
        return Usage(
            how=("wrapper",),
            effects=tuple(effects),
            starts=(Start(START_ARGV, argv=(Value(program, span=module.span), *operands)),),
            stdin=STDIN_DATA,
            stdout=STDOUT_DATA,
        )
    files = [Effect(READ, value) for value in operands if looks_like_file(value.text)]
    return Usage(how=(RUNNER,), effects=(*effects, *files), stdin=STDIN_DATA)


ROWS = table(
    """
bc ; read* ; data ; data
dc ; read* ; data ; data
ghci erl iex jshell racket guile wish ; script: ; code ;
javac kotlinc scalac rustfmt gofmt ; read* ;  ;
""",
    {
        "sh bash dash zsh ksh mksh fish ash rbash csh tcsh": read_shell,
        " ".join(LANGUAGES): read_language,
        "make gmake bmake": read_make,
        "cmake ctest": read_cmake,
        "ninja rake gradle gradlew mvn mvnw ant sbt bazel buck meson scons": read_runner,
        "just task": read_just,
    },
)
"""The table of this family."""
