"""What cleans a record again before it leaves the store, for pages and whatever else is handed on."""

from __future__ import annotations

from collections.abc import Callable

from gateway.analysis.export_cleaner import Recleaner
from gateway.host.store_key import store_key
from gateway.model.decision import MASK, RECORD
from gateway.redaction.policy_cleaner import wanted_by
from gateway.redaction.redact import Cleaner
from gateway.redaction.selection import Wanted


def cleaners(store: str, *, mask: bool = False) -> Callable[[], Cleaner]:
    """Return what makes cleaners, each for one value: of credentials always, of personal data when it is to be
    masked.
    """
    key, wanted = store_key(store), wanted_by(None, RECORD, pii=mask)
    return lambda: Cleaner(key, wanted=wanted, thorough=True)


def personal_finders(store: str) -> Callable[[], Cleaner]:
    """Return what makes cleaners that look for personal data alone, to count it."""
    key, wanted = store_key(store), Wanted(secrets=False, personal=MASK)
    return lambda: Cleaner(key, wanted=wanted)


def recleaner(store: str, *, mask: bool, thorough: bool) -> Recleaner:
    """Return what cleans events again; unless it is to be thorough, those that the same detectors cleaned when they
    were recorded are left.
    """
    return Recleaner(cleaners(store, mask=mask), "" if thorough else wanted_by(None, RECORD, pii=mask).told())
