"""Detectors of a policy's own: a keyword, then a regular expression. Pure; `re` is imported where a keyword stands."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Span = tuple[int, int, str]


class Custom:
    """One detector that a policy declares; without keywords its pattern is tried on every text."""

    __slots__ = ("_compiled", "id", "keywords", "pattern")

    def __init__(self, name: str, pattern: str, keywords: tuple[str, ...] = ()) -> None:
        self.id = name
        self.pattern = pattern
        self.keywords = tuple(keywords)
        self._compiled: Any = None

    def could_stand_in(self, text: str) -> bool:
        """Whether a first look says that the pattern is worth trying."""
        return not self.keywords or any(word in text for word in self.keywords)

    def spans(self, text: str) -> list[Span]:
        """Return where the pattern matches something."""
        if not self.could_stand_in(text):
            return []
        if self._compiled is None:
            import re

            self._compiled = re.compile(self.pattern)
        return [
            (match.start(), match.end(), self.id)
            for match in self._compiled.finditer(text)
            if match.end() > match.start()
        ]
