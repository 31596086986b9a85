"""What a module of this folder provides: the Protocol that every entry of `FORMATS` satisfies. Imported by type
checkers and tests only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol


class ExportFormat(Protocol):
    """One form that a session is written in."""

    def written(self, stream: Any, /) -> Iterator[bytes]:
        """Yield a session (`session_stream`) piece by piece; nothing is held for longer than a piece."""
