"""From what was recorded to a policy and back: it allows what it was learned from, stops what nobody did, and says what it is."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from gateway.analysis.replay_decision import rejudged
from gateway.authoring.check.run import check_file
from gateway.authoring.diff.compare import compared
from gateway.authoring.evaluate import Evaluator
from gateway.authoring.generate.run import Generated, generated
from gateway.evaluation import look_and_judge
from gateway.host.policy_files import policy_of_value
from gateway.model.call import ToolCall
from gateway.model.effects import ALLOW, EFFECTS
from tests.authoring.diff.test_compare import removals, without
from tests.authoring.projects import ATTACKS, synthetic
from tests.recorded import Project

SHORT, LONG = range(4), range(44)


def learned(project: Project, sessions: list[str]) -> Generated:
    root = str(project.root)
    return generated(((name, project.events(name), root) for name in sessions), lambda document: policy_of_value(document, root))


def entries(document: dict[str, Any]) -> list[tuple[Any, ...]]:
    return list(removals({key: value for key, value in document.items() if key != "examples"}))


def hold(folder: Path, number: int, *, mutations: int) -> dict[str, float]:
    project, sessions = synthetic(folder, number)
    root = str(project.root)
    found = learned(project, sessions)
    policy = policy_of_value(found.document, root)
    left = {(one.seen.session, one.seen.number) for one in found.left_out}
    assert found.learned + len(left) == sum(len(project.calls(name)) for name in sessions)
    for name in sessions:
        for at, event in enumerate(project.events(name), 1):
            if event.type == "tool_call":
                effect = rejudged(policy, event, root)[1].effect
                assert (effect == ALLOW) is ((name, at) not in left), event.data["arguments"]
    for tool, arguments in ATTACKS:
        decision = look_and_judge(policy, ToolCall(tool, arguments, cwd=root), project=root)[2]
        assert decision.effect != ALLOW, arguments
    project.write(found.document)
    report = check_file(str(project.policy))
    assert (report.error, report.findings) == ("", ())
    assert compared(policy, policy_of_value(json.loads(json.dumps(found.document)), root), cwd=root).empty
    paths = entries(found.document)
    for path in random.Random(number).sample(paths, min(mutations, len(paths))):
        differs(found.document, without(found.document, path), root)
    chosen = [one for one in found.tried if one.chosen]
    return {f"{one.dimension} {what}": value for one in chosen for what, value in (("denied", one.denial), ("over-grant", one.overgrant))}


def differs(old: Any, new: Any, root: str) -> None:
    comparison = compared(policy_of_value(old, root), policy_of_value(new, root), cwd=root)
    assert comparison.differences
    for found in comparison.differences:
        for document, said in ((old, found.old), (new, found.new)):
            call = {"tool": found.call.tool, "input": found.call.input, "cwd": root, "project": root, "policy": document}
            assert Evaluator(cwd=root).judge(call)["effect"] == EFFECTS[said.effect], found


class TestRoundTrip:
    @pytest.mark.parametrize("number", SHORT)
    def test_a_few_projects(self, number: int, tmp_path: Path) -> None:
        hold(tmp_path / "p", number, mutations=3)

    @pytest.mark.long
    def test_every_project_and_every_entry(self, tmp_path: Path) -> None:
        rates = [hold(tmp_path / str(number), number, mutations=10_000) for number in LONG]
        for name in rates[0]:
            values = sorted(rate[name] for rate in rates)
            print(f"{name:22} median {values[len(values) // 2]:.3f}  max {values[-1]:.3f}")
