"""What cleans a record again before it leaves the store, for pages and whatever else is handed on."""

from __future__ import annotations

from collections.abc import Callable

from gateway.analysis.recleaning import Recleaner
from gateway.host.store_key import store_key
from gateway.model.decision import RECORD
from gateway.redaction.reach import wanted_by
from gateway.redaction.redact import Cleaner


def cleaners(store: str, *, mask: bool = False) -> Callable[[], Cleaner]:
    """Return what makes cleaners, each for one value: of credentials always, of personal data when it is to be masked."""
    key, wanted = store_key(store), wanted_by({}, RECORD, pii=mask)
    return lambda: Cleaner(key, wanted=wanted, thorough=True)


def recleaner(store: str, *, mask: bool, thorough: bool) -> Recleaner:
    """Return what cleans events again; unless it is to be thorough, those that the same detectors cleaned when they were recorded are left."""
    return Recleaner(cleaners(store, mask=mask), "" if thorough else wanted_by({}, RECORD, pii=mask).told())
