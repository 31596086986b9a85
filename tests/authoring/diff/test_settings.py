from __future__ import annotations

from typing import Any

import pytest

from gateway.authoring.diff.settings import settings_differences
from tests.builders import policy


class TestSettings:
    @pytest.mark.parametrize(
        ("old", "new", "names"),
        [
            ({}, {}, []),
            ({"limits": {"errors": 3}}, {"limits": {"errors": 3}}, []),
            ({"limits": {"errors": 3}}, {"limits": {"errors": 4}}, ["limits.errors"]),
            ({"limits": {"errors": 3}}, {"limits": {"errors": {"max": 3, "effect": "ask"}}}, ["limits.errors"]),
            ({}, {"limits": {"per_tool": {"Bash": {"calls": 3}}}}, ["limits.per_tool.Bash"]),
            ({"mask": {"record": ["pii"]}}, {}, ["mask.record: pii"]),
            ({}, {"mcp": {"servers": {"s": {"effects": {"t": {"read": ["/a"]}}}}}}, ["mcp.servers.s.effects.t"]),
            ({"files": {"delete": {"ask": ["<project>"]}}}, {}, ["files.delete.ask: <project> in layer project"]),
            ({"commands": {"deny": ["a"]}}, {}, []),
        ],
    )
    def test_each_setting_by_its_name(self, old: Any, new: Any, names: list[str]) -> None:
        assert [name for name, _, _ in settings_differences(policy(old), policy(new))] == names
        assert [name for name, _, _ in settings_differences(policy(new), policy(old))] == names
