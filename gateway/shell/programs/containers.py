"""docker, podman and compose: what of this machine a container is given, and what runs inside it. Pure."""

from __future__ import annotations

from gateway.catalog.options import exact, loose
from gateway.model.action import CONNECT, READ, TREE, UNKNOWN, WRITE
from gateway.model.paths import normal
from gateway.shell.programs.grammar import Parsed, option_effects, parse_arguments
from gateway.shell.usage import START_ARGV, STDIN_DATA, STDOUT_DATA, STDOUT_NETWORK, Effect, Start, Usage
from gateway.shell.values import Value

_GLOBAL = exact("docker")
_RUN = exact("docker", "run")
_BUILD = exact("docker", "build")
_COMPOSE = exact("docker", "compose")

_PLACES = ("/", ".", "~", UNKNOWN)
"""How a file of this machine begins where a mount names it."""

Mount = tuple[str, Value, bool]
"""(name inside, file or folder of this machine, whether it is read only)."""


def read_docker(argv: tuple[Value, ...]) -> Usage:
    """`docker` and `podman`."""
    first = parse_arguments(argv, _GLOBAL, posix=True)
    rest = first.operands
    if rest and rest[0].text in ("container", "image", "buildx", "builder") and len(rest) > 1:
        rest = rest[1:]
    if not rest:
        return Usage(stdout=STDOUT_DATA)
    verb, behind = rest[0].text, tuple(rest)
    if verb in ("run", "create", "exec"):
        return _run(verb, behind)
    if verb == "compose":
        return read_compose(behind)
    parsed = parse_arguments(behind, _BUILD)
    if verb in ("build", "bake"):
        effects, _ = option_effects(parsed, _BUILD)
        effects += [
            Effect(READ, Value(text)) for value in parsed.values("--secret") for text in _secret_files(value.text)
        ]
        effects += [Effect(READ, value, ("context",)) for value in parsed.values("-f", "--file") if value.text != "-"]
        return Usage(effects=tuple(effects), stdin=STDIN_DATA, stdout=STDOUT_DATA)
    return _moved(verb, behind)


def _fields(text: str) -> dict[str, str]:
    """Return the fields of an option such as `type=bind,source=x,ro`."""
    return dict(part.partition("=")[::2] for part in text.split(","))


def _secret_files(text: str) -> list[str]:
    """Return the file that `--secret id=x,src=FILE` gives a build."""
    fields = _fields(text)
    return [file for file in (fields.get("src") or fields.get("source"),) if file]


def _registry(image: Value) -> list[Effect]:
    """Return the registry that an image's name begins with (`ghcr.io/x/y`); a name without one stays with the
    daemon.
    """
    host, slash, _ = image.text.partition("/")
    named = bool(slash) and ("." in host or ":" in host or host == "localhost")
    return [Effect(CONNECT, Value(host, sources=image.sources, span=image.span))] if named else []


def _moved(verb: str, argv: tuple[Value, ...]) -> Usage:
    """`docker cp`, `save`, `load`, `import`, `export`."""
    options = exact("docker", verb) or loose("docker")
    parsed = parse_arguments(argv, options)
    effects, _ = option_effects(parsed, options)
    if verb == "cp":
        for index, value in enumerate(parsed.operands[:2]):
            if ":" not in value.text and value.text != "-":
                effects.append(Effect(WRITE if index else READ, value, (TREE,)))
    elif verb in ("pull", "push", "login"):
        named = parsed.operands[:1]
        effects += (
            [Effect(CONNECT, value) for value in named]
            if verb == "login"
            else [item for value in named for item in _registry(value)]
        )
    elif verb == "import" and parsed.operands:
        effects.append(Effect(READ, parsed.operands[0]))
    return Usage(
        effects=tuple(effects),
        stdin=STDIN_DATA,
        stdout=STDOUT_NETWORK if verb in ("pull", "push", "search", "login") else STDOUT_DATA,
    )


def _run(verb: str, argv: tuple[Value, ...]) -> Usage:
    parsed = parse_arguments(argv, _RUN, posix=True)
    effects, _ = option_effects(parsed, _RUN)
    mounts = _mounts(parsed)
    effects += _shared(mounts)
    effects += [item for value in parsed.operands[:1] if verb != "exec" for item in _registry(value)]
    inner = tuple(parsed.operands[1:])
    entry = parsed.value("--entrypoint")
    if entry is not None and entry.text:
        inner = (entry, *inner)
    return Usage(effects=tuple(effects), starts=_started(inner, parsed, mounts), stdin=STDIN_DATA, stdout=STDOUT_DATA)


def _started(command: tuple[Value, ...], parsed: Parsed, mounts: list[Mount]) -> tuple[Start, ...]:
    """Return the command that runs in the container, in the folder it is given (else the root, as images have it that
    name none).
    """
    if not command:
        return ()
    folder = parsed.value("-w", "--workdir") or Value("/")
    shared = tuple((inside, host) for inside, host, _ in mounts)
    return (Start(START_ARGV, argv=command, remote=True, mounts=shared, folder=folder if shared else None),)


def _mounts(parsed: Parsed) -> list[Mount]:
    """Return what `-v HOST:INSIDE[:ro]` and `--mount type=bind,source=HOST,target=INSIDE` bind; volumes that have a
    name are not ours.
    """
    mounts: list[Mount] = []
    for value in parsed.values("-v", "--volume"):
        host, _, behind = value.text.partition(":")
        inside, _, options = behind.partition(":")
        if inside and host.startswith(_PLACES):
            mounts.append(
                (normal(inside), Value(host, sources=value.sources, span=value.span), "ro" in options.split(","))
            )
    for value in parsed.values("--mount"):
        fields = _fields(value.text)
        host = fields.get("source") or fields.get("src") or ""
        inside = fields.get("target") or fields.get("destination") or fields.get("dst") or ""
        if inside and host and (host.startswith(_PLACES) or fields.get("type") == "bind"):
            mounts.append(
                (
                    normal(inside),
                    Value(host, sources=value.sources, span=value.span),
                    "readonly" in fields or "ro" in fields,
                )
            )
    return mounts


def _shared(mounts: list[Mount]) -> list[Effect]:
    """Return what the container may do with the files that are mounted, as far as anybody can say which they are."""
    return [
        item for _, host, read_only in mounts if not host.text.startswith(UNKNOWN) for item in _mounted(host, read_only)
    ]


def _mounted(host: Value, read_only: bool) -> list[Effect]:
    """Return what giving a container a folder of this machine comes to."""
    effects = [Effect(READ, host, ("mounted",))]
    return effects if read_only else [*effects, Effect(WRITE, host, ("mounted",))]


def read_compose(argv: tuple[Value, ...]) -> Usage:
    """`docker compose`: runs what the project's file says; `exec` and `run` start a command inside."""
    parsed = parse_arguments(argv, _COMPOSE, posix=True)
    effects, _ = option_effects(parsed, _COMPOSE)
    rest = parsed.operands
    if rest and rest[0].text in ("exec", "run"):
        inner = parse_arguments(tuple(rest), _RUN, posix=True)
        mounts = _mounts(inner)
        effects += _shared(mounts)
        return Usage(
            effects=tuple(effects),
            starts=_started(tuple(inner.operands[1:]), inner, mounts),
            stdin=STDIN_DATA,
            stdout=STDOUT_DATA,
        )
    return Usage(how=("runner",), effects=tuple(effects), stdin=STDIN_DATA, stdout=STDOUT_DATA)
