from __future__ import annotations

import pytest

from gateway.redaction.placeholders import is_mark, mark_end, masked, redacted


class TestMarks:
    def test_equal_values_get_equal_marks_and_another_store_gets_others(self) -> None:
        one = redacted("token", "value", b"key")
        assert one == redacted("token", "value", b"key") and one != redacted("token", "value", b"other") and one != redacted("token", "valve", b"key")
        assert is_mark(one) and is_mark(masked("email", "value", b"key"))

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "[",
            "[REDACTED:",
            "[REDACTED:token]",
            "[REDACTED:token:zzzz]",
            "[REDACTED:token:3f9a",
            "[REDACTED:token:3f9a]x",
            "[REDACTED:my value:3f9a]",
        ],
    )
    def test_only_the_whole_form_is_a_mark(self, text: str) -> None:
        assert not is_mark(text)

    def test_end(self) -> None:
        mark = redacted("token", "value", b"key")
        assert mark_end(f"a {mark} b", 2) == 2 + len(mark) and mark_end("a", 0) == -1
