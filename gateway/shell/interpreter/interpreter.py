"""Walking a tree: every simple command wherever it hides becomes actions, and what flows between them is followed. Pure
and total.

The walk runs the line as bash would, on what is known: both sides of every branch, every function that is called, every
text that a shell is given. What cannot be known is marked opaque; a bound that is hit is too.
"""

from __future__ import annotations

from gateway.catalog.environment_variables import changes_programs
from gateway.model.action import (
    CONNECT,
    FROM_DECODER,
    FROM_FILE,
    FROM_NETWORK,
    GLOB,
    INLINE,
    READ,
    REMOTE,
    RUN,
    TREE,
    UNKNOWN,
    WRITE,
    Action,
)
from gateway.model.paths import absolute
from gateway.shell.interpreter.arithmetic import assigned_in, evaluate
from gateway.shell.interpreter.assignments import assigned, note_assignments
from gateway.shell.interpreter.compound_commands import COMPOUNDS, Chain
from gateway.shell.interpreter.expansion import Expander
from gateway.shell.interpreter.redirections import apply_redirects
from gateway.shell.interpreter.scope import SILENCE, TERMINAL, Scope, Stream, joined, union
from gateway.shell.interpreter.simple_commands import run_command
from gateway.shell.syntax.ast import Assignment, Function, Pipeline, Script, Simple, Substitution
from gateway.shell.syntax.parser import parse, parse_quoted
from gateway.shell.values import Value

MAX_NESTING = 12
"""Deepest nesting of texts and functions inside each other that is followed."""


class Bounds:
    """What one walk may still do: in proportion to the text, so that none takes more than it is long."""

    __slots__ = ("actions", "characters", "steps")

    def __init__(self, size: int) -> None:
        self.actions = 1_000 + size // 4
        self.characters = 20_000 + size
        self.steps = 400 + size // 30


TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gateway.shell.interpreter.mounts import Mounts
    from gateway.shell.interpreter.scope import Variable
    from gateway.shell.syntax.ast import Node


def understand(line: str, *, cwd: str, home: str, variables: Mapping[str, str] | None = None) -> tuple[Action, ...]:
    """Return everything a bash command line would do. Never raises.

    cwd, home   absolute folders
    variables   variables known to be set beforehand
    """
    walker = Walker(line)
    if UNKNOWN in line:
        walker.opaque("a NUL byte in the line", (0, len(line)), line.replace(UNKNOWN, " ")[:80])
        line = line.replace(UNKNOWN, "")
    _guarded(walker, lambda: walker.text(line, Scope(cwd, home, variables), TERMINAL))
    return tuple(walker.actions)


def understand_code(language: str, code: str, *, cwd: str, home: str) -> tuple[Action, ...]:
    """Return everything a piece of code would do, as far as it can be read. Never raises."""
    walker = Walker()
    walker.bounds = Bounds(len(code))
    walker.action(Action(RUN, language, words=(language,), how=(INLINE,)))
    _guarded(walker, lambda: walker.code(language, Value(code), Scope(cwd, home), TERMINAL, 0))
    return tuple(walker.actions)


def _guarded(walker: Walker, walk: Callable[[], Stream]) -> None:
    """Walk; what is nested deeper than this interpreter goes is said to be."""
    try:
        walk()
    except RecursionError:
        walker.full = False
        walker.stop("levels")


