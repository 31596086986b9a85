"""What is looked for: keywords first, a pattern only where one of them stands. Pure; `re` is imported on the first hit."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_NAMES = ("password", "passwd", "secret", "token", "apikey", "authorization", "credential", "privatekey")


def names_secret(name: str) -> bool:
    """Whether a key's name says that its value is a credential."""
    plain = name.lower().replace("_", "").replace("-", "")
    return any(plain.endswith(word) for word in _NAMES)


class Kind:
    """One kind of value: an id, the keywords one of which must stand in the text, and the pattern."""

    __slots__ = ("_compiled", "id", "keywords", "pattern")

    def __init__(self, name: str, keywords: tuple[str, ...], pattern: str) -> None:
        self.id = name
        self.keywords = keywords
        self.pattern = pattern
        self._compiled: Any = None

    def replace(self, text: str, mark: Callable[[str, str], str]) -> str:
        """Return the text with every match replaced by its mark."""
        if not any(word in text for word in self.keywords):
            return text
        if self._compiled is None:
            import re

            self._compiled = re.compile(self.pattern)
        replaced: str = self._compiled.sub(lambda match: mark(self.id, match.group()), text)
        return replaced


SECRETS = (
    Kind("private-key", ("PRIVATE KEY",), r"-----BEGIN[A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END[A-Z ]*PRIVATE KEY-----|$)"),
    Kind("github-token", ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), r"gh[pousr]_[A-Za-z0-9]{36,}"),
    Kind("github-pat", ("github_pat_",), r"github_pat_\w{22,}"),
    Kind("anthropic-key", ("sk-ant-",), r"sk-ant-[\w-]{20,}"),
    Kind("openai-key", ("sk-",), r"\bsk-(?!ant-)[\w-]{20,}"),
    Kind("aws-access-key", ("AKIA", "ASIA"), r"\b(?:AKIA|ASIA)[A-Z2-7]{16}\b"),
    Kind("slack-token", ("xox",), r"\bxox[abeoprs]-[\w-]{10,}"),
    Kind("jwt", ("eyJ",), r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*"),
    Kind("bearer", ("earer ", "EARER "), r"(?i)\bbearer\s+[\w.~+/=-]{16,}"),
    Kind("connection-string", ("://",), r"\b[a-z][a-z0-9+.-]*://[^\s/:@'\"]*:[^\s/@'\"]+@[^\s'\"]+"),
)
"""Credentials."""

PERSONAL = (
    Kind("email", ("@",), r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b"),
    Kind("aws-arn", ("arn:aws",), r"\barn:aws[\w-]*:[\w-]*:[\w-]*:\d{12}:[^\s\"']+"),
    Kind("us-ssn", ("-",), r"\b(?!000|666|9\d\d)\d{3}-(?!00)\d\d-(?!0000)\d{4}\b"),
)
"""Personal data."""
