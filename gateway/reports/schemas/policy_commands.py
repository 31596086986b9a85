"""The shapes of what the `policy` commands print with `--json`. Pure data."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

Counts = dict[str, int]


WrittenPolicy = dict[str, Any]
"""A policy document as it is written, not as it is compiled."""


class PolicyReason(TypedDict):
    """Why a rule judged as it did; `action` is the index of the action it judged, `shadow` marks a rule in observe
    mode.
    """

    effect: str
    rule: str
    source: str
    text: str
    hint: str
    action: NotRequired[int]
    shadow: NotRequired[bool]


class PolicyAction(TypedDict):
    """One thing the call would do; `span` is where it stands in the text, [-1, -1] where it stands nowhere."""

    index: int
    verb: str
    target: str
    how: list[str]
    carries: list[str]
    opaque: bool
    why_opaque: str
    started_by: int
    span: list[int]
    line: int
    column: int
    reasons: list[PolicyReason]


class PolicyCommand(PolicyAction):
    """A command of the call, with its words and what it would do in turn."""

    words: list[str]
    actions: list[PolicyAction]


class PolicyExplainDocument(TypedDict):
    """`policy explain --json`; `almost` holds the rules that came close to matching."""

    tool: str
    text: str
    effect: str
    commands: list[PolicyCommand]
    actions: list[PolicyAction]
    reasons: list[PolicyReason]
    almost: list[PolicyReason]
    sensitive: list[str]
    policy_revision: str


class JudgedAction(TypedDict):
    """One action, as `policy eval` names it: `words` for a command, `path` for a file, `why_opaque` where it cannot be
    seen inside.
    """

    verb: str
    target: str
    words: NotRequired[list[str]]
    carries: NotRequired[list[str]]
    how: NotRequired[list[str]]
    base: NotRequired[str]
    via: NotRequired[int]
    path: NotRequired[str]
    why_opaque: NotRequired[str]
    opaque: bool


class PolicyEvalDocument(TypedDict):
    """`policy eval`: one document a call; only `id`, `effect` and `error` where the call could not be judged."""

    id: Any
    effect: str
    error: NotRequired[str]
    reasons: NotRequired[list[PolicyReason]]
    actions: NotRequired[list[JudgedAction]]
    sensitive: NotRequired[list[str]]
    policy_revision: NotRequired[str]
    shadow: NotRequired[str]


class PolicyFinding(TypedDict):
    """Something in a policy that a person should look at."""

    place: str
    problem: str
    hint: str
    fixable: bool


class CheckedFile(TypedDict):
    """One policy file; `error` says why it could not be parsed, "" when it could."""

    file: str
    ok: bool
    error: str
    rules: int
    examples: int
    findings: list[PolicyFinding]


class PolicyCheckDocument(TypedDict):
    """`policy check --json`."""

    files: list[CheckedFile]


class PolicyCase(TypedDict):
    """One case and whether it holds."""

    name: str
    place: str
    expect: str
    ok: bool
    problem: str


class TestedPolicy(TypedDict):
    """One policy under its cases; `surviving` names the rules that could be taken out without a case failing."""

    policy: str
    cases: list[PolicyCase]
    rules: int
    coverage: float
    mutation_score: float
    unreached: list[str]
    surviving: list[str]


class PolicyTestDocument(TypedDict):
    """`policy test --json`."""

    ok: bool
    policies: list[TestedPolicy]


class ChangedCall(TypedDict):
    """A recorded call on which the two policies differ."""

    session: str
    event: int
    event_id: str
    call: str
    before: str
    after: str
    rule: str
    text: str


class Friction(TypedDict):
    """How often a rule got in the way, and how often only under the new policy."""

    asked: int
    denied: int
    newly: int


class PolicyBacktestDocument(TypedDict):
    """`policy backtest --json`."""

    policy: str
    policy_revision: str
    sessions: int
    calls: int
    without_verdict: int
    before: Counts
    after: Counts
    changes: Counts
    changed: list[ChangedCall]
    friction: dict[str, Friction]


class PolicyVerdict(TypedDict):
    """What one document says of a call; `shadow` is there where observe mode hides a stricter effect."""

    effect: str
    rule: str
    source: str
    shadow: NotRequired[str]


class ExampleCall(TypedDict):
    """A call that shows a difference."""

    tool: str
    input: Any


_Since = TypedDict("_Since", {"from": NotRequired[str]})


class PolicyDifference(_Since):
    """Calls that the documents judge differently, with one of them as the witness; `from` is the day the difference
    begins, if later.
    """

    kind: str
    change: str
    old: PolicyVerdict
    new: PolicyVerdict
    call: ExampleCall
    text: str


class ChangedSetting(TypedDict):
    """A setting of the document that differs."""

    setting: str
    old: Any
    new: Any


class PolicyDiffDocument(TypedDict):
    """`policy diff --json`; `unshown` holds differences for which no example call could be found."""

    old: str
    new: str
    equal: bool
    differences: list[PolicyDifference]
    settings: list[ChangedSetting]
    unshown: list[str]


class GeneratedLevel(TypedDict):
    """One level of generalisation, by what it denied of held-out sessions and what else it permitted."""

    dimension: str
    level: str
    chosen: bool
    held_out_calls: int
    held_out_denied: int
    denial_rate: float
    neighbours: int
    neighbours_allowed: int
    over_grant: float


class LeftOut(TypedDict):
    """A call that was not learned, and why."""

    session: str
    event: int
    call: str
    why: str
    detail: str


class PolicyGenerateDocument(TypedDict):
    """`policy --json`: the document and how it came about."""

    policy: WrittenPolicy
    sessions: int
    calls_learned: int
    levels: list[GeneratedLevel]
    left_out: list[LeftOut]
