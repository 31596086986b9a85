"""Cleaner takes credentials and personal data out of JSON values; Clean is data it has been through, and the only thing the record takes. Pure."""

from __future__ import annotations

from gateway.redaction.marks import is_mark, redacted
from gateway.redaction.names import kind_of
from gateway.redaction.scan import Armed, spans
from gateway.redaction.values import is_reference

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Cleaner:
    """Takes what it looks for out of values; counts what it removed. One a value: it keeps the count.

    key      the store's key: equal values get equal marks, and nobody without it can test a guess
    secrets  whether credentials go
    pii      whether personal data goes
    """

    __slots__ = ("key", "pii", "removed", "secrets")

    def __init__(self, key: bytes, *, secrets: bool = True, pii: bool = False) -> None:
        self.key = key
        self.secrets = secrets
        self.pii = pii
        self.removed: dict[str, int] = {}

    def value(self, value: Any) -> Any:
        """Return a JSON value without what is looked for; the same shape."""
        texts: list[str] = []
        _collect(value, texts)
        armed = Armed("\n".join(texts))
        return self._value(value, armed, "") if armed else value

    def text(self, text: str) -> str:
        """Return a text without what is looked for."""
        armed = Armed(text)
        return self._text(text, armed) if armed else text

    def _value(self, value: Any, armed: Armed, name: str) -> Any:
        if isinstance(value, str):
            kind = kind_of(name) if name and value else ""
            if kind and not is_reference(value):
                return self._mark(kind, value)
            return self._text(value, armed)
        if isinstance(value, dict):
            return {self._text(str(key), armed): self._value(item, armed, str(key)) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self._value(item, armed, name) for item in value]
        return value

    def _text(self, text: str, armed: Armed) -> str:
        found = spans(text, armed)
        if not found:
            return text
        out: list[str] = []
        last = 0
        for start, end, kind in found:
            out += (text[last:start], self._mark(kind, text[start:end]))
            last = end
        return "".join(out) + text[last:]

    def _mark(self, kind: str, value: str) -> str:
        if is_mark(value):
            return value
        self.removed[kind] = self.removed.get(kind, 0) + 1
        return redacted(kind, value, self.key)


def _collect(value: Any, texts: list[str]) -> None:
    """Collect every string of a JSON value, keys too."""
    if isinstance(value, str):
        texts.append(value)
    elif isinstance(value, dict):
        for key, item in value.items():
            texts.append(str(key))
            _collect(item, texts)
    elif isinstance(value, list | tuple):
        for item in value:
            _collect(item, texts)


class Clean:
    """Data that a cleaner has been through, and what was taken out of it."""

    __slots__ = ("data", "removed")

    def __init__(self, data: dict[str, Any], removed: dict[str, int]) -> None:
        self.data = data
        self.removed = removed

    def within(self, event: dict[str, Any]) -> Clean:
        """Return an event that holds this data."""
        whole = {**event, "data": self.data}
        if self.removed:
            whole["redacted"] = self.removed
        return Clean(whole, self.removed)


def cleaned_by(cleaner: Cleaner, data: dict[str, Any]) -> Clean:
    """Return data with everything the cleaner looks for taken out."""
    return Clean(cleaner.value(data), cleaner.removed)
