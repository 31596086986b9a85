from __future__ import annotations

from gateway.model.decision import FORWARD, RECORD
from gateway.redaction.reach import cleaner_for


class TestReach:
    def test_credentials_never_reach_the_record(self) -> None:
        cleaner = cleaner_for({}, RECORD, b"key")
        assert cleaner is not None and cleaner.secrets and not cleaner.pii

    def test_what_is_passed_on_changes_only_where_policy_says(self) -> None:
        assert cleaner_for({}, FORWARD, b"key") is None
        cleaner = cleaner_for({"obligations": [("redact", "forward", "secrets", "redact.forward")]}, FORWARD, b"key")
        assert cleaner is not None and cleaner.secrets
