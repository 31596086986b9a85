"""Package managers and project runners: programs they start, lists they read, hosts they are pointed to. Pure."""

from __future__ import annotations

from gateway.catalog.options import every, loose
from gateway.model.action import READ, RUNNER
from gateway.shell.programs.grammar import option_effects, parse_arguments
from gateway.shell.usage import START_ARGV, START_FILE, START_SHELL, STDIN_DATA, STDOUT_DATA, Effect, Start, Usage
from gateway.shell.values import Value

_NPM = loose("npm")


def read_npm(argv: tuple[Value, ...]) -> Usage:
    """`npm`, `pnpm`, `yarn`: scripts of the project; `exec` and `dlx` start a program."""
    name = argv[0].text.rpartition("/")[2]
    options = every(name)
    parsed = parse_arguments(argv, options, posix=True)
    effects, starts = option_effects(parsed, options)
    rest = parsed.operands
    verb = rest[0].text if rest else ""
    if verb in ("exec", "x", "dlx") or (verb == "node" and name == "yarn"):
        return _executed(tuple(rest), effects, starts, keep=verb == "node")
    behind = parse_arguments(tuple(rest) or (Value(""),), _NPM)
    more, _ = option_effects(behind, _NPM, "--registry", "--userconfig", "--script-shell")
    starts += [Start(START_ARGV, argv=(value,)) for value in behind.values("--script-shell")]
    effects += [
        *more,
        *_packages(behind.operands if verb in ("install", "i", "add", "ci", "config", "set", "c") else []),
    ]
    if verb == "pack" or verb == "version":
        return Usage(how=(RUNNER,), effects=tuple(effects), starts=tuple(starts), stdout=STDOUT_DATA)
    runs = verb in (
        "run",
        "run-script",
        "test",
        "t",
        "start",
        "stop",
        "restart",
        "rebuild",
        "build",
        "dev",
        "lint",
    ) or name in (
        "yarn",
        "pnpm",
    )
    return Usage(
        how=(RUNNER,) if runs else (),
        effects=tuple(effects),
        starts=tuple(starts),
        stdin=STDIN_DATA,
        stdout=STDOUT_DATA,
    )


def _packages(operands: list[Value]) -> list[Effect]:
    """Return hosts and folders among the packages to install."""
    effects = []
    for value in operands:
        text = value.text.removeprefix("git+")
        if "://" in text:
            effects.append(
                Effect("connect", Value(text.replace("ssh://git@", "ssh://"), sources=value.sources, span=value.span))
            )
        elif text.startswith(("/", "./", "../", "~/", "file:")):
            effects.append(
                Effect(READ, Value(text.removeprefix("file:"), sources=value.sources, span=value.span), ("package",))
            )
    return effects


def _executed(argv: tuple[Value, ...], effects: list[Effect], starts: list[Start], *, keep: bool = False) -> Usage:
    parsed = parse_arguments(argv, _NPM, posix=True)
    _, more = option_effects(parsed, _NPM)
    inner = (
        [Value("node"), *parsed.operands]
        if keep
        else [_unversioned(parsed.operands[0]), *parsed.operands[1:]]
        if parsed.operands
        else []
    )
    if inner:
        more.append(Start(START_ARGV, argv=tuple(inner)))
    return Usage(how=(RUNNER,), effects=tuple(effects), starts=(*starts, *more), stdin=STDIN_DATA, stdout=STDOUT_DATA)


def _unversioned(value: Value) -> Value:
    """Return a package name without the version it is asked for: `cowsay@1.5` runs `cowsay`."""
    at = value.text.rfind("@")
    text = value.text[:at] if at > 0 else value.text
    return Value(text, sources=value.sources, span=value.span)


def read_npx(argv: tuple[Value, ...]) -> Usage:
    """`npx`, `bunx`: start a package's program."""
    return _executed(argv, [], [])


_PIP = loose("pip")


def read_pip(argv: tuple[Value, ...]) -> Usage:
    """`pip`: requirement files, other indexes, packages from elsewhere."""
    parsed = parse_arguments(argv, _PIP)
    effects, _ = option_effects(parsed, _PIP)
    effects += _packages([*parsed.operands[1:], *parsed.values("-e", "--editable")])
    return Usage(effects=tuple(effects), stdout=STDOUT_DATA)


_UV = loose("uv")
_STARTING = ("run", "exec", "x", "tool-run", "shell")


