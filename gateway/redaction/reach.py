"""Which cleaner policy asks for, for what is recorded and for what is passed on. Pure."""

from __future__ import annotations

from gateway.model.decision import RECORD
from gateway.redaction.redact import Cleaner

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def cleaner_for(policy: dict[str, Any], reach: str, key: bytes, *, secrets: bool = False, pii: bool = False) -> Cleaner | None:
    """Return what cleans what is recorded or passed on; None where nothing is taken out. Credentials never reach the record."""
    for kind, wanted, _what, _rule in (tuple(one)[:4] for one in policy.get("obligations", ())):
        if wanted == reach:
            secrets = secrets or kind == "redact"
            pii = pii or kind == "mask"
    secrets = secrets or reach == RECORD
    return Cleaner(key, secrets=secrets, pii=pii) if secrets or pii else None
