"""Simple commands: words, assignments, redirections, and functions that look like them. Pure; bash(1), Simple
Commands.
"""

from __future__ import annotations

from gateway.shell.syntax.ast import Assignment, Function, Literal, Redirect, Simple, Word
from gateway.shell.syntax.characters import BLANK, ShellError, is_name
from gateway.shell.syntax.here_documents import Documents

RESERVED = frozenset(
    "if then elif else fi for while until do done case esac in function select time { } ! [[ ]] coproc".split()
)
_REDIRECTS = ("<<<", "<<-", "&>>", "<<", ">>", "<&", ">&", "<>", ">|", "&>", "<", ">")
_REDIRECT_START = frozenset("<>&{0123456789")
_DECLARERS = frozenset("declare typeset local export readonly alias eval".split())
_AFTER = frozenset((";", "&", "\n"))
BODIES = frozenset(("{", "if", "while", "until", "for", "select", "case", "[["))

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.syntax.ast import Node


class SimpleCommands(Documents):
    """Adds simple commands and function definitions to words."""

    def command(self) -> Node:
        """Read one command of any kind; the parser's part."""
        raise NotImplementedError

    def peek_word(self) -> str:
        """Return the word that comes next, without reading it; the parser's part."""
        raise NotImplementedError

    def newline(self) -> bool:
        """Read a newline if one comes next; the parser's part."""
        raise NotImplementedError

    def function_body(self, start: int, name: str) -> Function:
        """Read the body of a function; the parser's part."""
        raise NotImplementedError

    def function_or_simple(self, start: int) -> Node:
        """Read `name () body` or a simple command."""
        name = self.peek_word()
        if name:
            after = start + len(name)
            while after < self.size and self.text[after] in BLANK:
                after += 1
            if self.text.startswith("(", after) and "=" not in name:
                close = after + 1
                while close < self.size and self.text[close] in BLANK:
                    close += 1
                if self.text.startswith(")", close):
                    self.at = close + 1
                    return self.function_body(start, name)
        return self.simple(start)

    def odd_function(self, start: int, word: Word) -> Function:
        """Read a function whose name is quoted or expanded; bash takes the first and refuses the second when it
        runs.
        """
        self.at += 1
        self.skip_blanks()
        if not self.text.startswith(")", self.at):
            raise ShellError("`(` is not expected here", self.at)
        self.at += 1
        return self.function_body(start, unquoted(word))

    def simple(self, start: int) -> Simple | Function:
        """Read assignments, words and redirections up to the end of the command."""
        node = Simple(start)
        declares = False
        end = start
        while True:
            end = self.at if self.at > start else end
            self.skip_blanks()
            redirect = self.redirect()
            if redirect is not None:
                node.redirects.append(redirect)
                continue
            assignment = self.assignment(inside=declares) if not node.words or declares else None
            if assignment is not None:
                (node.words if declares else node.assignments).append(assignment)
                continue
            word = self.word()
            if word is None:
                break
            if not node.words:
                declares = self.text[word.start : word.end] in _DECLARERS
                if self.text.startswith("(", self.at) and not node.assignments and not node.redirects:
                    return self.odd_function(start, word)
            node.words.append(word)
        if not node.words and not node.assignments and not node.redirects:
            found = self.text[self.at] if self.at < self.size else "the end"
            raise ShellError(f"a command is missing before `{found}`", self.at)
        if self.text.startswith("(", self.at):
            raise ShellError("`(` is not expected here", self.at)
        node.end = end
        return node

    def argument_subscript(self) -> Word | None:
        """Read the subscript of an argument that may be an assignment; it need not end."""
        try:
            return self.subscript()
        except ShellError:
            return None

    def assignment(self, *, inside: bool) -> Assignment | None:
        """Read an assignment, None where none starts; `inside` the arguments of `declare` and its kin."""
        text = self.text
        start = self.at
        name = self.parameter_name() if self.at < self.size and not text[self.at].isdigit() else ""
        index = None
        if is_name(name) and text.startswith("[", self.at):
            index = self.argument_subscript() if inside else self.subscript()
            name = name if index is not None else ""
        append = text.startswith("+=", self.at)
        if not is_name(name) or not (append or text.startswith("=", self.at)):
            self.at = start
            return None
        self.at += 2 if append else 1
        items = self.array() if text.startswith("(", self.at) else None
        value = self.word() if items is None else None
        return Assignment(name, value, append=append, index=index, items=items, start=start, end=self.at)

    def array(self) -> list[Word]:
        """Read the words of `(…)` behind an assignment."""
        start = self.at
        self.at += 1
        items: list[Word] = []
        while True:
            self.skip_blanks()
            if self.text.startswith("\n", self.at):
                self.newline()
                continue
            if self.text.startswith(")", self.at):
                self.at += 1
                return items
            word = self.word()
            if word is None:
                raise ShellError("`)` is missing behind an array", start)
            items.append(word)

    def redirects(self) -> list[Redirect]:
        """Read the redirections behind a compound command."""
        redirects: list[Redirect] = []
        while True:
            self.skip_blanks()
            redirect = self.redirect()
            if redirect is None:
                return redirects
            redirects.append(redirect)

    def redirect(self) -> Redirect | None:
        """Read one redirection, None where none starts."""
        text = self.text
        start = self.at
        end = start
        if start >= self.size or text[start] not in _REDIRECT_START:
            return None
        if text[end].isdigit():
            while end < self.size and text[end].isdigit():
                end += 1
        elif text.startswith("{", end):
            close = text.find("}", end, end + 80)
            if close < 0 or not is_name(text[end + 1 : close].partition("[")[0]):
                return None
            end = close + 1
        operator = next((redirect for redirect in _REDIRECTS if text.startswith(redirect, end)), "")
        if (
            not operator
            or (end > start and operator.startswith("&"))
            or (operator in "<>" and text.startswith("(", end + 1))
        ):
            return None
        self.at = end + len(operator)
        self.skip_space()
        target = self.word() if not text.startswith("#", self.at) else None
        if target is not None and text[self.at : self.at + 1] in ("<", ">") and text[target.start : self.at].isdigit():
            target = None
        if target is None:
            raise ShellError(f"a word is missing behind `{operator}`", self.at)
        redirect = Redirect(operator, text[start:end], target, start, self.at)
        if operator in ("<<", "<<-"):
            if "\n" in unquoted(target):
                raise ShellError("a here-document's delimiter has to end on its line", start)
            self.pending.append((redirect, unquoted(target), _is_quoted(target), operator == "<<-"))
        return redirect

    def skip_space(self) -> None:
        """Skip blanks and line continuations, where a `#` is no comment."""
        while self.at < self.size:
            if self.text[self.at] in BLANK:
                self.at += 1
            elif self.text.startswith("\\\n", self.at):
                self.at += 2
            else:
                return


def unquoted(word: Word) -> str:
    """Return the characters of a here-document's delimiter."""
    return "".join(part.text if isinstance(part, Literal) else "" for part in word.parts)


def _is_quoted(word: Word) -> bool:
    return any(isinstance(part, Literal) and part.quoted for part in word.parts)
