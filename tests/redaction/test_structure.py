from __future__ import annotations

import pytest

from gateway.redaction.structure import chunks, counts, is_public, is_tree, named_value, number_counts, option_kind, with_chunks


class TestStructure:
    def test_pairs(self) -> None:
        assert named_value({"name": "DB_PASSWORD", "value": "x"}) == ("value", "DB_PASSWORD")
        assert named_value({"name": "color", "value": "red"}) == ("", "") == named_value({"name": "DB_PASSWORD"})

    def test_trees(self) -> None:
        assert is_tree("credentials", {}) and is_tree("data", {"kind": "Secret"}) and not is_tree("data", {"kind": "ConfigMap"})
        assert is_public("userName") and not is_public("blob")

    def test_options(self) -> None:
        assert option_kind("--password") == "password" and option_kind("--verbose") == "" == option_kind("--password=x")

    @pytest.mark.parametrize(
        ("value", "kind", "counted"),
        [
            ("hunter", "password", True),
            ("correct horse battery", "password", True),
            ("${X}", "password", False),
            ("1234", "pin", True),
            ("abcd", "pin", False),
            ("the old one", "token", False),
            ("abc123", "token", True),
            ("none", "authorization", False),
            ("a=b", "cookie", True),
        ],
    )
    def test_counts(self, value: str, kind: str, *, counted: bool) -> None:
        assert counts(value, kind) is counted

    def test_numbers(self) -> None:
        assert number_counts(123456, "password") and not number_counts(8, "password") and not number_counts(True, "password")

    def test_chunks(self) -> None:
        assert chunks(["a", "b"]) == ["a", "b"] and chunks([{"text": "a"}, {"text": "b"}]) == ["a", "b"] and chunks(["a", 1]) is None
        assert with_chunks([{"text": "a", "n": 1}, "b"], ["c", "d"]) == [{"text": "c", "n": 1}, "d"]
