"""The syntax tree of a shell text: what the parser makes and the walker reads. Pure data.

Nodes are plain slotted classes without behaviour; every node knows where it stands in the text.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    Part = "Literal | Parameter | Substitution | Arithmetic"
    Command = "Simple | Group | Subshell | If | Loop | For | Case | Function | Condition | Arithmetic | Coproc"


class Literal:
    """Characters that stand for themselves; `quoted` ones are no pattern, no brace and no reserved word."""

    __slots__ = ("quoted", "text")

    def __init__(self, text: str, *, quoted: bool) -> None:
        self.text = text
        self.quoted = quoted


class Parameter:
    """`$name` or `${name…}`; `operator` is "" for a plain one, "?!" for one we cannot read."""

    __slots__ = ("index", "indirect", "length", "name", "operator", "quoted", "word")

    def __init__(
        self,
        name: str,
        *,
        quoted: bool,
        operator: str = "",
        word: Word | None = None,
        index: Word | None = None,
        length: bool = False,
        indirect: bool = False,
    ) -> None:
        self.name = name
        self.quoted = quoted
        self.operator = operator
        self.word = word
        self.index = index
        self.length = length
        self.indirect = indirect


class Substitution:
    """`$(…)`, a backquoted command, `<(…)` or `>(…)`; `kind` is "$", "<" or ">", `place` where it stands when its nodes
    do not know.
    """

    __slots__ = ("kind", "place", "quoted", "script")

    def __init__(self, kind: str, script: Script, *, quoted: bool, place: tuple[int, int] | None = None) -> None:
        self.place = place
        self.kind = kind
        self.script = script
        self.quoted = quoted


class Arithmetic:
    """`$((…))` in a word, `((…))` as a command; `parts` hold the expansions inside, `text` all of it as written."""

    __slots__ = ("end", "parts", "redirects", "start", "text")

    def __init__(self, parts: list[Node], start: int = -1, end: int = -1, text: str = "") -> None:
        self.parts = parts
        self.text = text
        self.start = start
        self.end = end
        self.redirects: list[Redirect] = []


class Word:
    """A word before expansion."""

    __slots__ = ("end", "parts", "start")

    def __init__(self, parts: list[Node], start: int, end: int) -> None:
        self.parts = parts
        self.start = start
        self.end = end


class Assignment:
    """`name=value`, `name+=value`, `name[i]=value` or `name=(words)`."""

    __slots__ = ("append", "end", "index", "items", "name", "start", "value")

    def __init__(
        self,
        name: str,
        value: Word | None,
        *,
        append: bool,
        index: Word | None,
        items: list[Word] | None,
        start: int,
        end: int,
    ) -> None:
        self.name = name
        self.value = value
        self.append = append
        self.index = index
        self.items = items
        self.start = start
        self.end = end


class Redirect:
    """A redirection; `body` is the text of a here-document, `fd` its number, "{name}" or ""."""

    __slots__ = ("body", "end", "fd", "operator", "start", "target")

    def __init__(self, operator: str, fd: str, target: Word | None, start: int, end: int) -> None:
        self.operator = operator
        self.fd = fd
        self.target = target
        self.body: Word | None = None
        self.start = start
        self.end = end


class Simple:
    """Assignments, words and redirections."""

    __slots__ = ("assignments", "end", "redirects", "start", "words")

    def __init__(self, start: int) -> None:
        self.assignments: list[Assignment] = []
        self.words: list[Word | Assignment] = []
        self.redirects: list[Redirect] = []
        self.start = start
        self.end = start


class Pipeline:
    """Commands joined by `|`; `merged[i]` says that `|&` carries the errors of command i too."""

    __slots__ = ("commands", "merged")

    def __init__(self, commands: list[Node], merged: list[bool]) -> None:
        self.commands = commands
        self.merged = merged


class Script:
    """Pipelines in order, each with what stands behind it (`;`, `&`, `&&`, `||`, newline or "").

    error   why the text could not be read to its end, or ""; what was read before it may still run
    """

    __slots__ = ("error", "error_at", "items")

    def __init__(self) -> None:
        self.items: list[tuple[Pipeline, str]] = []
        self.error = ""
        self.error_at = -1


class Compound:
    """What every compound command has: where it stands and its redirections."""

    __slots__ = ("end", "redirects", "start")

    def __init__(self, start: int) -> None:
        self.start = start
        self.end = start
        self.redirects: list[Redirect] = []


class Group(Compound):
    """`{ …; }`."""

    __slots__ = ("body",)

    def __init__(self, start: int, body: Script) -> None:
        super().__init__(start)
        self.body = body


class Subshell(Compound):
    """`( … )`."""

    __slots__ = ("body",)

    def __init__(self, start: int, body: Script) -> None:
        super().__init__(start)
        self.body = body


class If(Compound):
    """`if`: the scripts of its conditions and branches, in order."""

    __slots__ = ("scripts",)

    def __init__(self, start: int, scripts: list[Script]) -> None:
        super().__init__(start)
        self.scripts = scripts


class Loop(Compound):
    """`while` and `until`."""

    __slots__ = ("body", "condition")

    def __init__(self, start: int, condition: Script, body: Script) -> None:
        super().__init__(start)
        self.condition = condition
        self.body = body


class For(Compound):
    """`for` and `select`; `words` is None for "$@", `header` holds the expansions of `for ((…))`."""

    __slots__ = ("body", "header", "name", "text", "words")

    def __init__(
        self, start: int, name: str, words: list[Word] | None, body: Script, header: list[Node] | None = None
    ) -> None:
        super().__init__(start)
        self.text = ""
        self.name = name
        self.words = words
        self.body = body
        self.header = header


class Case(Compound):
    """`case`: its word, and patterns with bodies."""

    __slots__ = ("branches", "word")

    def __init__(self, start: int, word: Word, branches: list[tuple[list[Word], Script]]) -> None:
        super().__init__(start)
        self.word = word
        self.branches = branches


class Function(Compound):
    """A function definition."""

    __slots__ = ("body", "name")

    def __init__(self, start: int, name: str, body: Node) -> None:
        super().__init__(start)
        self.name = name
        self.body = body


class Condition(Compound):
    """`[[ … ]]`: its operands; what they expand may run commands."""

    __slots__ = ("words",)

    def __init__(self, start: int, words: list[Word]) -> None:
        super().__init__(start)
        self.words = words


class Coproc(Compound):
    """`coproc [NAME] command`."""

    __slots__ = ("body",)

    def __init__(self, start: int, body: Node) -> None:
        super().__init__(start)
        self.body = body


if TYPE_CHECKING:
    Node = (
        Literal
        | Parameter
        | Substitution
        | Arithmetic
        | Simple
        | Group
        | Subshell
        | If
        | Loop
        | For
        | Case
        | Function
        | Condition
        | Coproc
    )
