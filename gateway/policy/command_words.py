"""Words of command entries and of commands: how an entry is split, and how one word is compared. Pure."""

from __future__ import annotations

from gateway.model.globs import compile_pattern, match_segment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.globs import Segment


def split_words(text: str) -> list[str]:
    """Split an entry into words; single and double quotes and backslashes keep what they hold together.

    Raises ValueError when a quote is not closed.
    """
    words: list[str] = []
    word: list[str] | None = None
    quote = ""
    chars = iter(text)
    for char in chars:
        if quote:
            if char == quote:
                quote = ""
            else:
                word = [*(word or []), char]
        elif char in "'\"":
            quote = char
            word = word or []
        elif char == "\\":
            word = [*(word or []), next(chars, "")]
        elif char in " \t\n":
            if word is not None:
                words.append("".join(word))
            word = None
        else:
            word = [*(word or []), char]
    if quote:
        raise ValueError(f"`{quote}` is not closed")
    return words if word is None else [*words, "".join(word)]


def word_pattern(word: str) -> Segment:
    """Return the compiled form of one word of an entry, `*`, `?` and classes being wildcards."""
    compiled = compile_pattern(word.replace("/", "\x02"))
    return compiled[0] if len(compiled) == 1 else word


def word_matches(pattern: Segment, word: str) -> bool:
    """Whether a word of a command is what one word of an entry asks for."""
    return match_segment(pattern, word.replace("/", "\x02"))


def is_flag(word: str) -> bool:
    """Whether a word is an option rather than an operand."""
    return len(word) > 1 and word[0] == "-" and word != "--"
