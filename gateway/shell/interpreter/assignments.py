"""Assignments: what a variable becomes, and which ones make later programs run or load something. Pure."""

from __future__ import annotations

from gateway.catalog.environment_variables import (
    COMMAND_LINES,
    COMPILERS,
    EXPANDED,
    OPTION_LINES,
    changes_programs,
    contacted,
    is_harmless,
)
from gateway.model.action import ASSIGNMENT, CONNECT, RUN, UNKNOWN, Action
from gateway.shell.interpreter.scope import TERMINAL, union
from gateway.shell.settings import is_ordinary
from gateway.shell.values import Value

MAX_ITEMS = 500
"""Most values of an array that are followed."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.interpreter.interface import Interpreter, WordExpander
    from gateway.shell.interpreter.scope import Scope
    from gateway.shell.syntax.ast import Assignment


def assigned(assignment: Assignment, expander: WordExpander, scope: Scope) -> tuple[Value, ...] | None:
    """Return the values that an assignment gives its variable."""
    if assignment.items is not None:
        words = expander.words(assignment.items)
        if len(words) > MAX_ITEMS:
            return None
        return (*(scope.get(assignment.name) or ()), *words) if assignment.append else words
    value = expander.one(assignment.value)
    if assignment.index is not None:
        expander.walker.calculated(expander.one(assignment.index).text, scope)
        return None
    if assignment.append:
        before = scope.get(assignment.name)
        text = before[0].text + value.text if before else UNKNOWN + value.text
        return (Value(text, sources=union(value.sources, before[0].sources if before else ())),)
    return (value,)


def note_assignments(
    walker: Interpreter,
    prefix: list[tuple[str, tuple[Value, ...] | None]],
    scope: Scope,
    span: tuple[int, int],
    *,
    exported: bool,
) -> None:
    """Keep assignments that change what programs run; a bare one counts when its variable is exported."""
    for name, values in prefix:
        run_expanded(walker, name, values, scope)
        if changes_programs(name) and (exported or name in scope.exported or name in ("PATH", "BASH_ENV", "ENV")):
            note_assignment(walker, name, values[0] if values else Value(UNKNOWN), scope, span)


def run_expanded(walker: Interpreter, name: str, values: tuple[Value, ...] | None, scope: Scope) -> None:
    """Walk what the shell runs when it expands a prompt or the name of a start-up file."""
    if name in EXPANDED:
        for value in values or ():
            if "$(" in value.text or "`" in value.text or "@P" in value.text:
                walker.quoted(value.text, scope.copy())


def note_assignment(walker: Interpreter, name: str, value: Value, scope: Scope, span: tuple[int, int]) -> None:
    """Keep one assignment that changes what programs run or contact, and what its value runs."""
    for host in contacted(name, value.text):
        walker.action(Action(CONNECT, host, carries=value.sources, span=walker.span or span))
    if is_harmless(name, value.text):
        return
    word = f"{name}={value.text}"
    index = walker.action(
        Action(
            RUN, word, words=(word,), how=(ASSIGNMENT,), carries=value.sources, via=walker.via, span=walker.span or span
        )
    )
    if name in COMMAND_LINES and UNKNOWN not in value.text:
        walker.within(index, value, lambda: walker.text(value.text, scope.copy(), TERMINAL))
        if (
            not walker.full
            and not value.sources
            and is_ordinary(walker.actions[index + 1 :], compiles=name in COMPILERS)
        ):
            del walker.actions[index:]
    elif name in OPTION_LINES and UNKNOWN not in value.text:
        walker.within(index, value, lambda: walker.text(f"{OPTION_LINES[name]} {value.text}", scope.copy(), TERMINAL))
