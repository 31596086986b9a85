"""Cleaning a record again before it leaves: by the cleaner that cleaned it when it was written, remembering what it has
seen. Pure.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from gateway.traces.decode import encoded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

MAX_REMEMBERED = 10_000
HEAD = ("decision", "cwd", "permission_mode", "agent_id", "agent_type", "tool_name")
_HEAD = frozenset(HEAD)


class Cleans(Protocol):
    """What takes out of one JSON value what must not leave, and counts it.

    It hands back the value itself when none of its texts gives a reason to look closer; what gives none alone gives
    none beside others.
    """

    removed: dict[str, int]
    partial: set[str]

    def value(self, value: Any) -> Any:
        """Return the value without it."""


class Recleaner:
    """Cleans the data of events one after the other, each by a cleaner of its own.

    removed  kind of value -> how many were taken out so far
    partial  events that were too much to be looked at whole
    trusted  events that were not looked at, because the same detectors had cleaned them when they were recorded
    """

    def __init__(self, cleaner: Callable[[], Cleans], trusts: str = "") -> None:
        """Make one that does not look again at what the record says these detectors have cleaned; "" looks at
        everything.
        """
        self.removed: dict[str, int] = {}
        self.partial = 0
        self.trusted = 0
        self._cleaner = cleaner
        self._trusts = trusts
        self._covered: dict[str, bool] = {}
        self._heads: set[bytes] = set()

    def value(self, value: Any) -> Any:
        """Return a JSON value without what must not leave."""
        cleaner = self._cleaner()
        cleaned = cleaner.value(value)
        self.count(cleaner.removed, len(cleaner.partial) > 0)
        return cleaned

    def count(self, removed: dict[str, int], partial: int, trusted: int = 0) -> None:
        """Count what was done elsewhere."""
        self.trusted += trusted
        for kind, count in removed.items():
            self.removed[kind] = self.removed.get(kind, 0) + count
        self.partial += partial

    def data(self, data: JsonObject, scan: object = None) -> JsonObject:
        """Return the data of an event without what must not leave; the data itself when nothing has to go.

        `scan` is what the record says of the detectors that cleaned it.
        """
        if self._trusts and self._is_covered(scan):
            self.trusted += 1
            return data
        get = data.get
        head = (
            get("decision"),
            get("cwd"),
            get("permission_mode"),
            get("agent_id"),
            get("agent_type"),
            get("tool_name"),
        )
        if self._is_plain_head(head) and self._is_plain(
            {key: value for key, value in data.items() if key not in _HEAD}
        ):
            return data
        cleaned: JsonObject = self.value(data)
        return cleaned

    def _is_covered(self, scan: object) -> bool:
        if not isinstance(scan, dict) or scan.get("state") != "complete":
            return False
        by = scan.get("detectors")
        if not isinstance(by, str):
            return False
        known = self._covered.get(by)
        if known is None:
            known = covers(by, self._trusts)
            if len(self._covered) < MAX_REMEMBERED:
                self._covered[by] = known
        return known

    def _is_plain_head(self, head: tuple[object, ...]) -> bool:
        """Whether nothing has to go from what is said of many events in the same words: it is looked at once."""
        key = encoded(head)
        if key in self._heads:
            return True
        if not self._is_plain(dict(zip(HEAD, head, strict=True))):
            return False
        if len(self._heads) >= MAX_REMEMBERED:
            self._heads.clear()
        self._heads.add(key)
        return True

    def _is_plain(self, value: JsonObject) -> bool:
        """Whether nothing has to go: no text gives a reason to look closer, or a closer look finds nothing."""
        cleaner = self._cleaner()
        cleaned = cleaner.value(value)
        return cleaned is value or (cleaned == value and not cleaner.partial)


def covers(item: str, other: str) -> bool:
    """Whether detectors, told as `secrets+pii@edition`, are all of the others, and of the same edition."""
    names, _, edition = item.partition("@")
    wanted, _, wanted_edition = other.partition("@")
    return bool(edition) and edition == wanted_edition and set(wanted.split("+")) <= set(names.split("+"))
