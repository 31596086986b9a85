from __future__ import annotations

from gateway.redaction.custom import Custom


class TestCustom:
    def test_a_keyword_then_a_pattern(self) -> None:
        own = Custom("ticket", r"T-\d+", ("T-",))
        assert own.spans("see T-12 and T-3") == [(4, 8, "ticket"), (13, 16, "ticket")] and own.spans("see t-12") == []

    def test_without_keywords_every_text_is_tried_and_nothing_is_no_match(self) -> None:
        assert Custom("x", "a*").spans("baac") == [(1, 3, "x")]
