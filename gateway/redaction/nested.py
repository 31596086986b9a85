"""Texts inside texts: base64, hexadecimal, percent-encoding, escapes, and gzip or zlib inside base64. Pure; what is
decoded is bounded.
"""

from __future__ import annotations

from gateway.redaction.alphabets import ALPHABETS
from gateway.redaction.keywords import ascii_of, wide_words

LEAST = 20
"""Fewest characters of an encoded credential."""
MAX_DECODED = 4 * 1024 * 1024
"""Most characters decoded out of one value; what lies beyond makes the scan partial."""
MAX_DEPTH = 3

_WIDE = ALPHABETS["word"] + "+/"
_PRINTABLE_FIRST = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef"
"""What every fourth character of base64 is when it encodes ASCII."""
_HEX_FIRST = "234567"
LINE = (60, 76)
"""Fewest and most characters of a line of broken base64."""
_BINARY_LEAST = 400
_URLSAFE = str.maketrans("-_", "+/")
_QUOTED = ALPHABETS["percent"] + ":?#@!$*|"
_ESCAPED = ALPHABETS["percent"] + ":?#@!$*|\\"
_LONGEST_LINK = 8192

TYPE_CHECKING = False
if TYPE_CHECKING:
    Piece = tuple[int, int, str]


class Budget:
    """How much may still be decoded, and whether it was too little."""

    __slots__ = ("left", "spent")

    def __init__(self, left: int = MAX_DECODED) -> None:
        self.left = left
        self.spent = False

    def take(self, size: int) -> bool:
        """Whether so much may still be decoded; counts it."""
        if size > self.left:
            self.spent = True
            return False
        self.left -= size
        return True


def pieces(text: str, budget: Budget, wide: list[str] | None = None) -> list[Piece]:
    """Return (start, end, what it says) of every encoded stretch of a text that says something; `wide` are its wide
    words, where known.
    """
    pieces: list[Piece] = []
    plain = ascii_of(text)
    words = [
        word
        for word in " ".join(wide_words(plain) if wide is None else wide).replace(".", " ").split()
        if len(word) >= LEAST
    ]
    at = 0
    for word in words:
        decoded = _decoded(word, budget)
        if decoded:
            at = max(plain.find(word, at), 0)
            pieces.append((at, _padded_end(plain, at + len(word)), decoded))
            at += len(word)
    if "%" in plain:
        pieces += _unquoted(plain, budget)
    if "\\u00" in plain or "\\x" in plain:
        pieces += _unescaped(plain, budget)
    pieces += _wrapped(plain, words, budget)
    return pieces


def _padded_end(text: str, end: int) -> int:
    while text[end : end + 1] == "=":
        end += 1
    return end


def _decoded(word: str, budget: Budget) -> str:
    """Return what an encoded word says, "" when it says nothing readable."""
    if not word[1::2].strip(ALPHABETS["xdigit"]) and not word.strip(ALPHABETS["xdigit"]):
        return _from_hex(word, budget) or _from_base64(word, budget)
    return _from_base64(word, budget)


def _from_hex(word: str, budget: Budget) -> str:
    if word[::2].strip(_HEX_FIRST) or len(word) % 2 or not budget.take(len(word)):
        return ""
    text = bytes.fromhex(word).decode("latin-1")
    return text if text.isprintable() or _is_text(text) else ""


