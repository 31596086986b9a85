"""The forms of an audit that need nothing but the audit: text, JSON, JUnit XML, GitHub workflow commands."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

from gateway.analysis.audit import Audit, Found, Kept
from gateway.analysis.event_text import one_line
from gateway.host.locations import POLICY_NAME
from gateway.model.action import UNKNOWN
from gateway.model.decision import Reason
from gateway.model.effects import DENY, EFFECTS
from gateway.model.harmless import harmless_line, unsteering

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

SHOWN = 50
"""Most calls that the text shows of each kind."""

ALL_CALLS = ("json", "junit")
"""Forms that show every call, findings or not."""


def as_text(audits: list[Audit], *, shadow: bool = False) -> str:
    """Return the audit for people; `shadow` adds what enforcing everything would have changed."""
    return "\n".join(_one_text(audit, shadow=shadow) for audit in audits)


def _one_text(audit: Audit, *, shadow: bool) -> str:
    lines = [f"AUDIT: Session {audit.session[:36]} ({audit.events} events, {audit.calls} tool calls)", ""]
    if not audit.has_policy:
        lines[1:] = ["No policy file: only the built-in baseline is checked.", ""]
    lines += _section("✅ Allowed", audit.allowed, lambda item: item.told)
    lines += _section("⚠️  No policy", audit.silent, lambda item: f"{item.told} ({_unspoken(item)})")
    lines += _section("❓ To be asked", audit.asked, lambda item: f"{item.told} ← {_why(item)}")
    lines += _section(
        "❌ Violations",
        audit.violations,
        lambda item: f"{item.told} ← {_why(item)}",
    )
    lines += _section("☑️  Known", audit.known, lambda item: f"{item.told} ← {_why(item)}")
    if shadow:
        lines += _shadow(audit)
    lines += _sensitive("🔐 Sensitive files accessed", audit.sensitive)
    lines += _sensitive("🛡  Sensitive files not accessed, or not known to be", audit.spared)
    return "\n".join(lines) + ("" if lines[-1] == "" else "\n")


def _sensitive(title: str, named: list[tuple[str, Found]]) -> list[str]:
    if not named:
        return []
    lines = [f"{title} ({len(named)}):"]
    lines += [
        f"  {found.told if path in found.told else f'{one_line(path)} by {found.told}'} (event #{found.number})"
        for path, found in named[:SHOWN]
    ]
    return [*lines, *([f"  … and {len(named) - SHOWN} more"] if len(named) > SHOWN else []), ""]


def _section(title: str, kept: Kept, told: Callable[[Found], str]) -> list[str]:
    if not kept.count:
        return []
    shown = kept.calls[:SHOWN]
    lines = [f"{title} ({kept.count}):", *(f"  {one_line(told(item), 300)}" for item in shown)]
    if kept.count > len(shown):
        lines.append(f"  … and {kept.count - len(shown)} more")
    return [*lines, ""]


def _shadow(audit: Audit) -> list[str]:
    if not audit.shadow.count:
        return ["👁  Enforcing everything would have changed nothing.", ""]
    lines = _section(
        "👁  Enforcing everything would have stopped",
        audit.shadow,
        lambda item: (
            f"{item.told} ← {_told_rules(item.hidden or item.reasons, 'denied' if item.shadow == DENY else 'asked about')}"
        ),
    )
    counts = Counter(
        rule for call in audit.shadow.calls for rule in {item.rule for item in call.hidden or call.reasons}
    )
    return [*lines[:-1], *(f"  {count:6} × {rule}" for rule, count in counts.most_common(SHOWN)), ""]


def _unspoken(call: Found) -> str:
    return {
        "read": "no file read policy for this path",
        "write": "no file write policy for this path",
        "run": "no command policy for it",
    }.get(call.kind, "no rule matches it")


def _why(call: Found) -> str:
    return _told_rules(call.reasons, "denied" if call.effect == DENY else "asked about")


def _told_rules(reasons: tuple[Reason, ...], verb: str) -> str:
    rules = dict.fromkeys(f"{reason.rule}{f' [{reason.source}]' if reason.source else ''}" for reason in reasons)
    return f"{verb} by {', '.join(list(rules)[:3])}"


def as_json(audits: list[Audit]) -> str:
    """Return the audit as one JSON document."""
    value = {
        "audits": [_data(audit) for audit in audits],
        "violations": sum(audit.violations.count for audit in audits),
        "known": sum(audit.known.count for audit in audits),
    }
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _data(audit: Audit) -> JsonObject:
    return {
        "session": audit.session,
        "events": audit.events,
        "tool_calls": audit.calls,
        "has_policy": audit.has_policy,
        "policy_revision": audit.revision,
        "allowed": [_found_data(call) for call in audit.allowed.calls],
        "no_policy": [_found_data(call) for call in audit.silent.calls],
        "asked": [_found_data(call) for call in audit.asked.calls],
        "violations": [_found_data(call) for call in audit.violations.calls],
        "known": [_found_data(call) for call in audit.known.calls],
        "would_have_changed": [_shadow_data(call) for call in audit.shadow.calls],
        "sensitive": [{"path": path, "event": found.number} for path, found in audit.sensitive],
        "sensitive_not_accessed": [
            {"path": path, "event": found.number, "outcome": found.outcome} for path, found in audit.spared
        ],
    }


def _found_data(call: Found) -> JsonObject:
    return {
        "event": call.number,
        "event_id": call.event,
        "call": call.told,
        "effect": EFFECTS[call.effect],
        "blocked": call.blocked,
        "outcome": call.outcome,
        "key": call.key,
        "reasons": [_reason_data(reason) for reason in call.reasons],
    }


def _shadow_data(call: Found) -> JsonObject:
    reasons = [_reason_data(item) for item in call.hidden or call.reasons]
    return {
        "event": call.number,
        "call": call.told,
        "outcome": call.outcome,
        "was": call.enforced or "allow",
        "would": EFFECTS[call.shadow],
        "reasons": reasons,
    }


def _reason_data(reason: Reason) -> dict[str, str]:
    return {"rule": reason.rule, "source": reason.source, "text": reason.text, "hint": reason.hint}


def as_junit(audits: list[Audit]) -> str:
    """Return the audit as JUnit XML, one test case for each call: violations fail, questions and known findings are
    skipped.
    """
    failures = sum(audit.violations.count for audit in audits)
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites tests="{sum(audit.calls for audit in audits)}" failures="{failures}" errors="0">',
    ]
    for audit in audits:
        skipped = audit.asked.count + audit.known.count
        head = f'tests="{audit.calls}" failures="{audit.violations.count}" errors="0" skipped="{skipped}" time="0"'
        out.append(f"  <testsuite name={_attribute(audit.session)} {head}>")
        several = (audit.allowed, audit.silent, audit.asked, audit.violations, audit.known)
        failing = {call.number for call in audit.violations.calls}
        for found in sorted((call for kept in several for call in kept.calls), key=lambda item: item.number):
            out.append(_case(audit.session, found, failing=found.number in failing))
        out.append("  </testsuite>")
    return "\n".join((*out, "</testsuites>")) + "\n"


def _case(session: str, call: Found, *, failing: bool) -> str:
    head = f'    <testcase name={_attribute(f"#{call.number} {call.told}")} classname={_attribute(session)} time="0"'
    if failing:
        return (
            f'{head}><failure type="violation" message={_attribute(_why(call))}>'
            f"{escape(_printable(call.reasons[0].text))}</failure></testcase>"
        )
    return f"{head}><skipped/></testcase>" if call.effect else f"{head}/>"


def _attribute(text: str) -> str:
    return quoteattr(_printable(text))


def _printable(text: str) -> str:
    """Return a text without what XML 1.0 cannot hold."""
    return "".join(
        char
        if char in "\t\n" or " " <= char <= "\ud7ff" or "\ue000" <= char <= "\ufffd" or char > "\uffff"
        else "\ufffd"
        for char in text
    )


def as_github(audits: list[Audit]) -> str:
    """Return the audit as GitHub workflow commands, which become annotations of the run."""
    lines = []
    for audit in audits:
        for level, kept in (("error", audit.violations), ("warning", audit.asked)):
            for call in kept.calls:
                reason = call.reasons[0]
                place = _place(call)
                text = f"{call.told}: {reason.text} (session {audit.session}, event #{call.number})"
                lines.append(f"::{level} {place}title={_property(f'agent-strace: {reason.rule}')}::{_message(text)}")
        lines.append(
            f"{harmless_line(audit.session)}: {audit.calls} calls, {audit.violations.count} violations, "
            f"{audit.asked.count} to be asked, {audit.known.count} known"
        )
    return "\n".join(lines) + "\n"


def _place(call: Found) -> str:
    """Return the properties that say where an annotation stands; what is only known when the call runs is no place."""
    if UNKNOWN in call.path:
        return ""
    file, line = shown_at(call)
    return f"file={_property(file)},line={line},"


def shown_at(call: Found) -> tuple[str, int]:
    """Return (file, line) at which a finding is shown: the file it touched, else the line of the project's policy that
    speaks of it.
    """
    if call.path and UNKNOWN not in call.path:
        return call.path, 1
    source, _, number = call.reasons[0].source.rpartition(":")
    return POLICY_NAME, int(number) if source.endswith(POLICY_NAME) and number.isdigit() else 1


def _message(text: str) -> str:
    return unsteering(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


FORMS: dict[str, Callable[[list[Audit]], str]] = {
    "text": as_text,
    "json": as_json,
    "junit": as_junit,
    "github": as_github,
}
"""Name of a form -> what renders it; `sarif` is the one that needs more."""
