"""`policy check`: can the document be understood, do its examples hold, does any entry have no effect."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field

from gateway.checkpoint import look_and_judge
from gateway.host.policy_files import compile_policy
from gateway.model.call import ToolCall
from gateway.model.effects import EFFECTS
from gateway.model.errors import PolicyError
from gateway.tools.described import arguments_from


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should look at: where it stands, what it is, what to do."""

    place: str
    problem: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What came of checking one file.

    error     why the document cannot be understood, or ""
    examples  number of examples that were run
    findings  examples that failed, entries that have expired or cannot speak
    """

    path: str
    error: str = ""
    examples: int = 0
    rules: int = 0
    findings: tuple[Finding, ...] = field(default_factory=tuple)

    @property
    def exit_code(self) -> int:
        """0 fine, 1 a finding, 4 not understood."""
        return 4 if self.error else 1 if self.findings else 0

    def data(self) -> dict[str, object]:
        """Return the report as JSON data."""
        found = [{"place": one.place, "problem": one.problem, "hint": one.hint} for one in self.findings]
        return {
            "file": self.path,
            "ok": not self.exit_code,
            "error": self.error,
            "rules": self.rules,
            "examples": self.examples,
            "findings": found,
        }

    def text(self) -> str:
        """Return the report for people."""
        if self.error:
            return f"✗ {self.error}\n"
        lines = [f"{'✗' if self.findings else '✓'} {self.path}: {self.rules} rules, {self.examples} examples"]
        lines += [f"  {one.place}: {one.problem}{f' ({one.hint})' if one.hint else ''}" for one in self.findings]
        return "\n".join(lines) + "\n"


def check_file(path: str, *, now: float | None = None) -> Report:
    """Return what can be said of a policy file as it would hold here, above baseline."""
    try:
        policy, _ = compile_policy([("project", path)])
    except PolicyError as error:
        return Report(path, error=str(error))
    document = policy["layers"][-1]
    moment = time.time() if now is None else now
    findings = [finding for listed in entry_lists(document["sections"]) for finding in _idle(listed, moment)]
    examples = [example for layer in policy["layers"] if layer["level"] == "project" for example in layer["examples"]]
    findings += [finding for example in examples for finding in _failed(policy, example, os.path.dirname(path))]
    rules = sum(len(listed["entries"]) for layer in policy["layers"] if layer["level"] == "project" for listed in entry_lists(layer["sections"]))
    return Report(path, examples=len(examples), rules=rules, findings=tuple(findings))


def entry_lists(sections: dict[str, dict[str, object]]) -> list[dict[str, list[dict[str, object]]]]:
    """Return every compiled list of entries in a document's sections."""
    found: list[dict[str, list[dict[str, object]]]] = []
    todo: list[object] = list(sections.values())
    while todo:
        value = todo.pop(0)
        if isinstance(value, dict):
            if isinstance(value.get("entries"), list):
                found.append(value)
            else:
                todo += list(value.values())
    return found


def _idle(listed: dict[str, list[dict[str, object]]], now: float) -> list[Finding]:
    findings = []
    seen: dict[str, str] = {}
    for entry in listed["entries"]:
        expires = entry.get("expires")
        if isinstance(expires, float) and expires <= now:
            findings.append(Finding(str(entry["source"]), f"{entry['rule']} has expired", "remove it"))
        match = str(entry["match"])
        if match in seen and not ("with" in entry or "unless" in entry):
            findings.append(Finding(str(entry["source"]), f"{entry['rule']} says the same as {seen[match]}", "remove one"))
        seen.setdefault(match, str(entry["rule"]))
    return findings


def _failed(policy: dict[str, object], example: dict[str, str], folder: str) -> list[Finding]:
    given = arguments_from(example["tool"], example["input"])
    cwd = os.path.join(folder, example.get("cwd", ""))
    call = ToolCall(example["tool"], given, cwd=cwd.rstrip("/") or "/")
    _, _, decision = look_and_judge(policy, call, project=folder)
    findings = []
    said = EFFECTS[decision.effect]
    if said != example["expect"]:
        findings.append(
            Finding(
                example["source"],
                f"`{example['tool']}: {example['input']}` is {said}, expected {example['expect']}: {decision.reasons[0].text}",
            )
        )
    if "rule" in example and not any(example["rule"] in reason.rule for reason in decision.reasons):
        findings.append(Finding(example["source"], f"`{example['tool']}: {example['input']}`: rule {example['rule']} did not speak"))
    return findings
