"""Reading expansions: parameters, substitutions, arithmetic. Pure; bash(1), EXPANSION."""

from __future__ import annotations

from gateway.shell.syntax.ast import Arithmetic, Literal, Parameter, Substitution, Word
from gateway.shell.syntax.characters import LETTERS, NAME, ShellError
from gateway.shell.syntax.quoting import Quoting

_SPECIAL = frozenset("@*#?-$!0123456789")
_ARITHMETIC_STOP = frozenset("()$`'\"\\")
_OPERATORS = (
    ":-",
    ":=",
    ":?",
    ":+",
    "##",
    "%%",
    "//",
    "/#",
    "/%",
    "^^",
    ",,",
    "-",
    "=",
    "?",
    "+",
    "#",
    "%",
    "/",
    "^",
    ",",
    ":",
    "@",
)

MAX_RETRIES = 4
"""Most places of one text that look like arithmetic and are commands."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.syntax.ast import Node


class Scanner(Quoting):
    """Adds expansions to words."""

    def dollar(self, parts: list[Node], *, quoted: bool) -> None:
        """Read what a dollar sign starts."""
        text = self.text
        char = text[self.at + 1] if self.at + 1 < self.size else ""
        if char == "(":
            self.substitution(parts, quoted=quoted)
        elif char == "{":
            self.braced(parts, quoted=quoted)
        elif char in _SPECIAL and char:
            parts.append(Parameter(char, quoted=quoted))
            self.at += 2
        elif char in LETTERS and char:
            end = self.at + 2
            while end < self.size and text[end] in NAME:
                end += 1
            parts.append(Parameter(text[self.at + 1 : end], quoted=quoted))
            self.at = end
        elif char == "'" and not quoted:
            self.ansi(parts)
        elif char == '"' and not quoted:
            self.at += 1
            self.double(parts)
        elif char == "[":
            self.old_arithmetic(parts)
        else:
            parts.append(Literal("$", quoted=quoted))
            self.at += 1

    def old_arithmetic(self, parts: list[Node]) -> None:
        """Read `$[…]`."""
        start = self.at
        self.at += 2
        inner: list[Node] = []
        self.quoted_parts(inner, "]", start)
        self.at += 1
        parts.append(Arithmetic(inner, start, self.at, self.text[start + 2 : self.at - 1]))

    def substitution(self, parts: list[Node], *, quoted: bool) -> None:
        """Read `$((…))` or `$(…)`."""
        start = self.at
        if self.text.startswith("((", self.at + 1) and start not in self.no_arithmetic:
            inner = self.arithmetic(start + 3)
            if inner is not None:
                parts.append(Arithmetic(inner, start, self.at, self.text[start + 3 : self.at - 2]))
                return
            self.not_arithmetic(start)
        self.at = start + 2
        self.deeper()
        script = self.script_until(")")
        self.depth -= 1
        parts.append(Substitution("$", script, quoted=quoted))

    def not_arithmetic(self, start: int) -> None:
        """Remember that `((` opens commands after all; each such place is read twice, so that there may be only a few
        of them.
        """
        self.no_arithmetic.add(start)
        if len(self.no_arithmetic) > MAX_RETRIES:
            raise ShellError("nested too deeply", start)

    def arithmetic(self, start: int) -> list[Node] | None:
        """Read an arithmetic expression up to `))`; None, and the place as it was, when it is none."""
        before, depth, pending = self.at, self.depth, len(self.pending)
        self.at = start
        parts: list[Node] = []
        level = 0
        try:
            self.deeper()
            while self.at < self.size:
                self.retries -= 1
                if self.retries < 0:
                    raise ShellError("nested too deeply", self.at)
                char = self.text[self.at]
                if char == ")" and level == 0:
                    if self.text.startswith("))", self.at):
                        self.at += 2
                        self.depth = depth
                        return parts
                    break
                level += (char == "(") - (char == ")")
                self.arithmetic_part(parts, char)
        except ShellError as error:
            if error.problem == "nested too deeply":
                raise
        self.at, self.depth = before, depth
        del self.pending[pending:]
        return None

    def arithmetic_part(self, parts: list[Node], char: str) -> None:
        """Read one character or expansion inside an arithmetic expression."""
        if char == "$":
            self.dollar(parts, quoted=True)
        elif char == "`":
            self.backquote(parts, quoted=True)
        elif char == '"':
            self.double(parts)
        elif char == "'":
            end = self.text.find("'", self.at + 1)
            self.at = end + 1 if end > 0 else self.size
        elif char in _ARITHMETIC_STOP:
            self.at += 2 if char == "\\" else 1
        else:
            text, end = self.text, self.at + 1
            while end < self.size and text[end] not in _ARITHMETIC_STOP:
                end += 1
            self.retries -= end - self.at - 1
            self.at = end

    def process(self, parts: list[Node], kind: str) -> None:
        """Read `<(…)` or `>(…)`."""
        self.at += 2
        self.deeper()
        script = self.script_until(")")
        self.depth -= 1
        parts.append(Substitution(kind, script, quoted=False))

    def braced(self, parts: list[Node], *, quoted: bool) -> None:
        """Read `${…}`; what is no expansion that we know is read to its end and marked."""
        start = self.at
        self.at += 2
        self.deeper()
        text = self.text
        length = (
            text.startswith("#", self.at)
            and not text.startswith("#}", self.at)
            and not text.startswith(("#:", "#-", "#?", "#+", "#="), self.at)
        )
        indirect = text.startswith("!", self.at) and not text.startswith("!}", self.at)
        self.at += 1 if length or indirect else 0
        name = self.parameter_name()
        index = self.braced_subscript() if name and text.startswith("[", self.at) else None
        operator = (
            ""
            if text.startswith("}", self.at)
            else next((operator for operator in _OPERATORS if text.startswith(operator, self.at)), "?!")
        )
        word = None
        if operator or not name:
            self.at += len(operator) if operator != "?!" else 0
            word = self.operand(start, quoted=quoted)
        if not text.startswith("}", self.at):
            raise ShellError("an expansion is not closed", start)
        self.at += 1
        self.depth -= 1
        known = operator if name else "?!"
        parts.append(
            Parameter(name, quoted=quoted, operator=known, word=word, index=index, length=length, indirect=indirect)
        )

    def braced_subscript(self) -> Word | None:
        """Read `[…]` inside `${…}`; None, and the place as it was, when the brace closes first, which bash finds out
        when it runs.
        """
        before, depth = self.at, self.depth
        try:
            index = self.subscript()
        except ShellError as error:
            if error.problem == "nested too deeply":
                raise
            index = None
        if index is not None and not any(isinstance(part, Literal) and "}" in part.text for part in index.parts):
            return index
        self.at, self.depth = before, depth
        return None

    def parameter_name(self) -> str:
        """Read the name of a parameter."""
        text = self.text
        end = self.at
        if end < self.size and text[end] in LETTERS:
            while end < self.size and text[end] in NAME:
                end += 1
        elif end < self.size and text[end].isdigit():
            while end < self.size and text[end].isdigit():
                end += 1
        elif end < self.size and text[end] in _SPECIAL:
            end += 1
        name = text[self.at : end]
        self.at = end
        return name

    def subscript(self) -> Word:
        """Read `[…]` behind a name; brackets in it are paired."""
        start = self.at
        self.at += 1
        parts: list[Node] = []
        level = 1
        while True:
            self.quoted_parts(parts, "[]", start)
            level += 1 if self.text[self.at] == "[" else -1
            self.at += 1
            if not level:
                return Word(parts, start, self.at)
            parts.append(Literal(self.text[self.at - 1], quoted=True))

    def operand(self, start: int, *, quoted: bool) -> Word:
        """Read the word of an expansion up to its closing brace; inside double quotes a further quote opens and closes
        again.
        """
        begin = self.at
        parts: list[Node] = []
        if not quoted:
            self.parts_until(parts, frozenset("}"))
        while quoted and not self.text.startswith("}", self.at):
            if self.text.startswith('"', self.at):
                self.double(parts)
            else:
                self.quoted_parts(parts, '"}', start)
        return Word(parts, begin, self.at)
