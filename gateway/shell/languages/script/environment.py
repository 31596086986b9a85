"""The environment in script languages: one variable of it, what a program is started with, or all of it. Pure."""

from __future__ import annotations

from gateway.shell.languages.script.tokens import TEXT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.languages.script.tokens import Token

_NAMES = {"javascript": "env", "ruby": "ENV", "php": "$_ENV"}
_WHOLE = frozenset("to_h to_a each each_pair map inspect to_s values filter select to_hash".split())
"""Methods of Ruby's environment that give more than one variable."""


def all_variables(language: str, tokens: list[Token], at: int) -> bool:
    """Whether the name at a place is the whole environment, and not what a program is started with: it holds credentials."""
    if tokens[at][1] != _NAMES.get(language):
        return False
    behind = [text for kind, text in tokens[at + 1 : at + 3] if kind != TEXT]
    if behind[:1] in (["["], ["?."]):
        return False
    if language == "javascript":
        return behind[:1] != ["."] and _is_handed_on([text for _, text in tokens[max(at - 10, 0) : at]])
    return behind[:1] != ["."] or (behind[1:] != [] and behind[1] in _WHOLE)


def _is_handed_on(before: list[str]) -> bool:
    """Whether `process.env` behind these tokens is neither taken apart (`{X} = …`) nor what a program gets (`env: …`, `env: {...…}`)."""
    if before[-2:] != ["process", "."]:
        return False
    left = before[:-2]
    if left[-1:] == ["..."] or left[-3:] == [".", ".", "."]:
        left = left[:-1] if left[-1] == "..." else left[:-3]
        left = left[:-1]  # the brace that it is spread into
    return left[-2:] not in (["env", ":"], ["}", "="])
