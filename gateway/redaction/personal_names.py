"""Names that say their value is somebody's: `phone`, `email`, `ssn`, `first_name`, `billingAddress`, `user_id`. Pure;
without `re`.

A value under such a name needs no form of its own, only to be possible: a phone number without separators, a name, a
street.
"""

from __future__ import annotations

from gateway.redaction.names import words_of
from gateway.redaction.selection import EMAIL, PERSON, PHONE, SSN
from gateway.redaction.values import is_dummy

_NAMES = {
    EMAIL: "email emails emailaddress mailaddress useremail contactemail",
    PHONE: "phone phones phonenumber telephone telephonenumber tel mobile mobilenumber mobilephone cellphone cell fax faxnumber msisdn",
    SSN: "ssn socialsecuritynumber socialsecurity",
    PERSON: (
        "firstname lastname middlename fullname givenname familyname surname maidenname birthname dob dateofbirth birthdate birthday"
        " passport passportnumber nationalid nationalidnumber taxid driverslicense driverlicense licenseplate userid customerid patientid"
        " address homeaddress postaladdress streetaddress billingaddress shippingaddress mailingaddress street postcode postalcode zipcode"
    ),
}
_KINDS = {name: kind for kind, names in _NAMES.items() for name in names.split()}
_OWNERS = frozenset(
    "user customer client contact patient employee person owner guest billing shipping home work personal primary".split()
)
"""Words before the telling ones that change nothing."""
_PLACES = frozenset(
    "address homeaddress postaladdress streetaddress billingaddress shippingaddress mailingaddress street".split()
)
_DATED = frozenset("dob dateofbirth birthdate birthday".split())
_MOST = 200


def personal_kind(name: str, value: str) -> str:
    """Return the kind of personal data that a value under a name is, "" where the name tells nothing or the value
    cannot be it.
    """
    words = words_of(name[-80:])
    joined = "".join(words)
    if joined not in _KINDS and len(words) > 1 and words[0] in _OWNERS:
        joined = "".join(words[1:])
    kind = _KINDS.get(joined, "")
    return kind if kind and _is_possible(kind, joined, value.strip()) else ""


def _is_possible(kind: str, name: str, value: str) -> bool:
    if not value or len(value) > _MOST or "\n" in value or is_dummy(value):
        return False
    digits = sum(char.isdigit() for char in value)
    letters = sum(char.isalpha() for char in value)
    if kind == EMAIL:
        return "@" in value
    if kind == PHONE:
        return digits >= 6 and letters <= 3
    if kind == SSN:
        return digits >= 7 and not letters
    if name in _PLACES:
        return letters > 0 and " " in value and (digits > 0 or "," in value or name != "address")
    return digits > 0 if name in _DATED else digits + letters > 1
