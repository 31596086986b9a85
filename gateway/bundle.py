"""The lane's compiled modules in one file beside the `.pyc` files, so that a hook opens one file instead of ninety.
Knows nothing of what they do.

A cache with the trust and the life of `__pycache__`: each module in it is checked against its source's time and size
when it is imported; what is missing or stale is imported as usual, and the file is written anew after the answer was
given.

Code that is damaged crashes the interpreter or means something else, so the index and each module carry a checksum and
what does not fit its own is never run. It guards against a disk, not against a person: whoever may write the file could
compute it, so one that belongs to somebody else, or that others may write, is not used at all.
"""

from __future__ import annotations

import _frozen_importlib
import _imp
import marshal
import sys
import time

from gateway.lane_os import open_regular, os, seconds_left

ROOT = os.path.dirname(os.path.abspath(__file__))
PATH = f"{ROOT}/__pycache__/lane-4.{sys.implementation.cache_tag}.bin"

_FIRST = frozenset(("gateway.entry", "gateway.bundle", "gateway.lane_os"))
"""What is imported before the bundle can be."""
_IMPORTS = ""
"""Where in the bundle it stands what each module imports."""
_COMPILE_SECONDS = 10.0
_SEED = 4
_HEAD = 16
"""Bytes before the first code: how long the index at the end is, and its checksum."""

_DEAF = ("property", "staticmethod", "classmethod", "setter")
"""Decorators that read no annotations."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.abc import Loader
    from types import CodeType, ModuleType
    from typing import Any

    Place = tuple[bool, str, int, int, int, int, tuple[str, ...], bytes]
    """(package?, file, modification time in ns, size, where its code stands in the bundle, how long that is, what it
    imports first, checksum).
    """


class Finder(Loader if TYPE_CHECKING else object):  # type: ignore[misc,unused-ignore]
    """Finds the gateway's modules in the bundle; it is its own loader.

    fd     of the bundle, -1 without one
    index  module -> its place
    sound  whether everything that was read of it is what was written
    """

    __slots__ = ("_found", "fd", "index", "sound")

    def __init__(self, fd: int, index: dict[str, Place], *, sound: bool = True) -> None:
        self.fd = fd
        self.index = index
        self.sound = sound
        self._found: dict[str, CodeType] = {}

    def find_spec(self, name: str, path: object = None, target: object = None) -> Any:
        """Return the spec of a module whose source has not changed since, None for every other."""
        place = self._current(name)
        if place is None:
            return None
        for first in place[6]:
            if first not in sys.modules:
                self._load(first)
        spec = _frozen_importlib.ModuleSpec(name, self, origin=place[1], is_package=place[0])
        spec.has_location = True
        if place[0]:
            spec.submodule_search_locations = [os.path.dirname(place[1])]
        return spec

    def _current(self, name: str) -> Place | None:
        """Return the place of a module whose source has not changed since and whose code is whole, None for every
        other.
        """
        place = self.index.get(name)
        if place is None:
            return None
        try:
            seen = os.stat(place[1])
        except OSError:
            return None
        if seen.st_mtime_ns != place[2] or seen.st_size != place[3]:
            return None
        if name not in self._found:
            code = self.code(name)
            if code is None:
                return None
            self._found[name] = marshal.loads(code)  # noqa: S302  # our own code, as in a `.pyc`; its checksum fits
        return place

    def _load(self, name: str) -> None:
        """Run a module that another one is about to import, what it imports itself first: the import system asks ten
        times as much for each.

        One that cannot be run so is left to the import system, which tells what is wrong with it.
        """
        above, _, own = name.rpartition(".")
        if above not in sys.modules:
            self._load(above)
        place = self._current(name)
        if place is None or above not in sys.modules or name in sys.modules:
            return
        module = sys.modules[name] = type(sys)(name)
        module.__file__ = place[1]
        module.__package__ = name if place[0] else above
        if place[0]:
            module.__path__ = [os.path.dirname(place[1])]
        for first in place[6]:
            if first not in sys.modules:
                self._load(first)
        try:
            self.exec_module(module)
        except ImportError:  # it is imported again in a moment, and what it raises then is told
            del sys.modules[name]
            return
        setattr(sys.modules[above], own, module)

    def create_module(self, spec: object) -> None:
        """Leave the making of the module to the import system."""

    def exec_module(self, module: ModuleType) -> None:
        """Run a module's code."""
        name = module.__name__
        if name not in self._found and self._current(name) is None:
            raise ImportError(f"{name} was changed while it was imported")
        exec(self._found.pop(name), module.__dict__)  # noqa: S102  # its checksum fitted when its place was looked up

    def code(self, name: str) -> bytes | None:
        """Return the marshalled code of a module, None where it is not what was written."""
        place = self.index[name]
        try:
            data = os.pread(self.fd, place[5], place[4])
        except OSError:
            data = b""
        if _imp.source_hash(_SEED, data) == place[7]:
            return data
        self.sound = False
        return None


