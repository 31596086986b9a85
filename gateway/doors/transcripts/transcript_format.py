"""What a module of this folder provides: the Protocol that every entry of `FORMATS` satisfies. Imported by type
checkers and tests only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol


class TranscriptFormat(Protocol):
    """Session files of one agent. NAME: the agent's name in the record."""

    @property
    def NAME(self) -> str: ...  # noqa: N802, D102

    def recognises(self, path: str, start: bytes, /) -> bool:
        """Whether a file that starts so is one of this format."""

    def discover(self) -> Iterator[Any]:
        """Yield the session files of this user on this machine (`session.Found`)."""

    def sessions_in(self, path: str, /) -> Iterator[Any]:
        """Yield the finished sessions of a file (`session.Finished`). Raises ProtocolError."""
