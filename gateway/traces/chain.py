"""The chain of a record: every line carries the SHA-256 of the raw line before it."""

from __future__ import annotations

import json

from gateway.model.digest import plain_digest
from gateway.traces.reader import lines


def check_chain(store: str, session: str) -> tuple[bool, str]:
    """Return (whether every line fits the one before it, what is wrong with the first that does not).

    Lines without a `prev_hash` (another version's, or the first) are taken as they are; after the first that has one, all must.
    """
    previous = b""
    chained = False
    for number, (_, line) in enumerate(lines(store, session), 1):
        raw = line.rstrip(b"\n")
        if not raw.strip():
            continue
        try:
            value = json.loads(raw)
        except (ValueError, RecursionError):
            previous = raw
            continue
        expected = value.get("prev_hash") if isinstance(value, dict) else None
        if expected is None and chained:
            return False, f"line {number} lacks the hash of the line before it"
        if expected is not None:
            if not previous or expected != plain_digest(previous):
                return False, f"line {number} does not fit the line before it: the record was changed"
            chained = True
        previous = raw
    return True, ""
