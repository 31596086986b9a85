"""Reading words: quoting, patterns, backquotes. Pure; positions are offsets in the text.

A recursive-descent scanner over one string, as GNU bash 5.2 reads it (bash(1), QUOTING). It raises only ShellError,
which the parser turns into a value; nesting is bounded, nothing is read twice without a bound.
"""

from __future__ import annotations

from gateway.shell.syntax.ansi_quoting import ansi_escape
from gateway.shell.syntax.ast import Literal, Redirect, Substitution, Word
from gateway.shell.syntax.characters import BLANK, META, ShellError

MAX_DEPTH = 40
"""Deepest nesting of substitutions, quotes and compound commands that is followed."""

_WORD_STOP = META | frozenset("\\'\"$`")
_QUOTE_STOP = frozenset('"\\$`')

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.syntax.ast import Node, Script


class Quoting:
    """Reads words from a text at `at`; the scanner adds expansions, the parser commands."""

    def __init__(self, text: str, depth: int = 0) -> None:
        self.text = text
        self.size = len(text)
        self.at = 0
        self.depth = depth
        self.pending: list[tuple[Redirect, str, bool, bool]] = []
        self.extglob = False
        self.no_arithmetic: set[int] = set()
        # characters that may be read as arithmetic before they turn out to be commands
        self.retries = 1_000 + 4 * self.size

    def script_until(self, close: str) -> Script:
        """Read commands until a closing token; the parser's part."""
        raise NotImplementedError

    def nested(self, text: str) -> Script:
        """Read a text of its own (a backquoted command); the parser's part."""
        raise NotImplementedError

    def dollar(self, parts: list[Node], *, quoted: bool) -> None:
        """Read what a dollar sign starts; the scanner's part."""
        raise NotImplementedError

    def process(self, parts: list[Node], kind: str) -> None:
        """Read `<(…)` or `>(…)`; the scanner's part."""
        raise NotImplementedError

    def deeper(self) -> None:
        """Count one level of nesting. Raises ShellError beyond the bound."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ShellError("nested too deeply", self.at)

    def skip_blanks(self) -> None:
        """Skip blanks, line continuations and, where a word could start, comments."""
        text = self.text
        while self.at < self.size:
            char = text[self.at]
            if char in BLANK:
                self.at += 1
            elif char == "\\" and text.startswith("\\\n", self.at):
                self.at += 2
            elif char == "#":
                end = text.find("\n", self.at)
                self.at = self.size if end < 0 else end
            else:
                return

    def word(self) -> Word | None:
        """Read one word, None where none starts."""
        start = self.at
        parts: list[Node] = []
        self.parts_until(parts, META)
        return Word(parts, start, self.at) if self.at > start and (parts or self.text[start] != "\\") else None

    def parts_until(self, parts: list[Node], stops: frozenset[str]) -> None:
        """Read the parts of a word up to an unquoted stop character."""
        text = self.text
        while self.at < self.size:
            char = text[self.at]
            if char in stops:
                if char in "<>" and text.startswith("(", self.at + 1):
                    self.process(parts, char)
                    continue
                if not (char == "(" and self.extglob and self.extended(parts)):
                    return
            elif char == "'":
                end = text.find("'", self.at + 1)
                if end < 0:
                    raise ShellError("a single quote is not closed", self.at)
                parts.append(Literal(text[self.at + 1 : end], quoted=True))
                self.at = end + 1
            elif char == '"':
                self.double(parts)
            elif char == "\\":
                self.escaped(parts)
            elif char == "$":
                self.dollar(parts, quoted=False)
            elif char == "`":
                self.backquote(parts, quoted=False)
            else:
                end = self.at + 1
                while end < self.size and text[end] not in _WORD_STOP and text[end] not in stops:
                    end += 1
                parts.append(Literal(text[self.at : end], quoted=False))
                self.at = end

    def escaped(self, parts: list[Node]) -> None:
        """Read a backslash outside quotes."""
        if self.at + 1 >= self.size:
            parts.append(Literal("\\", quoted=True))
            self.at += 1
            return
        char = self.text[self.at + 1]
        if char != "\n":
            parts.append(Literal(char, quoted=True))
        self.at += 2

    def extended(self, parts: list[Node]) -> bool:
        """Read `@(…)` and its kin when extended patterns are on; the opening character is behind us."""
        last = parts[-1] if parts else None
        if not (isinstance(last, Literal) and not last.quoted and last.text[-1:] in ("@", "?", "*", "+", "!")):
            return False
        self.deeper()
        self.at += 1
        inner: list[Node] = [Literal("*", quoted=False)]
        while not self.text.startswith(")", self.at):
            if self.at >= self.size:
                raise ShellError("a pattern list is not closed", self.at)
            before = self.at
            self.parts_until(inner, frozenset("()|"))
            if self.at < self.size and self.text[self.at] in "|(" and not self.text.startswith(")", self.at):
                self.at += 1
            elif self.at == before:
                raise ShellError("a pattern list is not closed", self.at)
        self.at += 1
        self.depth -= 1
        last.text = last.text[:-1]
        parts.append(Literal("*", quoted=False))
        parts += [part for part in inner if not isinstance(part, Literal)]
        return True

    def double(self, parts: list[Node]) -> None:
        """Read a double-quoted string."""
        start = self.at
        self.at += 1
        before = len(parts)
        self.quoted_parts(parts, '"', start)
        self.at += 1
        if len(parts) == before:
            parts.append(Literal("", quoted=True))

    def quoted_parts(self, parts: list[Node], closes: str, start: int) -> None:
        """Read what double quotes keep, up to one of the closing characters, which stays."""
        text = self.text
        run: list[str] = []
        while True:
            if self.at >= self.size:
                raise ShellError(
                    "a double quote is not closed" if closes == '"' else "an expansion is not closed", start
                )
            char = text[self.at]
            if char in closes:
                break
            if char == "\\" and self.at + 1 < self.size:
                following = text[self.at + 1]
                if following in '$`"\\' or following in closes:
                    run.append(following)
                elif following != "\n":
                    run.append("\\" + following)
                self.at += 2
            elif char in "$`":
                if run:
                    parts.append(Literal("".join(run), quoted=True))
                    run = []
                (self.dollar if char == "$" else self.backquote)(parts, quoted=True)
            else:
                end = self.at + 1
                while end < self.size and text[end] not in _QUOTE_STOP and text[end] not in closes:
                    end += 1
                run.append(text[self.at : end])
                self.at = end
        if run:
            parts.append(Literal("".join(run), quoted=True))

    def backquote(self, parts: list[Node], *, quoted: bool) -> None:
        """Read a backquoted command: its backslashes are taken off one level, then it is a text of its own."""
        start = self.at
        text = self.text
        at = self.at + 1
        inner: list[str] = []
        while at < self.size and text[at] != "`":
            if text[at] == "\\" and at + 1 < self.size and (text[at + 1] in "$`\\" or (quoted and text[at + 1] == '"')):
                inner.append(text[at + 1])
                at += 2
            else:
                inner.append(text[at])
                at += 1
        if at >= self.size:
            raise ShellError("a backquote is not closed", start)
        self.at = at + 1
        self.deeper()
        script = self.nested("".join(inner))
        self.depth -= 1
        parts.append(Substitution("$", script, quoted=quoted, place=(start, self.at)))

    def ansi(self, parts: list[Node]) -> None:
        """Read `$'…'`."""
        start = self.at
        text = self.text
        at = self.at + 2
        out: list[str] = []
        while True:
            if at >= self.size:
                raise ShellError("a single quote is not closed", start)
            char = text[at]
            if char == "'":
                break
            if char != "\\":
                out.append(char)
                at += 1
                continue
            piece, at = ansi_escape(text, at)
            out.append(piece)
        self.at = at + 1
        decoded = "".join(out)
        cut = decoded.find("\0")
        parts.append(Literal(decoded if cut < 0 else decoded[:cut], quoted=True))
