"""`stats`: how often each tool was called, how long it took, what was refused, what failed."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from gateway.analysis.call_outcomes import told_counts
from gateway.analysis.event_text import length, one_line
from gateway.analysis.model_cost import spent
from gateway.analysis.subagents import descendants
from gateway.analysis.summary import Summary, Times, merged, quantile, told_effects
from gateway.analysis.summary_fold import Fold
from gateway.reports.arguments import AsJson, SessionName, named, print_json, store_of, warned
from gateway.traces.reader import lean_events

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

SHOWN = 10
"""Most errors that the text shows."""


def command(
    context: typer.Context,
    session: SessionName = "",
    subagents: Annotated[bool, typer.Option("--include-subagents", help="Add up the whole tree of subagents.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show tool call counts, timing and errors."""
    store = store_of(context)
    name = named(context, session)
    names = descendants(store, name) if subagents else [name]
    times: Times = {}
    summary = merged([_counted(store, name, times) for name in names])
    data = _data(name, names, summary, times)
    if as_json:
        print_json(data)
    else:
        sys.stdout.write(_text(data))


def _counted(store: str, name: str, times: Times) -> Summary:
    fold = Fold(times=times)
    add = fold.add
    for event in lean_events(store, name, warned):
        add(event)
    return fold.done()


def _data(name: str, names: list[str], summary: Summary, times: Times) -> JsonObject:
    return {
        "session": name,
        "sessions": len(names),
        "seconds": round(summary.seconds, 3),
        "events": summary.events,
        "types": summary.types,
        "tool_calls": summary.calls,
        "llm_requests": summary.llm_requests,
        "errors": summary.errors,
        "tokens": summary.tokens,
        "usage": {model: tokens.data() for model, tokens in spent(summary.usage).tokens.items()},
        "verdicts": summary.verdicts,
        "outcomes": summary.outcomes,
        "rules": [
            {"rule": rule, "source": summary.sources.get(rule, ""), **counts}
            for rule, counts in sorted(summary.rules.items(), key=lambda rule: -sum(rule[1].values()))
        ],
        "tools": [
            {
                "tool": tool,
                "calls": counts.calls,
                "errors": counts.errors,
                "p50_ms": round(quantile(times.get(tool, ()), 0.5), 1),
                "p95_ms": round(quantile(times.get(tool, ()), 0.95), 1),
                "max_ms": round(counts.max_ms, 1),
                "total_ms": round(counts.total_ms, 1),
            }
            for tool, counts in sorted(summary.tools.items(), key=lambda tool: -tool[1].calls)
        ],
        "failures": [{"event": number, "tool": tool, "error": text} for number, tool, text in summary.failures],
    }


def _text(data: JsonObject) -> str:
    more = f" and {data['sessions'] - 1} subagents" if data["sessions"] > 1 else ""
    lines = [
        f"Session {data['session'][:36]}{more}: {length(data['seconds'])}, {data['events']} events",
        f"  Tool calls: {data['tool_calls']}   LLM requests: {data['llm_requests']}   Errors: {data['errors']}   Tokens: {data['tokens']:,}",
        "",
        f"  {'Tool':32} {'Calls':>6} {'Errors':>6} {'p50':>9} {'p95':>9} {'Max':>9} {'Total':>9}",
    ]
    for tool in data["tools"]:
        times = " ".join(
            f"{length(tool[key] / 1000) if tool['total_ms'] else '-':>9}"
            for key in ("p50_ms", "p95_ms", "max_ms", "total_ms")
        )
        lines.append(f"  {one_line(tool['tool'], 32) or '(no name)':32} {tool['calls']:>6} {tool['errors']:>6} {times}")
    if data["outcomes"]:
        lines += ["", f"  Outcomes: {told_counts(data['outcomes'])}"]
    if data["verdicts"]:
        lines += [
            "",
            "  Verdicts: " + ", ".join(f"{count} {effect}" for effect, count in sorted(data["verdicts"].items())),
        ]
        for rule in data["rules"]:
            effects = told_effects(rule)
            source = f"   [{one_line(rule['source'], 60)}]" if rule["source"] else ""
            lines.append(f"    {one_line(rule['rule'], 48):48} {effects}{source}")
    if data["failures"]:
        lines += ["", "  Errors:"]
        lines += [
            f"    #{failure['event']:<5} {one_line(failure['tool'] + ' ' + failure['error'], 180)}"
            for failure in data["failures"][:SHOWN]
        ]
        if data["errors"] > SHOWN:
            lines.append(f"    … and {data['errors'] - SHOWN} more")
    return "\n".join(lines) + "\n"
