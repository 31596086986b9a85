"""The files that a patch names."""

from __future__ import annotations

import pytest

from gateway.model.patch_text import named_files


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("--- a/x\n+++ b/x\n@@ -1 +1 @@", ["x"]),
        ("--- /dev/null\n+++ b/d/x\t2026-01-01", ["d/x"]),
        ("diff --git a/x b/y\nold mode 100644\nnew mode 100755", ["x", "y"]),
        ("diff --git a/a b b/a b\n", ["a b"]),
        ('diff --git "a/\\170 y" "b/\\170 y"', ["x y"]),
        ('+++ "b/.cl\\141ude/settings.json"', [".claude/settings.json"]),
        ('+++ "b/a\\"b\\\\c"', ['a"b\\c']),
        ('+++ "b/\\303\\251"', ["é"]),
        ("rename from x\nrename to y", ["x", "y"]),
        ("copy to z", ["z"]),
        ("Index: x\n", ["x"]),
        ("*** x\t2026\n--- y\t2026", ["x", "y"]),
        ("  > +++ b/x", ["x"]),
        ("+++ x/y", ["x/y"]),
        ("nothing here", []),
        ('+++ "b/open', ["open"]),
        ('+++ "b/open\\', ["open"]),
        ("", []),
    ],
)
def test_names(text: str, want: list[str]) -> None:
    assert named_files(text) == want
