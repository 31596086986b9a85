"""`token-budget`: how close a session came to the limit of its model's context window."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from gateway.analysis.context_window import Occupancy, occupancy
from gateway.analysis.event_text import one_line
from gateway.analysis.prices.lookup import known, window_of
from gateway.analysis.session_cost import ESTIMATE, total
from gateway.model.errors import GatewayError, NothingError
from gateway.reports.arguments import AsJson, SessionName, named, print_json, store_of
from gateway.reports.cost import DEFAULT_MODEL, metered, used

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

WARN_AT = 80.0
BAR = 30


def command(
    context: typer.Context,
    session: SessionName = "",
    model: Annotated[
        str,
        typer.Option(
            "--model", metavar="NAME", help="The model whose context window applies; default: from the record."
        ),
    ] = "",
    warn_at: Annotated[
        float, typer.Option("--warn-at", metavar="PCT", min=0, help="Exit 1 at this share of the window, in percent.")
    ] = WARN_AT,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="Context window of N tokens, whatever the model.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show how full the context window is; exit 1 past the threshold."""
    store, name = store_of(context), named(context, session)
    meter = metered(store, name)
    uses, source = used(store, name, meter, model)
    if source == ESTIMATE:
        tokens = total(use.tokens for use in uses).total
        if not tokens:
            raise NothingError(f"nothing tells what `{name}` used", "an empty session must not pass")
        filled = Occupancy(meter.model, tokens, tokens, 0)
    else:
        filled = occupancy(uses)
    chosen = model or filled.model or DEFAULT_MODEL
    window = limit or window_of(chosen)
    if not window:
        raise GatewayError(f"the context window of `{one_line(chosen, 80)}` is not known", "give --limit N")
    data = _data(name, filled, known(chosen) or one_line(chosen, 80), window, source) | {"warn_at": warn_at}
    data["past"] = data["used_pct"] >= warn_at
    if as_json:
        print_json(data)
    else:
        sys.stdout.write(_text(data))
    if data["past"]:
        raise typer.Exit(1)


def _data(name: str, filled: Occupancy, model: str, window: int, source: str) -> JsonObject:
    return {
        "session": name,
        "model": model,
        "limit": window,
        "used_tokens": filled.last,
        "used_pct": round(100 * filled.last / window, 2),
        "peak_tokens": filled.peak,
        "peak_pct": round(100 * filled.peak / window, 2),
        "requests": filled.requests,
        "estimated": source == ESTIMATE,
        "source": source,
    }


def _text(data: JsonObject) -> str:
    filled = min(round(BAR * data["used_pct"] / 100), BAR)
    guess = " (an estimate from payload sizes)" if data["estimated"] else ""
    bar = "█" * filled + "░" * (BAR - filled)
    lines = [
        f"Session: {data['session'][:36]}",
        f"Model: {data['model']} | context window {data['limit']:,} tokens",
        "",
        f"[{bar}] {data['used_pct']:.1f}%: {data['used_tokens']:,} of {data['limit']:,} tokens{guess}",
    ]
    if data["peak_tokens"] > data["used_tokens"]:
        lines.append(f"At its fullest: {data['peak_pct']:.1f}%, {data['peak_tokens']:,} tokens")
    lines += ["", f"{'⚠️  Past' if data['past'] else '✅ Below'} the threshold of {data['warn_at']:g}%"]
    return "\n".join(lines) + "\n"
