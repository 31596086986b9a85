from __future__ import annotations

import json

import pytest
from hypothesis import given

from gateway.model.errors import PolicyError
from gateway.policy.document_text import parse_text, pointer_step
from tests.model.test_json_text import VALUES


class TestJson:
    @given(VALUES)
    def test_reads_what_json_writes(self, value: object) -> None:
        for text in (json.dumps(value), json.dumps(value, indent=2, ensure_ascii=False)):
            read, _ = parse_text(text, "p.json")
            assert read == value

    def test_knows_the_line_of_every_value(self) -> None:
        _, lines = parse_text('{\n "a": [\n  1,\n  2\n ]\n}', "p.json")
        assert lines == {"": 1, "/a": 2, "/a/0": 3, "/a/1": 4}

    def test_skips_comments_and_a_mark(self) -> None:
        assert parse_text('\ufeff{ // one\n "a" /* two */ : 1 }', "p.json")[0] == {"a": 1}

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("", "expected a value"),
            ("{", "expected a key"),
            ('{"a": 1, "a": 2}', "stands twice"),
            ('{"a": 1,}', "a comma stands before"),
            ("[1 2]", "expected `,`"),
            ('{"a" 1}', "expected `:`"),
            ('"a', "not closed"),
            ('"a\nb"', "not closed"),
            ('"\\x"', "unknown escape"),
            ("nul", "expected a value"),
            ("1e999", "expected a value"),
            ("/* a", "comment is not closed"),
            ("{} {}", "after the end"),
            ("[" * 50 + "]" * 50, "nested too deeply"),
            ("{'a': 1}", "expected a key in double quotes"),
        ],
    )
    def test_refuses_with_a_line(self, text: str, problem: str) -> None:
        with pytest.raises(PolicyError, match=problem) as caught:
            parse_text(text, "p.json")
        assert caught.value.source == "p.json" and caught.value.line >= 1


class TestYaml:
    def test_knows_the_line_of_every_value(self) -> None:
        value, lines = parse_text("a:\n  - x\n  - {b: true, c: 3, d: ~, e: 1.5}\n", "p.yaml")
        assert value == {"a": ["x", {"b": True, "c": 3, "d": None, "e": 1.5}]} and lines["/a/1/b"] == 3

    @pytest.mark.parametrize("text", ["a: [", "a: 1\na: 2\n", "? [1]\n: 2\n", "- " * 60 + "x"])
    def test_refuses(self, text: str) -> None:
        with pytest.raises(PolicyError):
            parse_text(text, "p.yaml")

    def test_aliases_cannot_explode(self) -> None:
        bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9))
        with pytest.raises(PolicyError, match="nested too deeply"):
            parse_text(bomb, "p.yaml")


class TestPointer:
    def test_escapes(self) -> None:
        assert pointer_step("/a", "b/c~d") == "/a/b~1c~0d"
