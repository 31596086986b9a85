"""Tokens of C-like script languages: names, strings with what is known of them, commands in backticks, marks. Pure and total."""

from __future__ import annotations

from gateway.model.action import UNKNOWN

NAME = "name"
TEXT = "text"
COMMAND = "command"
MARK = "mark"

TYPE_CHECKING = False
if TYPE_CHECKING:
    Token = tuple[str, str]

_PAIRS = {"(": ")", "[": "]", "{": "}", "<": ">"}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "e": "\033", "a": "\a"}
_COMMENTS = {
    "javascript": ("//", "/*"),
    "php": ("//", "#", "/*"),
    "java": ("//", "/*"),
    "groovy": ("//", "/*"),
    "scala": ("//", "/*"),
    "kotlin": ("//", "/*"),
    "lua": ("--",),
    "awk": ("#",),
}
_INTERPOLATES = {
    "perl": "$@",
    "php": "$",
    "ruby": "#",
    "elixir": "#",
    "groovy": "$",
    "kotlin": "$",
    "tcl": "$[",
    "julia": "$",
    "awk": "",
    "lua": "",
    "r": "",
}
_BEHIND_VALUE = ")]}"


def tokens(language: str, code: str) -> list[Token] | None:  # noqa: C901
    """Return the tokens of code, None when a string in it does not end."""
    out: list[Token] = []
    comments = _COMMENTS.get(language, ("#",))
    at = 0
    while at < len(code):
        char = code[at]
        if char.isspace():
            at += 1
        elif code.startswith(comments, at) and not (char == "#" and language == "php" and code.startswith("#[", at)):
            at = _comment(code, at)
        elif char in "\"'`":
            token, at = _quoted(language, code, at)
            if at < 0:
                return None
            out.append(token)
        elif char.isalpha() or (char in "_$@" and code[at + 1 : at + 2].isidentifier()):
            at = _word(language, code, at, out)
            if at < 0:
                return None
        elif char == "%" and language in ("ruby",) and code[at + 1 : at + 2] in ("x", "q", "Q", "w", "(") and not _is_value(out):
            token, at = _percent(language, code, at)
            if at < 0:
                return None
            out.append(token)
        elif char == "/" and language in ("javascript", "perl", "ruby", "awk", "groovy") and not _is_value(out):
            at = _regex(code, at)
        elif char.isdigit():
            end = at
            while end < len(code) and (code[end].isalnum() or code[end] == "."):
                end += 1
            out.append((MARK, code[at:end]))
            at = end
        else:
            pair = code[at : at + 2]
            mark = pair if pair in ("->", "::", "=>", "=~", "<<", ">>", "||", "&&", "?.", ":=") else char
            out.append((MARK, mark))
            at += len(mark)
    return out


def _comment(code: str, at: int) -> int:
    if code.startswith("/*", at):
        end = code.find("*/", at)
        return len(code) if end < 0 else end + 2
    end = code.find("\n", at)
    return len(code) if end < 0 else end


def _is_value(out: list[Token]) -> bool:
    """Whether the last token is a value, so that a `/` divides and `%` takes a remainder."""
    if not out:
        return False
    kind, text = out[-1]
    if kind == NAME:
        return text not in ("return", "typeof", "case", "in", "of", "and", "or", "not", "if", "unless", "split", "grep", "print")
    return kind in (TEXT, COMMAND) or text in _BEHIND_VALUE or text[:1].isdigit()


def _word(language: str, code: str, at: int, out: list[Token]) -> int:
    end = at + 1
    while end < len(code) and (code[end].isalnum() or code[end] == "_" or (code[end] == "$" and language == "javascript")):
        end += 1
    name = code[at:end]
    if (
        language == "perl"
        and name in ("q", "qq", "qx", "qw", "m", "qr", "s", "tr", "y")
        and end < len(code)
        and not (out and out[-1][1] in ("->", "$", "{", "%"))
    ):
        mark = end
        while mark < len(code) and code[mark] == " ":
            mark += 1
        if mark < len(code) and not code[mark].isalnum() and code[mark] not in " \t\n,;=)_" and code[mark : mark + 2] != "=>":
            return _perl_quote(name, code, mark, out)
    out.append((NAME, name))
    return end


