"""What a page would give away, counted."""

from __future__ import annotations

from gateway.analysis.disclosure import Disclosure
from gateway.model.event import Event


class TestDisclosure:
    def test_counts_and_never_values(self) -> None:
        told = Disclosure()
        told.add(Event("user_prompt", 1, "a", "s", data={"prompt": "hello"}), 20)
        told.add(Event("tool_call", 1, "b", "s", data={"actions": [["connect", "h.example", "", ""], ["run", "curl", "", ""]]}), 30)
        told.add(Event("tool_result", 1, "c", "s", extra={"redacted": {"jwt": 2}}), 5)
        told.add(Event("strange", 1, "d", "s", extra={"redacted": True}), 1)
        assert told.told({"email": 1}, 3, ["os_user"]) == {
            "removed_when_recorded": {"jwt": 2, "unnamed": 1},
            "removed_now": {"email": 1},
            "left": {
                "marks": {"events": 1, "bytes": 1},
                "prompts": {"events": 1, "bytes": 20},
                "results": {"events": 1, "bytes": 5},
                "tool calls": {"events": 1, "bytes": 30},
            },
            "files_named": 3,
            "hosts_named": 1,
            "identity": ["os_user"],
        }
