from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.analysis.session_clock import Clock


class TestClock:
    @pytest.mark.parametrize(
        ("stamps", "times", "steps"),
        [
            ([100.0, 101.5, 103.0], [0.0, 1.5, 3.0], 0),
            ([100.0, 0.0, 103.0], [0.0, 0.0, 3.0], 0),
            ([100.0, 105.0, 104.9, 106.0], [0.0, 5.0, 4.9, 6.0], 0),
            ([5000.0, 5010.0, 1400.0, 1405.0], [0.0, 10.0, 10.0, 15.0], 1),
            ([5000.0, 4999.0], [0.0, 0.0], 0),
        ],
    )
    def test_tells_the_time_since_the_first_event(self, stamps: list[float], times: list[float], steps: int) -> None:
        clock = Clock()
        assert [clock.at(stamp) for stamp in stamps] == pytest.approx(times) and clock.steps == steps

    @given(st.lists(st.floats(min_value=0, max_value=4e9), max_size=40))
    def test_is_never_negative_and_never_tells_more_than_elapsed(self, stamps: list[float]) -> None:
        clock = Clock()
        for stamp in stamps:
            assert 0.0 <= clock.at(stamp) <= clock.elapsed

    def test_goes_on_where_it_was(self) -> None:
        one, two = Clock(), Clock()
        for stamp in (100.0, 200.0, 50.0):
            one.at(stamp)
        for stamp in (100.0, 200.0):
            two.at(stamp)
        two = Clock(*two.state())
        two.at(50.0)
        assert one.at(60.0) == two.at(60.0) == 110.0
