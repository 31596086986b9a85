"""`[[ … ]]`: its operators and operands. Pure; bash(1), CONDITIONAL EXPRESSIONS."""

from __future__ import annotations

from gateway.shell.syntax.ast import Condition, Literal, Word
from gateway.shell.syntax.characters import BLANK, META, ShellError
from gateway.shell.syntax.lists import Lists

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.syntax.ast import Node

_UNARY = frozenset("-" + char for char in "abcdefghknoprstuvwxzGLNORS")
_BINARY = frozenset("== = != =~ -eq -ne -lt -le -gt -ge -nt -ot -ef < >".split())
_JOINS = ("&&", "||")


class Conditions(Lists):
    """Adds conditional expressions to lists."""

    def condition(self, start: int) -> Condition:
        """Read `[[ … ]]`."""
        self.at += 2
        words: list[Word] = []
        self.skip_space_and_lines()
        if self.peek_word() != "]]":
            self.expression(words)
            self.skip_space_and_lines()
        if self.peek_word() != "]]":
            raise ShellError("`]]` is missing", start)
        self.at += 2
        return Condition(start, words)

    def expression(self, words: list[Word]) -> None:
        """Read terms and what joins them."""
        while True:
            self.term(words)
            self.skip_blanks()
            mark = self.text[self.at : self.at + 2]
            if mark not in _JOINS:
                return
            self.at += 2
            self.skip_space_and_lines()
            if self.peek_word() == "]]":
                return

    def skip_space_and_lines(self) -> None:
        """Skip blanks, comments and newlines."""
        self.skip_blanks()
        while self.newline():
            self.skip_blanks()

    def term(self, words: list[Word]) -> None:
        """Read one term: in parentheses, negated, unary, binary or a word alone."""
        self.skip_space_and_lines()
        first = self.peek_word()
        if first == "!":
            self.at += 1
            self.skip_space_and_lines()
            if self.peek_word() != "]]":
                self.term(words)
            return
        if self.text.startswith("(", self.at):
            self.deeper()
            self.at += 1
            self.expression(words)
            self.skip_space_and_lines()
            if not self.text.startswith(")", self.at):
                raise ShellError("`)` is missing", self.at)
            self.at += 1
            self.depth -= 1
            self.skip_space_and_lines()
            return
        if first in _UNARY:
            self.at += len(first)
            self.skip_blanks()
            words.append(self.operand_word("]]", ""))
            self.skip_space_and_lines()
            return
        words.append(self.operand_word("]]", "" if first != "==" else "]]"))
        self.comparison(words)

    def comparison(self, words: list[Word]) -> None:
        """Read the operator and the second operand behind a first one, if they are there."""
        self.skip_blanks()
        if self.text.startswith(("<(", ">("), self.at):
            raise ShellError("an operator is missing", self.at)
        operator = self.text[self.at] if self.text[self.at : self.at + 1] in ("<", ">") else self.peek_word()
        if operator in _BINARY:
            self.at += len(operator)
            self.skip_blanks()
            words.append(self.operand_word("", operator))
            self.skip_space_and_lines()
        elif operator != "]]" and not self.text.startswith((*_JOINS, ")"), self.at):
            raise ShellError("an operator is missing", self.at)

    def operand_word(self, refused: str, operator: str) -> Word:
        """Read one operand; behind `=~` parentheses and bars belong to it, behind `==` extended patterns do."""
        start = self.at
        if refused and self.peek_word() == refused and operator != refused:
            raise ShellError("an operand is missing", start)
        parts: list[Node] = []
        if operator == "=~":
            self.regex(parts)
        else:
            before, self.extglob = self.extglob, self.extglob or operator in ("==", "=", "!=")
            self.parts_until(parts, META)
            self.extglob = before
        if self.at == start:
            raise ShellError("an operand is missing", start)
        return Word(parts, start, self.at)

    def regex(self, parts: list[Node]) -> None:
        """Read the right side of `=~`."""
        level = 0
        while self.at < self.size:
            char = self.text[self.at]
            if char in "()":
                level += 1 if char == "(" else -1
                if level < 0:
                    return
            elif char in "\n;&" or (char in BLANK and level == 0):
                return
            elif char not in "|<> \t":
                self.parts_until(parts, META)
                continue
            parts.append(Literal(char, quoted=True))
            self.at += 1
