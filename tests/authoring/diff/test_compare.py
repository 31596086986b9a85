from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gateway.authoring.diff.compare import Comparison, Difference, compared
from gateway.authoring.evaluate import Evaluator
from gateway.model.effects import EFFECTS
from tests.builders import with_baseline

BASE: dict[str, Any] = {
    "files": {
        "read": {
            "allow": ["src/**", "tests/**", "docs/*.md"],
            "ask": ["src/**/*.snap"],
            "deny": ["src/private/**", {"match": "*.lock", "unless": ["uv.lock"]}],
        },
        "write": {"allow": ["src/**", "~/notes/**"]},
        "delete": {"deny": ["src/core/**"]},
    },
    "commands": {
        "allow": ["pytest", "git {status,log}", "uv run pytest", "make"],
        "ask": [{"match": "git log", "with": ["--all"]}],
        "deny": ["make -n"],
    },
    "network": {"deny_all": True, "allow": ["localhost", "*.example.com", "10.0.0.0/8", "https://api.example.org:8443"]},
    "tools": {"ask": ["mcp__git*__push"], "deny": ["mcp__github__delete_*"]},
    "mcp": {"servers": {"shop": {"tools": {"allow": ["list_*", "buy"]}, "arguments": [{"tool": "buy", "argument": "/what", "match": "*gold*"}]}}},
}


def removals(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key != "unless":
                yield from removals(item, (*path, key))
    elif isinstance(value, list):
        yield from ((*path, number) for number in range(len(value)))


def without(document: dict[str, Any], path: tuple[Any, ...]) -> dict[str, Any]:
    changed = copy.deepcopy(document)
    at = changed
    for step in path[:-1]:
        at = at[step]
    del at[path[-1]]
    return changed


def confirmed(found: Difference, old: Any, new: Any, cwd: str) -> bool:
    """Whether `policy eval` says of the call what the difference says, under both policies."""
    said = []
    for document in (old, new):
        call = {"tool": found.call.tool, "input": found.call.input, "cwd": cwd, "project": cwd, "policy": document}
        said.append(Evaluator(cwd=cwd).judge(call)["effect"])
    return said == [EFFECTS[found.old.effect], EFFECTS[found.new.effect]]


def between(old: Any, new: Any, cwd: Path) -> Comparison:
    return compared(with_baseline(old), with_baseline(new), cwd=str(cwd))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    return tmp_path


class TestCompared:
    def test_a_policy_does_not_differ_from_itself(self, project: Path) -> None:
        assert between(BASE, copy.deepcopy(BASE), project).empty

    @pytest.mark.parametrize("path", list(removals(BASE)), ids=lambda path: ".".join(map(str, path)))
    def test_every_entry_that_is_taken_away_is_seen_and_shown(self, path: tuple[Any, ...], project: Path) -> None:
        changed = without(BASE, path)
        for old, new in ((BASE, changed), (changed, BASE)):
            comparison = between(old, new, project)
            assert comparison.differences and not comparison.unshown
            assert all(confirmed(found, old, new, str(project)) for found in comparison.differences if found.change != "observed")

    @pytest.mark.parametrize(
        ("old", "new", "kinds"),
        [
            ({}, {"default": "deny"}, {"read", "write", "delete", "run", "connect", "use"}),
            ({}, {"on_opaque": "deny"}, {"opaque"}),
            ({"commands": {"deny": ["rm -rf"]}}, {"commands": {"deny": ["rm --recursive --force"]}}, set()),
            ({"commands": {"deny": ["{npm,pnpm} publish"]}}, {"commands": {"deny": ["npm publish", "pnpm publish"]}}, set()),
            ({"commands": {"deny": ["git push"]}}, {"commands": {"deny": ["git push --force"]}}, {"run"}),
            ({"files": {"read": {"deny": ["a/**", "a/b/**"]}}}, {"files": {"read": {"deny": ["a/**"]}}}, set()),
            ({"files": {"read": {"allow": ["src/**"]}}}, {"files": {"read": {"allow": ["src/**"], "ask": ["./src"]}}}, {"read"}),
            (
                {"files": {"write": {"allow": ["/dev/**", "src/**"]}}},
                {"files": {"write": {"allow": ["/dev/**", "src/**"], "ask": ["./src"]}}},
                {"write", "delete"},
            ),
            ({"files": {"read": {"deny": ["*.{a,b}"]}}}, {"files": {"read": {"deny": ["*.a", "*.b"]}}}, set()),
            ({"network": {"deny": ["10.0.0.0/8"]}}, {"network": {"deny": ["10.0.0.0/9", "10.128.0.0/9"]}}, set()),
            ({"network": {"deny": ["10.0.0.0/8"]}}, {"network": {"deny": ["10.0.0.0/9"]}}, {"connect"}),
            ({"network": {"deny": ["*.a.com"]}}, {"network": {"deny": ["*.a.com", "x.a.com"]}}, set()),
            ({"tools": {"deny": ["Web*"]}}, {"tools": {"deny": ["web*"]}}, set()),
            ({"tools": {"allow": ["a", "b"]}}, {"tools": {"allow": ["[ab]"]}}, set()),
            ({"flows": {"deny": ["network -> interpreter"]}}, {}, set()),
            ({"flows": {"ask": ["file -> network"]}}, {}, {"flow"}),
            ({"mode": "observe", "commands": {"deny": ["make"]}}, {"commands": {"deny": ["make"]}}, {"run"}),
            ({"commands": {"deny": [{"match": "make", "mode": "observe"}]}}, {}, {"run"}),
        ],
    )
    def test_meaning_counts_not_spelling(self, old: Any, new: Any, kinds: set[str], project: Path) -> None:
        assert {found.kind for found in between(old, new, project).differences} == kinds

    def test_what_only_would_have_been_is_told_apart(self, project: Path) -> None:
        found = between({"commands": {"deny": [{"match": "make", "mode": "observe"}]}}, {}, project).differences
        assert [(one.change, one.old.shadow, one.new.shadow) for one in found] == [("observed", 2, 0)]

    def test_an_entry_that_ends_earlier_differs_from_then_on(self, project: Path) -> None:
        old, new = ({"commands": {"deny": [{"match": "make", "expires": day}]}} for day in ("2990-01-31", "2980-01-31"))
        found = between(old, new, project).differences
        assert [(one.change, one.moment > 0, one.call.text) for one in found] == [("newly-allowed", True, "Bash: make")]

    def test_what_something_stricter_hides_everywhere_is_still_told(self, project: Path) -> None:
        closed = {"commands": {"allow": ["ls"]}}
        comparison = between({**closed, "flows": {"deny": ["file -> network"]}}, closed, project)
        assert (comparison.differences, comparison.unshown, comparison.empty) == ([], ["flow file -> network"], False)

    def test_what_no_call_shows_is_a_setting(self, project: Path) -> None:
        new = {"limits": {"tool_calls": 5}, "redact": {"forward": ["secrets"]}, "mcp": {"servers": {"s": {"pin": True}}}}
        names = [name for name, _, _ in between({}, new, project).settings]
        assert names == ["limits.tool_calls", "redact.forward: secrets", "mcp.servers.s.pin"]
