"""What a page would give away, counted."""

from __future__ import annotations

import pytest

from gateway.analysis import share_disclosure
from gateway.analysis.share_disclosure import Disclosure
from gateway.model.event import Event
from gateway.reports.session_cleaner import personal_finders


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
            "personal_data_left": {"events": 0, "kinds": {}},
            "files_named": 3,
            "hosts_named": 1,
            "identity": ["os_user"],
        }

    def test_counts_personal_data_of_the_first_events(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(share_disclosure, "MAX_COUNTED", 2)
        told = Disclosure(personal_finders("store"))
        for _ in range(3):
            told.add(Event("user_prompt", 1, "a", "s", data={"prompt": "ada@example.org and bob@example.org"}), 9)
        assert told.told({}, 0, [])["personal_data_left"] == {"events": 2, "kinds": {"email": 4}}
