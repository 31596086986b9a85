"""find and fd: where they look, what they delete, write and start. Pure."""

from __future__ import annotations

from gateway.catalog.options import every
from gateway.model.action import DELETE, LIST, READ, TREE, WRITE
from gateway.shell.programs.grammar import option_effects, parse_arguments
from gateway.shell.usage import START_ARGV, STDOUT_NAMES, Effect, Start, Usage
from gateway.shell.values import Value

_EXEC = ("-exec", "-execdir", "-ok", "-okdir")
_WRITES = ("-fprint", "-fprint0", "-fls", "-fprintf")
_NAMES = ("-name", "-iname", "-path", "-ipath", "-wholename")
_LEADING = ("-H", "-L", "-P", "-E", "-X", "-d", "-s", "-x")


def read_find(argv: tuple[Value, ...]) -> Usage:
    """`find`: roots, then an expression."""
    rest = list(argv[1:])
    while rest and (rest[0].text in _LEADING or rest[0].text.startswith("-O") or rest[0].text == "-D"):
        if rest.pop(0).text == "-D" and rest:
            rest.pop(0)
    roots: list[Value] = []
    while rest and not (rest[0].text.startswith("-") and len(rest[0].text) > 1) and rest[0].text not in ("(", "!", ","):
        roots.append(rest.pop(0))
    roots = roots or [Value(".")]
    found = [pattern for root in roots for pattern in _patterns(root, rest)]
    effects = [Effect(READ, root, (LIST,)) for root in roots]
    starts: list[Start] = []
    at = 0
    while at < len(rest):
        text = rest[at].text
        at += 1
        if text == "-delete":
            effects += [Effect(WRITE, root, (DELETE, TREE)) for root in _deleted(roots, found)]
        elif text in _WRITES and at < len(rest):
            effects.append(Effect(WRITE, rest[at]))
        elif text in ("-newer", "-samefile", "-anewer", "-cnewer") and at < len(rest):
            effects.append(Effect(READ, rest[at], ("meta",)))
        elif text == "-files0-from" and at < len(rest):
            effects.append(Effect(READ, rest[at]))
        elif text in _EXEC:
            command, at = _until_end(rest, at)
            starts += _started(command, found)
    return Usage(
        effects=tuple(effects), starts=tuple(starts), stdout=STDOUT_NAMES, output=found[0] if len(found) == 1 else None
    )


def _until_end(rest: list[Value], at: int) -> tuple[list[Value], int]:
    end = at
    while (
        end < len(rest)
        and rest[end].text != ";"
        and not (rest[end].text == "+" and end > at and rest[end - 1].text == "{}")
    ):
        end += 1
    return rest[at:end], end + 1


def _started(command: list[Value], found: list[Value]) -> list[Start]:
    """Return what `-exec` starts, once for each pattern of files that it is given."""
    if not any("{}" in value.text for value in command):
        return [Start(START_ARGV, argv=tuple(command))] if command else []
    return [Start(START_ARGV, argv=tuple(_filled(value, item) for value in command)) for item in found]


def _filled(value: Value, found: Value) -> Value:
    if "{}" not in value.text:
        return value
    text = value.text.replace("{}", found.text)
    glob = (value.glob or _escaped(value.text)).replace("\\{\\}", "{}").replace("{}", found.glob) if found.glob else ""
    return Value(text, glob=glob, sources=value.sources, span=value.span)


def _escaped(text: str) -> str:
    return "".join("\\" + char if char in "*?[]{}\\" else char for char in text)


def _patterns(root: Value, expression: list[Value]) -> list[Value]:
    """Return what the files that `find` finds below a root look like: their names, if the expression gives them."""
    names = [
        expression[index + 1].text.rpartition("/")[2] or "*"
        for index, value in enumerate(expression[:-1])
        if value.text in _NAMES
        and not (index and expression[index - 1].text in ("!", "-not"))
        and not _pruned(expression, index)
    ]
    base = root.text.rstrip("/") or ("/" if root.text else ".")
    shown = root.glob.rstrip("/") if root.glob else _escaped(base)
    depth = any(
        value.text == "-maxdepth" and after.text in ("0",)
        for value, after in zip(expression, expression[1:], strict=False)
    )
    if depth:
        return [root]
    patterns = []
    for name in list(dict.fromkeys(names))[:8] or ["*"]:
        glob = f"{shown.rstrip('/')}/**/{name}"
        patterns.append(Value(glob, glob=glob, sources=root.sources, span=root.span))
    return patterns


def _pruned(expression: list[Value], index: int) -> bool:
    """Whether the test at an index only says what to leave out: `-prune` and another branch behind it."""
    at = next((at for at in range(index + 2, min(index + 4, len(expression))) if expression[at].text == "-prune"), None)
    return at is not None and any(value.text in ("-o", "-or") for value in expression[at + 1 : at + 3])


def _deleted(roots: list[Value], found: list[Value]) -> list[Value]:
    return roots if all(item.text.endswith("/**/*") for item in found) else found


_FD = every("fd")


def read_fd(argv: tuple[Value, ...]) -> Usage:
    """`fd`: a pattern, roots, and what `-x` starts."""
    at = next(
        (index for index, value in enumerate(argv) if value.text in ("-x", "-X", "--exec", "--exec-batch")), len(argv)
    )
    parsed = parse_arguments(argv[:at], _FD)
    option_effects(parsed, "")
    roots = parsed.operands[1:] + parsed.values("--search-path", "--base-directory") or [Value(".")]
    found = [Value(f"{root.text.rstrip('/')}/**/*", glob=f"{_escaped(root.text.rstrip('/'))}/**/*") for root in roots]
    command, _ = _until_end(list(argv), at + 1)
    if command and not any("{" in value.text for value in command):
        command = [*command, Value("{}")]
    effects = tuple(Effect(READ, root, (LIST,)) for root in roots)
    return Usage(effects=effects, starts=tuple(_started(command, found)), stdout=STDOUT_NAMES)
