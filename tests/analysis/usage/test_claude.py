"""What single transcript lines tell."""

from __future__ import annotations

import json

import pytest

from gateway.analysis.usage.claude import Told, use_of, uses_in, when
from tests.analysis.usage import golden


def raw(*lines: dict[str, object]) -> list[bytes]:
    """Return lines as a file has them."""
    return [json.dumps(line).encode() + b"\n" for line in lines]


class TestUses:
    def test_a_torn_line_is_passed_over(self) -> None:
        whole = raw(golden.said(1, "msg_1", golden.text("x"), golden.usage(1, 2)))
        assert [use.key for use in uses_in([*whole, whole[0][:-20]])] == ["msg_1"]

    def test_a_message_without_an_id_is_known_by_its_line(self) -> None:
        line = golden.said(1, "", golden.text("x"), golden.usage(1, 2))
        found = use_of(line)
        assert found is not None and found.key == line["uuid"]

    @pytest.mark.parametrize(
        "line",
        [
            {"type": "user", "message": {"usage": {"input_tokens": 1}}},
            {"type": "assistant", "message": "text"},
            {"type": "assistant", "message": {"usage": 3}},
            golden.said(1, "m", golden.text("x"), golden.usage(1, 2), model="<synthetic>"),
        ],
    )
    def test_no_request(self, line: dict[str, object]) -> None:
        assert use_of(line) is None

    def test_spaces_around_keys_do_not_hide_a_usage(self) -> None:
        line = json.dumps(golden.said(1, "m", golden.text("x"), golden.usage(1, 2)), indent=1).replace("\n", "").encode()
        assert len(list(uses_in([line]))) == 1


class TestTold:
    def test_a_line_that_says_it_was_copied_settles_it(self) -> None:
        first = golden.said(1, "m", golden.text("x"), golden.usage(1, 2))
        original, fork = Told(raw(first)), Told(raw({**first, "forkedFrom": {"sessionId": "other"}}))
        assert original.owns(fork) and not fork.owns(original)

    def test_who_went_on_first_had_it_first(self) -> None:
        first = golden.said(1, "m", golden.text("x"), golden.usage(1, 2))
        early = Told(raw(first, golden.said(5, "a", golden.text("x"), golden.usage(1, 2))))
        late = Told(raw(first, golden.said(9, "b", golden.text("x"), golden.usage(1, 2))))
        assert early.owns(late) and not late.owns(early)


class TestWhen:
    @pytest.mark.parametrize(("text", "expected"), [("1970-01-01T00:00:01.5Z", 1.5), ("1970-01-01T01:00:00+01:00", 0.0), ("soon", 0.0), (None, 0.0)])
    def test_reads(self, text: object, expected: float) -> None:
        assert when(text) == expected
