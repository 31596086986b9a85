"""Tokens of script languages: names, strings with what is known of them, commands in backticks, marks. Pure and total.

A token is (kind, text). Comments and regular expressions leave none; a string is one token whose holes (`${x}`, `#{x}`)
are UNKNOWN. What a language spells in its own way is asked of its `Lexis`, never of its name.
"""

from __future__ import annotations

from gateway.model.action import UNKNOWN
from gateway.model.record import Record

NAME = "name"
TEXT = "text"
COMMAND = "command"
MARK = "mark"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Token = tuple[str, str]

_PAIRS = {"(": ")", "[": "]", "{": "}", "<": ">"}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "e": "\033", "a": "\a"}
_TEMPLATE = ("${",)
_LONG_MARKS = frozenset(("->", "::", "=>", "=~", "<<", ">>", "||", "&&", "?.", ":="))
_BEHIND_VALUE = ")]}"
_BEFORE_VALUE = frozenset(
    ("return", "typeof", "case", "in", "of", "and", "or", "not", "if", "unless", "split", "grep", "print")
)
"""Names that a value follows: a `/` behind one begins a regular expression."""


class Lexis(Record):
    """How a language spells strings and comments.

    comments          what begins a comment that ends with its line, or `/*`; `not_comments` look like one and are none
    quotes            the marks that a string may begin with; another quote is a mark
    raw_quotes        `'…'` takes nothing in and knows two escapes
    triple_quotes     triple quotes hold a string of several lines
    interpolation     what begins a hole in a string: a mark and its brace, or a mark alone that a name follows
    home_in_string    the variable of the home folder, as a string takes it in
    backtick_commands `…` is a command line for a shell; else a text with `${…}` in it
    regex_literals    a `/` that no value stands before begins a regular expression
    dollar_names      `$` is a letter of names
    word_literal      (code, name, place behind it, tokens) -> place behind the literal that a name begins, 0 = none, -1
                      = it does not end
    mark_literal      (code, place, tokens) -> the same for a mark
    """

    __slots__ = (
        "backtick_commands",
        "comments",
        "dollar_names",
        "home_in_string",
        "interpolation",
        "mark_literal",
        "not_comments",
        "quotes",
        "raw_quotes",
        "regex_literals",
        "triple_quotes",
        "word_literal",
    )

    def __init__(
        self,
        *,
        comments: tuple[str, ...] = ("#",),
        not_comments: tuple[str, ...] = (),
        quotes: str = "\"'`",
        raw_quotes: bool = False,
        triple_quotes: bool = False,
        interpolation: tuple[str, ...] = (),
        home_in_string: str = "",
        backtick_commands: bool = False,
        regex_literals: bool = False,
        dollar_names: bool = False,
        word_literal: Callable[[str, str, int, list[Token]], int] | None = None,
        mark_literal: Callable[[str, int, list[Token]], int] | None = None,
    ) -> None:
        self.comments = comments
        self.not_comments = not_comments
        self.quotes = quotes
        self.raw_quotes = raw_quotes
        self.triple_quotes = triple_quotes
        self.interpolation = interpolation
        self.home_in_string = home_in_string
        self.backtick_commands = backtick_commands
        self.regex_literals = regex_literals
        self.dollar_names = dollar_names
        self.word_literal = word_literal
        self.mark_literal = mark_literal


def tokens(lexis: Lexis, code: str) -> list[Token] | None:
    """Return the tokens of code, None when a string in it does not end."""
    out: list[Token] = []
    at = 0
    while 0 <= at < len(code):
        char = code[at]
        if char.isspace():
            at += 1
        elif code.startswith(lexis.comments, at) and not code.startswith(lexis.not_comments, at):
            at = _comment(code, at)
        elif char in lexis.quotes:
            token, at = _quoted(lexis, code, at)
            out.append(token)
        elif char.isalpha() or (char in "_$@" and code[at + 1 : at + 2].isidentifier()):
            at = _word(lexis, code, at, out)
        else:
            at = _mark(lexis, code, at, out)
    return out if at >= 0 else None


def _mark(lexis: Lexis, code: str, at: int, out: list[Token]) -> int:
    """Read a mark, a number, a regular expression or a literal that begins with a mark; return the place behind it, -1
    when it does not end.
    """
    char = code[at]
    if lexis.mark_literal and (end := lexis.mark_literal(code, at, out)):
        return end
    if char == "/" and lexis.regex_literals and not is_value(out):
        return _regex(code, at)
    end = at
    if char.isdigit():
        while end < len(code) and (code[end].isalnum() or code[end] == "."):
            end += 1
    else:
        end += 2 if code[at : at + 2] in _LONG_MARKS else 1
    out.append((MARK, code[at:end]))
    return end


