"""The shape of what `share --json` prints: what a page gives away, in counts alone. Pure data."""

from __future__ import annotations

from typing import TypedDict

Counts = dict[str, int]


class Left(TypedDict):
    """What is left of one kind of event: how many, and the bytes of their text."""

    events: int
    bytes: int


class PersonalData(TypedDict):
    """Personal data in the first events, by kind; 0 events where it was masked and not counted."""

    events: int
    kinds: Counts


class ShareDocument(TypedDict):
    """`share --json`; `file` is null for a preview."""

    session: str
    events: int
    sessions: int
    partly_looked_at: int
    cleaned_when_recorded: int
    removed_when_recorded: Counts
    removed_now: Counts
    left: dict[str, Left]
    personal_data_left: PersonalData
    files_named: int
    hosts_named: int
    identity: list[str]
    bytes: int
    file: str | None
