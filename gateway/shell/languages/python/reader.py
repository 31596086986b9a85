"""Reader: what Python code would do, collected from its tree. Pure; `code` parses and asks it."""

from __future__ import annotations

import ast

from gateway.catalog.environment_variables import changes_programs
from gateway.model.action import CONNECT, UNKNOWN
from gateway.shell.languages.python.calls import CALLS, METHODS, OPAQUE_CALLS, PATH_METHODS
from gateway.shell.languages.python.environment import environment_copied, is_environment, of_one_variable
from gateway.shell.languages.python.names import Names
from gateway.shell.programs.grammar import FILES
from gateway.shell.usage import (
    START_ARGV,
    START_CODE,
    START_FILE,
    START_SHELL,
    STDOUT_ENVIRONMENT,
    STDOUT_NETWORK,
    STDOUT_UNKNOWN,
    Effect,
    Start,
)
from gateway.shell.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_WAYS_AROUND = frozenset(
    "__subclasses__ __globals__ __code__ __getattribute__ __builtins__ __loader__ __reduce__ f_globals gi_frame".split()
)
"""Attributes that reach what no name in the code says."""
_FILES = {**FILES, "glob": FILES["list"]}


class Reader(ast.NodeVisitor):
    """Collects effects in the order of the code; names keep the constants that they were given."""

    def __init__(self, tree: ast.AST) -> None:
        stored = [item.id for item in ast.walk(tree) if isinstance(item, ast.Name) and isinstance(item.ctx, ast.Store)]
        self.repeated = {name for name in stored if stored.count(name) > 1} if len(stored) < 500 else set(stored)
        self.effects: list[Effect] = []
        self.starts: list[Start] = []
        self.opaque = ""
        self.stdout = STDOUT_UNKNOWN
        self.names = Names()
        self.callees: set[int] = set()
        self.single: set[int] = set()
        self.walked: list[str] = []
        self.depth = 0

    def visit_Import(self, node: ast.Import) -> None:
        """Remember what modules are called."""
        for alias in node.names:
            first = alias.name.partition(".")[0]
            self.names.modules[alias.asname or first] = alias.name if alias.asname else first

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """Remember what functions are called."""
        for alias in node.names:
            if alias.name == "*":
                self.names.stars.append(node.module or "")
            else:
                self.names.modules[alias.asname or alias.name] = f"{node.module or ''}.{alias.name}"

    def visit_Assign(self, node: ast.Assign) -> None:
        """Remember constants and renamed functions; a variable of the environment may change what programs run."""
        if not self.depth:
            self.callees.add(id(node.value))
        copied = environment_copied(node.value, self.names)
        if copied is not None:
            self.single.add(id(copied))
        self.visit(node.value)
        for target in node.targets:
            if isinstance(target, ast.Name):
                self.names.bind(target.id, node.value if copied is None else copied)
            elif (
                isinstance(target, ast.Tuple)
                and isinstance(node.value, ast.Tuple)
                and len(target.elts) == len(node.value.elts)
            ):
                for item, value in zip(target.elts, node.value.elts, strict=True):
                    if isinstance(item, ast.Name):
                        self.names.bind(item.id, value)
            elif isinstance(target, ast.Subscript) and self.names.called(target.value) == "os.environ":
                self._environment(self.names.text(target.slice), self.names.text(node.value))

    def _branched(self, node: ast.AST, parameters: Sequence[str] = ()) -> None:
        """Walk what may run never, later or again: what it sets, and what is set again elsewhere, is not known in it or
        behind it.
        """
        stored = {item.id for item in ast.walk(node) if isinstance(item, ast.Name) and isinstance(item.ctx, ast.Store)}
        changing = {*stored, *parameters}
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            changing |= self.repeated
        kept = {name: self.names.constants.pop(name, None) for name in changing}
        self.depth += 1
        self.generic_visit(node)
        self.depth -= 1
        for name in stored:
            self.names.constants.pop(name, None)
        self.names.constants.update(
            {name: value for name, value in kept.items() if value is not None and name not in stored}
        )

    def visit_If(self, node: ast.If) -> None:
        """Walk both sides."""
        self._branched(node)

    def visit_While(self, node: ast.While) -> None:
        """Walk a loop once."""
        self._branched(node)

    def visit_Try(self, node: ast.Try) -> None:
        """Walk every part."""
        self._branched(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Walk a body that runs when the function is called."""
        self._branched(node, [item.arg for item in ast.walk(node.args) if isinstance(item, ast.arg)])

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Walk a body that runs when the function is called."""
        self._branched(node, [item.arg for item in ast.walk(node.args) if isinstance(item, ast.arg)])

    def visit_Lambda(self, node: ast.Lambda) -> None:
        """Walk a body that runs when the function is called."""
        self._branched(node, [item.arg for item in ast.walk(node.args) if isinstance(item, ast.arg)])

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        """Remember constants that grow."""
        self.visit(node.value)
        if isinstance(node.target, ast.Name):
            self.names.append(node.target.id, node.value)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        """Remember constants."""
        self.visit(node.value)
        self.names.bind(node.target.id, node.value)

    def visit_For(self, node: ast.For) -> None:
        """Walk a loop over constants with each of them."""
        self.visit(node.iter)
        self._rounds(node.target, node.iter, node.body)
        for statement in node.orelse:
            self.visit(statement)

    def visit_ListComp(self, node: ast.ListComp) -> None:
        """Walk a comprehension over constants with each of them."""
        self._comprehension(node.generators, node.elt)

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> None:
        """Walk a generator over constants with each of them."""
        self._comprehension(node.generators, node.elt)

    def visit_SetComp(self, node: ast.SetComp) -> None:
        """Walk a comprehension over constants with each of them."""
        self._comprehension(node.generators, node.elt)

    def _comprehension(self, generators: list[ast.comprehension], element: ast.expr) -> None:
        for generator in generators:
            self.visit(generator.iter)
        self._rounds(generators[0].target, generators[0].iter, [*generators[0].ifs, element])

    def _rounds(self, target: ast.expr, values: ast.expr, body: Sequence[ast.AST]) -> None:
        walked = self.names.walked(values)
        if walked:
            self.walked.append(walked)
        self._each(target, values, body)
        if walked:
            self.walked.pop()

    def _each(self, target: ast.expr, values: ast.expr, body: Sequence[ast.AST]) -> None:
        known = self.names.listed(values)
        if not isinstance(target, ast.Name) or not known or len(known) > 16:
            known = [UNKNOWN]
        for value in known:
            if isinstance(target, ast.Name):
                self.names.constants[target.id] = value
                if value == UNKNOWN:
                    del self.names.constants[target.id]
            self.depth += 1
            for part in body:
                self.visit(part)
            self.depth -= 1

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """Notice a function that starts programs where it is handed on, and the ways around names."""
        if node.attr in _WAYS_AROUND:
            self._hide(f"`{node.attr}`")
        self._handed_on(node)
        self._all_variables(node)
        self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        """Notice a function that starts programs where it is handed on."""
        self._handed_on(node)
        self._all_variables(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        """One variable of the environment is not all of it."""
        self.single.add(id(node.value))
        self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        """Asking whether there is a variable tells nothing of the others."""
        self.single.update(map(id, node.comparators))
        self.generic_visit(node)

    def _all_variables(self, node: ast.expr) -> None:
        """Notice the whole environment where it is not what a program is started with: it holds credentials."""
        if (
            id(node) not in self.single
            and isinstance(getattr(node, "ctx", None), ast.Load)
            and is_environment(node, self.names)
        ):
            self.stdout = STDOUT_ENVIRONMENT

    def _handed_on(self, node: ast.expr) -> None:
        if id(node) not in self.callees:
            called = self.names.called(node)
            if called in OPAQUE_CALLS or any(kind in CALLS.get(called, "") for kind in ("shell", "process", "argv")):
                self._hide(f"it hands `{called}` on")

    def _hide(self, why: str) -> None:
        self.opaque = self.opaque or why

    def _environment(self, name: str | None, value: str | None) -> None:
        if name is None or changes_programs(name):
            text = (value or UNKNOWN).replace("'", "'\\''")
            self.starts.append(Start(START_SHELL, code=Value(f"export {name or UNKNOWN}='{text}'")))

    def visit_Call(self, node: ast.Call) -> None:
        """Read one call, and what stands in its arguments."""
        self.callees.add(id(node.func))
        self.single.update(of_one_variable(node))
        called = self.names.called(node.func)
        self.generic_visit(node)
        if called in OPAQUE_CALLS:
            self._code(called, node)
        elif called in ("open", "io.open", "codecs.open", "os.open", "os.fdopen"):
            self._open(self._argument(node, 0, ("file", "path", "filename")), node)
        elif called in CALLS:
            self._do(CALLS[called], node)
        elif called in ("os.putenv", "os.environ.setdefault", "os.environ.__setitem__") and len(node.args) > 1:
            self._environment(self.names.text(node.args[0]), self.names.text(node.args[1]))
        elif isinstance(node.func, ast.Attribute):
            self._method(node.func, node)
        elif not called and isinstance(node.func, (ast.Call, ast.Subscript)):
            self._hide("it calls something by a name that is only known when it runs")

    def _method(self, func: ast.Attribute, node: ast.Call) -> None:
        path = (
            self.names.text(func.value)
            if isinstance(func.value, (ast.Call, ast.BinOp, ast.Name, ast.Attribute))
            else None
        )
        found = bool(self.walked) and PATH_METHODS.get(func.attr) == "delete" and isinstance(func.value, ast.Name)
        if func.attr in PATH_METHODS and (path is not None or found or self._is_path(func.value)):
            kind = PATH_METHODS[func.attr]
            if kind == "open":
                self._open(path, node, mode_at=0)
            else:
                self._file(kind, path)
            if func.attr in ("rename", "replace", "symlink_to", "hardlink_to", "copy", "move") and node.args:
                self._file("write", self.names.text(node.args[0]))
        elif func.attr in METHODS:
            self._do(METHODS[func.attr], node)

    def _is_path(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Call) and self.names.called(node.func) in (
            "pathlib.Path",
            "Path",
            "pathlib.PosixPath",
        )

    def _argument(self, node: ast.Call, index: int, names: tuple[str, ...] = ()) -> str | None:
        if index < len(node.args):
            return self.names.text(node.args[index])
        return next((self.names.text(word.value) for word in node.keywords if word.arg in names), None)

    def _open(self, path: str | None, node: ast.Call, mode_at: int = 1) -> None:
        given = len(node.args) > mode_at or any(word.arg == "mode" for word in node.keywords)
        mode = self._argument(node, mode_at, ("mode",)) if given else "r"
        if mode is None or "r" in mode or "+" in mode:
            self._file("read", path)
        if mode is None or any(char in mode for char in "wax+"):
            self._file("write", path)

    def _file(self, kind: str, path: str | None) -> None:
        if self.walked and kind in ("delete", "deletetree") and (path is None or path.startswith(UNKNOWN)):
            kind, path = "deletetree", f"{self.walked[-1].rstrip('/')}/{UNKNOWN}"  # whatever is found there
        verb, how = _FILES[kind]
        glob = path if kind == "glob" and path else ""
        self.effects.append(Effect(verb, Value(UNKNOWN if path is None else path, glob=glob or ""), how))

    def _do(self, does: str, node: ast.Call) -> None:
        """Do what the table says of a call: `kind`, or `kind@index` for another argument, several joined by `+`."""
        for item in does.split("+"):
            kind, _, index = item.partition("@")
            position = int(index or 0)
            if kind in _FILES:
                self._file(
                    kind,
                    self._argument(
                        node, position, ("path", "src", "dst", "filename", "filepath_or_buffer", "top", "name")
                    ),
                )
            elif kind in ("url", "host"):
                self._host(node, position)
            elif kind == "listen":
                self.stdout = STDOUT_NETWORK
            elif kind in ("shell", "argv", "process"):
                self._process(kind, node, position)
            elif kind == "pip":
                words = self.names.listed(node.args[0]) if node.args else None
                self.starts.append(
                    Start(
                        START_ARGV,
                        argv=tuple(Value(word) for word in ("pip", *(words if words is not None else (UNKNOWN,)))),
                    )
                )
            elif kind == "code":
                text = self._argument(node, position, ("stmt", "code", "source"))
                self.starts.append(Start(START_CODE, code=Value(UNKNOWN if text is None else text), language="python"))
            elif kind == "script":
                path = self._argument(node, position, ("path_name",))
                self.starts.append(Start(START_FILE, code=Value(path or UNKNOWN), language="python"))

    def _host(self, node: ast.Call, position: int) -> None:
        text = self._argument(node, position, ("url", "host"))
        if text is None and position < len(node.args) and isinstance(node.args[position], ast.Tuple):
            text = self.names.text(node.args[position].elts[0])  # type: ignore[attr-defined]
        self.effects.append(Effect(CONNECT, Value(text or UNKNOWN)))

    def _process(self, kind: str, node: ast.Call, position: int) -> None:
        shell = kind == "shell" or any(
            word.arg == "shell" and getattr(word.value, "value", True) for word in node.keywords
        )
        argument = (
            node.args[position]
            if position < len(node.args)
            else next((word.value for word in node.keywords if word.arg == "args"), None)
        )
        words = self.names.listed(argument) if argument is not None else None
        if kind == "argv":
            words = [self.names.text(arg) or UNKNOWN for arg in node.args[position:]]
        text = self.names.text(argument) if argument is not None else None
        if shell and words is not None:
            text = words[0] if words else ""
        for word in node.keywords:
            if word.arg == "executable" and words:
                self.starts.append(
                    Start(START_ARGV, argv=tuple(map(Value, (self.names.text(word.value) or UNKNOWN, *words[1:]))))
                )
            elif word.arg == "env" and isinstance(word.value, ast.Dict):
                for key, value in zip(word.value.keys, word.value.values, strict=True):
                    if key is not None:
                        self._environment(self.names.text(key) or "_", self.names.text(value))
        given = self._given(node)
        if words is not None and not shell:
            self.starts.append(Start(START_ARGV, argv=tuple(Value(word) for word in words), given=given))
        elif text is not None and (shell or " " not in text):
            self.starts.append(Start(START_SHELL, code=Value(text), given=given))
        elif text is not None:
            self.starts.append(Start(START_ARGV, argv=(Value(text),), given=given))
        else:
            self.starts.append(Start(START_SHELL, code=Value(UNKNOWN)))

    def _given(self, node: ast.Call) -> Value | None:
        """Return what a program is given to read: `input=…`, and through a pipe what only the run knows."""
        for word in node.keywords:
            if word.arg == "input":
                return Value(self.names.text(word.value) or UNKNOWN)
            if word.arg == "stdin" and self.names.called(word.value).endswith(".PIPE"):
                return Value(UNKNOWN)
        return None

    def _code(self, called: str, node: ast.Call) -> None:
        """`exec`, `eval`, `__import__`: constant code is read on, any other is opaque."""
        text = self._argument(node, 0)
        if called in ("exec", "eval", "compile"):
            if text is not None:
                self.starts.append(Start(START_CODE, code=Value(text), language="python"))
            elif not (
                node.args and isinstance(node.args[0], ast.Call) and self.names.called(node.args[0].func) == "compile"
            ):
                self._hide(f"`{called}` of code that is only known when it runs")
        elif called in ("__import__", "importlib.import_module"):
            if text is None:
                self._hide("it imports a module by a name that is only known when it runs")
        else:
            self._hide(f"`{called}`")