def _perl_quote(name: str, code: str, at: int, out: list[Token]) -> int:
    text, end = _delimited(code, at)
    if end < 0:
        return -1
    if name in ("s", "tr", "y"):
        paired = code[at] in _PAIRS
        mark = end
        while paired and mark < len(code) and code[mark].isspace():
            mark += 1
        _, end = _delimited(code, mark if paired else end - 1)
        if end < 0:
            return -1
    while name in ("s", "m", "qr", "tr", "y") and end < len(code) and code[end].isalpha():
        if name == "s" and code[end] == "e":
            out.append((NAME, "s///e"))
        end += 1
    if name == "q":
        out.append((TEXT, text))
    elif name in ("qq", "qx"):
        out.append((COMMAND if name == "qx" else TEXT, _interpolated("perl", text)))
    elif name == "qw":
        out += [(MARK, "("), *((TEXT, word) for word in text.split()), (MARK, ")")]
    else:
        out.append((MARK, "0"))
    return end


def _delimited(code: str, at: int) -> tuple[str, int]:
    """Return (text between a delimiter and its partner, place behind), or -1 when it does not end."""
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


def _percent(language: str, code: str, at: int) -> tuple[Token, int]:
    kind = code[at + 1]
    start = at + 1 if kind == "(" else at + 2
    text, end = _delimited(code, start)
    return ((COMMAND if kind == "x" else TEXT), text if kind == "q" else _interpolated(language, text)), end


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


def _quoted(language: str, code: str, at: int) -> tuple[Token, int]:
    quote = code[at]
    if quote == "'" and language in ("java", "kotlin", "scala", "tcl", "elisp"):
        return (MARK, "'"), at + 1
    triple = code[at : at + 3]
    if triple in ('"""', "'''") and language in ("groovy", "kotlin", "scala", "julia", "elixir"):
        end = code.find(triple, at + 3)
        return (TEXT, _interpolated(language, code[at + 3 : end])), end + 3 if end >= 0 else -1
    end = at + 1
    while end < len(code) and code[end] != quote:
        end += 2 if code[end] == "\\" else 1
    if end >= len(code):
        return (TEXT, ""), -1
    text = code[at + 1 : end]
    if quote == "`":
        command = language in ("perl", "ruby", "php", "julia")
        return (COMMAND if command else TEXT, _interpolated("template" if not command else language, text)), end + 1
    if quote == "'" and language in ("perl", "ruby", "php"):
        return (TEXT, text.replace("\\'", "'").replace("\\\\", "\\")), end + 1
    return (TEXT, _interpolated(language, text)), end + 1


def _interpolated(language: str, text: str) -> str:
    """Return a string's text with its escapes resolved and UNKNOWN where something is put into it."""
    marks = "${" if language == "template" else _INTERPOLATES.get(language, "")
    out: list[str] = []
    at = 0
    while at < len(text):
        char = text[at]
        if char == "\\" and at + 1 < len(text):
            piece, at = _escape(text, at + 1)
            out.append(piece)
        elif (
            marks
            and char == marks[0]
            and (text[at + 1 : at + 2] == "{" or (marks[0] not in "#" and language != "template" and text[at + 1 : at + 2].isidentifier()))
        ) or ("@" in marks and char == "@" and text[at + 1 : at + 2] == "{"):
            start, at = at, _hole(text, at + 1)
            out.append("~" if text[start:at] == "$ENV{HOME}" else UNKNOWN)
        else:
            out.append(char)
            at += 1
    return "".join(out)


def _hole(text: str, at: int) -> int:
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
