from __future__ import annotations

import random

import pytest

from gateway.redaction.checks import CHECKS, base58check, has_digit, is_digit_rich, is_jwt, is_mixed, is_spread, luhn, mod97
from tests.redaction.samples import wallet_key, web_token


class TestChecks:
    def test_the_table_names_them_all(self) -> None:
        assert set(CHECKS.values()) == {has_digit, is_mixed, is_spread, is_digit_rich, luhn, mod97, base58check, is_jwt}

    @pytest.mark.parametrize(("digits", "valid"), [("4242" * 4, True), ("4242" * 3 + "4241", False), ("4242 " * 4, True), ("5", False)])
    def test_luhn(self, digits: str, valid: bool) -> None:
        assert luhn(digits) is valid

    @pytest.mark.parametrize(("text", "valid"), [("GB82 WEST 1234 5698 7654 32", True), ("GB83 WEST 1234 5698 7654 32", False), ("GB82", False)])
    def test_mod97(self, text: str, valid: bool) -> None:
        assert mod97(text) is valid

    def test_base58check(self) -> None:
        key = wallet_key("5", random.Random(1))
        assert base58check(key) and not base58check(key[:-1] + ("2" if key[-1] != "2" else "3")) and not base58check("0" * 51)

    def test_web_tokens(self) -> None:
        token = web_token(random.Random(1))
        assert is_jwt(token) and not is_jwt(token.replace(".", "", 1)) and not is_jwt("eyJ!.a.b")

    def test_characters(self) -> None:
        assert is_mixed("aB3") and not is_mixed("ab3") and has_digit("a1") and not has_digit("a")
        assert is_digit_rich("a1b2c3") and not is_digit_rich("abc1") and is_spread("abcdef") and not is_spread("aaaaaaaaaaaa")