def _from_base64(word: str, budget: Budget) -> str:
    packed = word.startswith(("H4sI", "eJ", "eN", "eA"))
    if not packed and len(word) < _BINARY_LEAST and word[::4].strip(_PRINTABLE_FIRST):
        return ""
    if not budget.take(len(word)):
        return ""
    from binascii import Error, a2b_base64

    try:
        data = a2b_base64(word.translate(_URLSAFE) + "==="[: -len(word) % 4])
    except Error:
        data = a2b_base64(word[: len(word) // 4 * 4].translate(_URLSAFE))
    if packed:
        unpacked = _unpacked(data, budget)
        if unpacked:
            return unpacked
    text = data.decode("latin-1")
    return text if len(word) >= _BINARY_LEAST or _is_text(text) else ""


def _unpacked(data: bytes, budget: Budget) -> str:
    """Return the text in gzip or zlib data, as far as the budget reaches."""
    import zlib

    unpack = zlib.decompressobj(47)
    try:
        out = unpack.decompress(data, max(1, budget.left))
    except zlib.error:
        return ""
    if unpack.unconsumed_tail or not budget.take(len(out)):
        budget.spent = True
    return out.decode("latin-1")


def _is_text(said: str) -> bool:
    return bool(said) and (said.isprintable() or said.translate(_CONTROLS).isprintable()) and said.isascii()


_CONTROLS = {9: None, 10: None, 13: None}


def _unquoted(text: str, budget: Budget) -> list[Piece]:
    """Return the stretches of a text that hold percent-encoding."""
    pieces: list[Piece] = []
    at = text.find("%")
    while at >= 0:
        end = at + 1
        if not text[at + 1 : at + 3].strip(ALPHABETS["xdigit"]) and len(text) > at + 2:
            before, after = text[max(0, at - _LONGEST_LINK) : at], text[at : at + _LONGEST_LINK]
            start = at - (len(before) - len(before.rstrip(_QUOTED)))
            end = at + len(after) - len(after.lstrip(_QUOTED))
            if end - start >= LEAST and budget.take(end - start):
                pieces.append((start, end, unquoted(text[start:end])))
        at = text.find("%", end)
    return pieces


def _unescaped(text: str, budget: Budget) -> list[Piece]:
    """Return the stretches of a text that are written as escapes: `\\u0067`, `\\x67`, with as many backslashes as there
    are levels.
    """
    pieces: list[Piece] = []
    at = text.find("\\")
    while at >= 0:
        end = at + 1
        bare = text[at : at + 16].lstrip("\\")
        if bare[:3] == "u00" or bare[:1] == "x":
            after = text[at : at + _LONGEST_LINK]
            end = at + len(after) - len(after.lstrip(_ESCAPED))
            if end - at >= LEAST and budget.take(end - at):
                pieces.append((at, end, unescaped(text[at:end])))
        at = text.find("\\", end)
    return pieces


def unescaped(text: str) -> str:
    """Return a text without escapes of single characters; what is none stays."""
    head, *rest = text.split("\\")
    out = [head]
    for part in rest:
        size = {"u": 5, "x": 3}.get(part[:1], 0)
        code = part[1:size]
        fits = size and len(code) == size - 1 and not code.strip(ALPHABETS["xdigit"])
        out.append(chr(int(code, 16)) + part[size:] if fits else part)
    return "".join(out)


def unquoted(text: str) -> str:
    """Return a text without its percent-encoding; what is none stays."""
    head, *rest = text.split("%")
    out = [head]
    for part in rest:
        code = part[:2]
        fits = len(code) == 2 and not code.strip(ALPHABETS["xdigit"])
        out.append(chr(int(code, 16)) + part[2:] if fits else "%" + part)
    return "".join(out)


def _wrapped(text: str, words: list[str], budget: Budget) -> list[Piece]:
    """Return what base64 says that is broken into lines of one length; `words` are the text's, in order."""
    pieces: list[Piece] = []
    lines: list[str] = []
    start = end = at = 0
    for word in words:
        if not LINE[0] <= len(word) <= LINE[1]:
            continue
        place = text.find(word, at)
        if place < 0:
            continue
        if not lines or len(word) != len(lines[0]) or not _is_break(text[end:place]):
            pieces += _said(text, start, end, lines, budget)
            start, lines = place, []
        lines.append(word)
        at = end = place + len(word)
    return pieces + _said(text, start, end, lines, budget)


def _is_break(between: str) -> bool:
    return "\n" in between and len(between) < LINE[0] and not between.strip()


def _said(text: str, start: int, end: int, lines: list[str], budget: Budget) -> list[Piece]:
    """Return what lines say, and with the shorter one behind them, which may be none; each alone has been looked at
    already.
    """
    if not lines:
        return []
    after = text[end : end + 2 * LINE[1]]
    gap = len(after) - len(after.lstrip())
    bare = after[gap:]
    tail = bare[: len(bare) - len(bare.lstrip(_WIDE))] if _is_break(after[:gap]) else ""
    ways = [([*lines, tail], end + gap + len(tail))] if tail else []
    ways += [(lines, end)] if len(lines) > 1 else []
    told = [(start, _padded_end(text, stop), _from_base64("".join(parts), budget)) for parts, stop in ways]
    return [piece for piece in told if piece[2]]
