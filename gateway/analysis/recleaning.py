"""Cleaning a record again before it leaves: by the cleaner that cleaned it when it was written, remembering what it has seen. Pure."""

from __future__ import annotations

from typing import Any, Protocol

MAX_REMEMBERED = 50_000
SHORT = 200
"""Characters up to which a text that needed no cleaning is remembered."""


class Cleans(Protocol):
    """What takes out of JSON values what must not leave, and counts it.

    It looks at each text by itself and by the key it stands under, never at what stands beside it.
    """

    removed: dict[str, int]

    def value(self, value: Any) -> Any:
        """Return the value without it."""


class Recleaner:
    """Cleans values one after the other; short texts that were found clean under the same key are not looked at twice."""

    __slots__ = ("_cleaner", "_seen")

    def __init__(self, cleaner: Cleans) -> None:
        self._cleaner = cleaner
        self._seen: set[tuple[str, str]] = set()

    @property
    def removed(self) -> dict[str, int]:
        """Kind of value -> how many were taken out so far."""
        return self._cleaner.removed

    def value(self, value: Any) -> Any:
        """Return a JSON value without what must not leave; the value itself when nothing had to be taken out."""
        return self.values([value])[0]

    def values(self, values: list[Any]) -> list[Any]:
        """Return values without what must not leave. One look at all of them costs little more than one at each."""
        fresh: dict[str, list[str]] = {}
        for value in values:
            self._collect(value, "", fresh)
        if not fresh:
            return values
        before = dict(self._cleaner.removed)
        if self._cleaner.value(fresh) == fresh:
            self._remember(fresh)
            return values
        self._cleaner.removed = before
        if len(values) > 1:
            return [self.value(value) for value in values]
        return [self._cleaner.value(values[0])]

    def _collect(self, value: Any, name: str, fresh: dict[str, list[str]]) -> None:
        """Collect the texts of a value, keys too, that were not seen yet under their key."""
        kind = type(value)
        if kind is str:
            if value and (name, value) not in self._seen:
                fresh.setdefault(name, []).append(value)
        elif kind is dict:
            seen = self._seen
            for key, item in value.items():
                if ("", key) not in seen:
                    fresh.setdefault("", []).append(key)
                if type(item) is str:
                    if item and (key, item) not in seen:
                        fresh.setdefault(key, []).append(item)
                else:
                    self._collect(item, key, fresh)
        elif kind is list or kind is tuple:
            for item in value:
                self._collect(item, name, fresh)

    def _remember(self, texts: dict[str, list[str]]) -> None:
        seen = self._seen
        if len(seen) >= MAX_REMEMBERED:
            seen.clear()
        for name, own in texts.items():
            for text in own:
                if len(text) <= SHORT:
                    seen.add((name, text))
