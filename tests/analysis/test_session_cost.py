"""Bills: each request in the phase it was made in, failed phases named, prices nobody knows said."""

from __future__ import annotations

import pytest

from gateway.analysis.prices.lookup import Price
from gateway.analysis.session_cost import ESTIMATE, RECORD, Meter, billed
from gateway.analysis.usage.tokens import Tokens, Use
from gateway.model.event import Event

PRICE = Price(1.0, 10.0, 0.5, 2.0, 4.0)


def pricing(model: str, at: float) -> Price | None:
    """Price one model."""
    return PRICE if model == "known" else None


def call(number: int, command: str) -> Event:
    """Return a call of a shell."""
    return Event("tool_call", float(number), f"c{number}", "s", data={"tool_name": "Bash", "arguments": {"command": command}})


def answer(number: int, to: int, kind: str = "tool_result") -> Event:
    """Return what a call came back with."""
    return Event(kind, float(number), f"r{number}", "s", parent=f"c{to}", data={"result": "x" * 40})


def response(number: int, model: str = "known", **usage: int) -> Event:
    """Return a response with its usage."""
    return Event("llm_response", float(number), f"l{number}", "s", data={"model": model, "usage": usage})


def metered(*events: Event) -> Meter:
    """Return the fold of events."""
    meter = Meter()
    for event in events:
        meter.add(event)
    return meter


SESSION = (
    Event("session_start", 1.0, "a", "s", data={"model": "known", "transcript_path": "/t.jsonl"}),
    Event("user_prompt", 2.0, "b", "s", data={"prompt": "fix it"}),
    response(3, input_tokens=1_000_000),
    call(4, "pytest"),
    answer(5, 4, "error"),
    Event("user_prompt", 6.0, "d", "s", data={"prompt": "again"}),
    response(7, output_tokens=1_000_000),
    call(8, "pytest"),
    answer(9, 8),
)


class TestBill:
    def test_each_request_counts_in_its_phase(self) -> None:
        meter = metered(*SESSION)
        bill = billed(meter, meter.uses, RECORD, pricing)
        assert [(part.label, part.failed, part.cost) for part in bill.parts] == [("fix it", True, 1.0), ("again", False, 10.0)]
        assert (bill.cost, bill.wasted, bill.unpriced) == (11.0, 1.0, [])

    def test_a_model_without_a_price_is_named_and_not_zero(self) -> None:
        meter = metered(*SESSION, response(10, "nobody", input_tokens=5))
        bill = billed(meter, meter.uses, RECORD, pricing)
        assert bill.unpriced == ["nobody"]
        assert [share.cost for share in bill.shares if share.model == "nobody"] == [None]

    def test_requests_of_another_session_are_counted_there(self) -> None:
        meter = metered(*SESSION)
        bill = billed(meter, [Use("k", 3.0, "known", Tokens(5), shared="other")], RECORD, pricing)
        assert (bill.cost, bill.shared) == (0, {"other": 1})

    def test_a_request_before_everything_falls_into_the_first_phase(self) -> None:
        bill = billed(metered(*SESSION), [Use("k", 0.0, "known", Tokens(1_000_000))], RECORD, pricing)
        assert bill.parts[0].cost == pytest.approx(1.0)

    def test_a_clock_that_was_set_back_reorders_nothing(self) -> None:
        events = [*SESSION, Event("user_prompt", 0.5, "z", "s", data={"prompt": "third"}), call(11, "ls")]
        meter = metered(*events)
        assert [part.label for part in billed(meter, meter.uses, RECORD, pricing).parts][-2:] == ["again", "third"]

    def test_an_empty_session_costs_nothing(self) -> None:
        assert billed(Meter(), [], ESTIMATE, pricing).cost == 0


class TestMeter:
    def test_knows_what_the_session_said_of_itself(self) -> None:
        meter = metered(*SESSION)
        assert (meter.model, meter.transcript) == ("known", "/t.jsonl")

    def test_guesses_by_phase(self) -> None:
        meter = metered(Event("user_prompt", 2.0, "b", "s", data={"prompt": "x" * 400}), call(3, "ls"), answer(4, 3))
        assert meter.guesses("known") == [Use("", 2.0, "known", Tokens(112, 6))]
