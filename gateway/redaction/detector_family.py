"""What a module of `detectors/` provides: the Protocol that every entry of `FAMILIES` satisfies. Imported by type
checkers and tests only.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from gateway.redaction.detector import Detector


class DetectorFamily(Protocol):
    """One family of credentials.

    DETECTORS  values that are told by their own form
    NAMED      values that are told by the name before them
    """

    @property
    def DETECTORS(self) -> Iterable[Detector]: ...  # noqa: N802, D102
    @property
    def NAMED(self) -> Iterable[Detector]: ...  # noqa: N802, D102
