"""Disguises and their harmless likenesses, class by class: commands, hosts, tools, paths, sensitive files, and what baseline alone must stop.

A line of `disguises.jsonl` is {class, policy (a name in it, or null), tool, input, want}; `{PROJECT}` stands for the project's folder.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gateway.authoring.evaluate import Evaluator

HERE = Path(__file__).parent
LINES = [json.loads(line) for line in (HERE / "disguises.jsonl").read_text().splitlines()]
POLICIES = LINES[0]["policies"]
CASES = LINES[1:]
FILES = (
    ".env",
    "config/.env",
    "src/.env",
    "secrets/key",
    "secrets/key.txt",
    "src/auth.py",
    "src/a.py",
    "src/ok.py",
    "src/a/b.py",
    "README.md",
    "notes.md",
    "x",
)


def project(root: Path) -> Path:
    """Make the small work tree that the cases name."""
    folder = root / "proj"
    for name in (
        *FILES,
        "deploy/server.pem",
        ".github/workflows/ci.yml",
        ".ssh/known_hosts",
        "tests/x.py",
        "docs/a.md",
        ".git/HEAD",
        "src/deep/x.py",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x\n")
    (folder / "src/link_env").symlink_to("../.env")
    return folder


def verdicts(root: Path, cases: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return the verdict on every case."""
    where = str(project(root))
    evaluator = Evaluator(cwd=where)
    placed = json.loads(json.dumps(cases).replace("{PROJECT}", where))
    return [
        evaluator.judge(
            {"tool": case["tool"], "input": case["input"], "cwd": where, "project": where, "policy": POLICIES.get(case["policy"] or "", {})}
        )
        for case in placed
    ]


def holds(want: list[str], verdict: dict[str, object]) -> bool:
    """Whether a verdict is one of those wanted."""
    if want[0].endswith("sensitive"):
        return bool(verdict.get("sensitive")) is (want == ["sensitive"])
    return verdict["effect"] in want


@pytest.mark.parametrize("name", sorted({case["class"] for case in CASES}))
def test_every_case_of_a_class_holds(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/u")
    cases = [case for case in CASES if case["class"] == name]
    found = zip(cases, verdicts(tmp_path, cases), strict=True)
    assert [(case["tool"], case["input"], verdict["effect"]) for case, verdict in found if not holds(case["want"], verdict)] == []


def test_there_are_enough_of_both_kinds() -> None:
    harmless = [case for case in CASES if case["want"] in (["allow"], ["not-sensitive"])]
    assert len(harmless) >= 250
    assert len(CASES) - len(harmless) >= 250
