from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.authoring.generate.learning.wording import begun, escaped, guarded_path, guarded_word, in_policy, is_whole, pieces_of, quoted
from gateway.model.action import READ, RUN, Action
from tests.builders import PROJECT, effect

ODD = st.text(st.sampled_from("ab.*?[]{}\\!, '\"-"), min_size=1, max_size=8).filter(
    lambda text: text.strip() and text.strip(".") and not text.startswith("-")
)


class TestEscaped:
    @settings(max_examples=200, deadline=None)
    @given(ODD)
    def test_a_path_means_itself_and_nothing_else(self, name: str) -> None:
        document = {"files": {"read": {"allow": [f"./d/{escaped(name)}"]}}}
        assert effect(document, Action(READ, f"{PROJECT}/d/{name}")) == "allow"
        assert effect(document, Action(READ, f"{PROJECT}/d/{name}x")) == "deny"

    @settings(max_examples=200, deadline=None)
    @given(ODD)
    def test_a_word_means_itself_and_nothing_else(self, word: str) -> None:
        spelled = quoted(word)
        if spelled is None:
            assert ("'" in word and '"' in word) or any(char < " " or "\x7f" <= char <= "\x9f" for char in word)
            return
        document = {"commands": {"allow": [f"tool {spelled}"]}}
        assert effect(document, Action(RUN, "tool", words=("tool", word))) == "allow"
        assert effect(document, Action(RUN, "tool", words=("tool", word + "x"))) == "deny"


MARK = "[REDACTED:github-token:3f9a]"


class TestTakenOut:
    @pytest.mark.parametrize(
        ("text", "want"),
        [("a", ["a"]), ("", [""]), (MARK, ["", ""]), (f"a{MARK}b[1]{MARK}", ["a", "b[1]", ""]), ("[REDACTED:x]", ["[REDACTED:x]"])],
    )
    def test_what_is_known_of_a_text(self, text: str, want: list[str]) -> None:
        assert pieces_of(text) == want and is_whole(text) is (len(want) == 1)

    @pytest.mark.parametrize(
        ("text", "length", "want"),
        [("abc", 9, "abc"), ("abc", 2, "ab"), (f"a{MARK}", 9, "a"), (f"a{MARK}b", len(MARK) + 1, f"a{MARK}"), ("a[b]c", 3, "a[b")],
    )
    def test_no_mark_is_cut(self, text: str, length: int, want: str) -> None:
        assert begun(text, length) == want

    @pytest.mark.parametrize(
        ("word", "want"), [("push", "push"), ("a*", "'a\\*'"), (MARK, "'?*'"), (f"k={MARK}", "'k=?*'"), (f'"{MARK}', "'??*'"), ("", "''")]
    )
    def test_a_word_that_is_guarded(self, word: str, want: str) -> None:
        assert guarded_word(word) == want

    @pytest.mark.parametrize(
        ("path", "pattern", "want"),
        [
            (f"./[1]/{MARK}.py", False, "./\\[1\\]/?*.py"),
            (f"./{MARK}/*.py", True, "./?*/*.py"),
            (f"./{MARK}*", True, "./?*"),
            ("./*", False, "./\\*"),
        ],
    )
    def test_a_path_that_is_guarded(self, path: str, pattern: bool, want: str) -> None:
        assert guarded_path(path, pattern=pattern) == want


class TestInPolicy:
    @pytest.mark.parametrize(
        ("path", "want"), [("/h/p/a/b", "./a/b"), ("/h/p", "."), ("/h/x", "~/x"), ("/h", "~"), ("/etc/x", "/etc/x"), ("/h/px", "~/px")]
    )
    def test_from_where_it_is_written(self, path: str, want: str) -> None:
        assert in_policy(path, "/h/p", "/h") == want
