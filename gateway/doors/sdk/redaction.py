"""`redact_event_data` and `mask_event_data`: what a program can clean before it shares, stores or prints it."""

from __future__ import annotations

import os
from typing import TypeVar

from gateway.host.locations import project_root, trace_folder
from gateway.host.store_key import store_key
from gateway.model.decision import MASK, REDACT
from gateway.redaction.redact import Cleaner
from gateway.redaction.selection import IP, PERSONAL, Wanted

T = TypeVar("T")


def redact_event_data(data: T, *, mask: bool = False) -> T:
    """Return JSON data without credentials; the same shape, a mark in each one's place.

    mask  personal data goes, too
    Equal values get equal marks, in one project the same as in its record.
    """
    return _cleaned(data, Wanted(personal=MASK if mask else ""))


def mask_event_data(data: T, *, kinds: tuple[str, ...] = PERSONAL, redact: bool = False) -> T:
    """Return JSON data without personal data; e-mail addresses keep their domain, numbers their last four digits.

    kinds   what is masked: `email`, `phone`, `payment-card`, `us-ssn`, `iban`, `aws-arn`, and `ip-address` when it is
            named
    redact  nothing of it is kept
    Raises ValueError for a kind that is none.
    """
    unknown = set(kinds) - {*PERSONAL, IP}
    if unknown:
        raise ValueError(
            f"no personal data is called {', '.join(sorted(unknown))}; known: {', '.join(PERSONAL)}, ip-address"
        )
    return _cleaned(data, Wanted(secrets=False, kinds=dict.fromkeys(kinds, REDACT if redact else MASK)))


def _cleaned(data: T, wanted: Wanted) -> T:
    store = os.environ.get("AGENT_TRACE_DIR") or trace_folder(project_root(os.getcwd()))
    cleaned: T = Cleaner(store_key(store), wanted=wanted, thorough=True).value(data)
    return cleaned
