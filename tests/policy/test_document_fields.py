from __future__ import annotations

import pytest

from gateway.model.errors import PolicyError
from gateway.policy.document_fields import Field, did_you_mean, kind_of


def field(value: object) -> Field:
    return Field(value, "", "p.json", {})


class TestField:
    def test_place_and_path(self) -> None:
        inner = Field({"files": {"deny": ["x"]}}, "", "p.json", {"/files/deny/0": 7}).at("files").at("deny").at(0)
        assert (inner.place, inner.path, inner.text()) == ("p.json:7", "files.deny[0]", "x")

    def test_null_counts_as_absent(self) -> None:
        assert field({"a": None}).members(("a",)) == {} and field(None).items() == []

    @pytest.mark.parametrize(
        ("value", "read", "problem"),
        [
            ({"alow": []}, lambda f: f.members(("allow",)), "did you mean `allow`"),
            ([], lambda f: f.members(("a",)), "expected an object"),
            ("curl", lambda f: f.items(), 'put it in a list: \\["curl"\\]'),
            ("", lambda f: f.text(), "not empty"),
            (3, lambda f: f.text(), "expected a string, found a number"),
            ("false", lambda f: f.flag(), "write false without quotes"),
            (True, lambda f: f.number(), "found a boolean"),
            (-1, lambda f: f.number(), "not negative"),
            ("alow", lambda f: f.choice("allow", "deny"), "did you mean `allow`"),
        ],
    )
    def test_says_what_is_wrong(self, value: object, read: object, problem: str) -> None:
        with pytest.raises(PolicyError, match=problem):
            read(field(value))  # type: ignore[operator]


class TestWords:
    def test_far_words_are_listed(self) -> None:
        assert did_you_mean("zzz", ("allow", "deny")) == "known here: allow, deny"

    def test_kinds(self) -> None:
        assert [kind_of(value) for value in (None, True, 1, "", [], {})] == [
            "null",
            "a boolean",
            "a number",
            "a string",
            "a list",
            "an object",
        ]
