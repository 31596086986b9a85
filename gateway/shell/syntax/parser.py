"""The grammar of bash commands: text in, a tree or an error with its place out. Pure and total.

Follows bash(1), SHELL GRAMMAR, as GNU bash 5.2 reads a script: line by line, so that what stands before an error may
have run.
"""

from __future__ import annotations

from gateway.shell.syntax.ast import Coproc, Function, Script, Simple
from gateway.shell.syntax.characters import ShellError
from gateway.shell.syntax.compound_commands import Compounds
from gateway.shell.syntax.lists import CLOSERS

MAX_TEXT = 200_000
"""Longest text that is read, in characters."""


TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.shell.syntax.ast import Node


def parse(text: str) -> Script:
    """Return the tree of a shell text; `error` tells why it could not be read to its end. Never raises."""
    if len(text) > MAX_TEXT:
        script = Script()
        script.error, script.error_at = f"longer than {MAX_TEXT} characters", 0
        return script
    return Parser(text).whole()


def parse_quoted(text: str) -> list[Node] | None:
    """Return the parts of a text that is expanded as if double-quoted; None when it cannot be read. Never raises."""
    parts: list[Node] = []
    try:
        Parser(text).document_parts(parts)
    except (ShellError, RecursionError):
        return None
    return parts


class Parser(Compounds):
    """Reads commands; one instance per text."""

    def whole(self) -> Script:
        """Read the whole text; an error ends it and is kept."""
        script = Script()
        try:
            self.items(script, frozenset(), "")
            if self.at < self.size:
                raise ShellError(f"`{self.text[self.at]}` is not expected here", self.at)
        except ShellError as error:
            script.error, script.error_at = error.problem, error.at
        except RecursionError:
            script.error, script.error_at = "nested too deeply", self.at
        return script

    def nested(self, text: str) -> Script:
        """Read a text of its own; an error in it is an error of ours, later, when it would run."""
        inner = Parser(text, self.depth)
        inner.retries = min(inner.retries, self.retries)
        script = inner.whole()
        self.retries = min(self.retries, inner.retries)
        return script

    def command(self) -> Node:
        """Read one command of any kind."""
        self.skip_blanks()
        start = self.at
        self.deeper()
        char = self.text[start] if start < self.size else ""
        node: Node
        if char == "(":
            node = self.parenthesis(start)
        else:
            reader = _COMPOUNDS.get(self.peek_word())
            node = reader(self, start) if reader else self.function_or_simple(start)
        if not isinstance(node, Simple):
            if not isinstance(node, Function | Coproc):
                node.redirects += self.redirects()  # type: ignore[union-attr]
            node.end = self.at  # type: ignore[union-attr]
            self.ends_here()
        self.depth -= 1
        return node

    def ends_here(self) -> None:
        """Refuse a word right behind a compound command."""
        self.skip_blanks()
        if (
            self.at < self.size
            and self.text[self.at] not in ";&|)\n"
            and self.peek_word() not in CLOSERS - {"in", "]]"}
        ):
            raise ShellError("a command has to end here", self.at)


_COMPOUNDS: dict[str, Callable[[Parser, int], Node]] = {
    "{": Parser.group,
    "if": Parser.if_command,
    "while": Parser.loop,
    "until": Parser.loop,
    "for": Parser.for_command,
    "select": Parser.for_command,
    "case": Parser.case_command,
    "function": Parser.function_word,
    "coproc": Parser.coproc,
    "[[": Parser.condition,
}
