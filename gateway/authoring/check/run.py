"""`policy check`: can the document be understood, do its examples hold, does any entry have no effect."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from typing import Any

from gateway.authoring.check.pattern_probe import slowness
from gateway.authoring.check.schema import schema_problems
from gateway.authoring.check.time_limit import OutOfTimeError, within
from gateway.authoring.check.unused_entries import asks_in_vain, idle_entries
from gateway.evaluation import judge, looked_at
from gateway.host.locations import trouble_with_policy
from gateway.host.policy_reader import compile_policy
from gateway.model.call import ToolCall
from gateway.model.effects import EFFECTS
from gateway.model.errors import PolicyError
from gateway.model.record import replaced
from gateway.policy.command_words import word_matches
from gateway.tools.described import arguments_from

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import CompiledPolicy, Entry, EntryList, Example, PolicyLayer, Sections

LIMIT_SECONDS = 20.0
"""Seconds that the check of one file may take: it reads policies that nobody has read yet."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should look at: where it stands, what it is, what to do."""

    place: str
    problem: str
    hint: str = ""
    fixable: bool = False


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
        found = [
            {"place": finding.place, "problem": finding.problem, "hint": finding.hint, "fixable": finding.fixable}
            for finding in self.findings
        ]
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
        lines += [
            f"  {finding.place}: {finding.problem}{f' ({finding.hint})' if finding.hint else ''}"
            for finding in self.findings
        ]
        return "\n".join(lines) + "\n"


def check_file(path: str, *, now: float | None = None, seconds: float = LIMIT_SECONDS) -> Report:
    """Return what can be said of a policy file as it would hold here, above baseline; within a time limit."""
    try:
        with within(seconds):
            return _checked(path, now)
    except OutOfTimeError:
        return Report(
            path,
            error=f"{path}: cannot be checked within {seconds:g} s (a hook that reads it would refuse every call: make its lists shorter)",
        )


def _checked(path: str, now: float | None) -> Report:
    try:
        policy, _ = compile_policy([("project", path)])
        problems = schema_problems(path)
    except PolicyError as error:
        return Report(path, error=str(error))
    document = policy["layers"][-1]
    moment = time.time() if now is None else now
    findings = [Finding(path, problem, "the published schema says so") for problem in problems]
    problem, hint = trouble_with_policy(path)
    findings += [Finding(path, f"every call is refused under it: {problem}", hint)] * bool(problem)
    findings += _slow(policy, path)
    findings += _expired(document, moment) + _repeated(document) + _misread(document) + _idle(policy, document, moment)
    examples = [example for layer in policy["layers"] if layer["level"] == "project" for example in layer["examples"]]
    findings += [finding for example in examples for finding in _failed(policy, example, os.path.dirname(path))]
    rules = sum(
        len(listed["entries"])
        for layer in policy["layers"]
        if layer["level"] == "project"
        for listed in entry_lists(layer["sections"])
    )
    return Report(path, examples=len(examples), rules=rules, findings=tuple(findings))


def _slow(policy: CompiledPolicy, path: str) -> list[Finding]:
    found = [(name, slowness(pattern, tuple(keywords))) for name, pattern, keywords in policy["custom"]]
    hint = "begin it with a literal, or give its repetitions an upper bound"
    return [Finding(path, f"detector `{name}` {said}", hint) for name, said in found if said]


def entry_lists(sections: Sections) -> list[EntryList]:
    """Return every compiled list of entries in a document's sections."""
    lists: list[EntryList] = []
    todo: list[Any] = list(sections.values())
    while todo:
        value: Any = todo.pop(0)
        if isinstance(value, dict):
            if isinstance(value.get("entries"), list):
                listed: Any = value
                lists.append(listed)
            else:
                todo += list(value.values())
    return lists


def _expired(document: PolicyLayer, now: float) -> list[Finding]:
    entries = [entry for listed in entry_lists(document["sections"]) for entry in listed["entries"]]
    ended = [entry for entry in entries if entry.get("expires", now + 1) <= now]
    return [
        Finding(str(entry["source"]), f"{entry['rule']} has expired{_opened(entry)}", "remove it", fixable=True)
        for entry in ended
    ]


def _opened(entry: Entry) -> str:
    """Return what an expired entry leaves open."""
    if ".deny[" in entry["rule"]:
        return ": what it denied is open"
    return ": what it asked about is open" if ".ask[" in entry["rule"] else ""


