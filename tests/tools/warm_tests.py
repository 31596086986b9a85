"""Tests that are loaded once and run many times, each time in a fork in which functions of one module are replaced.

Loading a room and its tests takes longer than most of its tests do. What cannot be replaced in a loaded module (its constants, defaults,
classes) is left to a run that loads everything anew; so is what survived, which import time may have made before it was replaced.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType, FunctionType

import pytest

AGAIN = 125
"""The answer where a change cannot be made in loaded modules, or no test enters it in this process: a run that loads all anew has to tell."""
TIMEOUT = 124
Place = tuple[str, int]
Reached = tuple[float, int, set[Place]]
"""(seconds that a test takes, its number, the functions that it enters)."""


def changed(old: CodeType, new: CodeType) -> list[tuple[CodeType, CodeType]] | None:
    """Return the outermost functions that differ between two compilations of a module; None where more than functions differ."""
    if _bare(old) != _bare(new):
        return None
    pairs: list[tuple[CodeType, CodeType]] = []
    for before, after in zip(_inner(old), _inner(new), strict=True):
        if _whole(before) == _whole(after):
            continue
        within = changed(before, after) if _is_class(before) else [(before, after)]
        if within is None:
            return None
        pairs += within
    return pairs


def _is_class(code: CodeType) -> bool:
    return "__module__" in code.co_names and not code.co_flags & 0x02  # CO_NEWLOCALS: only functions have it


def _inner(code: CodeType) -> list[CodeType]:
    return [item for item in code.co_consts if isinstance(item, CodeType)]


def _bare(code: CodeType) -> tuple[object, ...]:
    """Return what a piece of code does, whatever the functions in it do and wherever its lines stand."""
    constants = tuple("code" if isinstance(item, CodeType) else (type(item), repr(item)) for item in code.co_consts)
    return code.co_code, constants, code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars, code.co_exceptiontable, code.co_flags


def _whole(code: CodeType) -> tuple[object, ...]:
    return (*_bare(code), *(_whole(item) for item in _inner(code)))


def replace(path: Path, old: str, new: str) -> set[Place]:
    """Replace what differs in the loaded functions of a module; return where they stand, nothing where it could not be done."""
    pairs = changed(compile(old, str(path), "exec"), compile(new, str(path), "exec"))
    if not pairs:
        return set()
    alive = [one for one in gc.get_objects() if isinstance(one, FunctionType) and one.__code__.co_filename == str(path)]
    for before, after in pairs:
        found = [one for one in alive if place(one.__code__) == place(before)]
        if not found or any(_whole(one.__code__) != _whole(before) for one in found):
            return set()
        for one in found:
            one.__code__ = after
    return {place(before) for before, _ in pairs}


def place(code: CodeType) -> Place:
    """Return what names a function within its module."""
    return code.co_qualname, code.co_firstlineno


class WarmTests:
    """A process that has loaded tests and waits for what to change before it runs them."""

    def __init__(self, arguments: list[str], enter: Callable[[], None]) -> None:
        """Load the tests that pytest's arguments name, in a fork that `enter` has led where they are."""
        self._ours, theirs = socket.socketpair()
        self.pid = os.fork()
        if self.pid == 0:
            self._ours.close()
            enter()
            os._exit(int(pytest.main(arguments, plugins=[_Loop(theirs)])))
        theirs.close()
        self._ours.recv(16)  # nothing may change on disk before all is loaded

    def code(self, path: Path, old: str, limit: float) -> int:
        """Return the tests' exit code with the module as it now stands on disk, `old` being what was loaded; TIMEOUT or AGAIN."""
        try:
            self._ours.sendall(f"{path}\n{limit}\n{len(old.encode())}\n".encode() + old.encode())
            answer = self._ours.recv(16)
        except ConnectionError:  # it could not load them
            return AGAIN
        return int(answer) if answer else AGAIN

    def close(self) -> None:
        """End the process."""
        self._ours.close()
        os.waitpid(self.pid, 0)


class _Loop:
    """Takes the place of the loop over tests."""

    def __init__(self, wire: socket.socket) -> None:
        self.wire = wire
        self.reached: list[Reached] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests once for every question, until nobody asks."""
        self.wire.sendall(b"loaded")
        asked = self.wire.makefile("rb")
        while path := asked.readline().decode().rstrip("\n"):
            if not self.reached:
                self.reached = _reached(session, path)
            limit, size = float(asked.readline()), int(asked.readline())
            code = self._answer(session, Path(path), asked.read(size).decode(), limit)
            self.wire.sendall(str(code).encode())
        return True

    def _answer(self, session: pytest.Session, path: Path, old: str, limit: float) -> int:
        start, child = time.monotonic(), os.fork()
        if child == 0:
            os.setpgid(0, 0)
            os._exit(_run(session, self.reached, path, old))
        while time.monotonic() - start < limit:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                return os.waitstatus_to_exitcode(status) & 0xFF
            time.sleep(0.005)
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return TIMEOUT


def _reached(session: pytest.Session, path: str) -> list[Reached]:
    """Return, for every test, which functions of a module it enters in this process; the quickest first, for one that fails is enough."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        found: list[set[Place]] = []
        times: list[float] = []

        def entered(frame: FrameType, what: str, _: object) -> None:
            if frame.f_code.co_filename == path and found:
                found[-1].add(place(frame.f_code))

        sys.settrace(entered)  # type: ignore[arg-type]
        for item in session.items:
            found.append(set())
            start = time.monotonic()
            session.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
            times.append(time.monotonic() - start)
        sys.settrace(None)
        with os.fdopen(theirs, "w") as pipe:
            pipe.write(json.dumps([times, [sorted(one) for one in found]]))
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours) as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    seconds, places = json.loads(told)
    return [
        (took, number, {(name, line) for name, line in places[number]}) for took, number in sorted(zip(seconds, range(len(seconds)), strict=True))
    ]


def _run(session: pytest.Session, reached: list[Reached], path: Path, old: str) -> int:
    """Return the exit code of the tests that enter what was replaced; AGAIN where that says too little."""
    places = replace(path, old, path.read_text())
    items = [session.items[number] for _, number, entered in reached if entered & places]
    for number, item in enumerate(items):
        try:
            session.config.hook.pytest_runtest_protocol(item=item, nextitem=(*items, None)[number + 1])
        except BaseException:  # a mutant may raise anything, and it is noticed then
            return 1
        if session.testsfailed or session.shouldfail or session.shouldstop:
            return 1
    return 0 if items else AGAIN
