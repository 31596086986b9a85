"""Text that may be shown: nothing in it steers a terminal, reorders what is read, or is a command to the CI job that
prints it. Pure.

What steers is escaped as `\\u001b`: a person sees that something was there, and inside a JSON string it is still the
same value. A runner takes a line that starts with `::` for a workflow command (GitHub Actions Runner, ActionCommand.cs,
which trims the line first) and `##[`, `##vso[` and `##teamcity[` anywhere in one (Actions Runner and Azure Pipelines,
TeamCity service messages).
"""

from __future__ import annotations

_RUNNERS = ("##[", "##vso[", "##teamcity[")


class _Escapes:
    """What `str.translate` asks for each character: its escape, LookupError where it stays."""

    __slots__ = ("kept",)

    def __init__(self, kept: str) -> None:
        self.kept = frozenset(map(ord, kept))

    def __getitem__(self, code: int) -> str:
        if code in self.kept or not _steers(code):
            raise LookupError
        return f"\\u{code:04x}"


def _steers(code: int) -> bool:
    """Whether a character is a control (C0, DEL, C1), orders the text around it (UAX #9), ends a line, or is half a
    surrogate pair.
    """
    if code < 0x20 or 0x7F <= code < 0xA0:
        return True
    if code < 0x61C:
        return False
    return (
        code in (0x61C, 0x200B, 0x200E, 0x200F, 0xFEFF)
        or 0x2028 <= code <= 0x202E
        or 0x2060 <= code <= 0x2069
        or 0xD800 <= code <= 0xDFFF
        or 0xE0000 <= code <= 0xE007F
    )


_LINE = _Escapes("")
_LINES = _Escapes("\n\t")


def harmless(text: str) -> str:
    """Return a text of several lines with everything escaped that would steer who shows it; the line breaks stay."""
    return unordered(unsteering(text))


def unsteering(text: str) -> str:
    """Return a text of several lines without what steers a terminal."""
    return text if text.isprintable() else text.translate(_LINES)


def harmless_line(text: str) -> str:
    """Return a text on one line: the line breaks in it are escaped, too."""
    return unordered(text if text.isprintable() else text.translate(_LINE))


def unordered(text: str) -> str:
    """Return a text in which no line is a command to the CI job that prints it."""
    if "##" in text:
        for mark in _RUNNERS:
            text = text.replace(mark, f"#\\u0023{mark[2:]}")
    if "::" not in text:
        return text
    return "\n".join(_unordered(line) for line in text.split("\n"))


def _unordered(line: str) -> str:
    bare = line.lstrip()
    return f"{line[: len(line) - len(bare)]}\\u003a{bare[1:]}" if bare.startswith("::") else line