def enter() -> None:
    """Let the modules of the bundle be imported from it; without one, nothing changes."""
    sys.meta_path.insert(0, _opened())


def _opened() -> Finder:
    try:
        fd = open_regular(PATH, os.O_RDONLY | os.O_NOFOLLOW)
        seen = os.fstat(fd)
        head = os.pread(fd, _HEAD, 0)
        length = int.from_bytes(head[:8], "big")
        if seen.st_uid not in (os.geteuid(), 0) or seen.st_mode & 0o022 or length > seen.st_size:
            return Finder(-1, {}, sound=False)
        data = os.pread(fd, length, seen.st_size - length)
    except OSError:
        return Finder(-1, {}, sound=False)
    if _imp.source_hash(_SEED, data) != head[8:]:
        return Finder(-1, {}, sound=False)
    return Finder(fd, marshal.loads(data))  # noqa: S302  # owner, mode and checksum were looked at


def leave() -> None:
    """Write the bundle anew when modules were imported that it lacks; not being able to only costs time."""
    finder = next((item for item in sys.meta_path if isinstance(item, Finder)), None)
    if finder is None:
        return
    missing = {
        name: module.__spec__.origin
        for name, module in list(sys.modules.items())
        if name.startswith("gateway.")
        and name not in _FIRST
        and module.__spec__ is not None
        and module.__spec__.loader is not finder
    }
    if (missing or not finder.sound) and _can_be_written():
        whole = {name: (place, code) for name, place in finder.index.items() if (code := finder.code(name)) is not None}
        known = whole.pop(_IMPORTS, None)
        kept = whole if known is not None else {}
        imports = marshal.loads(known[1]) if known is not None else {}  # noqa: S302  # as the code
        stop = time.monotonic() + seconds_left(_COMPILE_SECONDS) / 2
        for name, path in missing.items():
            # on a busy machine the next hook adds the rest: none of it may be lost to the end of this one
            if path and time.monotonic() < stop:
                kept[name] = _compiled(name, path, imports)
        _write(kept, imports)


def _can_be_written() -> bool:
    """Whether a bundle can take its place: compiling takes a second, and the client waits for it."""
    folder = os.path.dirname(PATH)
    return os.path.isdir(folder) and os.access(folder, os.W_OK) and not os.path.isdir(PATH)


def _compiled(name: str, path: str, imports: dict[str, tuple[str, ...]]) -> tuple[Place, bytes]:
    seen = os.stat(path)
    with open(path, "rb") as file:
        tree = _bare(file.read())
    code = compile(tree, path, "exec", dont_inherit=True, optimize=2)
    imports[name] = _imported(name, tree)
    return (path.endswith("/__init__.py"), path, seen.st_mtime_ns, seen.st_size, 0, 0, (), b""), marshal.dumps(
        _without_lines(code)
    )


