"""Python code: file, process and network calls with constant or simply derived arguments, read with `ast`. Pure."""

from __future__ import annotations

import ast

from gateway.model.action import CONNECT, LIST, META, READ, TREE, UNKNOWN, WRITE
from gateway.shell.inline.python_calls import CALLS, METHODS, OPAQUE_CALLS, PATH_METHODS
from gateway.shell.usage import START_ARGV, START_CODE, START_SHELL, STDIN_DATA, STDOUT_UNKNOWN, Effect, Start, Usage
from gateway.shell.values import Value

MAX_CODE = 200_000
_FILES = {
    "read": (READ, ()),
    "write": (WRITE, ()),
    "list": (READ, (LIST,)),
    "tree": (READ, (TREE,)),
    "meta": (READ, (META,)),
    "create": (WRITE, ("create",)),
    "delete": (WRITE, ("delete",)),
    "deletetree": (WRITE, ("delete", TREE)),
    "glob": (READ, (LIST,)),
}


def read_python(code: str) -> Usage:
    """Return what Python code would do; what cannot be parsed is opaque."""
    if len(code) > MAX_CODE:
        return Usage(opaque="python code too long to read")
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Usage(opaque="python code that does not parse", stdin=STDIN_DATA)
    reader = _Reader()
    try:
        reader.visit(tree)
    except RecursionError:
        return Usage(opaque="python code nested too deep", stdin=STDIN_DATA)
    return Usage(effects=tuple(reader.effects), starts=tuple(reader.starts), stdin=STDIN_DATA, stdout=STDOUT_UNKNOWN, opaque=reader.opaque)


