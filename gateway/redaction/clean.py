"""Clean: data that a cleaner has been through, and the only thing that the record takes. Pure."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gateway.redaction.redact import Cleaner


class Clean:
    """Data that a cleaner has been through, what was taken out of it, and how complete the look at it was.

    removed  {kind: how many}
    scan     which detectors ran, and why not everything was looked at, where it was not
    """

    __slots__ = ("data", "removed", "scan")

    def __init__(self, data: dict[str, Any], removed: dict[str, int], scan: dict[str, Any]) -> None:
        self.data = data
        self.removed = removed
        self.scan = scan

    def within(self, event: dict[str, Any]) -> Clean:
        """Return an event that holds this data."""
        whole = {**event, "data": self.data}
        if self.removed:
            whole["redacted"] = self.removed
        whole["scan"] = self.scan
        return Clean(whole, self.removed, self.scan)


_MADE = (
    "event_type",
    "timestamp",
    "event_id",
    "session_id",
    "parent_id",
    "duration_ms",
    "redacted",
    "scan",
    "prev_hash",
)
"""Members of an event that the record's own writer makes."""


def cleaned_again(cleaner: Cleaner, event: dict[str, Any]) -> Clean:
    """Return a recorded event with everything the cleaner looks for taken out; the event as it was where there was
    nothing.
    """
    made = {key: value for key, value in event.items() if key in _MADE}
    clean = cleaned_by(cleaner, {key: value for key, value in event.items() if key not in _MADE})
    if not clean.removed:
        return Clean(event, {}, clean.scan)
    whole = {key: made[key] if key in made else clean.data.get(key, value) for key, value in event.items()}
    whole |= {key: value for key, value in clean.data.items() if key not in whole}
    before = event.get("redacted")
    counts = dict(before) if isinstance(before, dict) else {}
    for kind, count in clean.removed.items():
        counts[kind] = counts.get(kind, 0) + count
    return Clean({**whole, "redacted": counts, "scan": clean.scan}, clean.removed, clean.scan)


def cleaned_by(cleaner: Cleaner, data: dict[str, Any]) -> Clean:
    """Return data with everything the cleaner looks for taken out."""
    cleaned = cleaner.value(data)
    scan: dict[str, Any] = {"detectors": cleaner.wanted.told(), "state": "partial" if cleaner.partial else "complete"}
    if cleaner.partial:
        scan["missed"] = sorted(cleaner.partial)
    return Clean(cleaned, cleaner.removed, scan)
