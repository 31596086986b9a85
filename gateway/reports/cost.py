"""`cost`: what a session's requests to models cost, by phase; what failed phases wasted."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from gateway.analysis.event_text import one_line
from gateway.analysis.prices.lookup import Price, dated, price_of
from gateway.analysis.session_cost import ESTIMATE, RECORD, TRANSCRIPT, Bill, Meter, Pricing, billed
from gateway.analysis.subagents import started_below
from gateway.analysis.usage.recorded import recorded_use
from gateway.analysis.usage.tokens import Tokens, Use
from gateway.analysis.usage.transcripts import transcript_uses
from gateway.model.record import replaced
from gateway.reports.arguments import AsJson, SessionName, named, print_json, store_of, warned
from gateway.reports.list import Since, Until
from gateway.reports.spending import print_spending
from gateway.traces.reader import lean_events, meta, sized_events

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

DEFAULT_MODEL = "sonnet"
"""What an estimate is priced as when neither the command line nor the record names a model."""


def command(
    context: typer.Context,
    session: SessionName = "",
    model: Annotated[
        str,
        typer.Option(
            "--model",
            metavar="NAME",
            help="sonnet, opus, haiku, gpt4, gpt4o or a full name: price everything as this model.",
        ),
    ] = "",
    input_price: Annotated[
        float | None, typer.Option("--input-price", min=0, help="Dollars per million input tokens.")
    ] = None,
    output_price: Annotated[
        float | None, typer.Option("--output-price", min=0, help="Dollars per million output tokens.")
    ] = None,
    by: Annotated[
        str,
        typer.Option("--by", metavar="WAY", help="All sessions, by day, week, model, project, agent or user."),
    ] = "",
    since: Since = "",
    until: Until = "",
    words: Annotated[
        str,
        typer.Option("--filter", metavar="FILTER", help="With --by: only sessions in which this fits, as in `search`."),
    ] = "",
    as_csv: Annotated[bool, typer.Option("--csv", help="With --by: CSV on stdout.")] = False,
    as_json: AsJson = False,
) -> None:
    """Break down token usage and cost by phase; real usage where it is known, an estimate where not."""
    if by:
        _refuse_together(
            {"SESSION": session, "--model": model, "--input-price": input_price, "--output-price": output_price}
        )
        form = "json" if as_json else "csv" if as_csv else ""
        print_spending(store_of(context), by, since=since, until=until, words=[words], form=form)
        return
    if since or until or words or as_csv:
        raise typer.BadParameter("dates, --filter and --csv are for many sessions", param_hint="--by")
    store, name = store_of(context), named(context, session)
    meter = metered(store, name)
    uses, source = used(store, name, meter, model)
    bill = billed(meter, uses, source, pricing(model, input_price, output_price, flat=source == ESTIMATE))
    if as_json:
        print_json(_data(name, bill, model))
    else:
        sys.stdout.write(_text(name, bill, model))


def _refuse_together(given: dict[str, object]) -> None:
    """Raise BadParameter where something was given that is about one session."""
    for option, value in given.items():
        if value not in ("", None):
            raise typer.BadParameter(f"{option} is about one session, --by about all of them", param_hint=option)


def metered(store: str, name: str) -> Meter:
    """Return the fold of a session's events."""
    meter = Meter()
    for event in sized_events(store, name, warned):
        meter.add(event)
    return meter


def used(store: str, name: str, meter: Meter, model: str) -> tuple[list[Use], str]:
    """Return (a session's requests and those of the sessions it started, where that is known from)."""
    children = started_below(store, name)
    told = (recorded_use(event) for child in children for event in lean_events(store, child))
    below = [replaced(use, aside=True) for use in told if use is not None]
    noted = meta(store, name)
    transcript = noted.get("transcript_path") or meter.transcript
    uses: list[Use] = []
    if not noted.get("imported_from") and isinstance(transcript, str) and os.path.isfile(transcript):
        uses = transcript_uses(transcript)
    if meter.uses or below:
        return meter.uses + below + uses, RECORD  # a request that both tell of is counted once
    if uses:
        return uses, TRANSCRIPT
    return meter.guesses(model or meter.model or DEFAULT_MODEL), ESTIMATE


def pricing(model: str, given: float | None, output: float | None, *, flat: bool) -> Pricing:
    """Return what to price with: the table, the one model that was named, or prices from the command line.

    flat  sizes are of whole phases, not of requests, so that nothing is known of long prompts
    """

    def price(used_model: str, at: float) -> Price | None:
        price = price_of(model or used_model, at)
        if price is not None and flat:
            price = replaced(price, long=None)
        return _given(price, given, output) if given is not None or output is not None else price

    return price


