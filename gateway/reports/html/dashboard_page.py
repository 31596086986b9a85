"""The dashboard as one page: the trends of a store's sessions, each leading to its own page where one lies beside."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from typing import IO

from gateway import __version__
from gateway.analysis.denials import Refusals
from gateway.analysis.export_cleaner import Cleans
from gateway.analysis.index import SessionSummary
from gateway.analysis.store_overview import Overview
from gateway.analysis.trends import trends
from gateway.host.writing import whole_file
from gateway.reports.html.compressed_data import Packer
from gateway.reports.html.page import bundled, page_head, page_tail
from gateway.reports.session_cleaner import cleaners
from gateway.traces.decode import encoded
from gateway.traces.reader import lean_events

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

TITLE = "Sessions · agent-strace"


def refusals_of(store: str, rows: Iterable[SessionSummary]) -> Refusals:
    """Return what was refused in sessions; only those in which something was are read."""
    refusals = Refusals()
    for row in rows:
        if row.rules or row.verdicts.get("deny") or row.verdicts.get("ask"):
            for event in lean_events(store, row.session):
                refusals.add(row.session, event)
    return refusals


def pages_beside(folder: str, rows: Iterable[SessionSummary]) -> set[str]:
    """Return the sessions whose page lies in a folder."""
    try:
        there = set(os.listdir(folder))
    except OSError:
        return set()
    return {row.session for row in rows if f"{row.session}.html" in there}


def write_dashboard(file: IO[bytes], data: JsonObject, pages: set[str], cleaner: Cleans) -> None:
    """Write the page of trends; `pages` are the sessions whose page lies beside it."""
    program, style = bundled("dashboard.js"), bundled("style.css")
    file.write(page_head(TITLE, program, style).encode())
    packer = Packer(file)
    about = {"version": __version__, "made": round(time.time()), **cleaner.value(data)}
    for point in about["sessions"]:
        point["page"] = f"{point['session']}.html" if point["session"] in pages else ""
    packer.add("about", encoded(about))
    packer.close()
    file.write(page_tail(program).encode())


def save_dashboard(path: str, store: str, overview: Overview) -> None:
    """Write the page of an overview to a file, whole or not at all, for its owner alone."""
    folder = os.path.dirname(os.path.abspath(path))
    with whole_file(path) as file:
        data = trends(overview, refusals_of(store, overview.rows))
        write_dashboard(file, data, pages_beside(folder, overview.rows), cleaners(store)())
