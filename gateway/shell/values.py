"""Value: what a shell word comes to, as far as it can be known before it runs. Pure."""

from __future__ import annotations

from gateway.model.action import UNKNOWN
from gateway.model.record import Record

_ESCAPED = frozenset("*?[]\\!^-")


class Value(Record):
    """One argument after expansion.

    text     its characters; UNKNOWN ("\\0") for each run that is only known when it runs
    glob     the same as a glob pattern (literals escaped with `\\`) if an unquoted `*`, `?`, `[` or extglob is active,
             else ""
    sources  what flowed into it through substitutions, as `kind:detail` (see gateway.model.action)
    splits   an unquoted unknown part may become any number of words, options among them
    span     (start, end) offsets of the word in the line
    """

    __slots__ = ("glob", "sources", "span", "splits", "text")

    def __init__(
        self,
        text: str,
        *,
        glob: str = "",
        sources: tuple[str, ...] = (),
        splits: bool = False,
        span: tuple[int, int] = (-1, -1),
    ) -> None:
        self.text = text
        self.glob = glob
        self.sources = sources
        self.splits = splits
        self.span = span

    @property
    def known(self) -> bool:
        """Whether every character is known and no glob is active."""
        return UNKNOWN not in self.text and not self.glob


def literal(text: str) -> Value:
    """A value whose characters are all known."""
    return Value(text)


def escaped(text: str) -> str:
    """Return a text as a pattern that matches nothing else."""
    return "".join("\\" + char if char in _ESCAPED else char for char in text)
