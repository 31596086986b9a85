"""`declare` and its kin: what variables and functions become, for this shell and for the programs it starts. Pure."""

from __future__ import annotations

from gateway.catalog.environment_variables import changes_programs
from gateway.model.action import UNKNOWN
from gateway.shell.interpreter.arithmetic import evaluate
from gateway.shell.interpreter.assignments import note_assignment, run_expanded
from gateway.shell.interpreter.scope import SILENCE, Stream
from gateway.shell.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.interpreter.interface import Interpreter
    from gateway.shell.interpreter.scope import Scope

_CHANGING = frozenset("iluc")
"""Attributes that change a value when it is assigned."""


def declare(walker: Interpreter, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    """`export`, `declare`, `typeset`, `local`, `readonly`: set variables and may hand them to later programs."""
    del stdin
    flags = {char for value in argv[1:] if value.text.startswith("-") for char in value.text[1:]}
    if len(argv) == 1 or flags & {"p", "f", "F"}:
        export_functions(argv, flags, scope)
        return Stream(None, ("environment:",))
    if argv[0].text == "local" and scope.locals is None:
        return SILENCE  # bash refuses it outside of functions
    local = argv[0].text != "export" and argv[0].text != "readonly" and scope.locals is not None and "g" not in flags
    for value in argv[1:]:
        if not value.text.startswith(("-", "+")):
            if local and scope.locals is not None:
                name = value.text.partition("=")[0].rstrip("+")
                scope.locals.setdefault(name, scope.variables.get(name))
            _declared(walker, value, flags if argv[0].text != "export" else flags | {"x"}, scope, index)
    return SILENCE


def _declared(walker: Interpreter, value: Value, flags: set[str], scope: Scope, index: int) -> None:
    name, equals, text = value.text.partition("=")
    append = name.endswith("+")
    name = name.rstrip("+")
    if "[" in name or "i" in flags:
        evaluate(walker, name.partition("[")[2] + (text if "i" in flags else ""), scope)
        name = name.partition("[")[0]
    if "n" in flags and equals:
        scope.references[name] = text.partition("[")[0]
        return
    if "x" in flags:
        scope.exported.add(name)
    if equals or flags & _CHANGING:
        known = not append and not flags & _CHANGING and UNKNOWN not in text and "[" not in value.text.partition("=")[0]
        scope.put(
            name,
            (Value(text, sources=value.sources),)
            if known or (equals and not append and not flags & _CHANGING)
            else None,
        )
    after = scope.variables.get(name)
    run_expanded(walker, name, after, scope)
    if "x" in flags and changes_programs(name) and (equals or after):
        note_assignment(walker, name, (after or (Value(UNKNOWN),))[0], scope, walker.actions[index].span)


def export_functions(argv: tuple[Value, ...], flags: set[str], scope: Scope) -> None:
    """`export -f NAME`: a child shell knows the function too."""
    if "f" in flags and (argv[0].text == "export" or "x" in flags):
        scope.exported.update(f"{value.text}()" for value in argv[1:] if not value.text.startswith("-"))


def unset(walker: Interpreter, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    """`unset`: variables, functions, or whatever of both has the name."""
    del stdin, index
    flags = "".join(value.text for value in argv[1:] if value.text.startswith("-"))
    for value in argv[1:]:
        if value.text.startswith("-"):
            continue
        if "[" in value.text:
            evaluate(walker, value.text.partition("[")[2], scope)
        if "v" not in flags and UNKNOWN in value.text:
            scope.functions = {name: (*function, None) for name, function in scope.functions.items()}
        if "f" in flags or ("v" not in flags and value.text not in scope.variables):
            scope.functions.pop(value.text, None)
        elif "n" in flags:
            scope.references.pop(value.text, None)
        else:
            scope.drop(value.text)
    return SILENCE
