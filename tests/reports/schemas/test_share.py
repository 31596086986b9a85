"""The shape of `share --json`; that the command keeps to it is tested with all the others."""

from __future__ import annotations

from typing import get_type_hints

from gateway.reports.schemas.share import PersonalData, ShareDocument


def test_counts_and_never_values() -> None:
    hints = get_type_hints(ShareDocument)
    assert {name for name, kind in hints.items() if kind is str or kind == list[str] or kind == str | None} == {"session", "identity", "file"}
    assert get_type_hints(PersonalData)["kinds"] == dict[str, int]
