"""Python code: file, process and network calls with constant or simply derived arguments, read with `ast`. Pure."""

from __future__ import annotations

import ast

from gateway.shell.languages.python.reader import Reader
from gateway.shell.usage import STDIN_DATA, Usage

MAX_CODE = 200_000


def read_python(code: str) -> Usage:
    """Return what Python code would do; what cannot be parsed is opaque."""
    if len(code) > MAX_CODE:
        return Usage(opaque="python code too long to read")
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Usage(opaque="python code that does not parse", stdin=STDIN_DATA)
    reader = Reader(tree)
    try:
        reader.visit(tree)
    except RecursionError:
        return Usage(opaque="python code nested too deep", stdin=STDIN_DATA)
    return Usage(
        effects=tuple(reader.effects),
        starts=tuple(reader.starts),
        stdin=STDIN_DATA,
        stdout=reader.stdout,
        opaque=reader.opaque,
    )
