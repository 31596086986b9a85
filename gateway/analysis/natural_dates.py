"""Dates as people write them: `2d`, `yesterday`, `last week`, `2026-01-31`. Pure; local time, weeks begin on Monday."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_AGO = re.compile(r"(\d{1,6})\s*(?:(s|m|h|d|w)|(second|minute|min|hour|day|week)s?)(?:\s+ago)?")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FORMS = "a date like 2026-01-31, `2d`, `yesterday` or `last week`"
"""What is understood, for messages."""


def since(text: str, now: float) -> float:
    """Return when the time that a text names begins, in seconds since the epoch. Raises ValueError when it names
    none.
    """
    return _moment(_span(text, now)[0])


def until(text: str, now: float) -> float:
    """Return when the time that a text names is over: a day counts until its end. Raises ValueError when it names
    none.
    """
    return _moment(_span(text, now)[1])


def _moment(moment: datetime) -> float:
    try:
        return moment.timestamp()
    except (OverflowError, OSError) as error:
        raise ValueError(str(error)) from None


def _span(text: str, now: float) -> tuple[datetime, datetime]:
    """Return when the time that a text names begins and when it is over."""
    words = " ".join(text.lower().split())
    ago = _AGO.fullmatch(words)
    if ago:
        moment = datetime.fromtimestamp(max(now - int(ago[1]) * _UNITS[ago[2] or ago[3][0]], 0.0)).astimezone()
        return moment, moment
    today = datetime.fromtimestamp(now).replace(hour=0, minute=0, second=0, microsecond=0)
    named = _named(words, today)
    if named is not None:
        return named
    try:
        moment = datetime.fromisoformat(text.strip())
        return (moment, moment) if _has_time(text) else (moment, moment + timedelta(days=1))
    except OverflowError as error:
        raise ValueError(str(error)) from None


def _has_time(text: str) -> bool:
    return "T" in text or ":" in text or " " in text.strip()


def _named(words: str, today: datetime) -> tuple[datetime, datetime] | None:
    """Return the day, week or month that words name, None when they name none. Days are counted by the calendar: one
    with a clock change is not 24 hours long.
    """
    day, monday, first = timedelta(days=1), today - timedelta(days=today.weekday()), today.replace(day=1)
    before = (first - day).replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    spans = {
        "today": (today, today + day),
        "yesterday": (today - day, today),
        "this week": (monday, monday + timedelta(days=7)),
        "last week": (monday - timedelta(days=7), monday),
        "this month": (first, after),
        "last month": (before, first),
    }
    name = words.removeprefix("last ") if words.removeprefix("last ") in _WEEKDAYS else words
    if name in _WEEKDAYS:
        back = (today.weekday() - _WEEKDAYS.index(name)) % 7 or 7 * (name != words)
        return today - timedelta(days=back), today - timedelta(days=back - 1)
    return spans.get(words)
