from __future__ import annotations

from gateway.model.event import EVENT_TYPES, Event

PUBLISHED = (
    "session_start session_end user_prompt assistant_response tool_call tool_result llm_request llm_response file_read file_write decision error"
)


class TestEvent:
    def test_knows_every_published_type(self) -> None:
        assert set(PUBLISHED.split()) <= set(EVENT_TYPES)

    def test_keeps_unknown_types(self) -> None:
        assert Event("something_new", 1.0, "id", "s").type == "something_new"
