"""What may be shown steers nothing, is still readable, and is the same value inside JSON."""

from __future__ import annotations

import json

import pytest

from gateway.model.harmless import harmless, harmless_line, unsteering


class TestSteering:
    @pytest.mark.parametrize(
        "char",
        [*map(chr, (*range(9), *range(11, 32), 127, *range(128, 160))), *"\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202e\u2060\u2066\u2069\ufeff"]
        + ["\ud800", "\udbff", "\udc00", "\udfff", "\U000e0001", "\U000e007f"],
    )
    def test_is_escaped_and_the_same_in_json(self, char: str) -> None:
        shown = harmless(f'"a{char}b"')
        assert char not in shown and shown.isprintable()
        if char <= "\uffff":
            assert json.loads(shown) == f"a{char}b"

    @pytest.mark.parametrize("text", ["", "plain", "ligne à part", "日本語 かな", "👩‍💻", "می‌خواهم", "a\tb\nc", "→ ⏎ │", "1::2 a::b std::mem"])
    def test_what_people_write_stays(self, text: str) -> None:
        assert harmless(text) == text

    def test_a_line_stays_one(self) -> None:
        assert harmless_line("a\r\nb\tc\x1b[2J") == "a\\u000d\\u000ab\\u0009c\\u001b[2J"


class TestCommands:
    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("::error::x", "\\u003a:error::x"),
            ("a\n::error::x\n", "a\n\\u003a:error::x\n"),
            ("a\n \u3000 ::add-mask::x", "a\n \u3000 \\u003a:add-mask::x"),
            ("x ##[error]y", "x #\\u0023[error]y"),
            ("##vso[task.setvariable variable=a]b", "#\\u0023vso[task.setvariable variable=a]b"),
            ("##teamcity[buildStop]", "#\\u0023teamcity[buildStop]"),
            ("## heading [x]", "## heading [x]"),
        ],
    )
    def test_are_none_any_more(self, text: str, shown: str) -> None:
        assert harmless(text) == shown

    def test_stay_where_they_are_meant(self) -> None:
        assert unsteering("::error file=a::b\x1b\n") == "::error file=a::b\\u001b\n"
