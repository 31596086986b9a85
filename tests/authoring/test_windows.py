"""`policy` over windows of sessions as they really are: never a failure, never an allow of what was refused, the same on every machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gateway.analysis.replay_decision import rejudged
from gateway.authoring.check.run import check_file
from gateway.authoring.generate.run import Generated, generated
from gateway.host.policy_files import policy_of_value
from gateway.model.effects import ALLOW
from tests.authoring.windows import window
from tests.recorded import Project

WINDOWS = 200
FEW = 24
"""Windows of every run of the suite; `long` looks at all."""
SLICES = 8
OWN: list[Any] = [
    None,
    {"files": {"read": {"deny": [".env"]}}, "commands": {"ask": ["git push"], "deny": ["npm publish"]}},
    {
        "network": {"deny_all": True, "ask": ["api.example.org"]},
        "files": {"write": {"ask": ["docs/**"], "deny": [".github/**"]}},
        "on_opaque": "deny",
    },
]


def learned(project: Project, sessions: list[str], own: Any = None) -> Generated:
    root = str(project.root)
    return generated(((name, project.events(name), root) for name in sessions), lambda document: policy_of_value(document, root), own)


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for key, item in value.items() if key != "reason" for text in texts(item)]
    return [text for item in value for text in texts(item)] if isinstance(value, list) else [str(value)]


def hold(folder: Path, seed: int) -> None:
    own = OWN[seed % len(OWN)]
    project, sessions, refused = window(folder / "p", seed, own)
    root = str(project.root)
    found = learned(project, sessions, own)
    left = {(one.seen.session, one.seen.number) for one in found.left_out}
    assert found.learned + len(left) == sum(len(project.calls(name)) for name in sessions)
    if not found.document:
        return
    policy = policy_of_value(found.document, root)
    for name in sessions:
        calls = [(at, event) for at, event in enumerate(project.events(name), 1) if event.type == "tool_call"]
        for number, (at, event) in enumerate(calls):
            effect = rejudged(policy, event, root)[1].effect
            if (name, number) in refused:
                assert effect != ALLOW, (seed, event.data["arguments"])
            assert effect == ALLOW or (name, at) in left, (
                seed,
                event.data["arguments"],
                [(one.rule, one.text) for one in rejudged(policy, event, root)[1].reasons[:2]],
            )
    assert not [text for text in texts(found.document) if root in text or "/home/" in text or text.startswith("~")], seed
    away = folder / "another machine"
    away.mkdir()
    file = away / ".agent-scope.json"
    file.write_text(json.dumps(found.document))
    report = check_file(str(file))
    assert (report.error, report.findings) == ("", ()), seed
    for section, lists in (own or {}).items():
        for part, theirs in lists.items() if section == "files" else ((("", lists),) if isinstance(lists, dict) else ()):
            ours = found.document[section][part] if part else found.document[section]
            for effect in ("ask", "deny"):
                assert set(theirs.get(effect, ())) <= {one if isinstance(one, str) else one["match"] for one in ours.get(effect, ())}, seed


def hold_all(folder: Path, seeds: range) -> None:
    for seed in seeds:
        own = folder / str(seed)
        own.mkdir()
        hold(own, seed)


class TestWindows:
    @pytest.mark.parametrize("part", range(SLICES))
    def test_every_window_becomes_a_policy_that_holds(self, part: int, tmp_path: Path) -> None:
        hold_all(tmp_path, range(part, FEW, SLICES))

    @pytest.mark.long
    @pytest.mark.parametrize("part", range(SLICES))
    def test_two_hundred_windows(self, part: int, tmp_path: Path) -> None:
        hold_all(tmp_path, range(FEW + part, WINDOWS, SLICES))
