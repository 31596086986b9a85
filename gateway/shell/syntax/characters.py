"""The characters that bash's grammar names, and the error that says where a text stops being shell. Pure; bash(1),
DEFINITIONS.
"""

from __future__ import annotations

BLANK = " \t"
META = frozenset(" \t\n;&|<>()")
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")
NAME = LETTERS | frozenset("0123456789")


class ShellError(Exception):
    """The text is not shell from here on."""

    def __init__(self, problem: str, at: int) -> None:
        super().__init__(problem)
        self.problem = problem
        self.at = at


def is_name(text: str) -> bool:
    """Whether a text is the name of a variable."""
    return bool(text) and text[0] in LETTERS and all(char in NAME for char in text)
