"""Values that a name before them gives away, in any text: `DB_PASSWORD=…`, `"apiKey": "…"`, `--token …`,
`Authorization: Bearer …`. Pure.

Works from the name to the right (a telling name, any value) and from the value to the left (a telling form, and the
provider's name).
"""

from __future__ import annotations

from gateway.redaction import bearer
from gateway.redaction.alphabets import ALPHABETS
from gateway.redaction.checks import has_digit
from gateway.redaction.crowds import Crowd
from gateway.redaction.names import KEY_OWNERS, WORDS, kind_of, words_of
from gateway.redaction.placeholders import mark_end
from gateway.redaction.values import is_name, is_placeholder, is_random

NAME = ALPHABETS["dotted"]
_SPACE = " \t"
_QUOTES = "\"'`"
_VALUE = ALPHABETS["percent"] + "!^*:|"
_SETS = ("configure set ", "config set ", "config:set ", "setx ", "setenv ")
"""Commands whose arguments are a name and its value."""
_ENDS = " \t\r\n\"'`<>,;&|(){}[]\\“”„‘’«»…"
_CUT = {ord(char): "\n" for char in _ENDS}
"""Translation that turns every character that ends a value to the end of a line."""
_INSIDE = "+/~!$" + NAME
_JOINED = frozenset("+/~!$")
MAX_VALUE = 8192
MAX_NAME = 100

TYPE_CHECKING = False
if TYPE_CHECKING:
    Span = tuple[int, int, str]


def words_in(lowered: str) -> list[str]:
    """Return the telling words that stand in a text in lower case."""
    words = [word for word in WORDS if word in lowered]
    if "key" in lowered:
        squashed = lowered.replace("_", "").replace("-", "")
        owners = [word for word in KEY_OWNERS if f"{word}key" in squashed]
        words += [f"{word}{joint}key" for word in owners for joint in ("", "_", "-")]
    for word in ("pin", "otp"):
        if word in lowered and (f"{word}\n" in lowered or f"{word}: " in lowered or lowered.endswith(word)):
            words.append(word)
    if bearer.could_stand_in(lowered):
        words.append(bearer.WORD)
    return words


def named_spans(text: str, words: list[str]) -> list[Span]:
    """Return where values stand that the name before them gives away."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(char.lower() if char.isascii() else char for char in text)
    spans: set[Span] = set()
    seen: set[int] = set()
    if bearer.WORD in words:
        spans.update(bearer.spans(text, lowered))
    for word in words:
        crowd = Crowd(word, _unbroken if word != "cookie" else _unbroken_line)
        at = lowered.find(word)
        while at >= 0:
            start, end = _name_around(text, at, len(word))
            if end not in seen:
                seen.add(end)
                span = _assigned(text, start, end)
                if span is not None:
                    spans.add(span)
            at = crowd.after(lowered, at, lowered.find(word, max(end, at + 1)))
    return sorted(spans)


def _unbroken(text: str) -> int:
    """Return how many characters at a text's beginning a value without quotes may hold."""
    return f"{text.translate(_CUT)}\n".find("\n")


def _unbroken_line(text: str) -> int:
    """Return how many characters at a text's beginning the value of a `Cookie` header may hold."""
    ends = [at for at in map(text.find, "\n\r\"'") if at >= 0]
    return min(ends, default=len(text))


def _word_end(text: str, at: int, most: int) -> int:
    """Return where a value without quotes ends that starts at an offset, `most` characters behind it at the latest."""
    size = 64
    while True:
        window = text[at : at + min(size, most)]
        count = _unbroken(window)
        if count < len(window) or len(window) < size:
            return at + count
        size *= 8


def _name_around(text: str, at: int, size: int) -> tuple[int, int]:
    before = text[max(0, at - MAX_NAME) : at]
    after = text[at + size : at + size + MAX_NAME]
    return at - (len(before) - len(before.rstrip(NAME))), at + size + (len(after) - len(after.lstrip(NAME)))


