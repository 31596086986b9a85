from __future__ import annotations

from gateway.redaction.custom import Custom
from gateway.redaction.index import DIGEST
from gateway.redaction.selection import Wanted, is_kind


class TestWanted:
    def test_how(self) -> None:
        assert Wanted().how("jwt") == "redact" and Wanted().how("email") == ""
        masked = Wanted(secrets=False, personal="mask", kinds={"email": "redact"})
        assert (masked.how("email"), masked.how("phone"), masked.how("jwt")) == ("redact", "mask", "")

    def test_addresses_of_machines_go_only_when_named(self) -> None:
        assert Wanted(personal="mask").how("ip-address") == "" and Wanted(kinds={"ip-address": "mask"}).how("ip-address") == "mask"

    def test_the_record_says_what_ran(self) -> None:
        assert Wanted(personal="mask", custom=(Custom("own", "x"),)).told() == f"secrets+pii+own@{DIGEST}"

    def test_kinds_are_known_by_name(self) -> None:
        assert all(map(is_kind, ("github-token", "heroku-api-key", "email", "password", "private-key"))) and not is_kind("nothing")
