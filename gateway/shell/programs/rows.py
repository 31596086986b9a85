"""Plain rows: programs whose options and operands a line of the table says all about. Pure."""

from __future__ import annotations

from gateway.model.action import READ, SEARCH, TREE
from gateway.shell.programs.grammar import option_effects, operand_effects, parse_arguments
from gateway.shell.usage import STDIN_DATA, STDIN_IGNORED, STDOUT_NONE, Usage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.values import Value

    Row = tuple[str, str, str, str] | tuple[str, str, str, str, str]


def by_row(argv: tuple[Value, ...], row: Row) -> Usage:
    """Return the usage that a row describes.

    A row is (options, operands, stdin, stdout) and perhaps the flags that make it read whole trees ("-r -R", or "search" for always).
    """
    options, slots, stdin, stdout = row[0], row[1], row[2], row[3]
    parsed = parse_arguments(argv, options)
    effects, starts = option_effects(parsed, options)
    how: tuple[str, ...] = ()
    if len(row) > 4:
        how = (SEARCH,) if row[4] == "search" else (TREE,) if row[4] == "tree" or parsed.has(*row[4].split()) else ()
    found, started = operand_effects(parsed.operands, slots, how)
    reads = any(effect.verb == READ for effect in found)
    takes = STDIN_IGNORED if stdin == STDIN_DATA and reads and not any(value.text == "-" for value in parsed.operands) else stdin
    return Usage(effects=(*effects, *found), starts=(*starts, *started), stdin=takes, stdout=stdout or STDOUT_NONE)