def _assigned(text: str, start: int, end: int) -> Span | None:
    """Return where the value stands that a name at these offsets is given, None where it is given none that counts."""
    name = text[start:end].strip(".-")
    at, operator = _operator(text, start, end)
    if not operator:
        return None
    kind = kind_of(name)
    if not kind:
        return None
    if kind in ("authorization", "cookie") and operator in (":", "="):
        return _header(text, at, name, kind)
    value_at, value_end, quoted = _value(text, at)
    value = text[value_at:value_end]
    if not value or mark_end(text, value_at) > 0 or (not quoted and text[value_end : value_end + 1] == "("):
        return None
    if operator == "==" and not quoted:
        return None
    shout = name.upper() == name and operator == "="
    return (
        (value_at, value_end, kind)
        if _counts(value, kind, quoted=quoted, shout=shout, flag=operator == " ", bare=_ends_line(text, value_end))
        else None
    )


def _operator(text: str, start: int, end: int) -> tuple[int, str]:
    """Return (where the value starts, the operator between it and the name); "" for none. A space counts behind
    `--name`.
    """
    tail = text[end : end + 12]
    rest = tail.lstrip("\"'`]\\")
    skipped = len(tail) - len(rest)
    bare = rest.lstrip(_SPACE)
    skipped += len(rest) - len(bare)
    operator = _sign(bare)
    if operator:
        at = end + skipped + len(operator)
        gap = text[at : at + 24]
        return at + len(gap) - len(gap.lstrip(_SPACE)), operator
    if rest[:1] in _SPACE and rest[:1] and skipped and not bare.startswith("-"):
        if text.startswith("--", start):
            return end + skipped, " "
        if text.endswith(_SETS, 0, start) and has_digit(bare.partition(" ")[0]):
            return end + skipped, " "
    return -1, ""


def _sign(text: str) -> str:
    """Return the operator that a text starts with, "" for none."""
    if text[:1] == "=":
        return text[:3] if text[:3] == "===" else text[:2] if text[:2] in ("==", "=>") else "="
    return (text[:2] if text[:2] == ":=" else ":") if text[:1] == ":" else ""


def _value(text: str, at: int) -> tuple[int, int, bool]:
    """Return (start, end, whether it is quoted) of the value at an offset."""
    if text[at : at + 1] in ("b", "r", "f", "u") and text[at + 1 : at + 2] in ("'", '"'):
        at += 1
    escape = text[at : at + 1] == "\\" and text[at + 1 : at + 2] in ("'", '"')
    mark = text[at : at + 2] if escape else text[at : at + 1]
    if escape or (mark and mark in _QUOTES):
        start = at + len(mark)
        close = text.find(mark, start, start + MAX_VALUE)
        if close >= 0 and text.find("\n", start, close) < 0:
            return start, close, True
        at = start
    return at, _word_end(text, at, MAX_VALUE), False


def _counts(value: str, kind: str, *, quoted: bool, shout: bool, flag: bool, bare: bool) -> bool:
    """Whether a value behind a telling name is a credential and not a word of a program or of prose."""
    if kind == "pin" or len(value) > 2000:
        return False
    return _could_count(value, kind, quoted=quoted, shout=shout, flag=flag, bare=bare) and not is_placeholder(value)


def _could_count(value: str, kind: str, *, quoted: bool, shout: bool, flag: bool, bare: bool) -> bool:
    if shout or flag:
        return (
            len(value) >= (4 if kind == "password" else 6)
            and not (value.isdigit() and kind != "password")
            and not _is_code(value)
        )
    if (
        kind == "password"
        and len(value) >= 6
        and " " not in value
        and has_digit(value)
        and not value.isdigit()
        and not _is_code(value)
    ):
        return (quoted or bare) and not ("." in value and is_name(value))
    if " " in value or len(value) < 8:
        return False
    return is_random(value) and not is_name(value) and not _is_code(value)


def _ends_line(text: str, at: int) -> bool:
    """Whether nothing follows on the line: configuration, not code."""
    return text[at : at + 1] in ("", "\n", "\r") or not text[at : at + 40].partition("\n")[0].strip()


def _is_code(value: str) -> bool:
    return value.startswith(
        ("/", "./", "../", "http:", "https:", "os.", "process.", "self.", "this.")
    ) or value.endswith((".", "=", ":"))


