"""Which sessions of a store a command works on: the named ones, the last N, those since a day, all."""

from __future__ import annotations

from typing import Annotated

import typer

from gateway.model.errors import NothingError
from gateway.reports.list import day
from gateway.traces.reader import resolve, stamped

Names = Annotated[
    list[str] | None, typer.Argument(help="Sessions: any unique prefix, or `latest`.", metavar="[SESSION]...")
]
Last = Annotated[int | None, typer.Option("--last", metavar="N", help="The last N sessions.", min=1)]
Since = Annotated[
    str,
    typer.Option(
        "--since", metavar="DATE", help="Sessions that ended then or later: 2026-01-31, 2d, yesterday, last week."
    ),
]
Everything = Annotated[bool, typer.Option("--all", help="All sessions of the store.")]


def chosen(store: str, names: list[str] | None, last: int | None, since: str, everything: bool) -> list[str]:
    """Return the sessions that the options name, the latest alone when they name none. Raises NothingError when nothing
    fits.
    """
    given = list(dict.fromkeys(resolve(store, name) for name in names or ()))
    if not (last or since or everything):
        return given or [resolve(store, "latest")]
    after = day(since) * 1e9
    found = [name for name, stamp in stamped(store) if stamp.modified_ns >= after and (not given or name in given)]
    if not found:
        raise NothingError(f"no session in `{store}` fits", "`agent-strace list` shows them")
    return found[:last] if last else found
