"""The files that patches touch."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.tools.patches import patched_files

ENVELOPE = """*** Begin Patch
*** Add File: new.py
+x
*** Update File: src/a.py
*** Move to: src/b.py
@@
-a
+b
*** Delete File: old.py
*** End Patch
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ENVELOPE, [("new.py", "create"), ("src/a.py", ""), ("src/b.py", "create"), ("old.py", "delete")]),
        ("--- a/x.py\t2026-01-01\n+++ b/x.py\n@@ -1 +1 @@\n-a\n+b\n", [("x.py", "")]),
        ("--- /dev/null\n+++ b/new.py\n", [("new.py", "")]),
        ("--- a/.env\n+++ /dev/null\n", [(".env", "")]),
        ("rename from a\nrename to b\n", [("a", ""), ("b", "")]),
        ("copy from a\ncopy to b\n", [("b", "")]),
        ("  *** Update File: indented.py", [("indented.py", "")]),
        ("nothing of a patch", []),
        ("*** Add File:   \n", []),
    ],
)
def test_files(text: str, expected: list[tuple[str, str]]) -> None:
    assert patched_files(text) == expected


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert all(path for path, _ in patched_files(text))
