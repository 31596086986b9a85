"""`policy test`: cases of a policy (call, facts, expected effect and rule), what they reach, and which rules could go
without any noticing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

from gateway.authoring.check.run import entry_lists
from gateway.evaluation import judge, with_actions
from gateway.model.call import ToolCall
from gateway.model.decision import Decision
from gateway.model.effects import BY_NAME, EFFECTS
from gateway.model.errors import PolicyError, ProtocolError
from gateway.model.facts import Facts
from gateway.model.json_text import loads
from gateway.policy.document_fields import Field
from gateway.policy.document_text import parse_text
from gateway.policy.parse import split_call
from gateway.tools.described import arguments_from
from gateway.traces.codec import facts_from

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import CompiledPolicy, Entry, PolicyLayer
    from gateway.model.json_text import JsonObject

HOME = "/home/user"
PROJECT = "/home/user/project"
NOW = 1_800_000_000.0

_KEYS = ("policy", "cases")
_CASE = ("call", "expect", "rule", "cwd", "facts", "name")
_FACTS = ("project", "home", "now", "real", "globs", "trees", "folded", "guard")

_LINES = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Case:
    """One call with what is expected of it; nothing of this machine is looked at, the facts are the case's own.

    rule   id or place of a rule that must speak with the expected effect, or ""
    place  file and line
    """

    name: str
    call: ToolCall
    facts: Facts
    expect: int
    rule: str
    place: str


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one case; `problem` is "" when it holds."""

    case: Case
    problem: str


@dataclass(slots=True)
class CaseRun:
    """What came of all cases of a policy.

    rules      number of entries the policy has; unreached: those that spoke in no case
    surviving  entries that could be taken out without any case noticing
    """

    policy: str
    results: list[Result] = field(default_factory=list)
    rules: int = 0
    unreached: list[str] = field(default_factory=list)
    surviving: list[str] = field(default_factory=list)

    @property
    def failed(self) -> list[Result]:
        """The cases that do not hold."""
        return [result for result in self.results if result.problem]

    @property
    def coverage(self) -> float:
        """Share of the entries that spoke in some case."""
        return 1 - len(self.unreached) / self.rules if self.rules else 1.0

    @property
    def mutation_score(self) -> float:
        """Share of the entries whose loss some case notices."""
        return 1 - len(self.surviving) / self.rules if self.rules else 1.0


def read_cases(path: str) -> tuple[str, list[Case]]:
    """Return (the policy that a file of cases names, or "", its cases).

    One document with `cases`, or JSON lines with one case each, of which one may be `{"policy": …}`. Raises PolicyError
    for what is no such file.
    """
    try:
        with open(path, encoding="utf-8-sig") as file:
            text = file.read()
    except OSError as error:
        raise PolicyError(f"cannot be read: {error.strerror}", source=path) from None
    except UnicodeDecodeError:
        raise PolicyError("not UTF-8", source=path) from None
    if path.endswith(_LINES) or _is_lines(text):
        return _cases_in_lines(text, path)
    value, lines = parse_text(text, path)
    members = Field(value, "", path, lines).members(_KEYS)
    policy = members["policy"].text() if "policy" in members else ""
    cases = [_case(item) for item in members["cases"].items()] if "cases" in members else []
    if not cases:
        raise PolicyError("no cases in it", "`cases` is a list of {call, expect}", source=path)
    return policy, cases


