"""`exec`: runs a command and cleans what it prints, whether it succeeds or fails; its exit code and the signals it is
sent stay its own.
"""

from __future__ import annotations

import codecs
import os
import selectors
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

from gateway.checkpoint import Checkpoint, Settings
from gateway.doors.mcp.stdio.server_process import end_as
from gateway.model.errors import GatewayError
from gateway.model.passage import Capabilities
from gateway.redaction.stream import Stream

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import IO

NOT_FOUND = 127
CANNOT_RUN = 126
_CHUNK = 65536
_AFTERWARDS = 0.3
"""Seconds that a process which outlives the command may still have its say."""
_PASSED_ON = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1, signal.SIGUSR2)


def cleaning(*, mask: bool, trace_dir: str = "") -> Callable[[str], str]:
    """Return what takes credentials out of a text, and personal data on request; the policy's own detectors count
    too.
    """
    door = Capabilities(rewrites_arguments=True, rewrites_results=True)
    checkpoint = Checkpoint(Settings(door, forward=True, mask=mask, trace_dir=trace_dir))
    cwd = os.getcwd()
    return lambda text: str(checkpoint.passing(text, cwd)[0])


def run(command: list[str], clean: Callable[[str], str]) -> int:
    """Run a command until it ends; return its exit code, or the negative number of the signal that ended it.

    Raises PolicyError where a policy cannot be read: nothing is run then.
    """
    clean("")
    clean = withholding(clean)
    try:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    except OSError as error:
        sys.stderr.write(f"agent-strace: `{command[0]}` cannot be run: {error.strerror}\n")
        return NOT_FOUND if isinstance(error, FileNotFoundError) else CANNOT_RUN
    before = {number: signal.signal(number, _passing_on(process)) for number in _PASSED_ON}
    try:
        with process:
            assert process.stdout is not None and process.stderr is not None  # noqa: S101
            _relay({process.stdout: 1, process.stderr: 2}, process, clean)
        return process.returncode
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def withholding(clean: Callable[[str], str]) -> Callable[[str], str]:
    """Return what cleans a text, or says instead of it why it could not: the command has started, and its output waits
    for nobody.
    """

    def cleaned(text: str) -> str:
        try:
            return clean(text)
        except GatewayError as error:
            end = "\n" if text.endswith("\n") else ""
            return f"[withheld by agent-strace: {len(text)} characters of output could not be cleaned: {error}]{end}"

    return cleaned


def _passing_on(process: subprocess.Popen[bytes]) -> Callable[[int, FrameType | None], None]:
    def handle(number: int, frame: FrameType | None) -> None:
        del frame
        process.send_signal(number)

    return handle


class _Outlet:
    """One stream of the command: bytes in, clean bytes out; what is no UTF-8 goes through as it is."""

    def __init__(self, fd: int, clean: Callable[[str], str]) -> None:
        self.fd = fd
        self.stream = Stream(clean)
        self.decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")

    def take(self, data: bytes) -> None:
        self._write(self.stream.feed(self.decoder.decode(data)))

    def end(self) -> None:
        self._write(self.stream.feed(self.decoder.decode(b"", final=True)) + self.stream.finish())

    def _write(self, text: str) -> None:
        data = text.encode("utf-8", "surrogateescape")
        while data:
            data = data[os.write(self.fd, data) :]


def _relay(streams: dict[IO[bytes], int], process: subprocess.Popen[bytes], clean: Callable[[str], str]) -> None:
    """Hand on what a command prints until it has ended and nothing more comes."""
    outlets = {stream: _Outlet(fd, clean) for stream, fd in streams.items()}
    with selectors.DefaultSelector() as selector:
        for stream in streams:
            selector.register(stream, selectors.EVENT_READ)
        while selector.get_map():
            ended = process.poll() is not None
            ready = selector.select(_AFTERWARDS)
            if not ready and ended:
                break
            for key, _ in ready:
                stream = next(stream for stream in streams if stream is key.fileobj)
                data = os.read(key.fd, _CHUNK)
                if data:
                    outlets[stream].take(data)
                else:
                    selector.unregister(stream)
    for outlet in outlets.values():
        outlet.end()


USAGE = "usage: agent-strace [--trace-dir DIR] exec [--redact] [--mask] -- COMMAND [ARGUMENT...]"


def main(words: list[str]) -> None:
    """Run the command that the words behind `exec` name, and end as it ends; parsed by hand, since this starts with
    every command.
    """
    mask, trace_dir = False, os.environ.get("AGENT_TRACE_DIR", "")
    rest = list(words)
    while rest and rest[0].startswith("--"):
        word = rest.pop(0)
        if word == "--":
            break
        name, _, value = word.partition("=")
        if name == "--trace-dir":
            trace_dir = value or (rest.pop(0) if rest else "")
        elif word in ("--redact", "--mask"):
            mask = mask or word == "--mask"
        else:
            rest = []
    if not rest:
        sys.stderr.write(USAGE + "\n")
        raise SystemExit(2)
    try:
        code = run(rest, cleaning(mask=mask, trace_dir=os.path.abspath(trace_dir) if trace_dir else ""))
    except GatewayError as error:
        sys.stderr.write(f"agent-strace: nothing was run: {error}\n")
        raise SystemExit(4) from None
    end_as(code)
