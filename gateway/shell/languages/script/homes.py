"""The home folder in script languages, and paths that are told from it. Pure."""

from __future__ import annotations

from gateway.shell.languages.script.tokens import TEXT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.languages.script.tokens import Token

_HOMES = {
    "javascript": (
        "os . homedir ( )",
        "require ( os ) . homedir ( )",
        "require ( node:os ) . homedir ( )",
        "homedir ( )",
        "process . env . HOME",
    ),
    "ruby": ("Dir . home", "ENV [ HOME ]", "ENV . fetch ( HOME )"),
    "php": ("getenv ( HOME )", "$_SERVER [ HOME ]", "$_ENV [ HOME ]"),
    "perl": ("$ENV { HOME }",),
    "lua": ("os . getenv ( HOME )",),
}
_EXPANDED = {"ruby": ["File", ".", "expand_path", "("]}
_SEQUENCES = {language: tuple(text.split(" ") for text in texts) for language, texts in _HOMES.items()}


def home_at(language: str, tokens: list[Token], at: int) -> tuple[str, int]:
    """Return (what is told of the home folder at a place, the place behind it), ("", at) where that is nothing."""
    for words in _SEQUENCES.get(language, ()):
        end = at + len(words)
        if [text for _, text in tokens[at:end]] == words:
            return "~", end
    words = _EXPANDED.get(language, [])
    end = at + len(words)
    if words and [text for _, text in tokens[at:end]] == words and end + 1 < len(tokens) and tokens[end][0] == TEXT and tokens[end + 1][1] == ")":
        return tokens[end][1], end + 2
    return "", at
