"""A session as a table for spreadsheets: no cell starts a formula, no row is broken by what is in it.

A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a formula (owasp.org, CSV Injection),
also the full-width forms of the signs; such a cell gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from gateway.exports.leaving import Leaving
from gateway.model.json_text import dumps

COLUMNS = ("timestamp", "event_type", "event_id", "parent_id", "duration_ms", "data")
_FORMULA = frozenset("=+-@\t\r＝＋－＠")
_BREAKS: dict[int, str] = {ord("\n"): "\\n", ord("\r"): "\\r", 0: "\\0", **dict.fromkeys((0x0B, 0x0C, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029), " ")}


def written(leaving: Leaving) -> Iterator[bytes]:
    """Yield a heading, then a row for each event."""
    buffer = io.StringIO()
    write = csv.writer(buffer, lineterminator="\n").writerow
    write(COLUMNS)
    for event in leaving.events():
        duration = "" if event.duration_ms is None else event.duration_ms
        write((event.timestamp, cell(event.type), cell(event.id), cell(event.parent), duration, cell(dumps(event.data))))
        yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode("utf-8", "backslashreplace")


def cell(text: str) -> str:
    """Return a text as it may stand in a cell."""
    if not text.isprintable():
        text = text.translate(_BREAKS)
    return f"'{text}" if text and text[0] in _FORMULA else text
