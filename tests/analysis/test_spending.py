from __future__ import annotations

from datetime import datetime

import pytest

from gateway.analysis.index import SessionSummary
from gateway.analysis.model_cost import spent
from gateway.analysis.spending import WAYS, Group, spending

OPUS, SONNET, NEW = "claude-opus-4-5", "claude-sonnet-4-5", "nobody-knows-1"
JAN = datetime(2026, 1, 31, 12).timestamp()
FEB = datetime(2026, 2, 2, 12).timestamp()


def row(name: str, last: float = JAN, **other: object) -> SessionSummary:
    return SessionSummary(name, last=last, **other)  # type: ignore[arg-type]


ROWS = [
    row("a", agent="claude-code", user="ann", repository="/h/shop", calls=3, usage={OPUS: [1000, 100, 0, 0, 0]}),
    row("b", FEB, agent="codex", user="bob", repository="/h/shop", calls=2, usage={SONNET: [1000, 100, 0, 0, 0], NEW: [5, 5, 0, 0, 0]}),
    row("c", FEB, agent="codex", user="ann", calls=1),
    row("d", agent="claude-code", user="ann", repository="/h/site", cost_usd=2.0, usage={OPUS: [300, 0, 0, 0, 0], SONNET: [100, 0, 0, 0, 0]}),
    row("e", agent="x", cost_usd=0.5),
]


def told(group: Group) -> tuple[object, ...]:
    return group.name, group.sessions, group.untold, group.tokens.total, round(group.cost, 6), list(group.unpriced)


def price(model: str, *counts: int, at: float = JAN) -> float:
    return spent({model: [*counts]}, at).cost


class TestSpending:
    @pytest.mark.parametrize("by", WAYS)
    def test_every_way_comes_to_the_same(self, by: str) -> None:
        account = spending(ROWS, by)
        for number in ("cost", "calls"):
            assert sum(getattr(group, number) for group in account.groups) <= getattr(account.total, number) + 1e-9
        assert sum(group.cost for group in account.groups) == pytest.approx(account.total.cost)
        assert sum(group.tokens.total for group in account.groups) == account.total.tokens.total == 2610
        assert account.total.sessions == 5 and account.total.untold == 1 and list(account.total.unpriced) == [NEW]

    def test_by_project(self) -> None:
        shop = price(OPUS, 1000, 100, 0, 0, 0) + price(SONNET, 1000, 100, 0, 0, 0, at=FEB)
        assert [told(group) for group in spending(ROWS, "project").groups] == [
            ("/h/site", 1, 0, 400, 2.0, []),
            ("", 2, 1, 0, 0.5, []),
            ("/h/shop", 2, 0, 2210, round(shop, 6), [NEW]),
        ]

    def test_days_and_weeks_are_in_time(self) -> None:
        assert [(group.name, group.sessions) for group in spending(ROWS, "day").groups] == [("2026-01-31", 3), ("2026-02-02", 2)]
        assert [(group.name, group.sessions) for group in spending(ROWS, "week").groups] == [("2026-W05", 3), ("2026-W06", 2)]

    def test_the_week_of_a_year_s_end_is_of_one_year(self) -> None:
        ends = [row("a", datetime(2025, 12, 31).timestamp()), row("b", datetime(2026, 1, 1).timestamp())]
        assert [group.name for group in spending(ends, "week").groups] == ["2026-W01"]

    def test_a_models_part_of_what_the_record_says_is_by_list_prices(self) -> None:
        opus, sonnet = price(OPUS, 300, 0, 0, 0, 0), price(SONNET, 100, 0, 0, 0, 0)
        groups = {group.name: group for group in spending([ROWS[3]], "model").groups}
        assert groups[OPUS].cost == pytest.approx(2.0 * opus / (opus + sonnet)) and groups[SONNET].cost == pytest.approx(2.0 - groups[OPUS].cost)

    def test_a_long_prompt_is_the_same_model(self) -> None:
        both = [row("a", usage={SONNET: [10, 0, 0, 0, 0], f"{SONNET}\tlong": [10, 0, 0, 0, 0]})]
        assert [told(group)[:4] for group in spending(both, "model").groups] == [(SONNET, 1, 0, 20)]

    def test_what_is_not_known_is_said(self) -> None:
        groups = {group.name: group for group in spending(ROWS, "model").groups}
        assert (groups[NEW].known, groups[OPUS].known, groups[""].known) == (False, True, False)
        assert not spending([ROWS[2]], "user").groups[0].used

    def test_a_time_that_no_calendar_has(self) -> None:
        assert [group.name for group in spending([row("a", 1e300), row("b", 0.0)], "day").groups] == [""]
