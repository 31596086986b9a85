"""A session as a table for spreadsheets: no cell starts a formula, no row is broken by what is in it.

A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a formula (owasp.org, CSV
Injection), also the full-width forms of the signs; such a cell gets an apostrophe in front.
"""

from __future__ import annotations

from collections.abc import Iterator

from gateway.exports.session_stream import Leaving
from gateway.model.harmless import unsteering

BATCH = 65_536
"""Characters after which rows are handed on."""
COLUMNS = ("timestamp", "event_type", "event_id", "parent_id", "duration_ms", "data")
_FORMULA = frozenset("=+-@\t\r＝＋－＠")
_BREAKS: dict[int, str] = {
    ord("\n"): "\\n",
    ord("\r"): "\\r",
    0: "\\0",
    **dict.fromkeys((0x0B, 0x0C, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029), " "),
}


def written(leaving: Leaving) -> Iterator[bytes]:
    """Yield a heading, then a row for each event."""
    held = [",".join(COLUMNS)]
    size = 0
    for at, kind, name, parent, duration, data in leaving.cells():
        quoted = data.replace('"', '""')
        guard = "'" if data[:1] in _FORMULA else ""
        row = (
            f'{at!r},{cell(kind)},{cell(name)},{cell(parent)},{"" if duration is None else duration},"{guard}{quoted}"'
        )
        held.append(row)
        size += len(row)
        if size > BATCH:
            yield _joined(held)
            held, size = [], 0
    yield _joined(held)


def _joined(rows: list[str]) -> bytes:
    return "".join(f"{row}\n" for row in rows).encode("utf-8", "backslashreplace")


def cell(text: str) -> str:
    """Return a text as it stands in a cell, quoted where it must be (RFC 4180)."""
    if text.isalnum():
        return text
    if not text.isprintable():
        text = unsteering(text.translate(_BREAKS))
    if text and text[0] in _FORMULA:
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"' if '"' in text or "," in text else text
