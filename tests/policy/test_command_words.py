from __future__ import annotations

import pytest

from gateway.policy.command_words import is_flag, split_words, word_matches, word_pattern


class TestWords:
    def test_splits_like_a_shell_would(self) -> None:
        assert split_words("a 'b c' \"d e\" f\\ g") == ["a", "b c", "d e", "f g"]

    @pytest.mark.parametrize("entry", ["'a", 'b "c'])
    def test_a_quote_that_is_not_closed_is_refused(self, entry: str) -> None:
        with pytest.raises(ValueError, match="is not closed"):
            split_words(entry)

    def test_flags(self) -> None:
        assert (is_flag("-x"), is_flag("--"), is_flag("-"), is_flag("x")) == (True, False, False, False)

    def test_a_slash_in_a_word_is_no_separator(self) -> None:
        assert word_matches(word_pattern("origin/*"), "origin/a/b")
