"""The program table: what one program would do with one argument vector. Pure; families are loaded when one of their
programs is met.
"""

from __future__ import annotations

from gateway.catalog.programs import FAMILY
from gateway.model.action import RUN
from gateway.shell.programs.rows import by_row
from gateway.shell.programs.unknown import unknown_program
from gateway.shell.usage import STDOUT_DATA, Usage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.values import Value

__all__ = ["RUN", "program_of", "read_program"]

_SUFFIXES = (".exe", ".cmd", ".bat", ".com", ".ps1")


def program_of(path: str) -> str:
    """Return the name that a program is looked up by: its basename, without `.exe` and without a version."""
    name = path[path.rfind("/") + 1 :]
    lowered = name.lower()
    if lowered.endswith(_SUFFIXES):
        name = lowered = lowered[lowered.rfind("\\") + 1 : lowered.rfind(".")]
    if name in FAMILY:
        return name
    if lowered in FAMILY:
        return lowered
    plain = lowered.rstrip("0123456789.").rstrip("-")
    return plain if plain in FAMILY and plain != lowered else name


def read_program(argv: tuple[Value, ...]) -> Usage:
    """Return what a program does with its arguments; one that is in no table is read by what its arguments look
    like.
    """
    name = program_of(argv[0].text)
    family = FAMILY.get(name)
    if family is None:
        return unknown_program(argv)
    module = __import__(f"gateway.shell.programs.{family}", fromlist=["ROWS"])
    row = module.ROWS[name]
    if len(argv) == 2 and argv[1].text in ("--help", "--version"):
        return Usage(stdout=STDOUT_DATA)
    if callable(row):
        usage: Usage = row(argv)
        return usage
    return by_row(argv, row, name)
