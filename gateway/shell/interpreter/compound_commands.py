"""Compound commands on a walk: every branch is walked, and what nobody can say afterwards is unknown. Pure."""

from __future__ import annotations

from gateway.model.action import UNKNOWN
from gateway.shell.interpreter.scope import SILENCE, Scope, Stream, merged, union
from gateway.shell.syntax.ast import (
    Arithmetic,
    Case,
    Condition,
    Coproc,
    For,
    Group,
    If,
    Literal,
    Loop,
    Simple,
    Subshell,
    Word,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.shell.interpreter.interface import Interpreter
    from gateway.shell.syntax.ast import Pipeline

MAX_ROUNDS = 24
"""Most values of a `for` loop that its body is walked for; beyond that once more, for a value that is unknown."""


class Chain:
    """`a && b || c`: whether a command runs depends on those before it, so that afterwards nobody can say what they
    set.
    """

    __slots__ = ("folder", "joint", "outer", "reached")

    def __init__(self, scope: Scope) -> None:
        self.joint = ""
        self.outer = scope.log
        self.folder = self.reached = (scope.cwd, scope.moved)

    def before(self, scope: Scope) -> None:
        """Let a command behind `||` find what the one that failed may have left: not the folder that it would have led
        to.
        """
        if self.joint == "||":
            scope.forget_logged()
            scope.cwd, scope.moved = self.folder
        self.folder = (scope.cwd, scope.moved)

    def after(self, scope: Scope, pipeline: Pipeline, joint: str) -> None:
        """Take in what a command left; the first one runs in any case."""
        if self.joint == "||":
            if _leaves(pipeline):
                scope.cwd, scope.moved = self.reached
            elif (scope.cwd, scope.moved) != self.reached:
                scope.cwd, scope.moved = UNKNOWN, True
            scope.forget_logged()
        if not self.joint:
            scope.log = set()
        self.reached = (scope.cwd, scope.moved)
        self.joint = joint
        if joint not in ("&&", "||"):
            self._end(scope)

    def _end(self, scope: Scope) -> None:
        """A folder that `&&` led to is taken for granted, a variable is not."""
        scope.forget_logged()
        if self.outer is not None and scope.log is not None:
            self.outer |= scope.log
        scope.log = self.outer


def _leaves(pipeline: Pipeline) -> bool:
    """Whether what stands behind a pipeline is not reached when it ran."""
    node = pipeline.commands[0] if len(pipeline.commands) == 1 else None
    if isinstance(node, Group) and node.body.items:
        return _leaves(node.body.items[-1][0])
    if not isinstance(node, Simple) or not node.words or not isinstance(node.words[0], Word):
        return False
    parts = node.words[0].parts
    return len(parts) == 1 and isinstance(parts[0], Literal) and parts[0].text in _LEAVING


_LEAVING = frozenset(("exit", "return", "break", "continue", "exec"))


def group(walker: Interpreter, node: Group, scope: Scope, stdin: Stream) -> Stream:
    """Walk `{ … }`."""
    return walker.script(node.body, scope, stdin)


def subshell(walker: Interpreter, node: Subshell, scope: Scope, stdin: Stream) -> Stream:
    """Walk `( … )`."""
    return walker.script(node.body, scope.copy(), stdin)


def branches(walker: Interpreter, node: If, scope: Scope, stdin: Stream) -> Stream:
    """Walk both sides of an `if`: the conditions in order, each branch from the scope before it."""
    scripts = node.scripts
    streams: list[Stream] = []
    ends: list[Scope] = []
    for index in range(0, len(scripts) - 1, 2):
        walker.script(scripts[index], scope, stdin)
        ends.append(scope.copy())
        streams.append(walker.script(scripts[index + 1], ends[-1], stdin))
    ends.append(scope.copy())
    if len(scripts) % 2:
        streams.append(walker.script(scripts[-1], ends[-1], stdin))
    merged(scope, ends)
    return Stream(None, union(*(stream.sources for stream in streams)))


def loop(walker: Interpreter, node: Loop, scope: Scope, stdin: Stream) -> Stream:
    """Walk a `while`: once, and once more with what the first round changed."""
    walker.script(node.condition, scope, stdin)
    before, jumps = scope.copy(), walker.jumps
    inside = scope.copy()
    stream = walker.script(node.body, inside, stdin)
    if inside.variables != scope.variables or inside.cwd != scope.cwd or inside.functions != scope.functions:
        merged(scope, [before, inside])
        walker.script(node.condition, scope.copy(), stdin)
        again = scope.copy()
        walker.script(node.body, again, stdin)
        merged(scope, [scope.copy(), again])
    if walker.jumps != jumps:
        scope.forget(before)
    return Stream(None, stream.sources)


def each(walker: Interpreter, node: For, scope: Scope, stdin: Stream) -> Stream:
    """Walk a `for` for each of its values, and once for an unknown one when they are too many or not known."""
    before, jumps = scope.copy(), walker.jumps
    if node.header is not None:
        arithmetic(walker, Arithmetic(node.header, node.start, node.end, node.text), scope, stdin)
        stream = walker.script(node.body, scope, stdin)
        merged(scope, [before, scope.copy()])
        return Stream(None, stream.sources)
    values = walker.expander(scope, None).words(node.words) if node.words is not None else scope.positional
    streams = []
    for value in (values or ())[:MAX_ROUNDS]:
        scope.put(node.name, (value,))
        streams.append(walker.script(node.body, scope, stdin))
    if values is None or len(values) > MAX_ROUNDS or any(value.splits for value in values):
        scope.put(node.name, None)
        streams.append(walker.script(node.body, scope, stdin))
        merged(scope, [before, scope.copy()])
    if walker.jumps != jumps:
        scope.forget(before)
    return Stream(None, union(*(stream.sources for stream in streams)))


def case(walker: Interpreter, node: Case, scope: Scope, stdin: Stream) -> Stream:
    """Walk every branch of a `case`; `;&` may lead from one into the next."""
    expander = walker.expander(scope, None)
    expander.one(node.word)
    ends = [scope.copy()]
    streams = []
    for patterns, body in node.branches:
        for pattern in patterns:
            expander.one(pattern)
        inside = scope.copy()
        streams.append(walker.script(body, inside, stdin))
        ends.append(inside)
    merged(scope, ends)
    return Stream(None, union(*(stream.sources for stream in streams)))


def condition(walker: Interpreter, node: Condition, scope: Scope, stdin: Stream) -> Stream:
    """Walk what `[[ … ]]` expands, and what it evaluates as arithmetic."""
    del stdin
    expander = walker.expander(scope, None)
    for word in node.words:
        text = expander.one(word).text
        if "[" in text or text in scope.variables:
            walker.calculated(text, scope)
    return SILENCE


def arithmetic(walker: Interpreter, node: Arithmetic, scope: Scope, stdin: Stream) -> Stream:
    """Walk what `((…))` expands and evaluates."""
    del stdin
    walker.expander(scope, (node.start, node.end)).arithmetic(node)
    return SILENCE


def coprocess(walker: Interpreter, node: Coproc, scope: Scope, stdin: Stream) -> Stream:
    """Walk `coproc`."""
    return walker.node(node.body, scope.copy(), stdin)


COMPOUNDS: dict[type, Callable[..., Stream]] = {
    Group: group,
    Subshell: subshell,
    If: branches,
    Loop: loop,
    For: each,
    Case: case,
    Condition: condition,
    Arithmetic: arithmetic,
    Coproc: coprocess,
}
"""Kind of compound command -> how it is walked."""
