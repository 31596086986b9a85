"""The forms of a run of cases: text, TAP, JUnit XML and JSON."""

from __future__ import annotations

from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

from gateway.authoring.test.run import CaseRun, Result
from gateway.model.effects import EFFECTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject


def as_text(runs: list[CaseRun]) -> str:
    """Return the runs for people."""
    lines = []
    for run in runs:
        held = len(run.results) - len(run.failed)
        lines.append(f"{'✗' if run.failed else '✓'} {run.policy}: {held} of {len(run.results)} cases hold")
        lines += [f"  {result.case.place}: {result.case.name}: {result.problem}" for result in run.failed]
        lines.append(
            f"  coverage {100 * run.coverage:.1f} % of {run.rules} rules, mutation score {100 * run.mutation_score:.1f} %"
        )
        lines += [f"  reached by no case: {rule}" for rule in run.unreached]
        lines += [f"  could go unnoticed: {rule}" for rule in run.surviving if rule not in run.unreached]
    return "\n".join(lines) + "\n"


def as_tap(runs: list[CaseRun]) -> str:
    """Return the runs in the Test Anything Protocol, version 14."""
    lines = ["TAP version 14", f"1..{sum(len(run.results) for run in runs)}"]
    number = 0
    for run in runs:
        for result in run.results:
            number += 1
            name = result.case.name.replace("\\", "\\\\").replace("#", "\\#").replace("\n", " ")
            lines.append(f"{'not ok' if result.problem else 'ok'} {number} - {run.policy}: {name}")
            if result.problem:
                lines += [
                    "  ---",
                    f"  message: {_scalar(result.problem)}",
                    f"  at: {_scalar(result.case.place)}",
                    "  ...",
                ]
        lines.append(
            f"# {run.policy}: coverage {100 * run.coverage:.1f} %, mutation score {100 * run.mutation_score:.1f} %"
        )
    return "\n".join(lines) + "\n"


def _scalar(text: str) -> str:
    return "'" + text.replace("'", "''").replace("\n", " ") + "'"


def as_junit(runs: list[CaseRun]) -> str:
    """Return the runs as JUnit XML, a suite for each policy."""
    out = ['<?xml version="1.0" encoding="UTF-8"?>']
    total, failures = sum(len(run.results) for run in runs), sum(len(run.failed) for run in runs)
    out.append(f'<testsuites tests="{total}" failures="{failures}" errors="0">')
    for run in runs:
        out.append(
            f'  <testsuite name={quoteattr(run.policy)} tests="{len(run.results)}"'
            f' failures="{len(run.failed)}" errors="0" skipped="0" time="0">'
        )
        for result in run.results:
            head = f'    <testcase name={quoteattr(result.case.name)} classname={quoteattr(run.policy)} time="0"'
            text = escape(f"{result.problem} ({result.case.place})")
            failure = f'<failure type="case" message={quoteattr(result.problem)}>{text}</failure>'
            out.append(f"{head}>{failure}</testcase>" if result.problem else f"{head}/>")
        out.append("  </testsuite>")
    return "\n".join((*out, "</testsuites>")) + "\n"


def as_data(runs: list[CaseRun]) -> JsonObject:
    """Return the runs as JSON data."""
    return {
        "ok": not any(run.failed for run in runs),
        "policies": [
            {
                "policy": run.policy,
                "cases": [_case_data(one) for one in run.results],
                "rules": run.rules,
                "coverage": round(run.coverage, 4),
                "mutation_score": round(run.mutation_score, 4),
                "unreached": run.unreached,
                "surviving": run.surviving,
            }
            for run in runs
        ],
    }


def _case_data(one: Result) -> JsonObject:
    case = one.case
    return {
        "name": case.name,
        "place": case.place,
        "expect": EFFECTS[case.expect],
        "ok": not one.problem,
        "problem": one.problem,
    }


FORMS: dict[str, Callable[[list[CaseRun]], str]] = {"text": as_text, "tap": as_tap, "junit": as_junit}
