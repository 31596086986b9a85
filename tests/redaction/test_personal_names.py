from __future__ import annotations

import pytest

from gateway.redaction.personal_names import personal_kind

TELLING = (
    ("phone", "4155550132", "phone"),
    ("phoneNumber", "415 555 0132", "phone"),
    ("user_phone", "+14155550132", "phone"),
    ("email", "ann@corp", "email"),
    ("contact-email", "a@xn--d1acufc.xn--p1ai", "email"),
    ("ssn", "078051120", "us-ssn"),
    ("social_security_number", "078 05 1120", "us-ssn"),
    ("dob", "1980-02-03", "person"),
    ("first_name", "Ann", "person"),
    ("lastName", "Example", "person"),
    ("address", "12 High Street", "person"),
    ("billingAddress", "High Street, London", "person"),
    ("user_id", "u-1234", "person"),
    ("passport_number", "X1234567", "person"),
)
OTHER = (
    ("address", "127.0.0.1:8080"),
    ("address", "0x7ffe12345678"),
    ("email", "string"),
    ("email", "${EMAIL}"),
    ("phone", "required"),
    ("phone", "<phone>"),
    ("ssn", "masked"),
    ("name", "pytest"),
    ("file_name", "first_name.py"),
    ("tel", "none"),
    ("first_name", "string"),
    ("user_id", "{{ user_id }}"),
    ("telemetry", "4155550132"),
    ("phone", ""),
)


class TestPersonalKind:
    @pytest.mark.parametrize(("name", "value", "kind"), TELLING)
    def test_the_name_tells(self, name: str, value: str, kind: str) -> None:
        assert personal_kind(name, value) == kind

    @pytest.mark.parametrize(("name", "value"), OTHER)
    def test_what_cannot_be_it_stays(self, name: str, value: str) -> None:
        assert personal_kind(name, value) == ""
