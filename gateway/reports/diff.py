"""`diff`: two sessions compared, phase by phase or by what came of them, and assertions on the comparison."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from gateway.analysis.diff_assertions import Expectation, checked, expectations_from
from gateway.analysis.event_text import length, one_line
from gateway.analysis.outcomes import LISTS, NUMBERS, Comparison, Measures, compared, measured, with_usage
from gateway.analysis.session_cost import ESTIMATE, billed
from gateway.analysis.session_diff import Pair, Part, Profile, aligned, only, profile_of
from gateway.model.errors import GatewayError, NothingError, ProtocolError
from gateway.model.json_text import loads
from gateway.reports.arguments import AsJson, folder_of, named, print_json, store_of, warned
from gateway.reports.cost import metered, pricing, used
from gateway.traces.reader import lean_events

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

SHOWN = 10
"""Most differences of one kind that the text shows of a phase."""
_WORDS = {"ran": "$ ", "read": "read ", "wrote": "wrote ", "used": "used ", "prevented": "was kept from "}


def command(
    context: typer.Context,
    a: Annotated[str, typer.Argument(help="A session: any unique prefix.", metavar="SESSION_A")],
    b: Annotated[str, typer.Argument(help="Another session.", metavar="SESSION_B")],
    semantic: Annotated[
        bool, typer.Option("--semantic", help="By outcome rather than by the order of events.")
    ] = False,
    config: Annotated[
        str,
        typer.Option(
            "--eval-config",
            metavar="FILE",
            help="Check the assertions in a JSON file; print a JSON report, exit 1 if one fails.",
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Compare two sessions by phase, or with --semantic by outcome."""
    expectations = expectations_from(_document(config), config) if config else []
    item, other = _profile(context, a), _profile(context, b)
    if not semantic and not config:
        pairs = aligned(item, other)
        print_json(_data(item, other, pairs)) if as_json else sys.stdout.write(
            "\n".join(_lines(item, other, pairs)) + "\n"
        )
        return
    if config and not (item.summary.events and other.summary.events):
        empty = other if item.summary.events else item
        raise NothingError(f"session `{empty.session}` holds no event", "a comparison with nothing must not pass")
    comparison = compared(_measured(context, item), _measured(context, other))
    if expectations:
        raise typer.Exit(_report(comparison, expectations))
    print_json(_semantic_data(comparison)) if as_json else sys.stdout.write(
        "\n".join(_semantic_lines(comparison)) + "\n"
    )


