"""Memory: texts that gave no reason to look closer, so that a process that lives on takes its first look at each of
them once. Pure.
"""

from __future__ import annotations

from gateway.redaction.scan import Armed
from gateway.redaction.truncation import exceeds, shortened

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_TEXTS = 4_000
MAX_LENGTH = 1_500
"""Longest text that is remembered."""


class Memory:
    """Texts that arm no detector by themselves, names of members among them; what arms none alone arms none beside
    others.

    quiet  the texts; nothing can be found in one of them
    """

    __slots__ = ("_longest", "quiet")

    def __init__(self, longest: int = 0) -> None:
        self._longest = longest
        self.quiet: set[str] = set()

    def too_long(self, value: Any, texts: list[str], large: list[str]) -> bool:
        """Whether a value holds a text that is not kept whole; `texts` and `large` are what was collected of it."""
        if not self._longest or not (large or len(max(texts, key=len, default="")) > self._longest):
            return False
        return exceeds(value, self._longest)

    def shortened(self, value: Any) -> Any:
        """Return a value with its long texts by their beginnings."""
        return shortened(value, self._longest)

    def new(self, texts: list[str]) -> list[str]:
        """Return the texts that are not known yet."""
        return [text for text in texts if text not in self.quiet]

    def learn(self, texts: list[str], *, quiet: bool = False) -> None:
        """Remember which of these texts give no reason to look closer; `quiet`: all of them together gave none, so none
        of them does.
        """
        if len(self.quiet) > MAX_TEXTS:
            self.quiet.clear()
        self.quiet.update(
            text for text in dict.fromkeys(texts) if len(text) <= MAX_LENGTH and (quiet or not Armed(f"{text}\n"))
        )
