"""The escapes of `$'…'`, held to bash itself."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.shell.syntax.ansi_quoting import ansi_escape


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\n", ("\n", 2)),
        (r"\x72m", ("r", 4)),
        (r"\x7", ("\x07", 3)),
        (r"\162m", ("r", 4)),
        (r"\1629", ("r", 4)),
        (r"\u20ac!", ("€", 6)),
        (r"\U0001F600", ("😀", 10)),
        (r"\cA", ("\x01", 3)),
        (r"\e", ("\x1b", 2)),
        (r"\'", ("'", 2)),
        (r"\"", ('"', 2)),
        (r"\q", ("\\q", 2)),
        (r"\xzz", ("\\x", 2)),
        ("\\", ("\\", 2)),
    ],
)
def test_escapes(text: str, expected: tuple[str, int]) -> None:
    assert ansi_escape(text, 0) == expected


@settings(max_examples=60, deadline=None)
@given(st.text("abefnrtvx0127\\EuU4c?'", min_size=1, max_size=12))
def test_bash_prints_the_same(text: str) -> None:
    escaped = text.replace("'", "\\'")
    if escaped.endswith("\\") or "\\c" in escaped or "\\u" in escaped or "\\U" in escaped or "\\\\" in escaped:
        return
    out, at = [], 0
    while at < len(escaped):
        piece, at = ansi_escape(escaped, at) if escaped[at] == "\\" else (escaped[at], at + 1)
        out.append(piece)
    ours = "".join(out).partition("\0")[0]
    theirs = subprocess.run(
        ["bash", "-c", f"printf %s $'{escaped}'"], capture_output=True, check=False, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}
    )
    if theirs.returncode == 0:
        assert theirs.stdout == ours.encode("latin-1" if all(ord(char) < 256 for char in ours) else "utf-8")
