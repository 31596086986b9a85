from __future__ import annotations

import pytest

from gateway.analysis.summary import Summary, Tool, merged, quantile, told_effects


class TestMerged:
    def test_counts_add_up_and_times_reach_from_the_first_to_the_last(self) -> None:
        early = Summary(first=10.0, last=20.0, seconds=10.0, calls=2, tools={"Bash": Tool(2, 1, 2, 30.0, 20.0)}, usage={"m": [1, 2, 0, 0, 0]})
        late = Summary(first=15.0, last=40.0, seconds=25.0, calls=1, tools={"Bash": Tool(1, 0, 1, 50.0, 50.0)}, usage={"m": [5, 5, 1, 0, 0]})
        total = merged([early, late])
        assert (total.first, total.last, total.seconds, total.calls) == (10.0, 40.0, 30.0, 3)
        assert total.tools == {"Bash": Tool(3, 1, 3, 80.0, 50.0)} and total.usage == {"m": [6, 7, 1, 0, 0]}

    def test_a_single_session_is_itself(self) -> None:
        alone = Summary(calls=1)
        assert merged([alone]) is alone


def test_what_a_rule_did_in_words() -> None:
    assert told_effects({"deny": 2, "ask": 1, "would_deny": 3}) == "2 deny, 1 ask, would have been denied: 3"


class TestQuantile:
    @pytest.mark.parametrize(
        ("values", "share", "found"),
        [([], 0.5, 0.0), ([3.0], 0.95, 3.0), ([1.0, 2.0, 3.0, 4.0], 0.5, 2.0), (list(map(float, range(1, 101))), 0.95, 95.0), ([2.0, 1.0], 1.0, 2.0)],
    )
    def test_nearest_rank(self, values: list[float], share: float, found: float) -> None:
        assert quantile(values, share) == found