def _document(path: str) -> object:
    try:
        with open(path, encoding="utf-8-sig") as file:
            return loads(file.read())
    except ProtocolError as error:
        raise GatewayError(f"{path}: {error}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise GatewayError(f"`{path}` cannot be read: {getattr(error, 'strerror', None) or error}") from None


def _profile(context: typer.Context, wanted: str) -> Profile:
    store, name = store_of(context), named(context, wanted)
    return profile_of(name, lean_events(store, name, warned), folder_of(store, name))


def _measured(context: typer.Context, profile: Profile) -> Measures:
    """Return a session in numbers; what it used is taken from its transcript where the record does not tell it."""
    measures = measured(profile)
    if "tokens" not in measures.unknown:
        return measures
    store = store_of(context)
    meter = metered(store, profile.session)
    uses, source = used(store, profile.session, meter, "")
    if source == ESTIMATE:
        return measures
    bill = billed(meter, uses, source, pricing("", None, None, flat=False))
    return with_usage(measures, bill.tokens.total, None if bill.unpriced else bill.cost)


def _report(comparison: Comparison, expectations: list[Expectation]) -> int:
    """Print the report of a comparison's assertions; return the exit code."""
    results = [checked(expectation, comparison) for expectation in expectations]
    passed = not any(result.failed for result in results)
    print_json({"passed": passed, "assertions": [result.data() for result in results], **_semantic_data(comparison)})
    for result in results:
        if result.failed:
            text = "not known" if result.actual is None else one_line(str(result.actual))
            sys.stderr.write(f"agent-strace: failed: {one_line(result.expectation.name)}: it is {text}\n")
    return 0 if passed else 1


def _names(a: str, b: str) -> tuple[str, str]:
    """Return two sessions' names, as short as they can be told apart."""
    size = 12
    while a[:size] == b[:size] and size < max(len(a), len(b)):
        size += 4
    return a[:size], b[:size]


def _lines(a: Profile, b: Profile, pairs: list[Pair]) -> list[str]:
    item, other = _names(a.session, b.session)
    lines = [f"Comparing: {item} vs {other}", ""]
    differing = [pair for pair in pairs if pair.differs]
    if differing:
        first = differing[0].a or differing[0].b
        lines.append(f"Diverged at phase {first.number if first else 1}:")
        for pair in differing:
            lines += ["", *(f"  {line}" for line in _pair_lines(pair, item, other))]
    else:
        lines.append("The same in every phase.")
    width = max(len(item), len(other))
    lines.append("")
    for name, profile in ((item, a), (other, b)):
        summary = profile.summary
        text = f"{length(summary.seconds)}, {summary.events} events, {summary.calls} tools, {profile.retries} retries"
        lines.append(f"{name + ':':{width + 1}} {text}{f', {summary.errors} errors' if summary.errors else ''}")
    return lines


def _pair_lines(pair: Pair, entry: str, other: str) -> list[str]:
    if pair.a is None or pair.b is None:
        part, whose = (pair.a, entry) if pair.a is not None else (pair.b, other)
        return [] if part is None else [f"Phase {part.number}: {part.label}{_failed(part)} (only in {whose})"]
    numbers = f"{pair.a.number}" if pair.a.number == pair.b.number else f"{pair.a.number}/{pair.b.number}"
    lines = [f"Phase {numbers}: {pair.a.label}"]
    for kind, left, right in pair.both():
        for name, items in zip((entry, other), only(left, right) or ([], []), strict=True):
            lines += [f"  {name} only: {_WORDS[kind]}{one_line(item)}" for item in items[:SHOWN]]
            if len(items) > SHOWN:
                lines.append(f"  {name} only: … and {len(items) - SHOWN} more")
    if pair.a.failed != pair.b.failed:
        lines.append(
            f"  {entry}: {'failed' if pair.a.failed else 'went well'}; {other}: {'failed' if pair.b.failed else 'went well'}"
        )
    return lines


def _failed(part: Part) -> str:
    return " — FAILED" if part.failed else ""


def _data(a: Profile, b: Profile, pairs: list[Pair]) -> JsonObject:
    return {
        "a": _totals(a),
        "b": _totals(b),
        "same": not any(pair.differs for pair in pairs),
        "phases": [
            {
                "label": (pair.a or pair.b or _NONE).label,
                "a": _part_data(pair.a),
                "b": _part_data(pair.b),
                "differs": pair.differs,
                "only_a": {
                    kind: found[0] for kind, left, right in pair.both() if (found := only(left, right)) and found[0]
                },
                "only_b": {
                    kind: found[1] for kind, left, right in pair.both() if (found := only(left, right)) and found[1]
                },
            }
            for pair in pairs
        ],
    }


_NONE = Part("", 0, False, 0.0, 0, 0)


def _totals(profile: Profile) -> JsonObject:
    measures = measured(profile)
    return {"session": profile.session, "completed": profile.completed, **measures.numbers}


def _part_data(part: Part | None) -> JsonObject | None:
    if part is None:
        return None
    return {
        "number": part.number,
        "failed": part.failed,
        "seconds": round(part.seconds, 3),
        "calls": part.calls,
        "retries": part.retries,
    }


def _semantic_data(comparison: Comparison) -> JsonObject:
    return {
        "a": _measures(comparison.a),
        "b": _measures(comparison.b),
        "delta": {name: round(comparison.delta(name), 6) for name in NUMBERS},
        "added": {name: comparison.added(name) for name in LISTS},
        "removed": {name: comparison.removed(name) for name in LISTS},
        "outcome": comparison.outcome,
        "because": comparison.because,
    }


def _measures(measures: Measures) -> JsonObject:
    return {"session": measures.session, "title": measures.title, "completed": measures.completed, **measures.numbers}


def _semantic_lines(comparison: Comparison) -> list[str]:
    entry, other = _names(comparison.a.session, comparison.b.session)
    lines = [f"Semantic diff: {entry} vs {other}", ""]
    for name, word in (("tools", "Tools"), ("files_written", "Files written"), ("commands", "Commands")):
        for change, items in (("added", comparison.added(name)), ("removed", comparison.removed(name))):
            if items:
                more = f" and {len(items) - SHOWN} more" if len(items) > SHOWN else ""
                lines.append(f"{word} {change}: {', '.join(one_line(item, 80) for item in items[:SHOWN])}{more}")
    for name, word, form in (
        ("tool_calls", "tool calls", "{:+,.0f}"),
        ("errors", "errors", "{:+,.0f}"),
        ("retries", "retries", "{:+,.0f}"),
        ("denied", "blocked", "{:+,.0f}"),
        ("tokens", "tokens", "{:+,.0f}"),
        ("cost_usd", "cost", "${:+,.4f}"),
        ("duration_seconds", "duration", "{:+,.1f}s"),
    ):
        if name in comparison.a.unknown & comparison.b.unknown:
            lines += [f"Δ {word}: ?"] if name == "tokens" else []
            continue
        delta = comparison.delta(name)
        if delta or name in ("tool_calls", "errors", "tokens"):
            lines.append(f"Δ {word}: {form.format(delta)}" if delta else f"Δ {word}: 0")
    return [*lines, "", f"Outcome: {comparison.outcome} ({', '.join(comparison.because)})"]
