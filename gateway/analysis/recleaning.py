"""Cleaning a record again before it leaves: by the cleaner that cleaned it when it was written, remembering what it has seen. Pure."""

from __future__ import annotations

from typing import Any, Protocol

MAX_REMEMBERED = 50_000
SHORT = 200
"""Characters up to which a text that needed no cleaning is remembered."""


class Cleans(Protocol):
    """What takes out of JSON values what must not leave, and counts it."""

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

    def value(self, value: Any, name: str = "") -> Any:
        """Return a JSON value, found under a key, without what must not leave."""
        if type(value) is str:
            if not value or (name, value) in self._seen:
                return value
            return self._cleaned(value, name)
        if type(value) is dict:
            return {self._key(key): self.value(item, key) for key, item in value.items()}
        if type(value) is list:
            return [self.value(item, name) for item in value]
        return value

    def _key(self, key: str) -> str:
        return key if ("", key) in self._seen else str(self._cleaned(key, ""))

    def _cleaned(self, text: str, name: str) -> Any:
        cleaned = next(iter(self._cleaner.value({name: text}).values())) if name else self._cleaner.value(text)
        if len(text) <= SHORT and cleaned == text:
            if len(self._seen) >= MAX_REMEMBERED:
                self._seen.clear()
            self._seen.add((name, text))
        return cleaned