def _imported(name: str, tree: Any) -> tuple[str, ...]:
    """Return the names that a module's own lines may import of the gateway, in their order; the packages it is in are
    there already.
    """
    import ast

    found: dict[str, None] = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found[node.module] = None
            found.update(dict.fromkeys(f"{node.module}.{alias.name}" for alias in node.names))
        elif isinstance(node, ast.Import):
            found.update(dict.fromkeys(alias.name for alias in node.names))
    return tuple(item for item in found if item.startswith("gateway.") and not name.startswith(f"{item}."))


def _in_order(imports: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return what each module imports first of those in the bundle; nothing for one that is imported by what it
    imports.
    """
    direct = {name: tuple(name for name in names if name in imports) for name, names in imports.items()}

    def reached(name: str) -> set[str]:
        seen: set[str] = set()
        todo = [*direct[name]]
        while todo:
            one = todo.pop()
            if one not in seen:
                seen.add(one)
                todo += direct[one]
        return seen

    return {name: () if name in reached(name) else firsts for name, firsts in direct.items()}


def _bare(source: bytes) -> Any:
    """Return a module's tree without what only a type checker reads: annotations, and the blocks under TYPE_CHECKING.

    What a class annotates in its own body stays, since that is what dataclasses, named tuples and structs make their
    fields of; and so do the annotations of a decorated function, which its decorator may read.
    """
    import ast

    class Stripper(ast.NodeTransformer):
        in_class = False

        def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
            return self.inside(node, in_class=True)

        def visit_FunctionDef(self, node: Any) -> ast.AST:
            _strip_arguments(node)
            return self.inside(node, in_class=False)

        def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
            return self.visit_FunctionDef(node)

        def inside(self, node: ast.AST, *, in_class: bool) -> ast.AST:
            around, self.in_class = self.in_class, in_class
            try:
                return self.generic_visit(node)
            finally:
                self.in_class = around

        def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
            if self.in_class:
                return self.generic_visit(node)
            if node.value is None:
                return ast.copy_location(ast.Pass(), node)
            self.generic_visit(node)
            return ast.copy_location(ast.Assign(targets=[node.target], value=node.value), node)

        def visit_If(self, node: ast.If) -> ast.AST:
            self.generic_visit(node)
            if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
                node.body = [ast.copy_location(ast.Pass(), node)]
            return node

    return ast.fix_missing_locations(Stripper().visit(ast.parse(source)))


def _strip_arguments(node: Any) -> None:
    """Take a function's annotations out, unless a decorator stands over it that may read them."""
    if all(getattr(item, "attr", getattr(item, "id", "")) in _DEAF for item in node.decorator_list):
        node.returns = None
        arguments = node.args
        for item in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg):
            if item is not None:
                item.annotation = None


def _without_lines(code: CodeType) -> CodeType:
    """Return code without its table of line numbers: a fifth of its size, and a hook shows nobody a traceback."""
    inner = tuple(_without_lines(one) if isinstance(one, type(code)) else one for one in code.co_consts)
    return code.replace(co_linetable=b"", co_consts=inner)


def _write(modules: dict[str, tuple[Place, bytes]], imports: dict[str, tuple[str, ...]]) -> None:
    """Write the length of the index and its checksum, the code of every module and what they import, the index."""
    parts = [b""]
    index: dict[str, Place] = {}
    at = _HEAD
    firsts = _in_order(imports)
    none: Place = (False, "", 0, 0, 0, 0, (), b"")
    for name, (place, code) in {**modules, _IMPORTS: (none, marshal.dumps(imports))}.items():
        index[name] = (*place[:4], at, len(code), firsts.get(name, ()), _imp.source_hash(_SEED, code))
        parts.append(code)
        at += len(code)
    last = marshal.dumps(index)
    parts[0] = len(last).to_bytes(8, "big") + _imp.source_hash(_SEED, last)
    temporary = f"{PATH}.{os.getpid()}"
    try:
        fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
        try:
            data = b"".join([*parts, last])
            while data:
                data = data[os.write(fd, data) :]
        finally:
            os.close(fd)
        os.replace(temporary, PATH)
    except OSError:
        return
