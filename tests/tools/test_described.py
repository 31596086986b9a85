"""A call written as `Tool: text`: which argument the text is."""

from __future__ import annotations

import pytest

from gateway.tools.described import arguments_from


@pytest.mark.parametrize(
    ("tool", "given", "expected"),
    [
        ("Bash", "ls", {"command": "ls"}),
        ("Shell", "ls", {"command": "ls"}),
        ("run_in_terminal", "ls", {"command": "ls"}),
        ("Read", "a.py", {"file_path": "a.py"}),
        ("Write", "a.py", {"file_path": "a.py"}),
        ("Delete", "a.py", {"file_path": "a.py"}),
        ("LS", "src", {"path": "src"}),
        ("Glob", "*.py", {"pattern": "*.py"}),
        ("Grep", "src", {"path": "src"}),
        ("WebFetch", "https://a.example", {"url": "https://a.example"}),
        ("WebSearch", "q", {"query": "q"}),
        ("python", "print(1)", {"code": "print(1)"}),
        ("write_stdin", "y\n", {"text": "y\n"}),
        ("apply_patch", "*** Begin Patch", {"command": "*** Begin Patch"}),
        ("mcp__fs__read_file", "a", {"path": "a"}),
        ("never_heard_of", "a", {"path": "a"}),
        ("Bash", "", {}),
        ("Bash", {"command": "ls"}, {"command": "ls"}),
        ("Bash", None, None),
    ],
)
def test_arguments(tool: str, given: object, expected: object) -> None:
    assert arguments_from(tool, given) == expected
