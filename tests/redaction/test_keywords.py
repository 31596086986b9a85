from __future__ import annotations

from gateway.redaction.keywords import anchors_in, ascii_of, long_words, loose_in, wide_words


def looked_at(text: str) -> list[str]:
    """Return the long words of a text."""
    return long_words(wide_words(text))


class TestFirstLook:
    def test_only_long_words_with_a_digit_or_a_capital_count(self) -> None:
        assert looked_at("short lower_case_names_are_long_too and_this_one_has_9 CamelCaseNamesToo") == ["and_this_one_has_9", "CamelCaseNamesToo"]

    def test_a_part_longer_than_words_are_counts_too(self) -> None:
        assert looked_at("ghp_" + "a" * 36) == ["ghp_" + "a" * 36]

    def test_what_is_not_ascii_ends_a_word_and_keeps_its_place(self) -> None:
        text = "é" + "a1" * 10 + "\ud800ü"
        assert len(ascii_of(text)) == len(text) and looked_at(ascii_of(text)) == ["a1" * 10]

    def test_anchors(self) -> None:
        text = "x ghp_" + "a1" * 18 + " https://hooks.slack.com/services/"
        assert (anchors_in(text, looked_at(text)), loose_in(text)) == (["ghp_"], ["hooks.slack.com/services/"])
        assert anchors_in("nothing here", []) == []
