from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.authoring.generate.learning.wording import escaped, in_policy, quoted
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


class TestInPolicy:
    @pytest.mark.parametrize(
        ("path", "want"), [("/h/p/a/b", "./a/b"), ("/h/p", "."), ("/h/x", "~/x"), ("/h", "~"), ("/etc/x", "/etc/x"), ("/h/px", "~/px")]
    )
    def test_from_where_it_is_written(self, path: str, want: str) -> None:
        assert in_policy(path, "/h/p", "/h") == want