def _is_lines(text: str) -> bool:
    """Whether a text has a case on its first line already, as no document of cases has."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    try:
        value = loads(first)
    except ProtocolError:
        return False
    return isinstance(value, dict) and "call" in value


def _cases_in_lines(text: str, path: str) -> tuple[str, list[Case]]:
    policy = ""
    cases: list[Case] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.lstrip().startswith("//"):
            continue
        try:
            value, lines = parse_text(line, path)
        except PolicyError as error:
            raise PolicyError(error.problem, error.hint, pointer=error.pointer, source=path, line=number) from None
        at = Field(value, "", path, dict.fromkeys(lines, number))
        if isinstance(value, dict) and "policy" in value and "call" not in value:
            policy = at.members(("policy",))["policy"].text()
        elif isinstance(value, dict):
            cases.append(_case(at))
        else:
            raise at.error("a case is an object", 'one `{"call": …, "expect": …}` a line')
    if not cases:
        raise PolicyError("no cases in it", 'one `{"call": …, "expect": …}` a line', source=path)
    return policy, cases


def _case(at: Field) -> Case:
    members = at.members(_CASE)
    for key in ("call", "expect"):
        if key not in members:
            raise at.error(f"a case needs `{key}`")
    given = members["call"]
    if isinstance(given.value, dict):
        inner = given.members(("tool", "input"))
        if "tool" not in inner:
            raise given.error("a call needs `tool`")
        tool, arguments = inner["tool"].text(), inner["input"].value if "input" in inner else {}
    else:
        tool, text = split_call(given)
        arguments = arguments_from(tool, text)
    facts = facts_from(
        {"now": NOW, "project": PROJECT, "home": HOME, **(_facts(members["facts"]) if "facts" in members else {})}
    )
    cwd = os.path.join(facts.project, members["cwd"].text()) if "cwd" in members else facts.project
    name = members["name"].text() if "name" in members else str(given.value)
    rule = members["rule"].text() if "rule" in members else ""
    return Case(
        name, ToolCall(tool, arguments, cwd=cwd), facts, BY_NAME[members["expect"].choice(*BY_NAME)], rule, at.place
    )


def _facts(at: Field) -> JsonObject:
    return {key: member.value for key, member in at.members(_FACTS).items()}


def run_cases(name: str, policy: CompiledPolicy, cases: list[Case]) -> CaseRun:
    """Return what comes of the cases under a compiled policy: the layer that is tested is its last."""
    run = CaseRun(name)
    spoken: dict[tuple[str, str], list[Case]] = {}
    for case in cases:
        decision = _judged(policy, case)
        run.results.append(Result(case, _problem(case, decision)))
        for reason in decision.reasons:
            spoken.setdefault((reason.rule, reason.source), []).append(case)
    failed = {id(result.case) for result in run.failed}
    for entry in _entries(policy["layers"][-1]):
        run.rules += 1
        label = _label(entry)
        reached = spoken.get((label, entry["source"]), [])
        if not reached:
            run.unreached.append(label)
        if not any(id(case) not in failed and _notices(policy, entry, case) for case in reached):
            run.surviving.append(label)
    return run


def _judged(policy: CompiledPolicy, case: Case) -> Decision:
    return judge(policy, with_actions(case.call, policy, case.facts.home), case.facts)


def _problem(case: Case, decision: Decision) -> str:
    if decision.effect != case.expect:
        return f"expected {EFFECTS[case.expect]}, is {EFFECTS[decision.effect]}: {decision.reasons[0].text}"
    speaking = [reason.rule for reason in decision.reasons if reason.effect == case.expect and not reason.shadow]
    if case.rule and not any(case.rule in _names(rule) for rule in speaking):
        return f"expected rule {case.rule}, spoken: {', '.join(dict.fromkeys(speaking)) or 'none'}"
    return ""


def _names(rule: str) -> tuple[str, ...]:
    """Return everything a rule is called: `files.read.deny[0] (keys)`, its place, its id."""
    place, paren, name = rule.partition(" (")
    return (rule, place, name.rstrip(")")) if paren else (rule,)


def _entries(layer: PolicyLayer) -> Iterator[Entry]:
    for listed in entry_lists(layer["sections"]):
        yield from listed["entries"]
    for rules in layer["sections"].get("mcp", {}).values():
        yield from rules.get("arguments", ())


def _label(entry: Entry) -> str:
    return f"{entry['rule']} ({entry['id']})" if entry.get("id") else str(entry["rule"])


def _notices(policy: CompiledPolicy, entry: Entry, case: Case) -> bool:
    """Whether a case fails when an entry is taken out (an entry that has expired does not speak)."""
    before = entry.get("expires")
    entry["expires"] = 0.0
    try:
        return bool(_problem(case, _judged(policy, case)))
    finally:
        if before is None:
            del entry["expires"]
        else:
            entry["expires"] = before