def _repeated(document: PolicyLayer) -> list[Finding]:
    return [
        Finding(
            str(several[at]["source"]),
            f"{several[at]['rule']} says the same as {several[0]['rule']}",
            "remove one",
            fixable=True,
        )
        for several in _alike(document)
        for at in range(1, len(several))
    ]


def _alike(document: PolicyLayer) -> list[list[Entry]]:
    """Return the entries of each list in groups that say the same."""
    groups: list[list[Entry]] = []
    for listed in entry_lists(document["sections"]):
        entries: dict[str, list[Entry]] = {}
        for entry in listed["entries"]:
            entries.setdefault(
                repr([entry.get(key) for key in ("match", "with", "unless", "shadow", "expires")]), []
            ).append(entry)
        groups += entries.values()
    return groups


def _idle(policy: CompiledPolicy, document: PolicyLayer, now: float) -> list[Finding]:
    """Return the entries that other entries of their section leave nothing to decide, repetitions aside: those are told
    already.
    """
    twice = {entry["rule"] for several in _alike(document) if len(several) > 1 for entry in several}
    text = "decides nothing: the rest of its section says it all"
    findings = []
    for entry in idle_entries(policy, document, now=now):
        named = f"{entry['rule']} (`{entry['match']}`)"
        if entry["rule"] in twice:
            continue
        if asks_in_vain(policy, document, entry, now=now):
            problem = f"{named} never asks: the allow list of its section is closed, so what it does not list is denied"
            findings.append(
                Finding(
                    str(entry["source"]),
                    problem,
                    f"add `{entry['match']}` to the allow list too: the stricter of the two wins",
                )
            )
        else:
            findings.append(Finding(str(entry["source"]), f"{named} {text}", "remove it", fixable=True))
    return findings


_NATIVE = ("Bash", "Read", "Write", "Edit")
"""Tools of an agent that nearly every call is of; a policy that means to shut them all out says so in `deny`."""


def _misread(document: PolicyLayer) -> list[Finding]:
    """Return what is written as other tools read it and means something else here: `!` as a negation, names that are no
    tool's.
    """
    findings = [
        Finding(
            str(entry["source"]),
            f"{entry['rule']} (`{entry['match']}`): `!` is no negation here",
            "list it in `unless` of the other entry",
        )
        for listed in entry_lists(document["sections"])
        for entry in listed["entries"]
        if str(entry["match"]).startswith("!")
    ]
    tools = document["sections"].get("tools", {}).get("allow")
    return [*findings, *_misnamed(tools)] if tools else findings


def _misnamed(tools: EntryList) -> list[Finding]:
    """Return what is odd about a closed list of tools: entries that no tool's name can match, and the agent's own tools
    left out.
    """
    findings = []
    for entry in tools["entries"]:
        text = str(entry["match"])
        if "." in text or (text.startswith("mcp__") and "__" not in text[5:] and "*" not in text):
            hint = "a tool of an MCP server is `mcp__SERVER__TOOL`, all of its tools are `mcp__SERVER__*`"
            findings.append(Finding(str(entry["source"]), f"{entry['rule']} (`{text}`) matches no tool", hint))
    if not any(word_matches(entry["name"], tool) for entry in tools["entries"] for tool in _NATIVE) and (
        findings or all(str(entry["match"]).startswith("mcp__") for entry in tools["entries"])
    ):
        problem = (
            f"tools.allow closes the list of all tools: {', '.join(_NATIVE)} and every tool it does not list are denied"
        )
        findings.append(Finding(str(tools["source"]), problem, "list them too, or write what is not wanted as `deny`"))
    return findings


def _failed(policy: CompiledPolicy, example: Example, folder: str) -> list[Finding]:
    given = arguments_from(example["tool"], example["input"])
    cwd = os.path.join(folder, example.get("cwd", ""))
    call = ToolCall(example["tool"], given, cwd=cwd.rstrip("/") or "/")
    judged, facts = looked_at(policy, call, project=folder)
    # a pack's examples are judged beside the guard's own files
    decision = judge(policy, judged, replaced(facts, guard={}))
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
        findings.append(
            Finding(example["source"], f"`{example['tool']}: {example['input']}`: rule {example['rule']} did not speak")
        )
    return findings