def _given(price: Price | None, given: float | None, output: float | None) -> Price | None:
    """Return a price with what the command line says; a cache keeps its proportion to the input's price."""
    if price is None:
        if given is None or output is None:
            return None
        return Price(given, output, given, given, given)
    ratio = 1.0 if given is None or not price.input else given / price.input
    return Price(
        price.input * ratio if given is None else given,
        price.output if output is None else output,
        price.cache_read * ratio,
        price.cache_write_5m * ratio,
        price.cache_write_1h * ratio,
    )


def _money(value: float | None) -> float | None:
    return None if value is None else round(value, 9)


def _share(part: float, whole: float) -> float:
    return round(part / whole, 4) if whole else 0.0


def _data(name: str, bill: Bill, model: str) -> JsonObject:
    return {
        "session": name,
        "cost_usd": None if bill.unpriced else _money(bill.cost),
        "known_cost_usd": _money(bill.cost),
        "estimated": bill.source == ESTIMATE,
        "source": bill.source,
        "tokens": bill.tokens.data(),
        "models": [
            {
                "model": share.model,
                "priced_as": model or share.model,
                "requests": share.requests,
                **share.tokens.data(),
                "cost_usd": _money(share.cost),
            }
            for share in bill.shares
        ],
        "unpriced": bill.unpriced,
        "phases": [
            {
                "label": part.label,
                "failed": part.failed,
                "events": part.events,
                **part.tokens.data(),
                "cost_usd": _money(part.cost),
                "share": _share(part.cost, bill.cost),
            }
            for part in bill.parts
        ],
        "wasted_usd": _money(bill.wasted),
        "wasted_share": _share(bill.wasted, bill.cost),
        "counted_elsewhere": bill.shared,
        "prices": dated(),
    }


def _text(name: str, bill: Bill, model: str) -> str:
    word = "Estimated cost" if bill.source == ESTIMATE else "Cost"
    lines = [f"Session: {name[:36]} — {word}: {_sum(bill)}"]
    for share in bill.shares:
        own = one_line(share.model, 80) or "?"
        shown = f"{own}, priced as {model}" if model and model != share.model else own
        lines.append(f"Model: {shown} | {_tokens(share.tokens)}{'' if share.cost is not None else ' | price: ?'}")
    lines.append("")
    width = max((len(_label(number, part.label, part.failed)) for number, part in enumerate(bill.parts, 1)), default=0)
    for number, part in enumerate(bill.parts, 1):
        cost = "?" if bill.unpriced and not part.cost and part.tokens.total else f"${part.cost:.4f}"
        wasted = "  ← wasted" if part.failed and part.cost else ""
        lines.append(
            f"{_label(number, part.label, part.failed):{width}}  {cost:>9} ({_share(part.cost, bill.cost):.0%})"
            f"  {part.tokens.prompt:,} in, {part.tokens.output:,} out{wasted}"
        )
    lines.append("")
    if bill.wasted:
        lines.append(f"Wasted on failed phases: ${bill.wasted:.4f} ({_share(bill.wasted, bill.cost):.0%})")
    for other, count in bill.shared.items():
        lines.append(f"Not counted: {count} requests that were copied from session {other}")
    return "\n".join([*lines, *_footing(bill)]) + "\n"


def _label(number: int, label: str, failed: bool) -> str:
    return f"Phase {number}: {label}{' — FAILED' if failed else ''}"


def _sum(bill: Bill) -> str:
    if not bill.unpriced:
        return f"${bill.cost:.4f}"
    return f"${bill.cost:.4f} + ?" if bill.cost else "?"


def _tokens(tokens: Tokens) -> str:
    told = [f"{tokens.input:,} input tokens", f"{tokens.output:,} output tokens"]
    for count, what in (
        (tokens.cache_read, "cache reads"),
        (tokens.cache_write_5m, "cache writes (5 min)"),
        (tokens.cache_write_1h, "cache writes (1 h)"),
    ):
        if count:
            told.append(f"{count:,} {what}")
    return ", ".join(told)


def _footing(bill: Bill) -> list[str]:
    lines = []
    if bill.unpriced:
        names = ", ".join(f"`{one_line(name, 80) or 'a model without a name'}`" for name in bill.unpriced)
        lines.append(f"No price is known for {names}: give --input-price and --output-price, or --model")
    if bill.source == ESTIMATE:
        lines.append(
            "An estimate from payload sizes (characters / 4): the record tells no usage, and context sent again is not counted"
        )
    else:
        lines.append(
            f"Usage: {'the record' if bill.source == RECORD else 'the transcript of the agent, subagents included'}"
        )
    return [*lines, f"List prices: {dated()}"]
