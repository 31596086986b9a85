"""`stats`: how often each tool was called, how long it took, what was refused."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from gateway.analysis.summary import Fold, Summary, quantile
from gateway.analysis.trees import descendants
from gateway.analysis.words import length
from gateway.reports.arguments import AsJson, SessionName, named, print_json, store_of, warned
from gateway.traces.reader import lean_events


def command(
    context: typer.Context,
    session: SessionName = "",
    subagents: Annotated[bool, typer.Option("--include-subagents", help="Add up the whole tree of subagents.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show tool call frequency and timing."""
    store = store_of(context)
    name = named(context, session)
    names = descendants(store, name) if subagents else [name]
    times: dict[str, list[float]] = {}
    fold = Fold(times=times)
    for one in names:
        for event in lean_events(store, one, warned):
            fold.add(event)
    data = _data(name, names, fold.done(), times)
    if as_json:
        print_json(data)
    else:
        sys.stdout.write(_text(data))


def _data(name: str, names: list[str], summary: Summary, times: dict[str, list[float]]) -> dict[str, Any]:
    return {
        "session": name,
        "sessions": len(names),
        "seconds": round(summary.seconds, 3),
        "events": summary.events,
        "tool_calls": summary.calls,
        "llm_requests": summary.llm_requests,
        "errors": summary.errors,
        "tokens": summary.tokens,
        "verdicts": dict(summary.verdicts),
        "rules": dict(sorted(((rule, sum(counts.values())) for rule, counts in summary.rules.items()), key=lambda one: -one[1])),
        "tools": [
            {
                "tool": tool,
                "calls": counts.calls,
                "p50_ms": round(quantile(times.get(tool, []), 0.5), 1),
                "p95_ms": round(quantile(times.get(tool, []), 0.95), 1),
                "total_ms": round(counts.total_ms, 1),
            }
            for tool, counts in sorted(summary.tools.items(), key=lambda one: -one[1].calls)
        ],
    }


def _text(data: dict[str, Any]) -> str:
    more = f" and {data['sessions'] - 1} subagents" if data["sessions"] > 1 else ""
    lines = [
        f"Session {data['session'][:36]}{more}: {length(data['seconds'])}, {data['events']} events",
        f"  Tool calls: {data['tool_calls']}   LLM requests: {data['llm_requests']}   Errors: {data['errors']}   Tokens: {data['tokens']:,}",
        "",
        f"  {'Tool':32} {'Calls':>6} {'p50':>9} {'p95':>9} {'Total':>9}",
    ]
    for tool in data["tools"]:
        times = " ".join(f"{length(tool[key] / 1000) if tool['total_ms'] else '-':>9}" for key in ("p50_ms", "p95_ms", "total_ms"))
        lines.append(f"  {tool['tool'][:32]:32} {tool['calls']:>6} {times}")
    if data["verdicts"]:
        lines += ["", "  Verdicts: " + ", ".join(f"{count} {effect}" for effect, count in sorted(data["verdicts"].items()))]
        lines += [f"  {count:>6}  {rule}" for rule, count in data["rules"].items()]
    return "\n".join(lines) + "\n"
