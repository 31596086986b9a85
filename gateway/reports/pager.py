"""The pager of a terminal: long texts go through $PAGER, or `less`, when a person looks on; everything else goes
straight out.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from gateway.host.output import Output

Write = Callable[[str], object]


@contextmanager
def paged(*, wanted: bool) -> Iterator[Write]:
    """Give a function that writes to the pager where one is wanted and stdout is a terminal, else to stdout.

    A person who leaves the pager has seen enough: what was still to be written is dropped without a word.
    """
    command = _pager() if wanted and sys.stdout.isatty() else []
    if not command:
        yield sys.stdout.write
        return
    environment = {"LESS": "FRX", **os.environ}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, text=True, encoding="utf-8", errors="replace", env=environment
    ) as pager:
        if pager.stdin is None:
            raise OSError("the pager takes no input")
        try:
            yield _to(pager.stdin)
            pager.stdin.close()
        except BrokenPipeError:
            pass
        finally:
            _close(pager)


def _to(stdin: IO[str]) -> Write:
    """Return what writes to a pager as it would be written to a terminal."""
    out = Output(stdin)
    out.colored = True
    return out.write


def _close(pager: subprocess.Popen[str]) -> None:
    """Let the pager end by itself, whatever a person types meanwhile."""
    while True:
        try:
            if pager.stdin is not None and not pager.stdin.closed:
                pager.stdin.close()
            pager.wait()
            return
        except (BrokenPipeError, KeyboardInterrupt):
            continue


def _pager() -> list[str]:
    """Return the pager's command line, [] where there is none or it is switched off."""
    named = os.environ.get("AGENT_STRACE_PAGER", os.environ.get("PAGER", "less"))
    words = shlex.split(named)
    if not words or words[0] == "cat" or os.environ.get("TERM") == "dumb" or shutil.which(words[0]) is None:
        return []
    return words
