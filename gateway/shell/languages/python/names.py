"""Names in Python code: what imports, assignments and reflection make of them, and the constants they were given.
Pure.
"""

from __future__ import annotations

import ast

from gateway.model.action import UNKNOWN
from gateway.shell.languages.python.calls import CALLS
from gateway.shell.languages.python.constants import MAX_TEXT, text_of


class Names:
    """What the names of a piece of code stand for, as far as it has been read."""

    def __init__(self) -> None:
        self.constants: dict[str, str | tuple[str, ...]] = {}
        self.modules: dict[str, str] = {}
        self.stars: list[str] = []

    def bind(self, name: str, node: ast.expr) -> None:
        """Let a name stand for an expression: a list, a text, a function or module, or nothing we know."""
        called = self.called(node)
        text = self.text(node)
        items = self.listed(node)
        self.modules.pop(name, None)
        self.constants.pop(name, None)
        if items is not None:
            self.constants[name] = tuple(items)
        elif text is not None:
            self.constants[name] = text
        elif called and (not isinstance(node, ast.Call) or self._reflects(node)):
            self.modules[name] = called

    def append(self, name: str, node: ast.expr) -> None:
        """`name += expression`."""
        before, text = self.constants.get(name), self.text(node)
        if isinstance(before, str):
            grown = before + (UNKNOWN if text is None else text)
            self.constants[name] = grown if len(grown) <= MAX_TEXT else UNKNOWN
        else:
            self.constants.pop(name, None)

    def called(self, node: ast.expr) -> str:
        """Return the dotted name that an expression calls, with what imports and reflection made of it, or ""."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        root = self._root(node)
        if not root:
            return ""
        name = ".".join((root, *reversed(parts))).removesuffix(".__call__")
        for owner in ("builtins.", "__builtins__."):
            name = name.removeprefix(owner)
        return name

    def _root(self, node: ast.expr) -> str:
        if isinstance(node, ast.Name):
            known = self.modules.get(node.id)
            if known is None:
                known = next((f"{star}.{node.id}" for star in self.stars if f"{star}.{node.id}" in CALLS), node.id)
            return known
        if isinstance(node, ast.Call) and self._reflects(node):
            if self.called(node.func) in ("getattr", "object.__getattribute__"):
                attribute = self.text(node.args[1]) if len(node.args) > 1 else None
                owner = self.called(node.args[0]) if node.args else ""
                return f"{owner}.{attribute}" if owner and attribute else ""
            return (self.text(node.args[0]) if node.args else None) or ""
        return self._looked_up(node) if isinstance(node, ast.Subscript) else ""

    def _reflects(self, node: ast.Call) -> bool:
        return self.called(node.func) in ("getattr", "object.__getattribute__", "__import__", "importlib.import_module")

    def _looked_up(self, node: ast.Subscript) -> str:
        """`vars(os)["system"]`, `os.__dict__["system"]`, `sys.modules["os"]`, `globals()["f"]`."""
        key = self.text(node.slice)
        if key is None:
            return ""
        where = node.value
        if isinstance(where, ast.Attribute) and where.attr == "__dict__":
            owner = self.called(where.value)
            return f"{owner}.{key}" if owner else ""
        if isinstance(where, ast.Call) and self.called(where.func) == "vars" and where.args:
            owner = self.called(where.args[0])
            return f"{owner}.{key}" if owner else ""
        if isinstance(where, ast.Call) and self.called(where.func) in ("globals", "locals"):
            return self.modules.get(key, key)
        return key if self.called(where) in ("sys.modules", "__builtins__") else ""

    def listed(self, node: ast.expr) -> list[str] | None:
        """Return the texts of a list that is known to be one."""
        if isinstance(node, (ast.List, ast.Tuple)):
            return [text if text is not None else UNKNOWN for text in map(self.text, node.elts)]
        if isinstance(node, ast.Name):
            known = self.constants.get(node.id)
            return list(known) if isinstance(known, tuple) else None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split":
            text = self.text(node.func.value)
            return text.split() if text is not None and not node.args else None
        if isinstance(node, ast.Call) and self.called(node.func) == "shlex.split" and node.args:
            text = self.text(node.args[0])
            return text.split() if text is not None and not any(mark in text for mark in "'\"\\") else None
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            left, right = self.listed(node.left), self.listed(node.right)
            return (
                left + right if left is not None and right is not None and len(left) + len(right) < MAX_TEXT else None
            )
        return None

    def walked(self, node: ast.expr) -> str:
        """Return the folder whose entries a loop goes through, "" for other loops and for folders that are not
        known.
        """
        if not isinstance(node, ast.Call):
            return ""
        called = self.called(node.func)
        text: str | None = None
        if called in ("os.walk", "os.fwalk", "os.listdir", "os.scandir"):
            text = self.text(node.args[0]) if node.args else "."
        elif called in ("glob.glob", "glob.iglob") and node.args:
            text = (self.text(node.args[0]) or "").partition("*")[0] or "."
        elif isinstance(node.func, ast.Attribute) and node.func.attr in ("rglob", "glob", "iterdir", "walk"):
            text = self.text(node.func.value)
        return text if text is not None and not text.startswith(UNKNOWN) else ""

    def text(self, node: ast.expr) -> str | None:
        """Return the text that an expression is known to be, with UNKNOWN for unknown parts; None when nothing is
        known.
        """
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "join"
            and len(node.args) == 1
        ):
            between, items = self.text(node.func.value), self.listed(node.args[0])
            joined = between.join(items) if between is not None and items is not None else None
            return joined if joined is None or len(joined) <= MAX_TEXT else None
        return text_of(node, self.constants, self.called)
