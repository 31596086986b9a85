from __future__ import annotations

import pytest

from gateway.redaction.patterns import Form, counted, forms_of, parsed, stands_alone


class TestForm:
    @pytest.mark.parametrize(
        ("form", "text", "span"),
        [
            ("ab_{digit:3}", "x ab_123 y", (2, 8)),
            ("abc_{digit:3}", "xabc_123", (1, 8)),
            ("ab{digit:3}", "xab123", None),
            ("ab{digit:3}", "ab12", None),
            ("ab{digit:3}", "ab1234", None),
            ("ab{digit:3+}", "ab1234", (0, 6)),
            ("ab{digit:3-4}", "ab1234x", (0, 6)),
            ("ab{digit:2}-{az:2}", "ab12-xy", (0, 7)),
            ("{digit:2-4}:Q{az:1}", "1234:Qx", (0, 7)),
            ("{digit:2}:Q{az:1}", "1:Qx", None),
            ("A3-{upper:2}", "A3-XX", (0, 5)),
        ],
    )
    def test_match(self, form: str, text: str, span: tuple[int, int] | None) -> None:
        made = Form(form)
        assert made.match(text, text.find(made.anchor)) == span

    @pytest.mark.parametrize(("form", "text", "whole"), [("{hex:4}", "a1b2", True), ("{hex:4}", "a1b2c", False), ("k-{hex:4}", "k-a1b2", True)])
    def test_whole(self, form: str, text: str, whole: bool) -> None:
        assert Form(form).whole(text) is whole


class TestReading:
    def test_choices_are_multiplied_out(self) -> None:
        assert forms_of("a(b|c)d(e|) x") == ("abde", "abd", "acde", "acd", "x")

    def test_counts(self) -> None:
        assert (counted("3"), counted("3-5"), counted("3+")) == ((3, 3), (3, 5), (3, 0))

    def test_refuses_what_is_no_form(self) -> None:
        with pytest.raises(ValueError, match="not a form"):
            parsed("a{nothing:3}")


class TestStandsAlone:
    @pytest.mark.parametrize(
        ("before", "alone"),
        [("", True), (" ", True), ("=", True), ("x", False), ("\\n", True), ("%3D", True), ("\\u003d", True), ("\x1b[32m", True), ("\\\\x", False)],
    )
    def test_what_ends_an_escape_is_no_word(self, before: str, alone: bool) -> None:
        assert stands_alone(before + "AKIA", len(before)) is alone
