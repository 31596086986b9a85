"""Lists and pipelines: commands between `;`, `&`, `&&`, `||` and `|`. Pure; bash(1), Lists, Pipelines."""

from __future__ import annotations

from gateway.shell.syntax.ast import Pipeline, Script
from gateway.shell.syntax.characters import META, ShellError
from gateway.shell.syntax.simple_commands import SimpleCommands

MIN_COMMANDS = 400
"""Commands that any text may have; a long one may have more, one in thirty characters."""
CLOSERS = frozenset(("then", "elif", "else", "fi", "do", "done", "esac", "}", "in", "]]"))
"""Reserved words that end a list and begin no command."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.syntax.ast import Node


class Lists(SimpleCommands):
    """Adds lists and pipelines to simple commands."""

    def __init__(self, text: str, depth: int = 0) -> None:
        super().__init__(text, depth)
        self.count = 0

    def script_until(self, close: str) -> Script:
        """Read commands until a closing character, and pass it."""
        start = self.at
        script = Script()
        self.items(script, frozenset(), close)
        if not self.text.startswith(close, self.at):
            raise ShellError(f"`{close}` is missing", start)
        self.at += len(close)
        return script

    def body_until(self, *closers: str) -> Script:
        """Read the commands of a compound command until a reserved word, which stays; empty ones are an error."""
        script = Script()
        self.items(script, frozenset(closers), "")
        if not script.items:
            raise ShellError("a command is missing", self.at)
        return script

    def items(self, script: Script, closers: frozenset[str], close: str) -> None:
        """Read pipelines and what joins them until a closing word or character."""
        need = False
        while True:
            self.skip_blanks()
            if self.newline():
                continue
            if self.at >= self.size:
                break
            if not need and (
                (close and self.text.startswith(close, self.at)) or self.text.startswith((";;", ";&"), self.at)
            ):
                return
            word = self.peek_word()
            if word in closers and not need:
                return
            if word in CLOSERS and (need or word not in closers):
                raise ShellError(f"`{word}` is not expected here", self.at)
            self.count += 1
            if self.count > MIN_COMMANDS + self.size // 30:
                raise ShellError(f"more than {self.count - 1} commands", self.at)
            pipeline = self.pipeline()
            joint = self.joint()
            script.items.append((pipeline, joint))
            need = joint in ("&&", "||")
            if joint == "":
                return
        if need:
            raise ShellError("a command is missing", self.at)

    def newline(self) -> bool:
        """Pass a newline and the here-documents behind it."""
        if not self.text.startswith("\n", self.at):
            return False
        self.at += 1
        if self.pending:
            self.here_document()
        return True

    def joint(self) -> str:
        """Read what stands behind a pipeline: `&&`, `||`, `;`, `&`, a newline, or nothing that goes on here."""
        self.skip_blanks()
        text = self.text
        for token in ("&&", "||"):
            if text.startswith(token, self.at):
                self.at += 2
                return token
        if text.startswith(";;", self.at) or text.startswith(";&", self.at):
            return ""
        char = text[self.at] if self.at < self.size else ""
        if char and char in ";&":
            self.at += 1
            return char
        if self.newline():
            return "\n"
        return ""

    def peek_word(self) -> str:
        """Return the unquoted word at hand without passing it, "" when there is none."""
        text = self.text
        end = self.at
        while end < self.size and text[end] not in META:
            if text[end] in "'\"\\$`":
                return ""
            end += 1
        return text[self.at : end]

    def begins(self) -> None:
        """Refuse a word that ends something where a command must begin: behind `time`, `!` and `coproc`."""
        if self.peek_word() in CLOSERS:
            raise ShellError(f"`{self.peek_word()}` is not expected here", self.at)

    def pipeline(self) -> Pipeline:
        """Read `[time [-p]] [!] command [| command …]`."""
        while True:
            self.skip_blanks()
            word = self.peek_word()
            if word == "!" or word == "time":
                self.at += len(word)
                self.skip_blanks()
                while word == "time" and self.peek_word() in ("-p", "--"):
                    self.at += 2
                    self.skip_blanks()
                if self.at >= self.size or self.text[self.at] in ";\n":
                    return Pipeline([], [])
                if self.text[self.at] in "&|)":
                    raise ShellError(f"`{self.text[self.at]}` is not expected here", self.at)
                self.begins()
                continue
            break
        commands: list[Node] = []
        merged: list[bool] = []
        while True:
            if commands and self.peek_word() in CLOSERS:
                raise ShellError(f"`{self.peek_word()}` is not expected here", self.at)
            commands.append(self.command())
            self.skip_blanks()
            if self.text.startswith("|", self.at) and not self.text.startswith("||", self.at):
                both = self.text.startswith("|&", self.at)
                self.at += 2 if both else 1
                merged.append(both)
                self.skip_blanks()
                while self.newline():
                    self.skip_blanks()
                if self.at >= self.size:
                    raise ShellError("a command is missing behind `|`", self.at)
                if self.peek_word() in ("!", "time") and self.peek_word() == "!":
                    raise ShellError("`!` is not expected here", self.at)
            else:
                merged.append(False)
                return Pipeline(commands, merged)
