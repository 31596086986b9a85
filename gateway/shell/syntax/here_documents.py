"""Here-documents: bodies read at the end of their line, and what expands in them. Pure; bash(1), Here Documents."""

from __future__ import annotations

from gateway.shell.syntax.ast import Literal, Script, Substitution, Word
from gateway.shell.syntax.characters import ShellError
from gateway.shell.syntax.expansions import Scanner

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.syntax.ast import Node


class Documents(Scanner):
    """Adds here-documents to words."""

    def here_document(self) -> None:
        """Read the bodies of the here-documents that the line behind us opened."""
        for redirect, delimiter, quoted, tabs in self.pending:
            redirect.body = self.body(delimiter, quoted=quoted, tabs=tabs)
        self.pending.clear()

    def body(self, delimiter: str, *, quoted: bool, tabs: bool) -> Word:
        """Read one body up to its delimiter, or to the end of the text as bash does with a warning."""
        text = self.text
        start = self.at
        lines: list[str] = []
        while self.at < self.size:
            end = text.find("\n", self.at)
            end = self.size if end < 0 else end
            line = text[self.at : end]
            self.at = min(end + 1, self.size)
            if tabs:
                line = line.lstrip("\t")
            if line == delimiter:
                break
            lines.append(line + "\n")
            if not quoted:
                while line.endswith("\\") and (len(line) - len(line.rstrip("\\"))) % 2 and self.at < self.size:
                    end = text.find("\n", self.at)
                    end = self.size if end < 0 else end
                    line = text[self.at : end]
                    self.at = min(end + 1, self.size)
                    lines.append((line.lstrip("\t") if tabs else line) + "\n")
        self.retries -= self.at - start
        if self.retries < 0:
            raise ShellError("nested too deeply", start)
        content = "".join(lines)
        if quoted or not any(char in content for char in "$`\\"):
            return Word([Literal(content, quoted=True)], start, self.at)
        return Word(self.expanded(content), start, self.at)

    def expanded(self, content: str) -> list[Node]:
        """Return the parts of an unquoted here-document: double quotes keep nothing there."""
        inner = type(self)(content, self.depth)
        inner.retries = self.retries
        parts: list[Node] = []
        try:
            inner.document_parts(parts)
            self.retries = inner.retries
        except ShellError as error:  # bash finds it out when the line runs
            if error.problem == "nested too deeply":
                raise
            self.retries = inner.retries
            script = Script()
            script.error, script.error_at = error.problem, error.at
            parts.append(Substitution("$", script, quoted=True))
        return parts

    def document_parts(self, parts: list[Node]) -> None:
        """Read the whole text as the body of a here-document."""
        run: list[str] = []
        while self.at < self.size:
            char = self.text[self.at]
            if char == "\\" and self.at + 1 < self.size and self.text[self.at + 1] in "$`\\\n":
                run.append(self.text[self.at + 1].replace("\n", ""))
                self.at += 2
            elif char in "$`":
                parts.append(Literal("".join(run), quoted=True))
                run = []
                (self.dollar if char == "$" else self.backquote)(parts, quoted=True)
            else:
                run.append(char)
                self.at += 1
        parts.append(Literal("".join(run), quoted=True))