class _Reader(ast.NodeVisitor):
    """Collects effects in the order of the code; names keep the constants that they were given."""

    def __init__(self) -> None:
        self.effects: list[Effect] = []
        self.starts: list[Start] = []
        self.opaque = ""
        self.names: dict[str, str | tuple[str, ...]] = {}
        self.modules: dict[str, str] = {}

    def visit_Import(self, node: ast.Import) -> None:
        """Remember what modules are called."""
        for alias in node.names:
            self.modules[alias.asname or alias.name.partition(".")[0]] = alias.name if alias.asname else alias.name.partition(".")[0]

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """Remember what functions are called."""
        for alias in node.names:
            self.modules[alias.asname or alias.name] = f"{node.module or ''}.{alias.name}"

    def visit_Assign(self, node: ast.Assign) -> None:
        """Remember constants and renamed functions."""
        self.visit(node.value)
        for target in node.targets:
            if isinstance(target, ast.Name):
                self._bind(target.id, node.value)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        """Remember constants."""
        self.visit(node.value)
        self._bind(node.target.id, node.value)

    def visit_For(self, node: ast.For) -> None:
        """Walk a loop over constants with each of them."""
        self.visit(node.iter)
        values = self._list(node.iter)
        if isinstance(node.target, ast.Name) and values and len(values) <= 16:
            for value in values:
                self.names[node.target.id] = value
                for statement in node.body:
                    self.visit(statement)
            return
        for statement in (*node.body, *node.orelse):
            self.visit(statement)

    def _bind(self, name: str, node: ast.expr) -> None:
        called = self._called(node)
        text = self._text(node)
        items = self._list(node)
        if items is not None:
            self.names[name] = tuple(items)
        elif text is not None:
            self.names[name] = text
        elif called and not isinstance(node, ast.Call):
            self.modules[name] = called
        else:
            self.names.pop(name, None)

    def visit_Call(self, node: ast.Call) -> None:
        """Read one call, and what stands in its arguments."""
        called = self._called(node.func)
        self.generic_visit(node)
        if called in OPAQUE_CALLS:
            self._code(called, node)
        elif called in ("open", "io.open", "codecs.open", "os.open", "os.fdopen"):
            self._open(self._argument(node, 0, ("file", "path", "filename")), node)
        elif called in CALLS:
            self._do(CALLS[called], node)
        elif isinstance(node.func, ast.Attribute):
            self._method(node.func, node)
        elif not called and isinstance(node.func, ast.Call):
            self._indirect(node.func, node)

    def _indirect(self, func: ast.Call, node: ast.Call) -> None:
        """`getattr(os, "system")("…")`."""
        if self._called(func.func) == "getattr":
            name = self._text(func.args[1]) if len(func.args) > 1 else None
            if name is None:
                self.opaque = self.opaque or "it calls something by a name that is only known when it runs"
                return
            called = f"{self._called(func.args[0])}.{name}"
            if called in CALLS:
                self._do(CALLS[called], node)

    def _method(self, func: ast.Attribute, node: ast.Call) -> None:
        path = self._text(func.value) if isinstance(func.value, (ast.Call, ast.BinOp, ast.Name, ast.Attribute)) else None
        if func.attr in PATH_METHODS and (path is not None or self._is_path(func.value)):
            kind = PATH_METHODS[func.attr]
            if kind == "open":
                self._open(path, node, mode_at=0)
            else:
                self._file(kind, path)
            if func.attr in ("rename", "replace", "symlink_to", "hardlink_to", "copy", "move") and node.args:
                self._file("write", self._text(node.args[0]))
        elif func.attr in METHODS:
            self._do(METHODS[func.attr], node)

    def _is_path(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Call) and self._called(node.func) in ("pathlib.Path", "Path", "pathlib.PosixPath")

    def _argument(self, node: ast.Call, index: int, names: tuple[str, ...] = ()) -> str | None:
        if index < len(node.args):
            return self._text(node.args[index])
        return next((self._text(word.value) for word in node.keywords if word.arg in names), None)

    def _open(self, path: str | None, node: ast.Call, mode_at: int = 1) -> None:
        given = len(node.args) > mode_at or any(word.arg == "mode" for word in node.keywords)
        mode = self._argument(node, mode_at, ("mode",)) if given else "r"
        if mode is None or "r" in mode or "+" in mode:
            self._file("read", path)
        if mode is None or any(char in mode for char in "wax+"):
            self._file("write", path)

    def _file(self, kind: str, path: str | None) -> None:
        verb, how = _FILES[kind]
        glob = path if kind == "glob" and path else ""
        self.effects.append(Effect(verb, Value(UNKNOWN if path is None else path, glob=glob or ""), how))

    def _do(self, does: str, node: ast.Call) -> None:
        """Do what the table says of a call: `kind`, or `kind@index` for another argument, several joined by `+`."""
        for one in does.split("+"):
            kind, _, index = one.partition("@")
            position = int(index or 0)
            if kind in _FILES:
                self._file(kind, self._argument(node, position, ("path", "src", "dst", "filename", "filepath_or_buffer", "top", "name")))
            elif kind in ("url", "host"):
                self._host(node, position)
            elif kind in ("shell", "argv", "process"):
                self._process(kind, node, position)

    def _host(self, node: ast.Call, position: int) -> None:
        text = self._argument(node, position, ("url", "host"))
        if text is None and position < len(node.args) and isinstance(node.args[position], ast.Tuple):
            text = self._text(node.args[position].elts[0])  # type: ignore[attr-defined]
        self.effects.append(Effect(CONNECT, Value(text or UNKNOWN)))

    def _process(self, kind: str, node: ast.Call, position: int) -> None:
        shell = kind == "shell" or any(word.arg == "shell" and getattr(word.value, "value", True) for word in node.keywords)
        argument = node.args[position] if position < len(node.args) else next((word.value for word in node.keywords if word.arg == "args"), None)
        words = self._list(argument) if argument is not None else None
        if kind == "argv":
            words = [self._text(one) or UNKNOWN for one in node.args[position:]]
        text = self._text(argument) if argument is not None else None
        if shell and words is not None:
            text = words[0] if words else ""
        if words is not None and not shell:
            self.starts.append(Start(START_ARGV, argv=tuple(Value(word) for word in words)))
        elif text is not None and (shell or " " not in text):
            self.starts.append(Start(START_SHELL, code=Value(text)))
        elif text is not None:
            self.starts.append(Start(START_ARGV, argv=(Value(text),)))
        else:
            self.starts.append(Start(START_SHELL, code=Value(UNKNOWN)))

    def _code(self, called: str, node: ast.Call) -> None:
        """`exec`, `eval`, `__import__`: constant code is read on, any other is opaque."""
        text = self._argument(node, 0)
        if called in ("exec", "eval", "compile"):
            if text is not None:
                self.starts.append(Start(START_CODE, code=Value(text), language="python"))
            elif not (node.args and isinstance(node.args[0], ast.Call) and self._called(node.args[0].func) == "compile"):
                self.opaque = self.opaque or f"`{called}` of code that is only known when it runs"
        elif called in ("__import__", "importlib.import_module"):
            if text is None:
                self.opaque = self.opaque or "it imports a module by a name that is only known when it runs"
        else:
            self.opaque = self.opaque or f"`{called}`"

    def _called(self, node: ast.expr) -> str:
        """Return the dotted name that an expression calls, with what imports made of it, or ""."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if isinstance(node, ast.Name):
            root = self.modules.get(node.id, node.id)
        elif isinstance(node, ast.Call) and self._called(node.func) in ("__import__", "importlib.import_module"):
            root = self._argument(node, 0) or ""
            if not root:
                return ""
        else:
            return ""
        return ".".join((root, *reversed(parts))).removeprefix("builtins.").removeprefix("__builtins__.")

    def _list(self, node: ast.expr) -> list[str] | None:
        if isinstance(node, (ast.List, ast.Tuple)):
            return [text if text is not None else UNKNOWN for text in map(self._text, node.elts)]
        if isinstance(node, ast.Name):
            known = self.names.get(node.id)
            return list(known) if isinstance(known, tuple) else None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split":
            text = self._text(node.func.value)
            return text.split() if text is not None and not node.args else None
        if isinstance(node, ast.Call) and self._called(node.func) == "shlex.split" and node.args:
            text = self._text(node.args[0])
            return text.split() if text is not None else None
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            left, right = self._list(node.left), self._list(node.right)
            return left + right if left is not None and right is not None else None
        return None

    def _text(self, node: ast.expr) -> str | None:
        """Return the text that an expression is known to be, with UNKNOWN for unknown parts; None when nothing is known."""
        from gateway.shell.inline.python_text import text_of

        return text_of(node, self.names, self._called)
