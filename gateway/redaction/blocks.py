"""Private keys written as blocks of lines: PEM of every kind, PGP, OpenSSH, PuTTY; whole, cut off, or with escaped line
ends. Pure.
"""

from __future__ import annotations

from gateway.redaction.alphabets import ALPHABETS

BEGIN = "-----BEGIN "
PUTTY = "PuTTY-User-Key-File-"
_BODY = ALPHABETS["padded"] + " \t\r\n\\\"',:.-#>|"
_LONGEST = 65536
_LEAST_LINE = 32

TYPE_CHECKING = False
if TYPE_CHECKING:
    Span = tuple[int, int, str]


def spans(text: str) -> list[Span]:
    """Return where private keys stand in a text."""
    spans: list[Span] = []
    at = text.find(BEGIN)
    while at >= 0:
        head_end = text.find("-----", at + len(BEGIN), at + 80)
        if head_end > 0 and "PRIVATE KEY" in text[at:head_end]:
            following = text.find(BEGIN, head_end + 5)
            end = _end(text, head_end + 5, following if following >= 0 else len(text))
            if end > 0:
                spans.append((at, end, "private-key"))
                at = end - 1
        at = text.find(BEGIN, at + 1)
    at = text.find(PUTTY)
    while at >= 0:
        following = text.find(PUTTY, at + 1)
        stop = following if following >= 0 else len(text)
        private = text.find("Private-Lines:", at, min(stop, at + _LONGEST))
        if private > 0:
            end = text.find("Private-MAC:", private, min(stop, private + _LONGEST))
            spans.append((private, end if end > 0 else _body_end(text, private, stop), "private-key"))
        at = following
    return spans


def _end(text: str, at: int, stop: int) -> int:
    """Return where the key whose head ends at an offset ends, -1 where no key follows (code that only speaks of one).

    stop  where the next key begins, or the text ends: nothing beyond is looked at, so that each character is read for
          one key
    """
    close = text.find("-----END", at, min(stop, at + _LONGEST))
    if close < 0:
        close = _body_end(text, at, stop)
        tail = close
    else:
        line = text.find("-----", close + 8, close + 80)
        tail = line + 5 if line > 0 else stop
    words = text[at:close][:2000].replace("\\n", " ").replace("\\r", " ").translate(_BREAKS).split()
    return tail if any(len(word) >= _LEAST_LINE for word in words) else -1


def _body_end(text: str, at: int, stop: int) -> int:
    window = text[at : min(stop, at + _LONGEST)]
    return at + len(window) - len(window.lstrip(_BODY))


_BREAKS = {ord(char): " " for char in "\"',\\"}


def open_block(text: str) -> int:
    """Return where a private key starts that has not ended yet, -1 where there is none."""
    at = text.rfind(BEGIN)
    if at < 0 or "-----END" in text[at:] or len(text) - at > _LONGEST:
        return -1
    head = text.find("-----", at + len(BEGIN), at + 80)
    return at if head < 0 or "PRIVATE KEY" in text[at:head] else -1
