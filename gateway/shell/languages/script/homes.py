"""The home folder in script languages, and paths that begin at it. Pure."""

from __future__ import annotations

from gateway.shell.languages.script.tokens import TEXT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.languages.script.language import Language
    from gateway.shell.languages.script.tokens import Token


def home_at(language: Language, tokens: list[Token], at: int) -> tuple[str, int]:
    """Return (the path from the home folder that stands at a place, the place behind it), ("", at) where none
    stands.
    """
    for sequence in language.homes:
        end = at + len(sequence)
        if [text for _, text in tokens[at:end]] == sequence:
            return "~", end
    for call in language.expanded:
        end = at + len(call)
        if (
            [text for _, text in tokens[at:end]] == call
            and end + 1 < len(tokens)
            and tokens[end][0] == TEXT
            and tokens[end + 1][1] == ")"
        ):
            return tokens[end][1], end + 2
    return "", at
