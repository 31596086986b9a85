"""The tree knows where everything stands in the text."""

from __future__ import annotations

import pytest

from gateway.shell.syntax.ast import Case, Condition, Coproc, For, Function, Group, If, Loop, Simple, Subshell
from gateway.shell.syntax.parser import parse


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a b", Simple),
        ("{ a; }", Group),
        ("(a)", Subshell),
        ("if a; then b; fi", If),
        ("while a; do b; done", Loop),
        ("until a; do b; done", Loop),
        ("for x in a; do b; done", For),
        ("select x in a; do b; done", For),
        ("for ((;;)); do b; done", For),
        ("case a in b) c;; esac", Case),
        ("f() { a; }", Function),
        ("[[ a ]]", Condition),
        ("coproc a", Coproc),
    ],
)
def test_kinds_and_places(text: str, kind: type) -> None:
    script = parse("true; " + text)
    node = script.items[1][0].commands[0]
    assert script.error == "" and isinstance(node, kind)
    assert (node.start, node.end) == (6, 6 + len(text))


def test_words_stand_where_they_stand() -> None:
    text = "rm  'a b'  \"$x\""
    node = parse(text).items[0][0].commands[0]
    assert [text[word.start : word.end] for word in node.words] == ["rm", "'a b'", '"$x"']
