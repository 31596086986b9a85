"""The command line. Imports the one command that was asked for, and everything only for the general help."""

from __future__ import annotations

import gc
import sys

from gateway.cli.registry import COMMANDS, GROUPS

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> None:
    """Run the command line. Exits with 0 fine, 1 a finding, 2 wrong usage, 3 nothing to work on, 4 it could not do its
    work.
    """
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] == ["--version"] or given[:1] == ["-V"]:
        from gateway import __version__

        sys.stdout.write(f"agent-strace {__version__}\n")
        return
    # What is read and shown holds no cycles; looking for them every few hundred values would cost a third of the time.
    gc.set_threshold(50_000, 20, 20)
    from gateway.cli.tree import build
    from gateway.cli.troubles import ended_by_signals, guarded
    from gateway.host.output import guarded_streams

    with guarded_streams(), ended_by_signals():
        guarded(lambda: build(_wanted(given))(args=given, prog_name="agent-strace"))


def _wanted(given: list[str]) -> str:
    """Return the command that the arguments name, "" when they name none that we know."""
    rest = iter(given)
    for argument in rest:
        if argument in ("--trace-dir", "--color"):
            next(rest, None)
        elif not argument.startswith("-"):
            known = {command.name for command in COMMANDS} | {group.name for group in GROUPS}
            return argument if argument in known else ""
    return ""
