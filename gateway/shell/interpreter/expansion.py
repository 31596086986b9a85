"""From words to values: braces, tilde, parameters, substitutions, splitting, globs, as far as they are constant. Pure.

What cannot be known becomes UNKNOWN inside the value, never a guess. Order as in bash(1), EXPANSION.
"""

from __future__ import annotations

from gateway.model.action import UNKNOWN
from gateway.shell.interpreter.parameter_transforms import transformed
from gateway.shell.interpreter.scope import Stream, union
from gateway.shell.syntax.ast import Arithmetic, Literal, Parameter, Substitution, Word
from gateway.shell.syntax.brace_expansion import expand_braces
from gateway.shell.values import Value, escaped

MAX_FIELDS = 1_000
"""Most values that one word may become; beyond that it is one unknown value."""
MAX_VALUE = 20_000
"""Longest value that is followed, in characters."""


TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.interpreter.interface import Interpreter
    from gateway.shell.interpreter.scope import Scope
    from gateway.shell.syntax.ast import Node


class Field:
    """A value in the making."""

    __slots__ = ("active", "pieces", "size", "sources", "splits", "started")

    def __init__(self) -> None:
        self.pieces: list[tuple[str, bool]] = []
        self.active = False
        self.size = 0
        self.sources: tuple[str, ...] = ()
        self.splits = False
        self.started = False

    @property
    def text(self) -> str:
        """The characters so far; UNKNOWN when they are more than are followed."""
        return "".join([piece for piece, _ in self.pieces]) if self.size <= MAX_VALUE else UNKNOWN

    def add(self, text: str, *, quoted: bool) -> None:
        """Append characters; unquoted ones may be a pattern."""
        self.started = True
        self.size += len(text)
        literal = quoted or not ("*" in text or "?" in text or "[" in text)
        self.active = self.active or not literal
        self.pieces.append((text, literal))

    def add_unknown(self, sources: tuple[str, ...], *, quoted: bool) -> None:
        """Append characters that cannot be known."""
        self.add(UNKNOWN, quoted=True)
        self.sources = union(self.sources, sources)
        self.splits = self.splits or not quoted

    def value(self, span: tuple[int, int]) -> Value:
        """Return the finished value."""
        text = self.text
        glob = (
            "".join([escaped(piece) if literal else piece for piece, literal in self.pieces])
            if self.active and self.size <= MAX_VALUE
            else ""
        )
        return Value(text, glob=glob, sources=self.sources, splits=self.splits, span=span)


