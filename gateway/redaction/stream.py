"""Texts that arrive in pieces: what is handed on is cleaned, and a value that was split over pieces is found whole.
Pure.

Lines are handed on as they end. What could go on is held back: the line that has not ended, a private key whose end has
not come, lines of broken base64.
"""

from __future__ import annotations

from gateway.redaction.alphabets import ALPHABETS
from gateway.redaction.blocks import open_block
from gateway.redaction.nested import LINE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

MAX_HELD = 512 * 1024
"""Most characters that are held back; a longer line is cut where no word goes on."""
_ENDS = " \t\"'`,;<>(){}[]|&"
_LOOK_BACK = 16 * 1024
_BASE64 = ALPHABETS["padded"] + "-_\r"


class Stream:
    """One stream of text on its way through.

    clean  takes out of a text what may not go on
    """

    __slots__ = ("_held", "clean")

    def __init__(self, clean: Callable[[str], str]) -> None:
        self.clean = clean
        self._held = ""

    def feed(self, text: str) -> str:
        """Take a piece; return what can go on, cleaned."""
        self._held += text
        cut = self._cut()
        ready, self._held = self._held[:cut], self._held[cut:]
        return self.clean(ready) if ready else ""

    def finish(self) -> str:
        """Return what was held back, cleaned: nothing more comes."""
        ready, self._held = self._held, ""
        return self.clean(ready) if ready else ""

    def _cut(self) -> int:
        held = self._held
        if len(held) > MAX_HELD:
            return _between_words(held)
        cut = max(held.rfind("\n"), held.rfind("\r", 0, -1)) + 1
        if cut and (opened := open_block(held[:cut])) >= 0:
            cut = held.rfind("\n", 0, opened) + 1
        return _before_base64(held, cut)


def _before_base64(text: str, cut: int) -> int:
    """Return where the lines of broken base64 start that end at a cut, the cut where there are none."""
    at = cut
    while at > 0:
        start = text.rfind("\n", 0, at - 1) + 1
        line = text[start : at - 1].strip()
        if not LINE[0] <= len(line) <= LINE[1] or line.strip(_BASE64):
            break
        at = start
    return at


def _between_words(text: str) -> int:
    """Return where a text can be cut that is too long to be held: behind the last character no credential holds, near
    its end.
    """
    window = text[-_LOOK_BACK:]
    cut = max(window.rfind(char) for char in (*_ENDS, "\n")) + 1
    return len(text) - len(window) + cut if cut else len(text)
