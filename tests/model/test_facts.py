from __future__ import annotations

from gateway.model.facts import Facts


class TestFacts:
    def test_nothing_seen(self) -> None:
        assert Facts() == Facts(real={}, globs={}, trees={})
