"""Tests of a value that its form cannot tell: digits among letters, spread of characters, checksums. Pure."""

from __future__ import annotations

from gateway.redaction.alphabets import ALPHABETS

_DIGITS = "0123456789"
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def has_digit(value: str) -> bool:
    """Whether a digit stands in the value."""
    return any(digit in value for digit in _DIGITS)  # ten searches at the speed of C: a value may be 16 kB long


def is_mixed(value: str) -> bool:
    """Whether the value has a digit, a lower-case and an upper-case letter."""
    return has_digit(value) and value != value.lower() and value != value.upper()


def is_spread(value: str) -> bool:
    """Whether the value uses at least a third as many different characters as it could: no counting, no filler."""
    return len(set(value)) * 3 >= min(len(value), 48)


def is_digit_rich(value: str) -> bool:
    """Whether at least three digits and three letters stand in the value: not a name with a number."""
    digits = sum(char in "0123456789" for char in value)
    return digits >= 3 and sum(char.isalpha() for char in value) >= 3


def luhn(value: str) -> bool:
    """Whether the digits of a value pass the check of payment cards (ISO/IEC 7812-1)."""
    digits = [int(char) for char in value if char in "0123456789"]
    doubled = [
        digit if place % 2 else digit * 2 - (9 if digit > 4 else 0) for place, digit in enumerate(reversed(digits), 1)
    ]
    return len(digits) > 1 and sum(doubled) % 10 == 0


def mod97(value: str) -> bool:
    """Whether the value is an IBAN whose check digits fit (ISO 13616)."""
    plain = "".join(char for char in value if char in ALPHABETS["upper"])
    turned = plain[4:] + plain[:4]
    return len(plain) > 14 and int("".join(str(int(char, 36)) for char in turned)) % 97 == 1


def base58check(value: str) -> bool:
    """Whether the last four bytes of a base58 value are the checksum of the rest (Bitcoin's wallet import format)."""
    from gateway.model.digest import plain_digest

    number = 0
    for char in value:
        place = _BASE58.find(char)
        if place < 0:
            return False
        number = number * 58 + place
    data = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return len(data) > 4 and plain_digest(bytes.fromhex(plain_digest(data[:-4])))[:8] == data[-4:].hex()


def is_jwt(value: str) -> bool:
    """Whether the value is a JSON web token: dotted parts, the first of which is a JSON object that names an
    algorithm.
    """
    if value.count(".") not in (2, 4):
        return False
    from binascii import Error, a2b_base64

    head = value.partition(".")[0].replace("-", "+").replace("_", "/")
    try:
        data = a2b_base64(head + "=" * (-len(head) % 4))
    except Error:
        return False
    return data[:1] == b"{" and (b'"alg"' in data or b'"typ"' in data or b'"enc"' in data)


CHECKS = {
    "digit": has_digit,
    "mixed": is_mixed,
    "spread": is_spread,
    "rich": is_digit_rich,
    "luhn": luhn,
    "mod97": mod97,
    "base58check": base58check,
    "jwt": is_jwt,
}
"""Name in a row -> its test."""