def read_project_runner(argv: tuple[Value, ...]) -> Usage:
    """`uv run`, `poetry run`, `pipx run`, `uvx`, `bundle exec`: start what follows."""
    name = argv[0].text.rpartition("/")[2]
    options = every(name)
    parsed = parse_arguments(argv, options, posix=True)
    effects, starts = option_effects(parsed, options)
    rest = parsed.operands
    if name == "uv" and [value.text for value in rest[:2]] == ["tool", "run"]:
        rest = [Value("run"), *rest[2:]]
    elif name == "uv" and [value.text for value in rest[:1]] == ["pip"]:
        return Usage(
            how=("wrapper",),
            effects=tuple(effects),
            starts=(Start(START_ARGV, argv=(Value("pip"), *rest[1:])),),
            stdout=STDOUT_DATA,
        )
    if name == "uvx":
        rest = [Value("run"), *rest]
    if not rest or rest[0].text not in _STARTING:
        behind = parse_arguments(tuple(rest) or (Value(""),), _PIP)
        found, _ = option_effects(behind, _PIP, "-r", "--requirement", "--index-url", "--extra-index-url", "-i")
        return Usage(
            effects=(*effects, *found, *_packages(behind.operands)),
            starts=tuple(starts),
            stdin=STDIN_DATA,
            stdout=STDOUT_DATA,
        )
    behind = parse_arguments(tuple(rest), _UV, posix=True)
    more, started = option_effects(behind, _UV)
    inner = behind.operands
    if inner:
        if name in ("uv", "pipx", "hatch", "pdm") and inner[0].text.endswith(".py"):
            started.append(Start(START_FILE, code=inner[0], language="python"))
        elif behind.has("-m", "--module"):
            started.append(Start(START_ARGV, argv=(Value("python"), Value("-m"), *inner)))
        else:
            started.append(Start(START_ARGV, argv=(_unversioned(inner[0]), *inner[1:])))
    stdin = "code" if not inner and behind.has("-") else STDIN_DATA
    return Usage(
        how=(RUNNER,),
        effects=(*effects, *more),
        starts=(*starts, *started),
        stdin=stdin,
        stdin_language="python",
        stdout=STDOUT_DATA,
    )


_CONDA = loose("conda")


def read_conda(argv: tuple[Value, ...]) -> Usage:
    """`conda run`: starts what follows."""
    parsed = parse_arguments(argv, _CONDA, posix=True)
    rest = parsed.operands
    behind = parse_arguments(tuple(rest) or (Value(""),), _CONDA, posix=bool(rest) and rest[0].text == "run")
    effects, _ = option_effects(behind, _CONDA, "-f", "--file")
    starts = (
        (Start(START_ARGV, argv=tuple(behind.operands)),) if rest and rest[0].text == "run" and behind.operands else ()
    )
    return Usage(how=(RUNNER,) if starts else (), effects=tuple(effects), starts=starts, stdout=STDOUT_DATA)


_NIX = loose("nix")


def read_nix(argv: tuple[Value, ...]) -> Usage:
    """`nix-shell --run`, `nix develop -c`: start what follows."""
    at = next(
        (
            index
            for index, value in enumerate(argv)
            if value.text in ("-c", "--command") and argv[0].text.endswith("nix")
        ),
        len(argv),
    )
    parsed = parse_arguments(argv[:at], _NIX)
    effects, starts = option_effects(parsed, _NIX)
    if argv[at + 1 :]:
        starts.append(Start(START_ARGV, argv=argv[at + 1 :]))
    return Usage(how=(RUNNER,), effects=tuple(effects), starts=tuple(starts), stdout=STDOUT_DATA)


def read_cargo(argv: tuple[Value, ...]) -> Usage:
    """`cargo` and `go`: build and run the project's own code."""
    options = every(argv[0].text.rpartition("/")[2])
    parsed = parse_arguments(argv, options)
    effects, _ = option_effects(parsed, options)
    verb = next((value.text for value in parsed.operands if not value.text.startswith("+")), "")
    runs = verb in (
        "run",
        "test",
        "bench",
        "build",
        "check",
        "clippy",
        "r",
        "t",
        "b",
        "doc",
        "nextest",
        "generate",
        "vet",
    )
    starts: tuple[Start, ...] = ()
    if argv[0].text.rpartition("/")[2] == "go":
        executes = [
            value
            for option, value in zip(argv, argv[1:], strict=False)
            if option.text in ("-exec", "-toolexec", "--exec", "--toolexec")
        ]
        starts = tuple(Start(START_SHELL, code=value) for value in executes)
        effects = [Effect("write", value) for option, value in zip(argv, argv[1:], strict=False) if option.text == "-o"]
        effects += [
            _module_host(value)
            for value in parsed.operands[1:]
            if verb in ("get", "install", "run") and _is_module(value.text)
        ]
    return Usage(
        how=(RUNNER,) if runs else (), effects=tuple(effects), starts=starts, stdin=STDIN_DATA, stdout=STDOUT_DATA
    )


def _is_module(text: str) -> bool:
    """Whether a word names a module by the host it comes from: `example.com/x@latest`."""
    host, slash, _ = text.partition("/")
    return bool(slash) and "." in host.strip(".") and not host.startswith(".")


def _module_host(value: Value) -> Effect:
    return Effect("connect", Value(value.text.partition("/")[0], sources=value.sources, span=value.span))


def read_apt(argv: tuple[Value, ...]) -> Usage:
    """`apt`, `dnf`, `pacman`, `brew`: packages of the machine; `-o` settings may run a program."""
    options = every(argv[0].text.rpartition("/")[2])
    parsed = parse_arguments(argv, options)
    effects, _ = option_effects(parsed, options)
    starts = []
    for value in parsed.values("-o", "--option"):
        key, _, text = value.text.partition("=")
        if any(word in key.lower() for word in ("invoke", "proxy-auto-detect", "::tools", "::bin")):
            starts.append(Start(START_SHELL, code=Value(text, sources=value.sources, span=value.span)))
    effects += _packages(parsed.operands[1:])
    return Usage(effects=tuple(effects), starts=tuple(starts), stdout=STDOUT_DATA)
