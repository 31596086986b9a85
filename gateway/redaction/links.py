"""Passwords inside URLs: `scheme://user:password@host`, and tokens that stand where the user's name stands. Pure."""

from __future__ import annotations

from gateway.redaction.alphabets import ALNUM
from gateway.redaction.placeholders import mark_end
from gateway.redaction.values import is_placeholder

_WEB = frozenset(("http", "https", "ws", "wss", "ftp", "git", "git+https", "git+http", "svn"))
_BREAKS = "".join("\n" if chr(code) in " \t\r\n\"'`<>\\|(){},;" or code < 32 else chr(code) for code in range(128))
_DUMMIES = frozenset(
    "pass password passwd pwd pw secret token user username x xx xxx xxxx foo bar test example changeme p s y".split()
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    Span = tuple[int, int, str]


def spans(text: str) -> list[Span]:
    """Return where credentials stand in the URLs of a text."""
    spans: list[Span] = []
    at = text.find("://")
    while at >= 0:
        span = _userinfo(text, at)
        if span is not None:
            spans.append(span)
        at = text.find("://", at + 3)
    return spans


def _userinfo(text: str, at: int) -> Span | None:
    window = text[at + 3 : at + 600]
    head, sign, _ = window.partition("@")
    if not sign or '"' in head or " " in head or "\n" in head:
        return None  # most links end before the next sign
    window = window.translate(_BREAKS).partition("\n")[0]
    scheme = _scheme(text, at)
    web = scheme in _WEB
    if web:
        for char in "/?#":
            window = window.partition(char)[0]
    info, sign, _ = window.rpartition("@")
    if not sign or not info or not scheme:
        return None
    user, colon, password = info.partition(":")
    start = at + 3 + len(user) + 1
    if colon:
        if (
            not password
            or is_placeholder(password)
            or mark_end(text, start) > 0
            or (web and password.lower() in _DUMMIES)
        ):
            return None
        return start, start + len(password), "url-password" if web else "connection-string"
    if (
        web
        and len(info) >= 20
        and mark_end(text, at + 3) < 0
        and any(char in "0123456789" for char in info)
        and not is_placeholder(info)
    ):
        return at + 3, at + 3 + len(info), "url-token"
    return None


def _scheme(text: str, at: int) -> str:
    start = at
    while start > 0 and at - start < 20 and (text[start - 1] in ALNUM or text[start - 1] in "+.-"):
        start -= 1
    return text[start:at].lower()
