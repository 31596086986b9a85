"""A script language as data: what its reader has to know of it, and the hooks for what no other language has. Pure.

A language is one module of `gateway.shell.languages` with one value, `LANGUAGE`. The reader (`reader.py`) and the
tokenizer (`tokens.py`) ask its fields and never its name: the name is for messages, and for code that the code itself
runs.
"""

from __future__ import annotations

from gateway.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    from gateway.shell.languages.script.tokens import Lexis, Token
    from gateway.shell.usage import Effect, Start

    class Reading(Protocol):
        """One piece of code being read: what was found so far, and what a hook may ask.

        tokens   all tokens of the code
        effects  files and hosts found; `starts` are the programs and the code
        """

        effects: list[Effect]
        starts: list[Start]

        @property
        def tokens(self) -> list[Token]:
            """All tokens."""

        @property
        def language(self) -> Language:
            """The language that is read."""

        def mark(self, at: int) -> str:
            """Return the name or mark at a place, "" where a text or nothing stands."""

        def kind(self, at: int) -> str:
            """Return the kind of the token at a place, "" where nothing stands."""

        def text(self, at: int) -> tuple[str | None, int]:
            """Return (text of the concatenation that starts at a place, place behind it)."""

        def file(self, text: str | None, *, runs: bool = False) -> None:
            """Keep a file that is read, or the host where the name is a URL."""

        def hide(self, why: str) -> None:
            """Note why the code cannot be seen inside; the first reason stays."""


def calls_table(text: str) -> dict[str, str]:
    """Return the rows `name owner.name … : what they do` of a table as name -> what it does.

    What a call does is a kind, `kind@1` for its second argument, several joined by `+`:

    read write delete deletetree list create meta   the file or folder that the argument names (`FILES` of the program
        grammar)
    open     a file by name and mode
    file     a file or a URL, by what the name looks like; `code` is one that is run
    url      a host, in a URL; `host` by its name; `peer` somewhere in the arguments
    listen   it answers whoever connects
    shell    a command line for a shell; `argv` a program and its arguments
    """
    rows: dict[str, str] = {}
    for line in text.strip().splitlines():
        names, _, does = line.partition(" : ")
        rows.update(dict.fromkeys(names.split(), does.strip()))
    return rows


def spelled(*texts: str) -> tuple[list[str], ...]:
    """Return token sequences that are written with blanks between their tokens."""
    return tuple(text.split(" ") for text in texts)


class Language(Record):
    """What the reader has to know of a script language.

    name             what messages call it, and the name that code it evaluates is read by
    lexis            its strings and comments
    calls            see `calls_table`
    opaque_calls     calls that run what their argument says; `native_calls` are those whose argument is no text of this
                     language
    bare_calls       a call needs no parentheses; `statements` are the names that need none where others do
    bare_evaluation  an opaque call needs none, whatever follows
    evaluation_blocks `eval { … }` is a block of this code
    computed_members `x[…](…)` calls a function by a name that is only known when it runs; `variable_calls`: `$f(…)`
    does
    function_values  a function that is named without a call is handed on, or renamed by an import
    options_behind_command what follows a command line in a call is no argument of the command
    listed_arguments the arguments of a program are those inside a list
    pipe_modes       the modes that open a program for writing, in a call that starts one
    typing_names     names by which code writes into a program that it started
    joins            the marks that join texts; `doubled_joins`: written twice
    value_ends       marks behind a name that make something else of it than its constant
    homes            token sequences that are the home folder; `expanded` is the call that resolves `~` in its argument
    on_name          (reading, place, name) -> whether this language alone knew what to do with it
    on_text on_mark  (reading, place, text): what stands there means something in this language alone
    open_file        (reading, texts of the arguments): what `open` does where it is not a name and a mode
    arguments_end    (reading, from, to) -> where options begin behind the arguments
    is_environment   (tokens, place) -> whether all variables of the environment stand there
    """

    __slots__ = (
        "arguments_end",
        "bare_calls",
        "bare_evaluation",
        "calls",
        "computed_members",
        "doubled_joins",
        "evaluation_blocks",
        "expanded",
        "function_values",
        "homes",
        "is_environment",
        "joins",
        "lexis",
        "listed_arguments",
        "name",
        "native_calls",
        "on_mark",
        "on_name",
        "on_text",
        "opaque_calls",
        "open_file",
        "options_behind_command",
        "pipe_modes",
        "statements",
        "typing_names",
        "value_ends",
        "variable_calls",
    )

    def __init__(
        self,
        name: str,
        lexis: Lexis,
        calls: dict[str, str],
        *,
        opaque_calls: frozenset[str] = frozenset(),
        native_calls: frozenset[str] = frozenset(),
        bare_calls: bool = False,
        statements: frozenset[str] = frozenset(),
        bare_evaluation: bool = False,
        evaluation_blocks: bool = False,
        computed_members: bool = False,
        variable_calls: bool = False,
        function_values: bool = False,
        options_behind_command: bool = False,
        listed_arguments: bool = False,
        pipe_modes: tuple[str, ...] = ("w", "r+", "w+", "wb"),
        typing_names: tuple[str, ...] = (),
        joins: tuple[str, ...] = ("+",),
        doubled_joins: bool = False,
        value_ends: tuple[str, ...] = (),
        homes: tuple[list[str], ...] = (),
        expanded: tuple[list[str], ...] = (),
        on_name: Callable[[Reading, int, str], bool] | None = None,
        on_text: Callable[[Reading, int, str], None] | None = None,
        on_mark: Callable[[Reading, int, str], None] | None = None,
        open_file: Callable[[Reading, list[str | None]], None] | None = None,
        arguments_end: Callable[[Reading, int, int], int] | None = None,
        is_environment: Callable[[list[Token], int], bool] | None = None,
    ) -> None:
        self.name = name
        self.lexis = lexis
        self.calls = calls
        self.opaque_calls = opaque_calls
        self.native_calls = native_calls
        self.bare_calls = bare_calls
        self.statements = statements
        self.bare_evaluation = bare_evaluation
        self.evaluation_blocks = evaluation_blocks
        self.computed_members = computed_members
        self.variable_calls = variable_calls
        self.function_values = function_values
        self.options_behind_command = options_behind_command
        self.listed_arguments = listed_arguments
        self.pipe_modes = pipe_modes
        self.typing_names = typing_names
        self.joins = joins
        self.doubled_joins = doubled_joins
        self.value_ends = value_ends
        self.homes = homes
        self.expanded = expanded
        self.on_name = on_name
        self.on_text = on_text
        self.on_mark = on_mark
        self.open_file = open_file
        self.arguments_end = arguments_end
        self.is_environment = is_environment
