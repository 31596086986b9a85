"""What a policy almost said: its entries with their conditions taken away."""

from __future__ import annotations

import pytest

from gateway.authoring.explain.near_misses import loosened
from gateway.evaluation import look_and_judge
from gateway.host.policy_files import policy_of_value
from gateway.model.call import ToolCall

POLICY = {
    "commands": {"deny": [{"match": "git push", "id": "forced", "with": ["--force"]}, "git reset --hard"], "ask": ["npm publish"]},
    "files": {"read": {"deny": [{"match": "*.pem", "id": "keys", "unless": ["cacert.pem"]}]}},
}


def spoken(line: str, *, loose: bool) -> set[str]:
    policy = policy_of_value(POLICY, "/p")
    call = ToolCall("Bash", {"command": line}, cwd="/p")
    _, _, decision = look_and_judge(loosened(policy) if loose else policy, call, project="/p")
    return {reason.rule for reason in decision.reasons if reason.effect and "baseline" not in reason.source}


@pytest.mark.parametrize(
    ("line", "strict", "loose"),
    [
        ("git push", set(), {"commands.deny[0] (forced)"}),
        ("git push --force", {"commands.deny[0] (forced)"}, {"commands.deny[0] (forced)"}),
        ("git reset", set(), {"commands.deny[1]"}),
        ("git status", set(), set()),
        ("npm install", set(), set()),
        ("cat cacert.pem", set(), {"files.read.deny[0] (keys)"}),
        ("ls", set(), set()),
    ],
)
def test_entries_that_ask_for_less(line: str, strict: set[str], loose: set[str]) -> None:
    assert spoken(line, loose=False) == strict
    assert spoken(line, loose=True) == loose


def test_the_policy_itself_is_left_alone() -> None:
    policy = policy_of_value(POLICY, "/p")
    before = repr(policy)
    loosened(policy)
    assert repr(policy) == before
