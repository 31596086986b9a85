"""Windows are filled by one request, not by all of them together."""

from __future__ import annotations

from gateway.analysis.context_window import Occupancy, occupancy
from gateway.analysis.usage.tokens import Tokens, Use


class TestOccupancy:
    def test_the_last_request_tells_and_the_fullest_is_remembered(self) -> None:
        uses = [Use("a", 1.0, "m", Tokens(1, 2, 7)), Use("b", 3.0, "m", Tokens(5)), Use("c", 2.0, "m", Tokens(100))]
        assert occupancy(uses) == Occupancy("m", 5, 100, 3)

    def test_subagents_fill_windows_of_their_own(self) -> None:
        assert occupancy([Use("a", 1.0, "m", Tokens(5)), Use("b", 2.0, "n", Tokens(500), aside=True)]) == Occupancy("m", 5, 5, 1)

    def test_nothing(self) -> None:
        assert occupancy([]) == Occupancy("", 0, 0, 0)
