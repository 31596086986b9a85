"""The gateway's own command: what it starts is judged as if it stood alone, what it sends and writes like anybody's. Pure."""

from __future__ import annotations

from gateway.model.action import CONNECT, WRAPPER, WRITE
from gateway.shell.programs.grammar import operand_effects, option_effects, parse_arguments
from gateway.shell.programs.rows import table
from gateway.shell.usage import START_ARGV, STDIN_DATA, STDOUT_DATA, Effect, Start, Usage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.values import Value

_GLOBAL = "--trace-dir=text --color=text"
_SELECTED = "--last=text --since=text --agent=text"

_LIMITS = "--max-context-pct=text --max-cost=text --max-tokens=text --max-calls=text --max-retries=text --max-errors=text --max-files=text"

_STARTS = {
    "exec": "",
    "record": "--name=text --policy=read --deny-style=text",
}
"""Commands that run the one behind their options."""

_COMMANDS = {
    "record-http": ("--port=text --host=text --token-env=text --allow-host=text --name=text --policy=read --deny-style=text", "url"),
    "export": ("--format=text -o=write --output=write --endpoint=url --header=text --service-name=text --protocol=text", "text*"),
    "share": ("-o=write --output=write", "text*"),
    "dashboard": (f"{_SELECTED} --html=write", "text*"),
    "policy": (f"{_SELECTED} -o=write --output=write --policy=read --fail-on=text --format=text", "text read*"),
    "import": ("--format=text --policy=read", "read*"),
    "audit": (f"{_SELECTED} --policy=read --format=text -o=write --output=write --baseline=read --write-baseline=write", "text*"),
    "replay": ("--filter=text --speed=text --limit=text --from=text --policy=read", "text*"),
    "diff": ("--eval-config=read", "text*"),
    "annotate": ("--note=text --label=text --delete=text", "text*"),
    "watch": (
        _LIMITS + " --max-duration=text --loop=text --rules=read --config=read --on-violation=text --alert-file=write --webhook=url --max-idle=text",
        "text*",
    ),
}
"""Command -> (options that take a value, operands)."""


def read_own(argv: tuple[Value, ...]) -> Usage:
    """`agent-strace [OPTIONS] COMMAND …`."""
    operands = parse_arguments(argv, _GLOBAL, posix=True).operands
    if not operands:
        return Usage(stdout=STDOUT_DATA)
    name = operands[0].text
    if name in _STARTS:
        parsed = parse_arguments(tuple(operands), _STARTS[name], posix=True)
        effects, _ = option_effects(parsed, _STARTS[name])
        starts = (Start(START_ARGV, argv=tuple(parsed.operands)),) if parsed.operands else ()
        return Usage(how=(WRAPPER,), effects=tuple(effects), starts=starts, stdin=STDIN_DATA, stdout=STDOUT_DATA)
    options, slots = _COMMANDS.get(name, (_SELECTED, "text*"))
    parsed = parse_arguments(tuple(operands), options)
    effects, _ = option_effects(parsed, options)
    if slots == "url":
        return Usage(effects=(*effects, *(Effect(CONNECT, url) for url in parsed.operands)), stdout=STDOUT_DATA)
    found, _ = operand_effects(parsed.operands, slots)
    if parsed.has("--fix"):
        found += [Effect(WRITE, effect.value) for effect in found]
    return Usage(effects=(*effects, *found), stdin=STDIN_DATA, stdout=STDOUT_DATA)


ROWS = table("", {"agent-strace": read_own})
"""The table of this family."""
