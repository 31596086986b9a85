"""`os` for the hook lane: the C module behind it with the few path functions that a hook needs. Knows nothing of the
gateway.

Importing `os` costs a seventh of a bare interpreter's start (it brings `abc`, `stat` and `posixpath`); where something
has imported it already, it is what stands here. Beside it stands what keeps a hook from waiting for ever: a deadline,
and `open_regular`.
"""

from __future__ import annotations

import sys

__all__ = [
    "DeadlineError",
    "IrregularError",
    "StoppedError",
    "catch_signals",
    "end_by",
    "ignore_signals",
    "open_regular",
    "os",
    "seconds_left",
    "start_deadline",
]

DEADLINE_SECONDS = 5.0
"""Longest that a hook thinks; agents give theirs ten and more."""

_KINDS = {0o010000: "a FIFO", 0o020000: "a device", 0o040000: "a folder", 0o060000: "a device", 0o140000: "a socket"}
_EINVAL = 22
_SIGNALS = ("SIGHUP", "SIGINT", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGVTALRM", "SIGPROF", "SIGXCPU", "SIGTERM")
"""Signals that end a process by default and can be caught: its exit code would be one that clients take for "go ahead".
"""


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


def open_regular(path: str, flags: int, mode: int = 0o600) -> int:
    """Return the descriptor of a regular file; never waits for anybody.

    flags  as for `os.open`; closing on exec is added
    mode   of a file that is made
    Raises OSError; IrregularError when something else stands there: opening a FIFO waits for its other side (fifo(7)),
    reading a device never ends.
    """
    import posix

    try:
        fd = posix.open(path, flags | posix.O_NONBLOCK | posix.O_CLOEXEC | posix.O_NOCTTY, mode)
    except ValueError:
        raise IrregularError(_EINVAL, "not a path: it holds a NUL character") from None
    except OSError:
        kind = _KINDS.get(_mode(path, follow=False) & 0o170000)
        if kind is None:
            raise
        raise _irregular(path, kind) from None
    found = posix.fstat(fd).st_mode & 0o170000
    if found != 0o100000:
        posix.close(fd)
        raise _irregular(path, _KINDS.get(found, "something else"))
    return fd


class IrregularError(OSError):
    """What stands at a path is no regular file."""


def _irregular(path: str, kind: str) -> IrregularError:
    return IrregularError(_EINVAL, f"`{path}` is {kind}, not a regular file", path)


class DeadlineError(BaseException):
    """The deadline of this process passed."""

    def __str__(self) -> str:
        return f"no verdict within {DEADLINE_SECONDS:g} s"


class StoppedError(DeadlineError):
    """Somebody asked this process to end.

    name  of the signal
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f"stopped by {self.name} before there was a verdict"


def catch_signals() -> None:
    """Have StoppedError raised once for the first signal that would end this process; one that its parent ignores
    (`nohup`) stays ignored.
    """
    import _signal  # type: ignore[import-not-found,unused-ignore]

    def stopped(number: int, frame: object) -> None:
        ignore_signals()
        raise StoppedError(next(name for name in _SIGNALS if getattr(_signal, name) == number))

    _each_signal(stopped)


def ignore_signals() -> None:
    """Have no signal end this process any more; whoever calls this ends it soon.

    By a handler that does nothing: with SIG_IGN set while a signal is on its way, CPython prints a traceback ("ignored
    due to race condition").
    """
    _each_signal(lambda number, frame: None)


def _each_signal(handler: object) -> None:
    import _signal

    for name in _SIGNALS:
        number = getattr(_signal, name)
        if _signal.getsignal(number) != _signal.SIG_IGN:
            _signal.signal(number, handler)


def start_deadline(seconds: float = DEADLINE_SECONDS) -> None:
    """Have DeadlineError raised in this process after some time, also where its parent had blocked the alarm
    (sigprocmask(2) is inherited).
    """
    import _signal  # type: ignore[import-not-found,unused-ignore]

    def passed(number: int, frame: object) -> None:
        raise DeadlineError

    _signal.signal(_signal.SIGALRM, passed)
    _signal.pthread_sigmask(_signal.SIG_UNBLOCK, (_signal.SIGALRM,))
    _signal.setitimer(_signal.ITIMER_REAL, seconds)


def end_by(code: int, seconds: float) -> None:
    """Have this process end with a code after some time or when a signal asks for it, whatever it is at then; nothing
    is raised in it any more.
    """
    import _signal

    def passed(number: int, frame: object) -> None:
        import posix

        posix._exit(code)  # noqa: SLF001

    _signal.signal(_signal.SIGALRM, passed)
    _each_signal(passed)
    _signal.setitimer(_signal.ITIMER_REAL, seconds)


def seconds_left(otherwise: float) -> float:
    """Return how long this process may still think; another figure where it has no deadline."""
    import _signal

    left: float = _signal.getitimer(_signal.ITIMER_REAL)[0]
    return left or otherwise


TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
elif "os" in sys.modules:
    os = sys.modules["os"]
else:
    os = _light()
