"""What code deletes that it came upon in a folder lies in that folder."""

from __future__ import annotations

import pytest

from gateway.model.action import DELETE, LIST, READ, UNKNOWN, WRITE
from gateway.shell.languages.script.deletions import confined_deletions
from gateway.shell.usage import Effect
from gateway.shell.values import Value


@pytest.mark.parametrize(
    ("listed", "deleted", "becomes"),
    [
        ("/etc", UNKNOWN, f"/etc/{UNKNOWN}"),
        ("/etc/*.d/x", UNKNOWN, f"/etc/{UNKNOWN}"),
        ("*.log", UNKNOWN, f"./{UNKNOWN}"),
        ("/", UNKNOWN, f"/{UNKNOWN}"),
        ("/etc", "a", "a"),
        ("/etc", f"a{UNKNOWN}", f"a{UNKNOWN}"),
        (UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_deletions(listed: str, deleted: str, becomes: str) -> None:
    effects = [Effect(READ, Value(listed), (LIST,)), Effect(WRITE, Value(deleted), (DELETE,))]
    assert confined_deletions(effects)[1].value.text == becomes


def test_what_is_only_written_stays() -> None:
    effects = [Effect(READ, Value("/etc"), (LIST,)), Effect(WRITE, Value(UNKNOWN))]
    assert confined_deletions(effects) == tuple(effects)
