"""The gateway's own command: what it starts is judged as if it stood alone, what it sends and writes like anybody's.
Pure.
"""

from __future__ import annotations

from gateway.catalog.options import exact, loose
from gateway.model.action import CONNECT, WRAPPER, WRITE
from gateway.shell.programs.grammar import operand_effects, option_effects, parse_arguments
from gateway.shell.programs.rows import table
from gateway.shell.usage import START_ARGV, STDIN_DATA, STDOUT_DATA, Effect, Start, Usage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.values import Value

_STARTS = ("exec", "record")
"""Commands that run the one behind their options."""

_SLOTS = {"record-http": "url", "policy": "text read*", "import": "read*"}
"""Command -> operands, where they are more than text."""


def read_own(argv: tuple[Value, ...]) -> Usage:
    """`agent-strace [OPTIONS] COMMAND …`."""
    operands = parse_arguments(argv, exact("agent-strace"), posix=True).operands
    if not operands:
        return Usage(stdout=STDOUT_DATA)
    name = operands[0].text
    options = exact("agent-strace", name) or loose("agent-strace")
    if name in _STARTS:
        parsed = parse_arguments(tuple(operands), options, posix=True)
        effects, _ = option_effects(parsed, options)
        starts = (Start(START_ARGV, argv=tuple(parsed.operands)),) if parsed.operands else ()
        return Usage(how=(WRAPPER,), effects=tuple(effects), starts=starts, stdin=STDIN_DATA, stdout=STDOUT_DATA)
    parsed = parse_arguments(tuple(operands), options)
    effects, _ = option_effects(parsed, options)
    slots = _SLOTS.get(name, "text*")
    if slots == "url":
        return Usage(effects=(*effects, *(Effect(CONNECT, url) for url in parsed.operands)), stdout=STDOUT_DATA)
    found, _ = operand_effects(parsed.operands, slots)
    if parsed.has("--fix"):
        found += [Effect(WRITE, effect.value) for effect in found]
    return Usage(effects=(*effects, *found), stdin=STDIN_DATA, stdout=STDOUT_DATA)


ROWS = table("", {"agent-strace": read_own})
"""The table of this family."""
