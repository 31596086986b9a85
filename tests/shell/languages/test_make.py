"""Makefiles given on a command line."""

from __future__ import annotations

from tests.shell.rows import code_rows

test_rows = code_rows(
    "make",
    r"""
x := $(shell("rm x")) => run make [inline] · run rm x · write x [delete]
all: ; echo a => run make [inline]
""",
)
