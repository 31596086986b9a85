"""Memory: texts that were cleaned before and held nothing, so that a process that lives on looks at each of them once. Pure."""

from __future__ import annotations

from gateway.redaction.redact import Clean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gateway.redaction.redact import Cleaner

MAX_TEXTS = 4_000
MAX_LENGTH = 300
"""Longest text that is remembered."""


class Memory:
    """Texts that hold nothing, under the name they stood under; for one kind of cleaning."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: set[tuple[str, str]] = set()

    def cleaned(self, cleaner: Cleaner, data: dict[str, Any]) -> Clean:
        """Return data without what the cleaner looks for; only what is new in it is looked at, unless something is found there."""
        fresh: dict[str, list[str]] = {}
        self._unknown(data, "", fresh)
        if fresh:
            cleaner.value(fresh)
            if cleaner.removed:
                cleaner.removed = {}
                return Clean(cleaner.value(data), cleaner.removed)
            self._remember(fresh)
        return Clean(data, {})

    def _unknown(self, value: Any, name: str, fresh: dict[str, list[str]]) -> None:
        """Collect what is not known yet, by the name it stands under: names count, a password is known by them."""
        if isinstance(value, str):
            if value and (name, value) not in self._known:
                fresh.setdefault(name, []).append(value)
        elif isinstance(value, dict):
            for key, item in value.items():
                if ("", key) not in self._known:
                    fresh.setdefault("", []).append(str(key))
                self._unknown(item, str(key), fresh)
        elif isinstance(value, list | tuple):
            for item in value:
                self._unknown(item, name, fresh)

    def _remember(self, fresh: dict[str, list[str]]) -> None:
        if len(self._known) > MAX_TEXTS:
            self._known.clear()
        self._known.update((name, text) for name, texts in fresh.items() for text in texts if len(text) <= MAX_LENGTH)
