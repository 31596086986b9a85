"""gh, glab, hub: what they publish on a code forge and take from it, and commands in a machine there. Pure.

Source: the manuals of GitHub's and GitLab's command line programs. The forge is not a host that the line names, as with
package managers; it is one where something of this machine is handed over.
"""

from __future__ import annotations

from gateway.catalog.options import every, exact
from gateway.model.action import CONNECT, READ, WRITE
from gateway.shell.programs.grammar import Parsed, option_effects, parse_arguments
from gateway.shell.usage import START_ARGV, START_SHELL, STDIN_SENT, STDOUT_NETWORK, Effect, Start, Usage
from gateway.shell.values import Value

_FILES_BEHIND = {
    ("gist", "create"): 2,
    ("gist", "edit"): 3,
    ("snippet", "create"): 2,
    ("release", "create"): 3,
    ("release", "upload"): 3,
    ("ssh-key", "add"): 2,
    ("gpg-key", "add"): 2,
    ("attestation", "verify"): 2,
    ("securefile", "create"): 3,
}
"""(group, verb) -> the first of its words that is a file."""

_TAKING = frozenset(
    (("secret", "set"), ("variable", "set"), ("auth", "login"), ("gist", "create"), ("snippet", "create"))
)
"""What takes what it sends from its input where no option says it."""
_HOSTS = {"gh": "api.github.com", "hub": "api.github.com", "glab": "gitlab.com"}


def read_forge(argv: tuple[Value, ...]) -> Usage:
    """`gh`, `glab`, `hub`."""
    group = next((value.text for value in argv[1:] if not value.text.startswith("-")), "")
    machine = group in ("codespace", "cs")
    # Behind `--` stands a command for a machine of the forge, elsewhere what is no option.
    at = next((index for index, value in enumerate(argv) if value.text == "--" and machine), len(argv))
    options = f"{every('gh')} {exact('gh', group)}"
    parsed = parse_arguments(argv[:at], options)
    verb = parsed.operands[1].text if len(parsed.operands) > 1 else ""
    effects, _ = option_effects(parsed, options)
    fields = [item for name in ("-F", "--field") for item in _field(parsed, name)] if "=field" in options else []
    first = _FILES_BEHIND.get((group, verb))
    files = (
        [Effect(READ, _unlabelled(value)) for value in parsed.operands[first:] if value.text != "-"] if first else []
    )
    effects += [*fields, *files]
    starts: tuple[Start, ...] = ()
    if machine:
        effects += _copied(parsed) if verb == "cp" else []
        starts = (Start(START_ARGV, argv=argv[at + 1 :], remote=True),) if verb == "ssh" and argv[at + 1 :] else ()
    elif group == "alias" and verb == "set":
        starts = _alias(argv[0], parsed)
    contacts = any(effect.verb == CONNECT for effect in effects)
    if not contacts and ((group, verb) in _TAKING or _hands_over(argv[1:at], effects)):
        effects.append(Effect(CONNECT, Value(_HOSTS.get(argv[0].text.rpartition("/")[2], "api.github.com"))))
    return Usage(effects=tuple(effects), starts=starts, stdin=STDIN_SENT, stdout=STDOUT_NETWORK)


def _field(parsed: Parsed, name: str) -> list[Effect]:
    """Return the files that `-F key=@FILE` sends."""
    found = [(value, value.text.partition("=")[2]) for value in parsed.values(name)]
    return [
        Effect(READ, Value(text[1:], sources=value.sources, span=value.span))
        for value, text in found
        if text.startswith("@") and text != "@-"
    ]


def _unlabelled(value: Value) -> Value:
    """Return a file of a release without the label behind its name: `dist/app.tgz#For Linux`."""
    if value.glob or "#" not in value.text:
        return value
    return Value(value.text.partition("#")[0], sources=value.sources, span=value.span)


def _copied(parsed: Parsed) -> list[Effect]:
    """Return what `codespace cp SOURCE... TARGET` reads and writes here; what begins with `remote:` is there."""
    operands = parsed.operands[2:]
    return [
        Effect(WRITE if index == len(operands) - 1 and index else READ, value)
        for index, value in enumerate(operands)
        if not value.text.startswith("remote:")
    ]


def _alias(program: Value, parsed: Parsed) -> tuple[Start, ...]:
    """Return what an alias will run: a shell's line behind `!`, else words of the program's own."""
    if len(parsed.operands) < 4:
        return ()
    value = parsed.operands[3]
    shell = value.text.startswith("!") or parsed.has("-s", "--shell")
    line = value.text.removeprefix("!") if shell else f"{program.text} {value.text}"
    return (Start(START_SHELL, code=Value(line, sources=value.sources, span=value.span)),)


def _hands_over(words: tuple[Value, ...], effects: list[Effect]) -> bool:
    """Whether something of this machine is sent: a file, the input, or what another command has said; words alone are
    the agent's own.
    """
    return any(effect.verb == READ for effect in effects) or any(
        value.sources or value.text in ("-", "@-") for value in words
    )
