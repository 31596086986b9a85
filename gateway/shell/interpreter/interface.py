"""What the parts of the interpreter may ask of the whole: the operations of a walk, and of what expands words in it.
Pure.

The interpreter runs its parts (assignments, redirections, compound commands, builtins, programs), and each part needs
the interpreter again: a loop runs a list, a redirection expands a word, `eval` parses a text. The parts know these two
protocols, never the classes behind them, so imports go one way only.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    from gateway.model.action import Action
    from gateway.shell.interpreter.mounts import Mounts
    from gateway.shell.interpreter.scope import Scope, Stream
    from gateway.shell.syntax.ast import Arithmetic, Node, Pipeline, Script, Simple, Substitution, Word
    from gateway.shell.values import Value

    class Bounds(Protocol):
        """What a walk may still do."""

        actions: int
        characters: int
        steps: int

    class WordExpander(Protocol):
        """Expands the words of one command in a scope."""

        @property
        def walker(self) -> Interpreter:
            """The walk that runs what stands in `$(…)`."""

        def one(self, word: Word | None) -> Value:
            """Return a word as one value, unsplit."""

        def word(self, word: Word) -> list[Value]:
            """Return the values of one word."""

        def words(self, words: list[Word]) -> tuple[Value, ...]:
            """Return the values of several words."""

        def arithmetic(self, part: Arithmetic) -> Stream:
            """Run what an arithmetic expression expands."""

    class Interpreter(Protocol):
        """One walk: what was found so far, and the operations that every part of it needs.

        actions   what was found
        via       index of the action that starts what is walked now, -1 at the top
        span      place of the word that a text inside a text came from
        remote    whether this runs on another machine; `mounts` are the files of this one that it sees
        full      whether a bound was hit, after which nothing more is followed
        jumps     how often the line left a loop or a function; `started`, `nesting` how deep it is
        """

        actions: list[Action]
        full: bool
        jumps: int
        mounts: Mounts
        nesting: int
        remote: bool
        span: tuple[int, int] | None
        started: int
        via: int

        @property
        def bounds(self) -> Bounds:
            """What it may still do."""

        def action(self, action: Action) -> int:
            """Keep an action and return its index."""

        def opaque(self, why: str, span: tuple[int, int], shown: str) -> int:
            """Keep the run of something that cannot be seen inside."""

        def hide(self, index: int, why: str, sources: tuple[str, ...]) -> None:
            """Mark a run as one that cannot be seen inside."""

        def spend(self, characters: int) -> None:
            """Count characters that are copied."""

        def text(self, text: str, scope: Scope, stdin: Stream) -> Stream:
            """Walk a shell text."""

        def script(self, script: Script, scope: Scope, stdin: Stream, text: str = "") -> Stream:
            """Walk commands in order."""

        def pipeline(self, pipeline: Pipeline, scope: Scope, stdin: Stream) -> Stream:
            """Walk a pipeline."""

        def node(self, node: Node, scope: Scope, stdin: Stream) -> Stream:
            """Walk one command of any kind."""

        def simple(self, node: Simple, scope: Scope, stdin: Stream) -> Stream:
            """Walk a simple command."""

        def command(
            self, argv: tuple[Value, ...], scope: Scope, stdin: Stream, span: tuple[int, int], *, own: bool = True
        ) -> Stream:
            """Run a command whose words are known; `own`: the shell's own functions, aliases and builtins are found
            first.
            """

        def code(self, language: str, code: Value, scope: Scope, stdin: Stream, index: int) -> Stream:
            """Walk code of another language."""

        def expander(self, scope: Scope, span: tuple[int, int] | None) -> WordExpander:
            """Return what expands words here."""

        def substitute(self, part: Substitution, scope: Scope) -> Stream:
            """Walk what stands in `$(…)`, `<(…)` or `>(…)`."""

        def quoted(self, text: str, scope: Scope) -> None:
            """Walk what a text runs when it is expanded as if double-quoted."""

        def calculated(self, text: str, scope: Scope) -> None:
            """Walk what a text runs when it is evaluated as arithmetic."""

        def within(self, index: int, value: Value, walk: Callable[[], Stream]) -> Stream:
            """Walk something that the action at `index` starts."""

        def touch(
            self, verb: str, value: Value, how: tuple[str, ...], scope: Scope, carries: tuple[str, ...] = ()
        ) -> int:
            """Keep a file that is touched."""

        def here(self, value: Value, scope: Scope, how: tuple[str, ...] = ()) -> Value | None:
            """Return a file as this machine names it."""

        def path(self, value: Value, scope: Scope) -> str:
            """Return the absolute path that a value names."""

        def connect(self, target: str, carries: tuple[str, ...], span: tuple[int, int]) -> None:
            """Keep a host that is contacted."""

        def read(self, value: Value, how: tuple[str, ...], scope: Scope) -> tuple[str, ...]:
            """Keep a file that is read, and return what flows out of it."""

        def write(self, value: Value, how: tuple[str, ...], scope: Scope, stream: Stream) -> None:
            """Keep a file that is written, and remember what flowed into it."""
