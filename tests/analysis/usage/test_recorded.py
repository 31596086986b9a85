"""Usage in the record, and what stands in for it."""

from __future__ import annotations

import pytest

from gateway.analysis.usage.recorded import estimated, recorded_use
from gateway.analysis.usage.tokens import Tokens
from gateway.model.event import Event


class TestRecorded:
    def test_reads_a_response(self) -> None:
        event = Event("llm_response", 5.0, "abc", "s", data={"model": "m", "usage": {"input_tokens": 3, "output_tokens": 4}})
        use = recorded_use(event)
        assert use is not None and (use.key, use.at, use.model, use.tokens) == ("abc", 5.0, "m", Tokens(3, 4))

    def test_the_message_is_what_makes_it_the_same(self) -> None:
        use = recorded_use(Event("llm_response", 5.0, "abc", "s", data={"message_id": "msg_1", "usage": {"input_tokens": 3}}))
        assert use is not None and use.key == "msg_1"

    @pytest.mark.parametrize("usage", [None, 3, {}, {"input_tokens": 0}, {"input_tokens": "3"}])
    def test_tells_of_none(self, usage: object) -> None:
        assert recorded_use(Event("llm_response", 5.0, "abc", "s", data={"usage": usage})) is None


class TestEstimated:
    @pytest.mark.parametrize(
        ("kind", "data", "expected"),
        [
            ("user_prompt", {"prompt": "x" * 38}, (10, 0)),
            ("user_prompt", {"prompt": "x" * 39}, (11, 0)),
            ("tool_call", {"tool_name": "Bash", "arguments": {"command": "ls"}, "decision": {"effect": "allow", "reasons": []}}, (0, 6)),
            ("tool_result", {"tool_name": "Bash", "result": "y" * 6}, (2, 0)),
            ("tool_result", {"result": {"stdout": "y" * 87}}, (25, 0)),
            ("error", {"error": "boom"}, (2, 0)),
            ("assistant_response", {"text": "done"}, (0, 2)),
            ("session_start", {"cwd": "/home"}, (0, 0)),
            ("some_future_type", {"text": "done"}, (0, 0)),
        ],
    )
    def test_by_size(self, kind: str, data: dict[str, object], expected: tuple[int, int]) -> None:
        assert estimated(Event(kind, 1.0, "a", "s", data=data)) == expected
