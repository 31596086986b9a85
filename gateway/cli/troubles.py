"""What goes wrong in a command becomes one clear line on stderr and an exit code; a traceback is never shown."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from gateway.model.errors import GatewayError, NothingError

NOTHING = 3
COULD_NOT_WORK = 4
INTERRUPTED = 130
_ENDING = (signal.SIGTERM, signal.SIGHUP)


def guarded(run: Callable[[], object]) -> None:
    """Run a command; exit with 4 and one line for trouble that was foreseen, with 130 when a person interrupts it."""
    try:
        _run(run)
    except NothingError as error:
        _say(str(error))
        raise SystemExit(NOTHING) from None
    except GatewayError as error:
        _say(str(error))
        raise SystemExit(COULD_NOT_WORK) from None
    except BrokenPipeError:
        _leave_quietly()
    except KeyboardInterrupt:
        _say("interrupted")
        raise SystemExit(INTERRUPTED) from None
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):  # typer makes an exit of that, too
            _leave_quietly()
        if end.code == INTERRUPTED:  # typer makes an exit of a Ctrl-C, and says nothing
            _say("interrupted")
        raise
    except OSError as error:
        _say(f"{error.strerror or error}" + (f": `{error.filename}`" if error.filename else ""))
        _drop_what_cannot_be_written()
        raise SystemExit(COULD_NOT_WORK) from None


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Let a command that is told to end take away what it has half written: it exits with 128 and the signal's number.

    A signal that the caller has switched off stays so; a second one ends the process at once.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:  # as `entry` leaves it, see there
        signal.signal(signal.SIGINT, signal.default_int_handler)
    before = [(item, signal.signal(item, _end)) for item in _ENDING if signal.getsignal(item) is signal.SIG_DFL]
    try:
        yield
    finally:
        for item, handler in before:
            signal.signal(item, handler)


def _end(number: int, frame: FrameType | None) -> NoReturn:
    signal.signal(number, signal.SIG_DFL)
    raise SystemExit(128 + number)


def _run(run: Callable[[], object]) -> None:
    """Run a command and write out what it printed: a disk that is full must be known before the exit code is."""
    try:
        run()
    finally:
        sys.stdout.flush()


def _leave_quietly() -> NoReturn:
    """End because the reader went away: nothing more can be said to it, and nobody wants a message about that."""
    sys.stdout = sys.__stdout__
    _to_nowhere()
    raise SystemExit(0) from None


def _drop_what_cannot_be_written() -> None:
    """Let the interpreter's last flush succeed: what it would fail on has been said, and its exit code would hide
    ours.
    """
    try:
        sys.stdout.flush()
    except OSError:
        _to_nowhere()


def _to_nowhere() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _say(text: str) -> None:
    sys.stderr.write(f"agent-strace: {text}\n")
