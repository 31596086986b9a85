"""Forms: what a value looks like, as literal text with counted runs of an alphabet in it: `ghp_{alnum:36+}`. Pure;
without `re`.

A form is matched outwards from its anchor, the longest literal in it. Every run is taken greedily by `str.lstrip`, so a
match costs what its length costs and nothing can make it slower. `(a|b)` in a form stands for several forms.
"""

from __future__ import annotations

from gateway.redaction.alphabets import ALNUM, ALPHABETS

MAX_RUN = 16384
"""Most characters of a run without an upper bound of its own."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    Run = tuple[str, int, int]
    Part = str | Run


class Form:
    """One form, parsed: its anchor, and the parts on both sides of it.

    anchor  the literal to look for
    before  parts left of the anchor, nearest first
    after   parts right of the anchor
    glued   the anchor is telling enough to count in the middle of a word
    apart   fewest characters between two anchors of which the first has room for a value; 0 where a value may hold the
            anchor
    chars   every character that a value may hold
    opens   the anchor begins the value, which has to stand alone
    """

    __slots__ = ("after", "anchor", "apart", "before", "chars", "glued", "opens", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        parts = parsed(text)
        literals = [part for part in parts if isinstance(part, str)]
        self.anchor = max(literals, key=len) if literals else ""
        at = parts.index(self.anchor) if literals else -1
        self.before = tuple(reversed(parts[:at])) if at > 0 else ()
        self.after = tuple(parts[at + 1 :])
        self.glued = len(self.anchor) >= 4 and any(char not in ALNUM for char in self.anchor)
        self.opens = not self.glued and not self.before
        self.apart = _apart(self.anchor, self.after)
        self.chars = "".join(part if isinstance(part, str) else part[0] for part in parts)

    def unbroken(self, text: str) -> int:
        """Return how many characters at a text's beginning a value of this form may hold."""
        return len(text) - len(text.lstrip(self.chars))

    def begins(self, text: str, at: int) -> bool:
        """Whether the fewest characters that have to follow an anchor at an offset do: what most places fail by, at the
        least price.
        """
        part = self.after[0] if self.after else ""
        start = at + len(self.anchor)
        return (
            text.startswith(part, start) if isinstance(part, str) else not text[start : start + part[1]].lstrip(part[0])
        )

    def match(self, text: str, at: int) -> tuple[int, int] | None:
        """Return the span of a value whose anchor stands at an offset of the text, None where there is none."""
        start = at
        for part in self.before:
            start = _left(part, text, start)
            if start < 0:
                return None
        if not self.glued and not stands_alone(text, start):
            return None
        end = at + len(self.anchor)
        for index, part in enumerate(self.after):
            end = _right(part, text, end, last=index == len(self.after) - 1)
            if end < 0:
                return None
        return start, end

    def whole(self, text: str) -> bool:
        """Whether all of a text has this form; for forms without an anchor too."""
        if self.anchor:
            at = text.find(self.anchor)
            return at >= 0 and self.match(text, at) == (0, len(text))
        end = 0
        for part in self.after:
            end = _right(part, text, end, last=False)
            if end < 0:
                return False
        return end == len(text)


def _apart(anchor: str, after: tuple[Part, ...]) -> int:
    """Return how far from an anchor the next one has to be for a value to fit between them, 0 where a value may hold
    the anchor.
    """
    inside = "".join(part if isinstance(part, str) else part[0] for part in after)
    least = sum(len(part) if isinstance(part, str) else part[1] for part in after)
    foreign = [at for at, char in enumerate(anchor) if char not in inside]
    return max(0, len(anchor) + least - foreign[-1]) if foreign else 0


def _right(part: Part, text: str, at: int, *, last: bool) -> int:
    """Return where a part that starts at `at` ends, -1 where it does not stand there."""
    if isinstance(part, str):
        return at + len(part) if text.startswith(part, at) else -1
    chars, least, most = part
    window = text[at : at + (most + 1 if most else MAX_RUN)]
    count = len(window) - len(window.lstrip(chars))
    if count < least or (last and most and count > most):
        return -1
    return at + (min(count, most) if most else count)


def _left(part: Part, text: str, at: int) -> int:
    """Return where a part that ends at `at` starts, -1 where it does not stand there."""
    if isinstance(part, str):
        return at - len(part) if text.endswith(part, 0, at) else -1
    chars, least, most = part
    window = text[max(0, at - (most or MAX_RUN)) : at]
    count = len(window) - len(window.rstrip(chars))
    return at - count if count >= least else -1


def stands_alone(text: str, at: int) -> bool:
    """Whether a value that starts at an offset is not the tail of a word; what an escape sequence ends with is no
    word.
    """
    return at == 0 or text[at - 1] not in ALNUM or _ends_escape(text[max(0, at - 8) : at])


def alone_from(text: str, at: int) -> int:
    """Return an offset, or a later one before which no value can stand alone."""
    if at == 0 or text[at - 1] not in ALNUM:
        return at
    before = text[max(0, at - 8) : at]
    if "\\" in before or "%" in before or "\x1b" in before:
        return at if _ends_escape(before) else at + 1
    window = text[at : at + _LOOK]
    return at + max(1, len(window) - len(window.lstrip(ALPHABETS["alnum"])))


_LOOK = 256


def _ends_escape(before: str) -> bool:
    """Whether a text ends with an escape sequence: `\\n`, `%3D`, `\\u0022`, a colour of a terminal."""
    if "\\" not in before and "%" not in before and "\x1b" not in before:
        return False
    escape = before[-2:-1] == "\\" and before[-1] in "nrtbfe"
    percent = before[-3:-2] == "%" and all(char in ALPHABETS["xdigit"] for char in before[-2:])
    code = before[-6:-5] == "\\" and before[-5] == "u" and all(char in ALPHABETS["xdigit"] for char in before[-4:])
    return escape or percent or code or (before[-1] == "m" and "\x1b[" in before)


def parsed(text: str) -> list[Part]:
    """Return the parts of a form. Raises ValueError for one that is not well formed."""
    parts: list[Part] = []
    rest = text
    while rest:
        literal, brace, rest = rest.partition("{")
        if literal:
            parts.append(literal)
        if brace:
            inside, closed, rest = rest.partition("}")
            name, _, count = inside.partition(":")
            if not closed or name not in ALPHABETS:
                raise ValueError(f"not a form: `{text}`")
            least, most = counted(count)
            parts.append((ALPHABETS[name], least, most))
    return parts


def counted(count: str) -> tuple[int, int]:
    """Return (least, most) of a count: `36`, `36-255`, or `36+` for no upper bound (0)."""
    if count.endswith("+"):
        return int(count[:-1]), 0
    least, dash, most = count.partition("-")
    return int(least), int(most) if dash else int(least)


def forms_of(text: str) -> tuple[str, ...]:
    """Return the texts of the forms in a column: separated by spaces, `(a|b)` multiplied out."""
    forms: list[str] = []
    for word in text.split():
        pending = [word]
        while pending:
            form = pending.pop(0)
            head, paren, rest = form.partition("(")
            if not paren:
                forms.append(form)
                continue
            inside, _, tail = rest.partition(")")
            pending += [head + choice + tail for choice in inside.split("|")]
    return tuple(forms)
