"""Plain rows: programs whose options and operands a line of the table says all about. Pure.

A row is `names ; operands ; stdin ; stdout ; trees`; its options stand in `gateway.catalog.options`. The last names the
flags that make the program read whole trees (`-r -R`), or is `tree` or `search` when it always does.
"""

from __future__ import annotations

from gateway.catalog.options import every
from gateway.model.action import READ, SEARCH, TREE
from gateway.model.later import function
from gateway.shell.programs.grammar import operand_effects, option_effects, parse_arguments
from gateway.shell.usage import STDIN_CODE, STDIN_DATA, STDIN_IGNORED, Usage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.shell.values import Value

    Reader = Callable[[tuple[Value, ...]], Usage]
    Rows = dict[str, "str | Reader"]


def table(text: str, readers: dict[str, Reader]) -> Rows:
    """Return name -> row of a table's lines, with the programs that need a reader of their own."""
    rows: Rows = {}
    for line in text.strip().splitlines():
        names, _, row = line.partition(";")
        rows.update(dict.fromkeys(names.split(), row))
    for names, reader in readers.items():
        rows.update(dict.fromkeys(names.split(), reader))
    return rows


def readers(module: str, names: dict[str, str]) -> dict[str, Reader]:
    """Return programs -> a reader in another module of this folder, which is imported when it is asked for first."""
    return {programs: function(f"gateway.shell.programs.{module}", name) for programs, name in names.items()}


def by_row(argv: tuple[Value, ...], row: str, name: str) -> Usage:
    """Return the usage that the row of a program describes."""
    options = every(name)
    slots, stdin, stdout, trees = ([part.strip() for part in row.split(";")] + [""] * 4)[:4]
    parsed = parse_arguments(argv, options)
    effects, starts = option_effects(parsed, options)
    how: tuple[str, ...] = ()
    if trees:
        how = (SEARCH,) if trees == "search" else (TREE,) if trees == "tree" or parsed.has(*trees.split()) else ()
    found, started = operand_effects(parsed.operands, slots, how)
    reads = any(effect.verb == READ for effect in found)
    takes = (
        STDIN_IGNORED
        if stdin == STDIN_DATA and reads and not any(value.text == "-" for value in parsed.operands)
        else stdin
    )
    language = argv[0].text.rpartition("/")[2] if takes == STDIN_CODE else ""
    return Usage(
        effects=(*effects, *found), starts=(*starts, *started), stdin=takes, stdin_language=language, stdout=stdout
    )
