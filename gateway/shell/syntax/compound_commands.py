"""Compound commands: groups, loops, branches, conditions, functions. Pure; bash(1), Compound Commands."""

from __future__ import annotations

from gateway.shell.syntax.ast import Arithmetic, Case, Coproc, For, Function, Group, If, Loop, Script, Subshell, Word
from gateway.shell.syntax.characters import ShellError, is_name
from gateway.shell.syntax.conditional_expressions import Conditions
from gateway.shell.syntax.lists import CLOSERS
from gateway.shell.syntax.simple_commands import BODIES, RESERVED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.syntax.ast import Node


class Compounds(Conditions):
    """Adds compound commands to simple ones."""

    def parenthesis(self, start: int) -> Node:
        """Read `((…))` or `(…)`."""
        if self.text.startswith("((", start) and start not in self.no_arithmetic:
            parts = self.arithmetic(start + 2)
            if parts is not None:
                return Arithmetic(parts, start, self.at, self.text[start + 2 : self.at - 2])
            self.not_arithmetic(start)
        self.at = start + 1
        script = self.script_until(")")
        if not script.items:
            raise ShellError("a command is missing", start)
        return Subshell(start, script)

    def group(self, start: int) -> Group:
        """Read `{ …; }`."""
        self.at += 1
        body = self.body_until("}")
        self.expect("}")
        return Group(start, body)

    def expect(self, word: str) -> None:
        """Pass a reserved word."""
        self.skip_blanks()
        while self.newline():
            self.skip_blanks()
        if self.peek_word() != word:
            raise ShellError(f"`{word}` is missing", self.at)
        self.at += len(word)

    def if_command(self, start: int) -> If:
        """Read `if … then … [elif … then …] [else …] fi`."""
        scripts: list[Script] = []
        self.at += 2
        while True:
            scripts.append(self.body_until("then"))
            self.expect("then")
            scripts.append(self.body_until("elif", "else", "fi"))
            word = self.peek_word()
            if not word:
                raise ShellError("`fi` is missing", self.at)
            self.at += len(word)
            if word == "else":
                scripts.append(self.body_until("fi"))
                self.expect("fi")
            if word in ("else", "fi"):
                return If(start, scripts)

    def loop(self, start: int) -> Loop:
        """Read `while … do … done` and `until … do … done`."""
        self.at += 5
        condition = self.body_until("do")
        return Loop(start, condition, self.do_body())

    def do_body(self) -> Script:
        """Read `do … done`."""
        self.expect("do")
        body = self.body_until("done")
        self.expect("done")
        return body

    def for_command(self, start: int) -> For:
        """Read `for name [in words]`, `for ((…))` and `select`."""
        self.at += len(self.peek_word())
        self.skip_blanks()
        if self.text.startswith("((", self.at):
            begin = self.at + 2
            header = self.arithmetic(begin)
            if header is None:
                raise ShellError("`))` is missing", self.at)
            text = self.text[begin : self.at - 2]
            if semicolons(text) != 2:
                raise ShellError("`((…))` needs three expressions", begin)
            self.semicolon()
            node = For(start, "", [], self.for_body(), header)
            node.text = text
            return node
        word = self.word()
        if word is None:
            raise ShellError("a name is missing", self.at)
        words = self.for_words()
        return For(start, self.text[word.start : word.end], words, self.for_body())

    def for_words(self) -> list[Word] | None:
        """Read `in words` up to the end of the line."""
        self.skip_blanks()
        if self.text.startswith(";", self.at):
            self.semicolon()
            return None
        while self.newline():
            self.skip_blanks()
        if self.peek_word() != "in":
            return None
        self.at += 2
        words: list[Word] = []
        while True:
            self.skip_blanks()
            word = self.word()
            if word is None:
                break
            words.append(word)
        if self.at < self.size and self.text[self.at] not in ";\n":
            raise ShellError("`do` is missing", self.at)
        self.semicolon()
        return words

    def semicolon(self) -> None:
        """Pass one `;` and any newlines."""
        self.skip_blanks()
        if self.text.startswith(";", self.at) and not self.text.startswith(";;", self.at):
            self.at += 1
        self.skip_blanks()
        while self.newline():
            self.skip_blanks()

    def for_body(self) -> Script:
        """Read `do … done`, or the braces that bash takes instead."""
        if self.peek_word() == "{":
            self.at += 1
            body = self.body_until("}")
            self.expect("}")
            return body
        return self.do_body()

    def case_command(self, start: int) -> Case:
        """Read `case word in [(] pattern [| pattern] ) … ;; … esac`."""
        self.at += 4
        self.skip_blanks()
        word = self.word()
        if word is None:
            raise ShellError("a word is missing behind `case`", self.at)
        self.expect("in")
        branches: list[tuple[list[Word], Script]] = []
        while True:
            self.skip_blanks()
            if self.newline():
                continue
            if self.at >= self.size:
                raise ShellError("`esac` is missing", start)
            if self.peek_word() == "esac":
                self.at += 4
                return Case(start, word, branches)
            branches.append((self.patterns(), self.branch()))

    def patterns(self) -> list[Word]:
        """Read the patterns of one branch and the parenthesis behind them."""
        if self.text.startswith("(", self.at):
            self.at += 1
        words: list[Word] = []
        while True:
            self.skip_blanks()
            word = self.word()
            if word is None:
                raise ShellError("a pattern is missing", self.at)
            words.append(word)
            self.skip_blanks()
            if self.text.startswith("|", self.at):
                self.at += 1
            elif self.text.startswith(")", self.at):
                self.at += 1
                return words
            else:
                raise ShellError("`)` is missing behind a pattern", self.at)

    def branch(self) -> Script:
        """Read the commands of one branch and what ends it."""
        script = Script()
        while True:
            self.items(script, frozenset(("esac",)), "")
            self.skip_blanks()
            for token in (";;&", ";;", ";&"):
                if self.text.startswith(token, self.at):
                    self.at += len(token)
                    return script
            if self.peek_word() == "esac":
                return script
            raise ShellError("`;;` or `esac` is missing", self.at)

    def function_word(self, start: int) -> Function:
        """Read `function name [()] body`."""
        self.at += 8
        self.skip_blanks()
        word = self.word()
        if word is None:
            raise ShellError("a name is missing", self.at)
        self.skip_blanks()
        if self.text.startswith("(", self.at):
            self.at += 1
            self.skip_blanks()
            if not self.text.startswith(")", self.at):
                raise ShellError("`)` is missing", self.at)
            self.at += 1
        return self.function_body(start, self.text[word.start : word.end])

    def function_body(self, start: int, name: str) -> Function:
        """Read the compound command of a function."""
        self.skip_blanks()
        while self.newline():
            self.skip_blanks()
        if self.at >= self.size or not (self.text[self.at] == "(" or self.peek_word() in BODIES):
            raise ShellError("a function needs a compound command", self.at)
        return Function(start, name, self.command())

    def coproc(self, start: int) -> Coproc:
        """Read `coproc [NAME] command`."""
        self.at += 6
        self.skip_blanks()
        before = self.at
        name = self.peek_word()
        if is_name(name) and name not in RESERVED:
            self.at += len(name)
            self.skip_blanks()
            if self.at < self.size and (self.text[self.at] == "(" or self.peek_word() in BODIES):
                return Coproc(start, self.command())
            if self.peek_word() in CLOSERS or self.peek_word() == "coproc":
                raise ShellError(f"`{self.peek_word()}` is not expected here", self.at)
            self.at = before
        if self.peek_word() == "coproc":
            raise ShellError("`coproc` is not expected here", self.at)
        if self.at >= self.size or self.text[self.at] in ";\n&|)":
            raise ShellError("a command is missing behind `coproc`", self.at)
        self.begins()
        return Coproc(start, self.command())


def semicolons(text: str) -> int:
    """Count the semicolons of an arithmetic header that stand outside of quotes and parentheses."""
    count = level = at = 0
    while at < len(text):
        char = text[at]
        if char == "\\":
            at += 1
        elif char in "\"'`":
            end = text.find(char, at + 1)
            at = end if end > 0 else at
        elif char in "()":
            level += 1 if char == "(" else -1
        count += char == ";" and level == 0
        at += 1
    return count
