"""Passwords that short options of known programs carry: `curl -u user:password`, `mysql -ppassword`, `sshpass -p …`;
and `.netrc`. Pure.
"""

from __future__ import annotations

from gateway.redaction.placeholders import mark_end
from gateway.redaction.values import is_placeholder

_PAIRS = ("-u", "--user", "-U", "--proxy-user")
PROGRAMS = {
    "curl": _PAIRS,
    "sshpass": ("-p",),
    "mysql": ("-p",),
    "mariadb": ("-p",),
    "redis-cli": ("-a",),
    "login": ("-p",),
    "smbclient": ("-U",),
    "sqlcmd": ("-P",),
    "mongo": ("-p",),
    "ldap": ("-w",),
    "unzip": ("-P",),
}
"""Start of a program's name, or of a command of it -> its options that carry a password, alone or behind the user's
name.
"""

_GLUED = ("mysql", "mariadb", "sshpass", "unzip", "sqlcmd")
"""Programs that take the value without a space."""
_ASKS = ("mysql", "mariadb")
"""Programs that ask for the password where no value is glued to the option."""
_BREAKS = "\n;|&"
_CUT = {ord(char): "\n" for char in " \t\r\n;|&)<>"}
"""Translation that turns every character that ends a value to the end of a line."""
_REACH = 400

TYPE_CHECKING = False
if TYPE_CHECKING:
    Span = tuple[int, int, str]


def could_stand_in(text: str) -> bool:
    """Whether a first look says that one of the programs is named, or a `.netrc` is quoted."""
    return (" -" in text and any(program in text for program in PROGRAMS)) or (
        "machine " in text and "password " in text
    )


def spans(text: str) -> list[Span]:
    """Return where passwords stand behind options that say so by their program."""
    spans: list[Span] = []
    for program, options in PROGRAMS.items():
        at = text.find(program)
        while at >= 0:
            line = text[at : at + _REACH]
            line = line[: min((place for place in map(line.find, _BREAKS) if place >= 0), default=len(line))]
            for option in options:
                spans += _behind(text, at, line, option, glued=program in _GLUED, apart=program not in _ASKS)
            at = _next_program(
                text,
                program,
                at,
                at
                + min(
                    (place for place in (line.find(f" {option}") for option in options) if place >= 0),
                    default=len(line),
                ),
            )
    return list(dict.fromkeys(spans)) + _netrc(text)


def _next_program(text: str, program: str, at: int, seen: int) -> int:
    """Return where to look next for a program: of those that stand before `seen`, where the look from `at` ended, only
    the last sees further.
    """
    last = text.rfind(program, at + len(program), seen)
    return last if last >= 0 else text.find(program, max(seen, at + len(program)))


def _word_end(text: str, at: int) -> int:
    """Return where a value without quotes ends that starts at an offset."""
    size = 64
    while True:
        window = text[at : at + size].translate(_CUT)
        end = window.find("\n")
        if end >= 0 or len(window) < size:
            return at + (end if end >= 0 else len(window))
        size *= 8


def _behind(text: str, at: int, line: str, option: str, *, glued: bool, apart: bool) -> list[Span]:
    place = line.find(f" {option}")
    if place < 0:
        return []
    start = at + place + 1 + len(option)
    following = text[start : start + 1]
    if following == " " and not apart:
        return []
    if following not in (" ", "=") and not (glued and len(option) == 2):
        return []
    start += following in (" ", "=")
    quote = text[start : start + 1] if text[start : start + 1] in ("'", '"') else ""
    start += len(quote)
    end = text.find(quote, start, start + _REACH) if quote else _word_end(text, start)
    if option in _PAIRS:
        colon = max(text.find(":", start, end), text.find("%", start, end))
        start = colon + 1 if colon >= 0 else end
    value = text[start:end]
    if (
        end < 0
        or len(value) < 4
        or value.startswith("-")
        or is_placeholder(value)
        or mark_end(text, start) > 0
        or value.isdigit()
    ):
        return []
    return [(start, end, "password")]


def _netrc(text: str) -> list[Span]:
    spans: list[Span] = []
    at = text.find("password ") if "machine " in text else -1
    while at >= 0:
        before = text[max(0, at - _REACH) : at]
        start = at + len("password ")
        end = _word_end(text, start)
        told = "machine " in before and "login " in before[before.rfind("machine ") :]
        if told and end - start >= 4 and not is_placeholder(text[start:end]) and mark_end(text, start) < 0:
            spans.append((start, end, "password"))
        at = text.find("password ", at + 1)
    return spans
