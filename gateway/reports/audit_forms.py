"""The forms of an audit: text, JSON, SARIF 2.1.0, JUnit XML, GitHub workflow commands."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from gateway.analysis.auditing import Audit, Found
from gateway.analysis.words import kind_of, one_line
from gateway.model.effects import EFFECTS

SHOWN = 50
"""Most calls that the text shows of each kind."""


def as_text(audits: list[Audit]) -> str:
    """Return the audit for people."""
    return "\n".join(_one_text(audit) for audit in audits)


def _one_text(audit: Audit) -> str:
    lines = [f"AUDIT: Session {audit.session[:36]} ({audit.events} events, {audit.calls} tool calls)", ""]
    if not audit.has_policy:
        lines[1:] = ["No policy file: only the built-in baseline is checked.", ""]
    lines += _section("✅ Allowed", audit.allowed, lambda found: found.told)
    lines += _section("⚠️  No policy", audit.silent, lambda found: f"{found.told} ({_unspoken(found)})")
    lines += _section("❓ To be asked", audit.asked, lambda found: f"{found.told} ← {_why(found)}")
    lines += _section("❌ Violations", audit.violations, lambda found: f"{found.told} ← {_why(found)}{' (was blocked)' if found.blocked else ''}")
    if audit.sensitive:
        lines.append(f"🔐 Sensitive files accessed ({len(audit.sensitive)}):")
        lines += [
            f"  {found.told if path in found.told else f'{path} by {found.told}'} (event #{found.number})" for path, found in audit.sensitive[:SHOWN]
        ]
        lines.append("")
    return "\n".join(lines)


def _section(title: str, found: list[Found], told: Callable[[Found], str]) -> list[str]:
    if not found:
        return []
    lines = [f"{title} ({len(found)}):"]
    lines += [f"  {one_line(told(one), 300)}" for one in found[:SHOWN]]
    if len(found) > SHOWN:
        lines.append(f"  … and {len(found) - SHOWN} more")
    return [*lines, ""]


def _unspoken(found: Found) -> str:
    kind = kind_of(found.event)
    return {
        "read": "no file read policy for this path",
        "write": "no file write policy for this path",
        "run": "no command policy for it",
    }.get(kind, "no rule speaks of it")


def _why(found: Found) -> str:
    verb = "denied" if found.decision.effect == 2 else "asked about"
    rules = dict.fromkeys(f"{one.rule}{f' [{one.source}]' if one.source else ''}" for one in found.reasons)
    return f"{verb} by {', '.join(list(rules)[:3])}"


def as_json(audits: list[Audit]) -> str:
    """Return the audit as one JSON document."""
    value = {"audits": [_data(audit) for audit in audits], "violations": sum(len(audit.violations) for audit in audits)}
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _data(audit: Audit) -> dict[str, Any]:
    return {
        "session": audit.session,
        "events": audit.events,
        "tool_calls": audit.calls,
        "policy_revision": audit.revision,
        "allowed": [_found_data(one) for one in audit.allowed],
        "no_policy": [_found_data(one) for one in audit.silent],
        "asked": [_found_data(one) for one in audit.asked],
        "violations": [_found_data(one) for one in audit.violations],
        "sensitive": [{"path": path, "event": found.number} for path, found in audit.sensitive],
    }


def _found_data(found: Found) -> dict[str, Any]:
    return {
        "event": found.number,
        "event_id": found.event.id,
        "call": found.told,
        "effect": EFFECTS[found.decision.effect],
        "blocked": found.blocked,
        "reasons": [{"rule": one.rule, "source": one.source, "text": one.text} for one in found.reasons],
    }


def as_sarif(audits: list[Audit]) -> str:
    """Return the audit as SARIF 2.1.0 (OASIS), one result for each violation and each call to be asked about."""
    results = []
    rules: dict[str, None] = {}
    for audit in audits:
        for found in (*audit.violations, *audit.asked):
            reason = found.reasons[0]
            rules[reason.rule] = None
            path, _, line = reason.source.rpartition(":")
            location: dict[str, Any] = {"logicalLocations": [{"fullyQualifiedName": f"{audit.session}#{found.number}"}]}
            if path and line.isdigit():
                location["physicalLocation"] = {"artifactLocation": {"uri": path}, "region": {"startLine": int(line)}}
            results.append(
                {
                    "ruleId": reason.rule,
                    "level": "error" if found in audit.violations else "warning",
                    "message": {"text": f"{found.told}: {reason.text}"},
                    "locations": [location],
                    "partialFingerprints": {"event": f"{audit.session}/{found.event.id}"},
                }
            )
    driver = {
        "name": "agent-strace",
        "informationUri": "https://pypi.org/project/agent-strace-gateway/",
        "rules": [{"id": rule} for rule in rules],
    }
    value = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def as_junit(audits: list[Audit]) -> str:
    """Return the audit as JUnit XML, one test case for each call."""
    out = ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>"]
    for audit in audits:
        out.append(f'  <testsuite name={quoteattr(audit.session)} tests="{audit.calls}" failures="{len(audit.violations)}">')
        for found in sorted((*audit.allowed, *audit.silent, *audit.asked, *audit.violations), key=lambda one: one.number):
            name = quoteattr(f"#{found.number} {found.told}")
            if found in audit.violations:
                out.append(
                    f"    <testcase name={name}><failure message={quoteattr(_why(found))}>{escape(found.reasons[0].text)}</failure></testcase>"
                )
            else:
                out.append(f"    <testcase name={name}/>")
        out.append("  </testsuite>")
    return "\n".join((*out, "</testsuites>")) + "\n"


def as_github(audits: list[Audit]) -> str:
    """Return the audit as GitHub workflow commands, which become annotations of the run."""
    lines = []
    for audit in audits:
        for level, several in (("error", audit.violations), ("warning", audit.asked)):
            for found in several:
                text = f"{found.told}: {found.reasons[0].text} (session {audit.session}, event #{found.number})"
                lines.append(f"::{level} title=agent-strace audit::{_github(text)}")
        lines.append(f"{audit.session}: {audit.calls} calls, {len(audit.violations)} violations, {len(audit.asked)} to be asked")
    return "\n".join(lines) + "\n"


def _github(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


FORMS: dict[str, Callable[[list[Audit]], str]] = {
    "text": as_text,
    "json": as_json,
    "sarif": as_sarif,
    "junit": as_junit,
    "github": as_github,
}
"""Name of a form -> what renders it."""
