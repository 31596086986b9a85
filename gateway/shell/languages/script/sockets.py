"""Sockets in script languages: where a connection that code opens leads. Pure."""

from __future__ import annotations

from gateway.model.action import UNKNOWN
from gateway.shell.languages.script.tokens import NAME, TEXT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.languages.script.tokens import Token

_HOSTS = frozenset(("host", "hostname", "address", "PeerAddr", "PeerHost"))
_LOCAL = "localhost"


def peer_of(tokens: list[Token], known: dict[str, str]) -> str:
    """Return the host of a call, of which these tokens begin with its parentheses: `(4242, "h")`, `({host: "h"})`,
    `(PeerAddr => "h")`.

    known  the constants that names were given
    "" where nothing is given, UNKNOWN where it is only known when the code runs; a bare port is one of this machine.
    """
    given = _within(tokens)
    named = [
        value
        for (_, name), (_, mark), (kind, value) in zip(given, given[1:], given[2:], strict=False)
        if name in _HOSTS and kind == TEXT and mark in (":", "=>")
    ]
    texts = [known.get(text.lstrip("$@"), "") if kind == NAME else text for kind, text in given if kind in (NAME, TEXT)]
    host = next(
        (text for text in (*named, *texts) if text in named or "." in text or ":" in text or text == _LOCAL), ""
    )
    if host or any(kind == NAME for kind, _ in given):
        return host or UNKNOWN
    return _LOCAL if given else ""


def _within(tokens: list[Token]) -> list[Token]:
    """Return the tokens between the parentheses that tokens begin with; all behind the first where these do not end."""
    depth = 0
    for at, (kind, text) in enumerate(tokens):
        if kind != TEXT:
            depth += (text in ("(", "[", "{")) - (text in (")", "]", "}"))
        if depth <= 0:
            return tokens[1:at]
    return tokens[1:]
