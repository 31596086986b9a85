"""`os` for the hook lane: the C module behind it with the few path functions that a hook needs. Knows nothing of the gateway.

Importing `os` costs a seventh of a bare interpreter's start (it brings `abc`, `stat` and `posixpath`); where something has imported it
already, it is what stands here.
"""

from __future__ import annotations

import sys

__all__ = ["os"]


def _light() -> object:
    """Return a stand-in for the module `os`: everything of `posix`, and what the lane needs beyond it."""
    import posix

    module = type(sys)("os")
    module.__dict__.update(posix.__dict__)
    module.__dict__.update(path=_Paths, environ=_Environment, makedirs=_make_folders)
    return module


class _Environment:
    """The variables that the process was started with."""

    @staticmethod
    def get(name: str, default: str = "") -> str:
        """Return a variable, or the default when it is not set."""
        import posix

        value = posix.environ.get(name.encode())
        return default if value is None else value.decode("utf-8", "surrogateescape")


class _Paths:
    """The functions of `os.path` that the lane uses, with the same meaning."""

    @staticmethod
    def dirname(path: str) -> str:
        """Return what stands before the last slash."""
        head = path[: path.rfind("/") + 1]
        return head.rstrip("/") or head

    @staticmethod
    def basename(path: str) -> str:
        """Return what stands behind the last slash."""
        return path[path.rfind("/") + 1 :]

    @staticmethod
    def abspath(path: str) -> str:
        """Return the path from the root, `.` and `..` taken out."""
        import posix

        parts: list[str] = []
        for part in (path if path.startswith("/") else f"{posix.getcwd()}/{path}").split("/"):
            if part == "..":
                parts[-1:] = []
            elif part not in ("", "."):
                parts.append(part)
        return "/" + "/".join(parts)

    @staticmethod
    def lexists(path: str) -> bool:
        """Whether something stands at the path, be it a link to nothing."""
        return _mode(path, follow=False) != 0

    @staticmethod
    def isdir(path: str) -> bool:
        """Whether the path, links followed, is a folder."""
        return _mode(path, follow=True) & 0o170000 == 0o040000

    @staticmethod
    def islink(path: str) -> bool:
        """Whether the path is a link."""
        return _mode(path, follow=False) & 0o170000 == 0o120000


def _mode(path: str, *, follow: bool) -> int:
    import posix

    try:
        return posix.stat(path, follow_symlinks=follow).st_mode
    except (OSError, ValueError):
        return 0


def _make_folders(path: str, mode: int = 0o777, exist_ok: bool = False) -> None:
    import posix

    parent = _Paths.dirname(path)
    if parent and not _Paths.isdir(parent):
        _make_folders(parent, mode, exist_ok=True)
    try:
        posix.mkdir(path, mode)
    except FileExistsError:
        if not exist_ok or not _Paths.isdir(path):
            raise


TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
elif "os" in sys.modules:
    os = sys.modules["os"]
else:
    os = _light()