class Expander:
    """Expands the words of one command in a scope; the walker runs what stands in `$(…)` and tells what it prints."""

    __slots__ = ("scope", "span", "walker")

    def __init__(self, scope: Scope, walker: Interpreter, span: tuple[int, int] | None) -> None:
        self.scope = scope
        self.walker = walker
        self.span = span

    def words(self, words: list[Word]) -> tuple[Value, ...]:
        """Return the values of several words."""
        values: list[Value] = []
        for word in words:
            values += self.word(word)
        return tuple(values)

    def word(self, word: Word) -> list[Value]:
        """Return the values of one word: none, one or several."""
        span = self.span or (word.start, word.end)
        parts = word.parts
        if len(parts) == 1 and isinstance(parts[0], Literal) and (parts[0].quoted or parts[0].text.isalnum()):
            return [Value(parts[0].text, span=span)]
        variants = expand_braces(parts) if not self.walker.full else None
        if variants is None:
            return [Value(UNKNOWN, splits=True, span=span)]
        fields: list[Field] = []
        if len(variants) > 1:
            self.walker.spend(80 * len(variants))
        for variant in variants:
            fields += self.fields(variant)
            if len(fields) > MAX_FIELDS:
                return [Value(UNKNOWN, splits=True, span=span)]
        return [field.value(span) for field in fields]

    def one(self, word: Word | None) -> Value:
        """Return a word as one value, unsplit, as the right side of an assignment or redirection is."""
        if word is None:
            return Value("")
        field = Field()
        for part in self.tilded(word.parts, assigned=True):
            self.add_whole(field, part)
        return Value(field.text, sources=field.sources, span=self.span or (word.start, word.end))

    def fields(self, parts: list[Node]) -> list[Field]:
        """Return the fields that the parts of one word become."""
        fields = [Field()]
        for part in self.tilded(parts, assigned=False):
            if isinstance(part, Literal):
                fields[-1].add(part.text, quoted=part.quoted)
            elif isinstance(part, Parameter) and self.is_list(part):
                self.add_list(fields, part)
            else:
                stream, quoted = self.stream(part)
                if stream is not None:
                    self.add_stream(fields, stream, quoted=quoted)
        return [field for field in fields if field.started]

    def tilded(self, parts: list[Node], *, assigned: bool) -> list[Node]:
        """Return the parts with a leading tilde made the folder that it names."""
        first = parts[0] if parts else None
        if not isinstance(first, Literal) or first.quoted or "~" not in first.text:
            return parts
        text = first.text
        pieces = text.split(":") if assigned else [text]
        followed = len(parts) > 1
        pieces = [
            self.home_of(piece, alone=not (followed and index == len(pieces) - 1)) for index, piece in enumerate(pieces)
        ]
        return (
            [Literal(":".join(pieces), quoted=True), *parts[1:]]
            if pieces != text.split(":") and ":".join(pieces) != text
            else parts
        )

    def home_of(self, text: str, *, alone: bool) -> str:
        """Return a text with its leading `~` or `~name` replaced."""
        if not text.startswith("~"):
            return text
        name, slash, rest = text[1:].partition("/")
        if not slash and not alone:
            return text
        folders = {"": self.scope.home, "+": self.scope.cwd, "-": UNKNOWN, "root": "/root"}
        if name not in folders and not name.replace("-", "").replace("_", "").replace(".", "").isalnum():
            return text
        return folders.get(name, f"/home/{name}") + slash + rest

    def is_list(self, part: Parameter) -> bool:
        """Whether a parameter stands for several values: `$@`, `$*`, `${a[@]}`."""
        if part.operator not in ("", ":"):
            return False
        if part.name in ("@", "*"):
            return True
        parts = part.index.parts if part.index is not None else ()
        return len(parts) == 1 and isinstance(parts[0], Literal) and parts[0].text in ("@", "*")

    def subscript(self, part: Parameter) -> str:
        """Return the subscript of a parameter as text; it is arithmetic, and evaluated as such."""
        text = self.one(part.index).text if part.index is not None else ""
        if text and text not in ("@", "*") and not text.isdigit():
            self.walker.calculated(text, self.scope)
        return text

    def add_list(self, fields: list[Field], part: Parameter) -> None:
        """Append the values of a list parameter, each a field of its own."""
        values = self.scope.positional if part.name in ("@", "*") else self.scope.get(part.name)
        if values is None or part.operator or part.length or part.indirect:
            fields[-1].add_unknown((), quoted=False)
            return
        if part.quoted and "*" in (part.name, self.subscript(part)):
            between = self.separators()[:1]
            fields[-1].add(between.join(value.text for value in values), quoted=True)
            fields[-1].sources = union(fields[-1].sources, *(value.sources for value in values))
            return
        self.walker.spend(16 * len(values))
        for number, value in enumerate(values[:MAX_FIELDS]):
            if number:
                fields.append(Field())
            self.add_stream(fields, Stream(value.text, value.sources, names=bool(value.glob)), quoted=part.quoted)

    def add_whole(self, field: Field, part: Node) -> None:
        """Append a part without splitting it."""
        if isinstance(part, Literal):
            field.add(part.text, quoted=True)
            return
        stream, _ = self.stream(part)
        if stream is None:
            return
        field.sources = union(field.sources, stream.sources)
        if stream.text is None:
            field.add_unknown((), quoted=True)
        else:
            self.walker.spend(len(stream.text))
            field.add(stream.text, quoted=True)

    def add_stream(self, fields: list[Field], stream: Stream, *, quoted: bool) -> None:
        """Append what an expansion gave: unquoted text is split at blanks and may be a pattern."""
        if stream.text is None:
            fields[-1].add_unknown(stream.sources, quoted=quoted)
            return
        self.walker.spend(len(stream.text))
        if quoted:
            fields[-1].add(stream.text, quoted=not stream.names)
            fields[-1].sources = union(fields[-1].sources, stream.sources)
            return
        blanks = self.separators()
        if UNKNOWN in blanks:
            fields[-1].add_unknown(stream.sources, quoted=False)
            return
        pieces = split_at(stream.text, blanks)
        for number, piece in enumerate(pieces):
            if number:
                fields.append(Field())
            if piece:
                if UNKNOWN in piece:
                    fields[-1].splits = True
                fields[-1].add(piece, quoted=False)
                fields[-1].sources = union(fields[-1].sources, stream.sources)

    def separators(self) -> str:
        """Return the characters that words are split at, UNKNOWN when they cannot be known."""
        values = self.scope.get("IFS")
        return UNKNOWN if values is None else values[0].text if values else " \t\n"

    def stream(self, part: Node) -> tuple[Stream | None, bool]:
        """Return (what an expansion gives, whether it is quoted); None for nothing at all."""
        if isinstance(part, Parameter):
            return self.parameter(part), part.quoted
        if isinstance(part, Substitution):
            printed = self.walker.substitute(part, self.scope)
            if part.kind != "$":
                return Stream(f"/dev/fd/{UNKNOWN}", printed.sources), True
            text = printed.text.rstrip("\n") if printed.text is not None and len(printed.text) <= MAX_VALUE else None
            return Stream(text, printed.sources), part.quoted
        if isinstance(part, Arithmetic):
            return self.arithmetic(part), True
        return None, True

    def arithmetic(self, part: Arithmetic) -> Stream:
        """Run what an arithmetic expression expands; its value is a number that we do not work out."""
        sources: tuple[str, ...] = ()
        for inner in part.parts:
            stream, _ = self.stream(inner)
            sources = union(sources, stream.sources if stream else ())
        if part.text and not part.text.isdigit():
            self.walker.calculated(part.text.replace("$(", "").replace("`", ""), self.scope)
        return Stream(None, sources)

    def parameter(self, part: Parameter) -> Stream:
        """Return what a parameter expansion gives."""
        if part.operator == "?!":
            return self.unreadable(part)
        values = self.values_of(part)
        if part.operator in (":-", "-", ":=", "=", ":+", "+", ":?", "?"):
            return self.conditional(part, values)
        if values is None:
            self.run_word(part)
            return Stream(None)
        if part.length:
            return Stream(str(len(values[0].text)) if len(values) == 1 and UNKNOWN not in values[0].text else None)
        text = " ".join(value.text for value in values[: None if part.index else 1])
        sources = union(*(value.sources for value in values))
        if not part.operator:
            return Stream(text, sources, names=bool(values) and bool(values[0].glob))
        operand = self.one(part.word)
        if part.operator == ":" and not operand.text.isdigit():
            self.walker.calculated(operand.text, self.scope)
        if part.operator == "@":
            return self.quoted_again(text, operand.text, sources)
        return Stream(transformed(text, part.operator, operand.text), union(sources, operand.sources))

    def unreadable(self, part: Parameter) -> Stream:
        """Run what a parameter's word runs; its value stays unknown."""
        self.run_word(part)
        return Stream(None)

    def run_word(self, part: Parameter) -> None:
        """Expand an operand for what it runs."""
        if part.word is not None:
            self.one(part.word)

    def values_of(self, part: Parameter) -> tuple[Value, ...] | None:
        """Return the values of the parameter itself."""
        name = part.name
        if part.indirect:
            pointed = self.scope.get(name)
            if not pointed or UNKNOWN in pointed[0].text:
                return None
            name = pointed[0].text
        if name.isdigit():
            return self.numbered(int(name))
        if name in ("@", "*"):
            return self.scope.positional
        if name in ("#", "?", "-", "$", "!"):
            return None
        values = self.scope.get(name)
        index = self.subscript(part) if part.index is not None else ""
        if values is None or not index or index in ("@", "*"):
            return values
        return (values[int(index)],) if index.isdigit() and int(index) < len(values) else None

    def numbered(self, number: int) -> tuple[Value, ...] | None:
        """Return a positional parameter."""
        if number == 0:
            return (self.scope.zero,) if self.scope.zero is not None else None
        if self.scope.positional is None:
            return None
        return self.scope.positional[number - 1 : number]

    def conditional(self, part: Parameter, values: tuple[Value, ...] | None) -> Stream:
        """Return what `${x:-w}` and its kin give; a variable that the line does not set is taken for unset, as it is
        where agents run.
        """
        elsewhere = values is None and part.name not in self.scope.variables and self.scope.is_set_elsewhere(part.name)
        unknown = values is None and (
            part.name in self.scope.variables or not (part.name.isidentifier() or part.name.isdigit())
        )
        text = " ".join(value.text for value in values) if values else ""
        given = bool(values) and (bool(text) or ":" not in part.operator)
        if part.operator in (":+", "+"):
            word = self.one(part.word)
            return Stream(word.text, word.sources) if given or values is None else Stream("")
        if given:
            return Stream(text, union(*(value.sources for value in values or ())))
        word = self.one(part.word)
        if elsewhere or unknown:
            return Stream(None, word.sources)
        if part.operator in (":=", "="):
            self.scope.put(part.name, (word,))
        if part.operator in (":?", "?"):
            return Stream(None)
        return Stream(word.text, word.sources)

    def quoted_again(self, text: str, operator: str, sources: tuple[str, ...]) -> Stream:
        """Return `${x@…}`; `@P` runs what stands in the value (CVE-2025-66032 used it), so that is run here too."""
        if operator in ("U", "L", "u"):
            return Stream({"U": text.upper(), "L": text.lower(), "u": text[:1].upper() + text[1:]}[operator], sources)
        if operator == "P" and ("$" in text or "`" in text):
            self.walker.quoted(text, self.scope)
            return Stream(None, sources)
        return Stream(text if operator in ("P", "E") and "\\" not in text else None, sources)


def split_at(text: str, separators: str) -> list[str]:
    """Return the pieces of a text between separators; a piece before or behind one may be empty, which joins it to its
    neighbour.
    """
    if not any(char in text for char in separators):
        return [text]
    pieces = [""]
    fresh = False
    for char in text:
        if char in separators:
            fresh = True
        else:
            if fresh:
                pieces.append("")
                fresh = False
            pieces[-1] += char
    return [*pieces, ""] if fresh else pieces
