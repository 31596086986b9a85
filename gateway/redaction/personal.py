"""Personal data: e-mail, phones, payment cards, US social security numbers, IBANs, AWS accounts, IP addresses. Pure;
without `re`.
"""

from __future__ import annotations

from gateway.redaction.alphabets import ALNUM, ALPHABETS
from gateway.redaction.checks import luhn, mod97
from gateway.redaction.selection import ARN, CARD, EMAIL, IBAN, IP, PHONE, SSN

_DIGITS = ALPHABETS["digit"]
_LOCAL = ALPHABETS["dotted"] + "+%"
_DOMAIN = ALPHABETS["alnum"] + "-."
_NUMBERS = "".join(chr(code) if chr(code) in _DIGITS + " -" else "\n" for code in range(128))
_PHONE = "".join(chr(code) if chr(code) in _DIGITS + " -().+" else "\n" for code in range(128))
_CARD_STARTS = (
    "4",
    "51",
    "52",
    "53",
    "54",
    "55",
    "22",
    "23",
    "24",
    "25",
    "26",
    "27",
    "34",
    "37",
    "36",
    "38",
    "60",
    "64",
    "65",
    "35",
    "62",
)
_IBAN_LENGTH = dict(
    pair.split(":")
    for pair in (
        "AD:24 AE:23 AL:28 AT:20 AZ:28 BA:20 BE:16 BG:22 BH:22 BR:29 CH:21 CR:22 CY:28 CZ:24 DE:22 DK:18 DO:28 EE:20 EG:29 ES:24 FI:18 FO:18"
        " FR:27 GB:22 GE:22 GI:23 GL:18 GR:27 GT:28 HR:21 HU:28 IE:22 IL:23 IS:26 IT:27 JO:30 KW:30 KZ:20 LB:28 LI:21 LT:20 LU:20 LV:21 MC:27"
        " MD:24 ME:22 MK:19 MR:27 MT:31 MU:30 NL:18 NO:15 PK:24 PL:28 PS:29 PT:25 QA:29 RO:24 RS:22 SA:24 SE:24 SI:19 SK:24 SM:27 TN:24 TR:26"
        " UA:29 VG:24 XK:20"
    ).split()
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Span = tuple[int, int, str]


def spans(text: str, kinds: frozenset[str], *, thorough: bool = False) -> list[Span]:
    """Return where personal data of some kinds stands in a text; `thorough` asks the numbering plans of all countries,
    too.
    """
    spans: list[Span] = []
    for kind, find in _FINDERS.items():
        if kind in kinds:
            spans += [(start, end, kind) for start, end in find(text)]
    if thorough and PHONE in kinds and "+" in text:
        from gateway.redaction.telephone import phones

        spans += [(start, end, PHONE) for start, end in phones(text)]
    return spans


def _emails(text: str) -> list[tuple[int, int]]:
    emails = []
    at = text.find("@")
    while at >= 0:
        before, after = text[max(0, at - 64) : at], text[at + 1 : at + 255]
        local = before[len(before.rstrip(_LOCAL)) :].lstrip(".")
        domain = after[: len(after) - len(after.lstrip(_DOMAIN))].rstrip(".-")
        _, dot, top = domain.rpartition(".")
        if (
            local
            and dot
            and top.isalpha()
            and len(top) >= 2
            and not domain.startswith((".", "-"))
            and ".." not in domain
            and local != "git"
        ):
            emails.append((at - len(local), at + 1 + len(domain)))
        at = text.find("@", at + 1)
    return emails


def _pieces(text: str, table: str) -> list[tuple[int, str]]:
    """Return (offset, piece) of every stretch of a text in the characters that a table leaves."""
    pieces = []
    at = 0
    plain = text if text.isascii() else text.encode("ascii", "replace").decode("ascii")
    for piece in plain.translate(table).split("\n"):
        bare = piece.strip()
        if len(bare) > 6:
            pieces.append((at + piece.index(bare), bare))
        at += len(piece) + 1
    return pieces


def _alone(text: str, start: int, end: int) -> bool:
    """Whether what stands there is no part of a longer word or number."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return (
        before not in ALNUM
        and after not in ALNUM
        and not (before in (".", "_", "-", "/") and text[max(0, start - 2) : start - 1] in ALNUM)
    )


def _windows(piece: str, shapes: tuple[tuple[int, ...], ...]) -> list[tuple[int, int, str]]:
    """Return (start, end, digits) of neighbouring groups of digits whose lengths are one of the shapes."""
    groups: list[tuple[int, int]] = []
    at = 0
    for word in piece.replace("-", " ").split(" "):
        if word:
            groups.append((at, at + len(word)))
        at += len(word) + 1
    windows = []
    for shape in shapes:
        for first in range(len(groups) - len(shape) + 1):
            window = groups[first : first + len(shape)]
            close = all(after[0] - before[1] == 1 for before, after in zip(window, window[1:], strict=False))
            if close and tuple(end - start for start, end in window) == shape:
                windows.append((window[0][0], window[-1][1], "".join(piece[start:end] for start, end in window)))
    return windows


_CARD_SHAPES = ((4, 4, 4, 4), (4, 6, 5), (4, 4, 4, 4, 3), (16,), (15,), (13,), (14,), (19,))


def _cards(text: str) -> list[tuple[int, int]]:
    cards = []
    for offset, piece in _pieces(text, _NUMBERS):
        if len(piece) >= 13:
            for start, end, digits in _windows(piece, _CARD_SHAPES):
                if (
                    digits.startswith(_CARD_STARTS)
                    and len(set(digits)) > 1
                    and luhn(digits)
                    and _alone(text, offset + start, offset + end)
                ):
                    cards.append((offset + start, offset + end))
    return cards


def _numbers_ssn(text: str) -> list[tuple[int, int]]:
    numbers = []
    for offset, piece in _pieces(text, _NUMBERS):
        for start, end, digits in _windows(piece, ((3, 2, 4),)) if "-" in piece else ():
            valid = (
                digits[:3] not in ("000", "666") and digits[0] != "9" and digits[3:5] != "00" and digits[5:] != "0000"
            )
            dashed = piece[start:end].count("-") == 2
            if valid and dashed and _alone(text, offset + start, offset + end):
                numbers.append((offset + start, offset + end))
    return numbers


def _phones(text: str) -> list[tuple[int, int]]:
    """Return phone numbers by their shape: `+` and 8 to 15 digits, or ten digits written the North American way."""
    phones = []
    for offset, piece in _pieces(text, _PHONE):
        plus = piece.find("+")
        digits = sum(char in _DIGITS for char in piece)
        if (
            plus >= 0
            and 8 <= sum(char in _DIGITS for char in piece[plus:]) <= 15
            and piece[plus + 1 : plus + 2] in _DIGITS[1:]
        ):
            bare = piece[plus:].rstrip(" .-(")
            if len(bare) <= 24 and _alone(text, offset + plus, offset + plus + len(bare)) and _spaced(bare):
                phones.append((offset + plus, offset + plus + len(bare)))
        elif digits in (10, 11) and _is_american(piece) and _alone(text, offset, offset + len(piece)):
            phones.append((offset, offset + len(piece)))
    return phones


def _spaced(number: str) -> bool:
    return "  " not in number and "--" not in number and number.count(".") != 1


def _is_american(piece: str) -> bool:
    groups = piece.replace("(", " ").replace(")", " ").replace("-", " ").replace(".", " ").split()
    groups = groups[1:] if groups and groups[0] == "1" else groups
    marked = "-" in piece or "(" in piece or piece.count(".") == 2
    return (
        [len(group) for group in groups] == [3, 3, 4]
        and marked
        and groups[0][0] in "23456789"
        and groups[1][0] in "23456789"
    )


def _ibans(text: str) -> list[tuple[int, int]]:
    ibans = []
    at = 0
    plain = text if text.isascii() else text.encode("ascii", "replace").decode("ascii")
    for word in plain.split():
        at = plain.find(word, at)
        bare = word.lstrip("\"'(<[{=:,;")
        start = at + len(word) - len(bare)
        length = int(_IBAN_LENGTH.get(bare[:2], "0"))
        if length and bare[2:4].isdigit():
            end = _iban_end(plain, start, length)
            if end > 0 and mod97(plain[start:end]) and _alone(text, start, end):
                ibans.append((start, end))
        at += len(word)
    return ibans


def _iban_end(text: str, start: int, length: int) -> int:
    taken = 0
    at = start
    while taken < length and at < len(text) and at - start < 48:
        char = text[at]
        if char in ALPHABETS["upper"]:
            taken += 1
        elif char != " ":
            return -1
        at += 1
    return at if taken == length else -1


def _arns(text: str) -> list[tuple[int, int]]:
    arns = []
    at = text.find("arn:aws")
    while at >= 0:
        rest = text[at : at + 2048]
        end = next((place for place, char in enumerate(rest) if char in " \t\r\n\"'`<>,;)]}\\"), len(rest))
        parts = rest[:end].split(":", 5)
        if len(parts) == 6 and len(parts[4]) == 12 and parts[4].isdigit():
            arns.append((at, at + end))
        at = text.find("arn:aws", at + 7)
    return arns


def _ips(text: str) -> list[tuple[int, int]]:
    found = []
    at = 0
    for word in text.translate(_DOTTED).split("\n"):
        parts = word.split(".")
        fits = len(parts) == 4 and all(part.isdigit() and len(part) <= 3 and int(part) < 256 for part in parts)
        if fits and _alone(text, at, at + len(word)):
            found.append((at, at + len(word)))
        at += len(word) + 1
    return found


_DOTTED = "".join(chr(code) if chr(code) in _DIGITS + "." else "\n" for code in range(128))
_FINDERS: dict[str, Callable[[str], list[tuple[int, int]]]] = {
    EMAIL: _emails,
    CARD: _cards,
    SSN: _numbers_ssn,
    IBAN: _ibans,
    ARN: _arns,
    PHONE: _phones,
    IP: _ips,
}


def shape(kind: str, value: str, mark: str) -> str:
    """Return what stands for a masked value: its mark, and of the value what cannot tell whose it is."""
    if kind == EMAIL:
        return f"{mark}@{value.rpartition('@')[2]}"
    if kind == ARN:
        parts = value.split(":", 5)
        return ":".join((*parts[:4], mark, parts[5]))
    if kind in (PHONE, CARD, SSN, IBAN):
        return mark + "".join(char for char in value if char.isalnum())[-4:]
    return mark
