"""Entries of an allow, ask or deny list: what they share, whatever they match. Pure; off the hook lane.

A compiled entry is a plain dictionary; a key that has nothing to say is left out:
    match    the text as written
    rule     its id, or its place in the document (`files.read.deny[2]`)
    source   file and line
    reason, hint   what to say, what to do instead
    shadow   True under `mode: observe`
    expires  seconds since the epoch after which it no longer speaks
    unless, with   texts of further patterns (see the rule kind)
"""

from __future__ import annotations

from gateway.policy.document_fields import Field

EFFECT_LISTS = ("allow", "ask", "deny")

_KEYS = ("match", "id", "reason", "hint", "mode", "expires", "unless", "with")

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import Entry

ENTRY_SCHEMA: dict[str, object] = {
    "oneOf": [
        {"type": "string", "minLength": 1, "pattern": "\\S"},
        {
            "type": "object",
            "required": ["match"],
            "additionalProperties": False,
            "properties": {
                "match": {"type": "string", "minLength": 1, "pattern": "\\S", "description": "what it matches"},
                "id": {
                    "type": ["string", "null"],
                    "minLength": 1,
                    "pattern": "\\S",
                    "description": "a name for the entry",
                },
                "reason": {
                    "type": ["string", "null"],
                    "minLength": 1,
                    "pattern": "\\S",
                    "description": "why, for people",
                },
                "hint": {
                    "type": ["string", "null"],
                    "minLength": 1,
                    "pattern": "\\S",
                    "description": "what to do instead",
                },
                "mode": {
                    "enum": ["enforce", "observe", None],
                    "description": "observe: record the verdict, do not enforce it",
                },
                "expires": {
                    "type": ["string", "null"],
                    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
                    "description": "last day on which it speaks, UTC",
                },
                "unless": {
                    "type": ["array", "null"],
                    "items": {"type": "string", "minLength": 1, "pattern": "\\S"},
                    "description": "exceptions, in the same language",
                },
                "with": {
                    "type": ["array", "null"],
                    "items": {"type": "string", "minLength": 1, "pattern": "\\S"},
                    "description": "only if one of these words stands in the command too",
                },
            },
        },
    ]
}

LIST_SCHEMA: dict[str, object] = {"type": ["array", "null"], "items": {"$ref": "#/$defs/entry"}}


def lists_schema(description: str) -> dict[str, object]:
    """Return the schema of an object of allow, ask and deny lists."""
    return {
        "type": ["object", "null"],
        "description": description,
        "additionalProperties": False,
        "properties": dict.fromkeys(EFFECT_LISTS, LIST_SCHEMA),
    }


def parse_entry(field: Field) -> Entry:
    """Return the compiled form of one entry, a string or an object. Raises PolicyError."""
    if isinstance(field.value, str):
        return {"match": field.text(), "rule": field.path, "source": field.place}
    if not isinstance(field.value, dict):
        raise field.error("expected a string or an object with `match`")
    members = field.members(_KEYS)
    if "match" not in members:
        raise field.error("an entry object needs `match`")
    entry: Entry = {"match": members["match"].text(), "rule": field.path, "source": field.place}
    if "id" in members:
        entry["id"] = members["id"].text()
    if "reason" in members:
        entry["reason"] = members["reason"].text()
    if "hint" in members:
        entry["hint"] = members["hint"].text()
    if "mode" in members and members["mode"].choice("enforce", "observe") == "observe":
        entry["shadow"] = True
    if "expires" in members:
        entry["expires"] = last_second(members["expires"])
    if "unless" in members:
        entry["unless"] = [item.text() for item in members["unless"].items()]
    if "with" in members:
        entry["with"] = [item.text() for item in members["with"].items()]
    return entry


def last_second(field: Field) -> float:
    """Return the end of the day, UTC, that an ISO date names, in seconds since the epoch. Raises PolicyError."""
    text = field.text()
    parts = text.split("-")
    if [len(part) for part in parts] != [4, 2, 2] or not all(part.isascii() and part.isdigit() for part in parts):
        raise field.error(f"expected a date like 2027-01-31, found `{text}`")
    year, month, day = (int(part) for part in parts)
    if not (1970 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= _days_in(year, month)):
        raise field.error(f"there is no such day: `{text}`")
    return (_days_since_epoch(year, month, day) + 1) * 86400.0


def day_before(moment: float) -> str:
    """Return the ISO date of the day, UTC, that a moment ends (Hinnant, civil_from_days)."""
    days = int(moment // 86400) - 1 + 719468
    era, of_era = divmod(days, 146097)
    of_epoch = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * of_epoch + of_epoch // 4 - of_epoch // 100)
    month = (5 * of_year + 2) // 153
    day = of_year - (153 * month + 2) // 5 + 1
    month += 3 if month < 10 else -9
    return f"{of_epoch + era * 400 + (month <= 2):04d}-{month:02d}-{day:02d}"


def _days_in(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _days_since_epoch(year: int, month: int, day: int) -> int:
    """Return the day number of a civil date (Hinnant, days_from_civil)."""
    year -= month <= 2
    era = year // 400
    of_era = year - era * 400
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


def parse_lists(field: Field, names: tuple[str, ...] = EFFECT_LISTS) -> dict[str, list[Entry]]:
    """Return {"allow": [...], …} of an object of lists, absent lists left out. Raises PolicyError."""
    return {key: [parse_entry(item) for item in member.items()] for key, member in field.members(names).items()}
