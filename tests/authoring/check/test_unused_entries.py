from __future__ import annotations

from typing import Any

import pytest

from gateway.authoring.check import unused_entries
from gateway.authoring.check.unused_entries import idle_entries
from tests.builders import policy


def rules(document: Any) -> list[str]:
    compiled = policy(document)
    return [entry["rule"] for entry in idle_entries(compiled, compiled["layers"][-1], now=1.8e9)]


class TestIdle:
    @pytest.mark.parametrize(
        ("document", "want"),
        [
            ({"files": {"read": {"allow": ["src/**", "src/a.py"]}}}, ["files.read.allow[1]"]),
            ({"files": {"read": {"allow": ["src/**"], "deny": ["src/**"]}}}, ["files.read.allow[0]"]),
            ({"files": {"read": {"allow": ["src/**"], "deny": ["src/x/**"]}}}, []),
            ({"files": {"read": {"allow": ["src/**"], "ask": ["./src"]}}}, []),
            ({"files": {"read": {"allow": ["src/*.py"], "ask": ["./src"]}}}, ["files.read.ask[0]"]),
            ({"files": {"read": {"ask": ["*.key"], "deny": ["*.{key,pem}"]}}}, ["files.read.ask[0]"]),
            ({"files": {"read": {"deny": ["a/**", {"match": "a/b/**", "mode": "observe"}]}}}, ["files.read.deny[1]"]),
            ({"files": {"write": {"allow": ["./**", "/tmp/**"]}}}, []),
            ({"files": {"read": {"allow": ["src/**"], "deny": [".env"]}}}, []),
            ({"commands": {"allow": ["ls"], "deny": ["git push"]}}, []),
            ({"commands": {"allow": ["ls"], "deny": ["git", "git push"]}}, ["commands.deny[1]"]),
            ({"files": {"write": {"deny": ["/**"]}, "delete": {"deny": ["/**"]}}}, []),
            ({"commands": {"deny": ["git", "git push"]}}, ["commands.deny[1]"]),
            ({"commands": {"deny": ["rm -rf", "rm -fr"]}}, ["commands.deny[0]", "commands.deny[1]"]),
            ({"commands": {"ask": ["git"], "deny": ["git push"]}}, []),
            ({"commands": {"allow": ["pytest -q"], "ask": ["python pytest -m -q"]}}, []),
            ({"commands": {"deny": ["python"], "ask": ["python pytest -m -q"]}}, ["commands.ask[0]"]),
            ({"network": {"deny": ["10.0.0.0/8", "10.1.0.0/16", "*.a.com"]}}, ["network.deny[1]"]),
            ({"tools": {"deny": ["mcp__*", "mcp__a__b"]}}, ["tools.deny[1]"]),
            ({"flows": {"ask": ["file -> network"]}}, []),
            ({"commands": {"deny": [{"match": "git", "expires": "2001-01-01"}, "git push"]}}, []),
        ],
    )
    def test_table(self, document: Any, want: list[str]) -> None:
        assert rules(document) == want

    def test_long_documents_are_left_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(unused_entries, "MAX_ENTRIES", 1)
        assert rules({"commands": {"deny": ["git", "git push"]}}) == []