class Walker:
    """One walk: the actions found so far and what is left of its bounds."""

    __slots__ = ("actions", "bounds", "full", "jumps", "line", "mounts", "nesting", "remote", "span", "started", "via")

    def __init__(self, line: str = "") -> None:
        self.line = line
        self.actions: list[Action] = []
        self.bounds = Bounds(len(line))
        self.jumps = 0
        self.nesting = 0
        self.via = -1
        self.span: tuple[int, int] | None = None
        self.remote = False
        self.mounts: Mounts = ()
        self.started = 0
        self.full = False

    def action(self, action: Action) -> int:
        """Keep an action and return its index; a walk that finds too many says so once."""
        if len(self.actions) >= self.bounds.actions:
            self.stop("actions")
            return len(self.actions) - 1
        self.actions.append(action)
        return len(self.actions) - 1

    def spend(self, characters: int) -> None:
        """Count characters that are copied; beyond the bound the walk ends."""
        self.bounds.characters -= characters // 4
        if self.bounds.characters < 0:
            self.stop("characters")

    def stop(self, what: str) -> None:
        """End the walk here: say once that there is more than is followed."""
        if not self.full:
            self.full = True
            self.actions.append(
                Action(
                    RUN,
                    "…",
                    words=("…",),
                    opaque=f"more {what} than are followed",
                    how=(INLINE,),
                    span=self.span or (-1, -1),
                )
            )

    def opaque(self, why: str, span: tuple[int, int], shown: str) -> int:
        """Keep the run of something that cannot be seen inside."""
        return self.action(
            Action(RUN, shown, words=(shown,), opaque=why, how=(INLINE,), via=self.via, span=self.span or span)
        )

    def text(self, text: str, scope: Scope, stdin: Stream) -> Stream:
        """Walk a shell text."""
        if self.nesting > MAX_NESTING:
            self.opaque("shells inside shells, too deep", (-1, -1), text[:80])
            return Stream(None, ("unknown:shell",))
        self.bounds.characters -= len(text)
        if self.bounds.characters < 0:
            self.stop("texts")
            return Stream(None, ("unknown:shell",))
        self.nesting += 1
        script = parse(text)
        out = self.script(script, scope, stdin, text)
        self.nesting -= 1
        return out

    def script(self, script: Script, scope: Scope, stdin: Stream, text: str = "") -> Stream:
        """Walk commands in order; what they print comes out together."""
        streams: list[Stream] = []
        chain: Chain | None = None
        for pipeline, joint in script.items:
            own = scope.copy() if joint == "&" else scope
            if chain is not None:
                chain.before(own)
            elif joint == "&&" or joint == "||":
                chain = Chain(own)
            streams.append(self.pipeline(pipeline, own, stdin))
            if chain is not None:
                chain.after(own, pipeline, joint)
                chain = None if own.log is chain.outer else chain
        if script.error:
            at = max(script.error_at, 0)
            self.opaque(f"could not be parsed: {script.error}", (at, max(len(text), at)), text[at:][:80] or "…")
            streams.append(Stream(None, ("unknown:shell",)))
        return joined(streams) if len(streams) != 1 else streams[0]

    def pipeline(self, pipeline: Pipeline, scope: Scope, stdin: Stream) -> Stream:
        """Walk a pipeline: each command reads what the one before it prints."""
        alone = len(pipeline.commands) == 1
        stream = stdin
        for command in pipeline.commands:
            stream = self.node(command, scope if alone else scope.copy(), stream)
        return stream if pipeline.commands else SILENCE

    def node(self, node: Node, scope: Scope, stdin: Stream) -> Stream:
        """Walk one command of any kind."""
        self.bounds.steps -= 1
        if self.full or self.bounds.steps < 0:
            self.stop("commands")
            return Stream(None, ("unknown:shell",))
        if isinstance(node, Simple):
            return self.simple(node, scope, stdin)
        if isinstance(node, Function):
            scope.define(node)
            return SILENCE
        stdin, finish = apply_redirects(self, node.redirects, scope, stdin)  # type: ignore[union-attr]
        return finish(COMPOUNDS[type(node)](self, node, scope, stdin))

    def expander(self, scope: Scope, span: tuple[int, int] | None) -> Expander:
        """Return what expands words here; a text inside a text keeps the place of the word it stands in."""
        return Expander(scope, self, self.span or span)

    def substitute(self, part: Substitution, scope: Scope) -> Stream:
        """Walk what stands in `$(…)`, `<(…)` or `>(…)` and return what it prints."""
        if self.nesting > MAX_NESTING:
            self.opaque("shells inside shells, too deep", (-1, -1), "$(…)")
            return Stream(None, ("unknown:shell",))
        self.nesting += 1
        before, span = self.via, self.span
        self.via, self.span = -1, span or part.place
        stream = self.script(part.script, scope.copy(), TERMINAL if part.kind != ">" else Stream(None))
        self.via, self.span = before, span
        self.nesting -= 1
        return stream

    def quoted(self, text: str, scope: Scope) -> None:
        """Walk what a text runs when it is expanded as if double-quoted."""
        self.bounds.steps -= 1
        if self.full or self.bounds.steps < 0:
            self.stop("expansions")
            return
        parts = parse_quoted(text) if self.nesting <= MAX_NESTING else None
        if parts is None:
            self.opaque("an expansion that could not be parsed", (-1, -1), text[:80])
            return
        self.nesting += 1
        expander = self.expander(scope, None)
        for part in parts:
            expander.stream(part)
        self.nesting -= 1

    def simple(self, node: Simple, scope: Scope, stdin: Stream) -> Stream:
        """Walk a simple command."""
        expander = self.expander(scope, None)
        values: list[Value] = []
        for word in node.words:
            if isinstance(word, Assignment):
                value = Value(UNKNOWN) if word.items is not None else expander.one(word.value)
                if word.items is not None:
                    expander.words(word.items)
                values.append(Value(f"{word.name}={value.text}", sources=value.sources, span=(word.start, word.end)))
            else:
                values += expander.word(word)
        prefix = [(assignment.name, assigned(assignment, expander, scope)) for assignment in node.assignments]
        span = self.span or (node.start, node.end)
        kept = self.assign(prefix, scope, lasting=not values)
        if prefix and (not values or any(changes_programs(name) for name, _ in prefix)):
            note_assignments(self, prefix, scope, span, exported=bool(values))
        stdin, finish = apply_redirects(self, node.redirects, scope, stdin)
        if not values:
            sources = union(*(value.sources for _, group in prefix for value in group or ()))
            return finish(Stream("", sources))
        out = run_command(self, tuple(values), scope, stdin, span)
        for name, before in kept:
            scope.restore(name, before)
        return finish(out)

    def command(
        self, argv: tuple[Value, ...], scope: Scope, stdin: Stream, span: tuple[int, int], *, own: bool = True
    ) -> Stream:
        """Run a command whose words are known."""
        return run_command(self, argv, scope, stdin, span, own=own)

    def assign(
        self, prefix: list[tuple[str, tuple[Value, ...] | None]], scope: Scope, *, lasting: bool
    ) -> list[tuple[str, Variable]]:
        """Set variables; return what to restore of those that are set for one command only."""
        kept = []
        for name, given in prefix:
            if not lasting:
                kept.append((name, scope.variable(name)))
                scope.exported.add(name)
            scope.put(name, given)
        return kept

    def calculated(self, text: str, scope: Scope) -> None:
        """Walk what a text runs when it is evaluated as arithmetic; the names it may set are unknown from here on."""
        evaluate(self, text, scope)
        for name in assigned_in(text):
            scope.put(name, None)

    def within(self, index: int, value: Value, walk: Callable[[], Stream]) -> Stream:
        """Walk something that the action at `index` starts; its actions keep the place of the word it came from."""
        before, span = self.via, self.span
        self.via = index
        self.span = span or (value.span if value.span != (-1, -1) else self.actions[index].span)
        stream: Stream = walk()
        self.via, self.span = before, span
        return stream

    def code(self, language: str, code: Value, scope: Scope, stdin: Stream, index: int) -> Stream:
        """Walk a piece of code in a language other than shell."""
        from gateway.shell.interpreter.program_effects import run_usage, with_peers
        from gateway.shell.languages import read_code

        if UNKNOWN in code.text:
            self.hide(index, f"{language} code that is only known when it runs", code.sources)
            return Stream(None, ("unknown:" + language,))
        if self.nesting > MAX_NESTING:
            self.hide(index, "code inside code, too deep", ())
            return Stream(None, ("unknown:" + language,))
        self.nesting += 1
        usage = read_code(language, code.text)
        stream = run_usage(self, usage, (code,), scope, with_peers(usage, stdin), index)
        self.nesting -= 1
        return stream

    def hide(self, index: int, why: str, sources: tuple[str, ...]) -> None:
        """Mark a run as one we cannot see inside; what came from the network or a decoder is told by its flow, not as
        opaque.
        """
        action = self.actions[index]
        carries = union(action.carries, sources)
        text = any(source.partition(":")[0] in (FROM_NETWORK, FROM_DECODER) for source in carries)
        self.actions[index] = replaced(action, carries=carries, opaque=action.opaque or ("" if text else why))

    def touch(self, verb: str, value: Value, how: tuple[str, ...], scope: Scope, carries: tuple[str, ...] = ()) -> int:
        """Keep a file that is touched; on another machine it is none of ours, unless it is mounted there."""
        here = self.here(value, scope, how)
        if here is None:
            return -1
        target, pattern = here.text, here.glob
        if pattern.endswith("/**/*") and UNKNOWN not in target:
            target, how = target.removesuffix("/**/*") or "/", how if TREE in how else (*how, TREE)
        elif pattern and UNKNOWN not in target:
            target, how = pattern, (*how, GLOB)
        if target[1:3] in (":\\", ":/") and target[0].isalpha():
            target = "/" + target.replace("\\", "/")  # a drive of another system is no folder of this one
        base = scope.cwd if scope.moved and not target.startswith(("/", "~")) else ""
        span = self.span or value.span
        return self.action(Action(verb, target, how=how, base=base, carries=carries, via=-1, span=span))

    def here(self, value: Value, scope: Scope, how: tuple[str, ...] = ()) -> Value | None:
        """Return a file as this machine names it, None where it is another machine's own."""
        if not self.remote:
            return value
        from gateway.shell.interpreter.mounts import on_this_machine

        return on_this_machine(value, scope.cwd, self.mounts, how)

    def path(self, value: Value, scope: Scope) -> str:
        """Return the absolute path that a value names, for what flows through files."""
        value = self.here(value, scope) or value
        return absolute(value.text, scope.cwd if scope.cwd.startswith("/") else "/" + scope.cwd, scope.home)

    def connect(self, target: str, carries: tuple[str, ...], span: tuple[int, int]) -> None:
        """Keep a host that is contacted."""
        how = (REMOTE,) if self.remote else ()
        self.action(Action(CONNECT, target, carries=carries, how=how, span=self.span or span))
        written = self.line[span[0] : span[1]] if span[0] >= 0 and self.span is None else ""
        if "\\" in written and "://" in written and "\n" not in written:
            # Another shell, or a client's own URL parser, ends the host at a backslash that bash takes away.
            self.action(Action(CONNECT, written, carries=carries, how=how, span=span))

    def read(self, value: Value, how: tuple[str, ...], scope: Scope) -> tuple[str, ...]:
        """Keep a file that is read, and return what flows out of it."""
        self.touch(READ, value, how, scope)
        if self.here(value, scope, how) is None:
            return ()
        path = self.path(value, scope)
        written = scope.files.get(path)
        return union((f"{FROM_FILE}:{path}",), written.sources if written else ())

    def write(self, value: Value, how: tuple[str, ...], scope: Scope, stream: Stream) -> None:
        """Keep a file that is written, and remember what flowed into it."""
        self.touch(WRITE, value, how, scope, stream.sources)
        if UNKNOWN not in value.text and self.here(value, scope) is not None:
            scope.files[self.path(value, scope)] = stream


def replaced(action: Action, *, carries: tuple[str, ...], opaque: str) -> Action:
    """Return an action with other sources and another reason for being opaque."""
    return Action(
        action.verb,
        action.target,
        opaque=opaque,
        carries=carries,
        words=action.words,
        how=action.how,
        base=action.base,
        via=action.via,
        span=action.span,
    )
