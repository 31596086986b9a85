"""The lane's compiled modules in one file beside the `.pyc` files, so that a hook opens one file instead of ninety. Knows nothing of what they do.

A cache with the trust and the life of `__pycache__`: each module in it is checked against its source's time and size when it is
imported; what is missing or stale is imported as usual, and the file is written anew after the answer was given.
"""

from __future__ import annotations

import _frozen_importlib
import marshal
import os
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
PATH = f"{ROOT}/__pycache__/lane.{sys.implementation.cache_tag}.bin"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.abc import Loader
    from types import ModuleType
    from typing import Any

    Entry = tuple[bool, str, int, int, bytes]
    """(is a package, file, modification time in ns, size, marshalled code)."""


class Finder(Loader if TYPE_CHECKING else object):  # type: ignore[misc,unused-ignore]
    """Finds the gateway's modules in the bundle; it is its own loader."""

    __slots__ = ("entries",)

    def __init__(self, entries: dict[str, Entry]) -> None:
        self.entries = entries

    def find_spec(self, name: str, path: object = None, target: object = None) -> Any:
        """Return the spec of a module whose source has not changed since, None for every other."""
        entry = self.entries.get(name)
        if entry is None:
            return None
        try:
            seen = os.stat(entry[1])
        except OSError:
            return None
        if seen.st_mtime_ns != entry[2] or seen.st_size != entry[3]:
            return None
        spec = _frozen_importlib.ModuleSpec(name, self, origin=entry[1], is_package=entry[0])
        spec.has_location = True
        if entry[0]:
            spec.submodule_search_locations = [os.path.dirname(entry[1])]
        return spec

    def create_module(self, spec: object) -> None:
        """Leave the making of the module to the import system."""

    def exec_module(self, module: ModuleType) -> None:
        """Run a module's code."""
        exec(marshal.loads(self.entries[module.__name__][4]), module.__dict__)  # noqa: S102, S302  # our own code, as in a `.pyc`


def enter() -> None:
    """Let the modules of the bundle be imported from it; without one, nothing changes."""
    sys.meta_path.insert(0, Finder(_read()))


def _read() -> dict[str, Entry]:
    try:
        fd = os.open(PATH, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return {}
    try:
        seen = os.fstat(fd)
        if seen.st_uid not in (os.geteuid(), 0) or seen.st_mode & 0o022:
            return {}
        entries = marshal.loads(os.read(fd, seen.st_size + 1))  # noqa: S302  # owner and mode were checked
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    finally:
        os.close(fd)
    return entries if isinstance(entries, dict) else {}


def leave() -> None:
    """Write the bundle anew when modules were imported that it lacks; not being able to only costs time."""
    finder = next((one for one in sys.meta_path if isinstance(one, Finder)), None)
    if finder is None:
        return
    missing = {
        name: module.__spec__.origin
        for name, module in list(sys.modules.items())
        if name.startswith("gateway.") and module.__spec__ is not None and module.__spec__.loader is not finder and module.__spec__.origin
    }
    missing.pop(__name__, None)
    if missing:
        _write({**finder.entries, **{name: _entry(path) for name, path in missing.items()}})


def _entry(path: str) -> Entry:
    seen = os.stat(path)
    with open(path, "rb") as file:
        code = compile(file.read(), path, "exec", dont_inherit=True, optimize=2)
    return path.endswith("/__init__.py"), path, seen.st_mtime_ns, seen.st_size, marshal.dumps(code)


def _write(entries: dict[str, Entry]) -> None:
    temporary = f"{PATH}.{os.getpid()}"
    try:
        fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
        try:
            data = marshal.dumps(entries)
            while data:
                data = data[os.write(fd, data) :]
        finally:
            os.close(fd)
        os.replace(temporary, PATH)
    except OSError:
        return