def _header(text: str, at: int, name: str, kind: str) -> Span | None:
    """Return where the credential stands in the value of an `Authorization` or `Cookie` header."""
    quote = text[at : at + 1] if text[at : at + 1] in _QUOTES else ""
    start = at + len(quote)
    value = text[start : _header_end(text, start, at + _header_size(text, at, kind), quote)]
    if kind == "cookie":
        return _cookie(text, start, value, name)
    scheme, space, rest = value.partition(" ")
    if space and scheme.isalnum() and rest and scheme[:1].isalpha():
        token = rest.strip()
        first = token.partition(" ")[0].rstrip(",;")
        if (
            is_placeholder(first)
            or mark_end(token, 0) > 0
            or len(first) < 6
            or (not scheme[:1].isupper() and is_name(first))
        ):
            return None
        whole = token if "=" in first else first
        begin = start + value.index(token)
        return (begin, begin + len(whole), "authorization") if is_random(first) or len(first) >= 16 else None
    word_end = _word_end(text, start, len(text))
    word = text[start:word_end]
    fits = is_random(word) and not is_placeholder(word) and not is_name(word)
    return (start, word_end, kind) if fits else None


def _header_end(text: str, start: int, most: int, quote: str) -> int:
    """Return where a header's value ends: at the end of the line, also an escaped one, or at the quote it stands in; at
    `most` at the latest.
    """
    marks = ("\n", "\r", quote or '"', quote or "'", "\\n", "\\r")
    # A text may be full of names with a quote behind them (`auth='auth='…`): each ends at the next one's.
    close = text.find(quote, start, most) if quote else -1
    end = close if close >= 0 else max(start, min(most, len(text)))
    for mark in marks:
        find = text.find(mark, start, end)
        end = find if find >= 0 else end
    return end


def _header_size(text: str, at: int, kind: str) -> int:
    """Return how many characters behind a header's name have to be looked at: few, where its first words end among them
    and are all that counts.
    """
    scheme, *rest = text[at : at + _SHORT].split(" ", 2)
    short = (
        kind == "authorization"
        and rest
        and (not scheme.strip(_QUOTES).isalnum() or (len(rest) == 2 and "=" not in rest[0]))
    )
    return _SHORT if short else MAX_VALUE


_SHORT = 256


def _cookie(text: str, start: int, value: str, name: str) -> Span | None:
    first, sign, rest = value.partition("=")
    if (
        not sign
        or not first
        or first.strip(NAME)
        or mark_end(rest, 0) > 0
        or not name.replace("-", "").lower().endswith("cookie")
    ):
        return None
    end = len(value)
    if name.lower().startswith("set"):
        end = value.find(";") if ";" in value else end
    words = value[len(first) + 1 : end].rstrip()
    return (
        (start + len(first) + 1, start + len(first) + 1 + len(words), "cookie")
        if is_random(words.partition(";")[0])
        else None
    )


def name_before(text: str, at: int) -> str:
    """Return the name that the value at an offset is given, "" where none is."""
    head = text[max(0, at - MAX_NAME) : at].rstrip(" \t\"'`\\")
    if not head or head[-1] not in "=:>,(":
        return ""
    head = head.rstrip("=:>?|~ \t\"'`]\\),(")
    return head[len(head.rstrip(NAME)) :]


def value_start(text: str, at: int) -> int:
    """Return where the value starts that a word at an offset belongs to."""
    if text[at - 1 : at] not in _JOINED:
        return at
    before = text[max(0, at - 200) : at]
    return at - (len(before) - len(before.rstrip(_INSIDE)))


def value_end(text: str, at: int) -> int:
    """Return where the value that starts at an offset ends."""
    after = text[at : at + 1024]
    return at + len(after) - len(after.lstrip(_VALUE))


def providers(name: str) -> list[str]:
    """Return the words of a name that a provider could be called by: single, and two or three written apart."""
    words = words_of(name)
    return [*words, *("".join(words[at : at + size]) for size in (2, 3) for at in range(len(words) - size + 1))]
