from __future__ import annotations

import pytest

from gateway.redaction.values import is_name, is_placeholder, is_random, is_reference


class TestValues:
    @pytest.mark.parametrize(
        "value", ["${TOKEN}", "$TOKEN", "<token>", "{{ token }}", "%(token)s", "your-api-key", "null", "True", "xxxxxxxx", "changeme"]
    )
    def test_placeholders(self, value: str) -> None:
        assert is_placeholder(value)

    @pytest.mark.parametrize("value", ["hunter22", "a1B2c3D4", "correct horse"])
    def test_what_is_none(self, value: str) -> None:
        assert not is_placeholder(value)

    @pytest.mark.parametrize(
        ("value", "is_one"), [("${TOKEN}", True), ("$TOKEN", True), ("$ecret-1", False), ("<token>", True), ("***", True), ("a", False)]
    )
    def test_references(self, value: str, is_one: bool) -> None:
        assert is_reference(value) is is_one

    @pytest.mark.parametrize(("value", "random"), [("a1b2c3d4", True), ("abcdefgh", False), ("12345678", False), ("a1", False), ("aaaaaaa1", False)])
    def test_random(self, value: str, random: bool) -> None:
        assert is_random(value) is random

    @pytest.mark.parametrize(("value", "name"), [("oauth2_token", True), ("some.module.path", True), ("a1b2c3d4e5", False), ("v2-beta1", True)])
    def test_names(self, value: str, name: bool) -> None:
        assert is_name(value) is name
