from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.model.errors import PolicyError
from gateway.policy.document_fields import Field
from gateway.policy.entries import day_before, last_second, lists_schema, parse_entry, parse_lists


def field(value: object) -> Field:
    return Field(value, "/x", "p.json", {"/x": 4})


class TestEntry:
    def test_a_string_is_its_match(self) -> None:
        assert parse_entry(field("rm -rf")) == {"match": "rm -rf", "rule": "x", "source": "p.json:4"}

    def test_an_object_keeps_what_it_says(self) -> None:
        entry = parse_entry(
            field(
                {
                    "match": "a",
                    "id": "i",
                    "reason": "r",
                    "hint": "h",
                    "mode": "observe",
                    "unless": ["b"],
                    "with": ["c"],
                    "expires": "1970-01-01",
                }
            )
        )
        assert entry == {
            "match": "a",
            "rule": "x",
            "source": "p.json:4",
            "id": "i",
            "reason": "r",
            "hint": "h",
            "shadow": True,
            "unless": ["b"],
            "with": ["c"],
            "expires": 86400.0,
        }

    @pytest.mark.parametrize(
        "value",
        [
            3,
            [],
            {},
            {"match": ""},
            {"match": "a", "mode": "off"},
            {"match": "a", "x": 1},
            {"match": "a", "expires": "tomorrow"},
            {"match": "a", "expires": "2027-02-30"},
        ],
    )
    def test_refuses(self, value: object) -> None:
        with pytest.raises(PolicyError):
            parse_entry(field(value))

    @given(st.dates(datetime.date(1970, 1, 1)))
    def test_days_are_counted_as_the_calendar_does(self, day: datetime.date) -> None:
        end = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC).timestamp() + 86400
        assert last_second(field(day.isoformat())) == end
        assert day_before(end) == day.isoformat()


class TestLists:
    def test_absent_lists_are_left_out(self) -> None:
        assert list(parse_lists(field({"deny": ["a"], "allow": None}))) == ["deny"]

    def test_schema_names_every_list(self) -> None:
        assert list(lists_schema("x")["properties"]) == ["allow", "ask", "deny"]  # type: ignore[call-overload]
