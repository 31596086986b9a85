from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wcmatch import glob

from gateway.model.globs import alternatives, compile_pattern, is_plain, match_parts, may_intersect, split_segments

FLAGS = glob.GLOBSTAR | glob.DOTGLOB


def ours(pattern: str, path: str) -> bool:
    return match_parts(compile_pattern(pattern), path.split("/"))


class TestMeaning:
    @pytest.mark.parametrize(
        ("pattern", "path", "want"),
        [
            ("src/**", "src/a/b", True),
            ("src/**", "src", False),
            ("**/x", "x", True),
            ("**/x", "a/b/x", True),
            ("a/**/b", "a/b", True),
            ("*.py", ".py", True),
            ("a*c", "abc", True),
            ("a?c", "a/c", False),
            ("[a-c]x", "bx", True),
            ("[!a]x", "ax", False),
            ("\\[id\\]", "[id]", True),
            ("[id]", "i", True),
            ("[[:digit:]]", "7", True),
            ("a[", "a[", True),
        ],
    )
    def test_table(self, pattern: str, path: str, want: bool) -> None:
        assert ours(pattern, path) is want

    @settings(max_examples=400)
    @given(
        st.lists(st.sampled_from(["a", "b", "*", "**", "?", ".", "[ab]", "[!a]", "ab", "*.a"]), min_size=1, max_size=5),
        st.lists(st.sampled_from(["a", "b", "ab", "ba", ".a", "x.a", "aa"]), min_size=1, max_size=5),
    )
    def test_wcmatch_agrees(self, segments: list[str], names: list[str]) -> None:
        if "." in segments:  # refused when a policy is parsed
            return
        pattern, path = "/".join(segments), "/".join(names)
        assert ours(pattern, path) == glob.globmatch(path, pattern, flags=FLAGS)

    def test_linear_in_depth(self) -> None:
        deep = ["a"] * 20_000
        assert not match_parts(compile_pattern("**/a/**/a/**/b"), deep)


class TestIntersection:
    @pytest.mark.parametrize(
        ("one", "other", "want"),
        [
            ("src/*.py", "src/secret.*", True),
            ("src/*.py", "docs/**", False),
            ("**/.env", "a/*", True),
            ("*.txt", ".env", False),
            (".e*v", ".env", True),
            ("secret[s]/*", "secrets/**", True),
            ("a?", "abc", False),
        ],
    )
    def test_table(self, one: str, other: str, want: bool) -> None:
        assert may_intersect(compile_pattern(one), compile_pattern(other)) is want

    @given(st.text("ab*?/", max_size=8), st.text("ab*?/", max_size=8), st.text("ab/", min_size=1, max_size=8))
    def test_never_misses_a_common_path(self, one: str, other: str, path: str) -> None:
        parts = [part for part in path.split("/") if part]
        left, right = compile_pattern(one), compile_pattern(other)
        if parts and match_parts(left, parts) and match_parts(right, parts):
            assert may_intersect(left, right)


class TestShapes:
    def test_plain(self) -> None:
        assert is_plain(compile_pattern("a/b")) and not is_plain(compile_pattern("a/*"))

    def test_slashes_in_classes_do_not_split(self) -> None:
        assert split_segments("a[/]b/c") == ["a[", "]b", "c"]


class TestAlternatives:
    @pytest.mark.parametrize(
        ("text", "want"),
        [
            ("a", ("a",)),
            ("{a,b}", ("a", "b")),
            ("x{a,b}y{c,d}", ("xayc", "xayd", "xbyc", "xbyd")),
            ("{a,{b,c}d}", ("a", "bd", "cd")),
            ("{,x}", ("", "x")),
            ("{a}", ("{a}",)),
            ("{a,b", ("{a,b",)),
            ("{a{b,c}", ("{ab", "{ac")),
            (r"\{a,b}", (r"\{a,b}",)),
            ("{a,a}", ("a",)),
            ("{a,b}" * 10, ("{a,b}" * 10,)),
        ],
    )
    def test_braces(self, text: str, want: tuple[str, ...]) -> None:
        assert alternatives(text) == want
