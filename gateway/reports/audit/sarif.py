"""An audit as SARIF 2.1.0 (OASIS), as code scanning of GitHub takes it: rules with their meta data, stable
fingerprints, code flows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from gateway import __version__
from gateway.analysis.audit import Audit, Found
from gateway.analysis.fingerprints import rule_name
from gateway.model.effects import DENY
from gateway.reports.audit.code_flows import Step
from gateway.reports.audit.text_json_junit import shown_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

MAX_RESULTS = 5_000
"""Most results of one run that are shown; further ones go into runs of their own."""
MAX_RUNS = 20

_HOME = "https://pypi.org/project/agent-strace-gateway/"
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"

Flow = Callable[[str, Found], list[Step]]


def as_sarif(audits: list[Audit], flow: Flow) -> str:
    """Return the audit as one SARIF document, a result for each violation and each call to be asked about, the known
    ones suppressed.

    flow  the causal chain of a finding of a session
    """
    found = list(_findings(audits))
    runs = [found[at : at + MAX_RESULTS] for at in range(0, len(found), MAX_RESULTS)] or [[]]
    value = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [_run(number, part, flow) for number, part in enumerate(runs[:MAX_RUNS])],
    }
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _findings(audits: list[Audit]) -> Iterator[tuple[str, Found, bool]]:
    """Yield (session, finding, whether it is known already)."""
    for audit in audits:
        for kept, known in ((audit.violations, False), (audit.asked, False), (audit.known, True)):
            for call in kept.calls:
                yield audit.session, call, known


def _run(number: int, part: list[tuple[str, Found, bool]], flow: Flow) -> JsonObject:
    rules: dict[str, JsonObject] = {}
    for _, found, _ in part:
        name = rule_name(found.reasons[0].rule)
        rules.setdefault(name, _rule(name, found))
    order = {name: at for at, name in enumerate(rules)}
    driver = {
        "name": "agent-strace",
        "semanticVersion": __version__,
        "informationUri": _HOME,
        "rules": list(rules.values()),
    }
    return {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"agent-strace/audit/{number}" if number else "agent-strace/audit/"},
        "originalUriBaseIds": {
            "PROJECTROOT": {"description": {"text": "the root of the project that the agent worked in"}}
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(session, found, known, order, flow) for session, found, known in part],
    }


def _rule(name: str, call: Found) -> JsonObject:
    reason = call.reasons[0]
    denies = call.effect == DENY
    hint = f" Instead: {reason.hint}." if reason.hint else ""
    text = f"A call of an agent that `{name}` {'denies' if denies else 'asks about'}."
    return {
        "id": name,
        "name": name,
        "shortDescription": {"text": text},
        "fullDescription": {"text": f"{text} For instance: {reason.text}.{hint}"[:1000]},
        "help": {
            "text": f"{reason.text}.{hint} `agent-strace why` shows what led to the call,"
            " `agent-strace policy eval` what else the policy says."
        },
        "defaultConfiguration": {"level": "error" if denies else "warning"},
        "properties": {
            "precision": "very-high",
            "security-severity": "8.0" if denies else "5.0",
            "tags": ["security", "ai-agent", name.split(".")[0]][: 3 if "." in name else 2],
        },
    }


def _result(session: str, call: Found, known: bool, order: dict[str, int], flow: Flow) -> JsonObject:
    reason = call.reasons[0]
    name = rule_name(reason.rule)
    blocked = " It was blocked." if call.blocked else ""
    result: JsonObject = {
        "ruleId": name,
        "ruleIndex": order[name],
        "level": "error" if call.effect == DENY else "warning",
        "message": {"text": f"{call.told}: {reason.text} (session {session}, event #{call.number}).{blocked}"},
        "locations": [_location(call, f"{session}#{call.number}")],
        "partialFingerprints": {"agentStraceFinding/v1": call.key},
        "properties": {
            "session": session,
            "event": call.number,
            "event_id": call.event,
            "blocked": call.blocked,
            "outcome": call.outcome,
        },
    }
    steps = flow(session, call)
    if steps:
        places = [
            {"location": {**_location(call, f"{session}#{step.number}"), "message": {"text": step.text}}}
            for step in steps
        ]
        result["codeFlows"] = [{"message": {"text": "what led to the call"}, "threadFlows": [{"locations": places}]}]
    if known:
        result["suppressions"] = [{"kind": "external", "justification": "known: it stands in the baseline file"}]
    return result


def _location(call: Found, name: str) -> JsonObject:
    """Return where a finding is shown: at the file it touched, else at the line of the policy that speaks of it."""
    uri, line = shown_at(call)
    return {
        "physicalLocation": {"artifactLocation": {"uri": _uri(uri)}, "region": {"startLine": line}},
        "logicalLocations": [{"fullyQualifiedName": name, "kind": "event"}],
    }


def _uri(path: str) -> str:
    from urllib.parse import quote

    return quote(path, safe="/")
