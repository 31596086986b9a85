"""Cleaner takes secrets out of JSON values; Clean is data it has been through, and the only thing the record takes. Pure."""

from __future__ import annotations

from gateway.model.digest import hex_digest
from gateway.redaction.patterns import PERSONAL, SECRETS, names_secret

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

    def value(self, value: Any, name: str = "") -> Any:
        """Return a JSON value without what is looked for; the same shape."""
        if isinstance(value, str):
            if self.secrets and name and value and names_secret(name):
                return self._mark("named-secret", value)
            return self.text(value)
        if isinstance(value, dict):
            return {self.text(str(key)): self.value(item, str(key)) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(item, name) for item in value]
        return value

    def text(self, text: str) -> str:
        """Return a text without what is looked for."""
        for kinds, wanted in ((SECRETS, self.secrets), (PERSONAL, self.pii)):
            if wanted:
                for kind in kinds:
                    text = kind.replace(text, self._mark)
        return text

    def _mark(self, kind: str, value: str) -> str:
        if value.startswith("[REDACTED:"):
            return value
        self.removed[kind] = self.removed.get(kind, 0) + 1
        return f"[REDACTED:{kind}:{hex_digest(self.key, value)[:4]}]"


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