def _comment(code: str, at: int) -> int:
    if code.startswith("/*", at):
        end = code.find("*/", at)
        return len(code) if end < 0 else end + 2
    end = code.find("\n", at)
    return len(code) if end < 0 else end


def is_value(out: list[Token]) -> bool:
    """Return whether the last token is a value, so that a `/` divides and `%` takes a remainder."""
    if not out:
        return False
    kind, text = out[-1]
    if kind == NAME:
        return text not in _BEFORE_VALUE
    return kind in (TEXT, COMMAND) or text in _BEHIND_VALUE or text[:1].isdigit()


def _word(lexis: Lexis, code: str, at: int, out: list[Token]) -> int:
    end = at + 1
    while end < len(code) and (code[end].isalnum() or code[end] == "_" or (code[end] == "$" and lexis.dollar_names)):
        end += 1
    name = code[at:end]
    if lexis.word_literal and (behind := lexis.word_literal(code, name, end, out)):
        return behind
    out.append((NAME, name))
    return end


def delimited(code: str, at: int) -> tuple[str, int]:
    """Return (text between a delimiter and its partner, place behind), or -1 when it does not end; the four brackets
    nest.
    """
    if at >= len(code):
        return "", -1
    opening = code[at]
    closing = _PAIRS.get(opening, opening)
    depth, end = 1, at + 1
    while end < len(code):
        if code[end] == "\\":
            end += 1
        elif code[end] == closing:
            depth -= 1
            if depth == 0:
                return code[at + 1 : end], end + 1
        elif code[end] == opening:
            depth += 1
        end += 1
    return "", -1


def _regex(code: str, at: int) -> int:
    """Return the place behind a regular expression, or behind the slash when none ends on this line."""
    end, bracket = at + 1, False
    while end < len(code) and code[end] != "\n":
        if code[end] == "\\":
            end += 1
        elif code[end] == "[":
            bracket = True
        elif code[end] == "]":
            bracket = False
        elif code[end] == "/" and not bracket:
            return end + 1
        end += 1
    return at + 1


def _quoted(lexis: Lexis, code: str, at: int) -> tuple[Token, int]:
    quote = code[at]
    triple = code[at : at + 3]
    if lexis.triple_quotes and triple in ('"""', "'''"):
        end = code.find(triple, at + 3)
        return (TEXT, interpolated(lexis, code[at + 3 : end])), end + 3 if end >= 0 else -1
    end = at + 1
    while end < len(code) and code[end] != quote:
        end += 2 if code[end] == "\\" else 1
    if end >= len(code):
        return (TEXT, ""), -1
    text = code[at + 1 : end]
    if quote == "`" and lexis.backtick_commands:
        return (COMMAND, interpolated(lexis, text)), end + 1
    if quote == "`":
        return (TEXT, _resolved(text, _TEMPLATE, "")), end + 1
    if quote == "'" and lexis.raw_quotes:
        return (TEXT, text.replace("\\'", "'").replace("\\\\", "\\")), end + 1
    return (TEXT, interpolated(lexis, text)), end + 1


def interpolated(lexis: Lexis, text: str) -> str:
    """Return a string's text with its escapes resolved and UNKNOWN where something is put into it."""
    return _resolved(text, lexis.interpolation, lexis.home_in_string)


def _resolved(text: str, holes: tuple[str, ...], home: str) -> str:
    out: list[str] = []
    at = 0
    while at < len(text):
        char = text[at]
        if char == "\\" and at + 1 < len(text):
            piece, at = _escape(text, at + 1)
            out.append(piece)
        elif at + 1 < len(text) and (text[at : at + 2] in holes or (char in holes and text[at + 1].isidentifier())):
            start, at = at, _hole(text, at + 1)
            out.append("~" if home and text[start:at] == home else UNKNOWN)
        else:
            out.append(char)
            at += 1
    return "".join(out)


def _hole(text: str, at: int) -> int:
    """Return the place behind what is put into a string; `at` is behind its mark."""
    if text[at] == "{":
        end = text.find("}", at)
        return len(text) if end < 0 else end + 1
    while at < len(text) and (text[at].isalnum() or text[at] == "_"):
        at += 1
    behind = at + 2 * text.startswith("->", at)
    close = {"{": "}", "[": "]"}.get(text[behind : behind + 1])  # one member of it: `$ENV{HOME}`, `$x->[0]`
    end = text.find(close, behind) if close else -1
    return end + 1 if end >= 0 else at


def _escape(text: str, at: int) -> tuple[str, int]:
    char = text[at]
    if char == "x" or char == "u":
        width = 2 if char == "x" else 4
        digits = text[at + 1 : at + 1 + width].strip("{}")
        try:
            return chr(int(digits, 16)), at + 1 + width
        except ValueError:
            return char, at + 1
    return _ESCAPES.get(char, char), at + 1
