from __future__ import annotations

import pytest

from gateway.model.decision import FORWARD, RECORD
from gateway.model.errors import PolicyError
from gateway.redaction.policy_cleaner import cleaner_for, wanted_by


class TestReach:
    def test_credentials_never_reach_the_record(self) -> None:
        cleaner = cleaner_for({}, RECORD, b"key")
        assert cleaner is not None and cleaner.wanted.secrets and not cleaner.wanted.personal

    def test_what_is_passed_on_changes_only_where_policy_says(self) -> None:
        assert cleaner_for({}, FORWARD, b"key") is None
        cleaner = cleaner_for({"obligations": [("redact", "forward", "secrets", "redact.forward")], "custom": []}, FORWARD, b"key")
        assert cleaner is not None and cleaner.wanted.secrets

    def test_single_kinds_and_detectors_of_the_policy(self) -> None:
        said = [
            ("redact", "forward", "github-token", "x"),
            ("mask", "forward", "email", "y"),
            ("mask", "record", "pii", "z"),
            ("redact", "forward", "own", "x"),
        ]
        policy = {"obligations": said, "custom": [("own", "own-[0-9]+", ("own-",)), ("other", "other", ())]}
        forward, record = wanted_by(policy, FORWARD), wanted_by(policy, RECORD)
        assert (forward.how("github-token"), forward.how("email"), forward.how("phone"), forward.how("password")) == ("redact", "mask", "", "")
        assert (record.how("github-token"), record.how("email"), record.how("ip-address")) == ("redact", "mask", "")
        assert [each.id for each in forward.custom] == ["own"] and [each.id for each in record.custom] == ["own", "other"]

    def test_refuses_a_kind_that_nobody_knows(self) -> None:
        with pytest.raises(PolicyError, match="github-tokens"):
            wanted_by({"obligations": [("redact", "forward", "github-tokens", "redact.forward")], "custom": []}, FORWARD)
