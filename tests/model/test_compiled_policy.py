"""The types of a compiled policy cost a hook nothing, and what the compiler makes has the shape that they name."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from gateway.model import compiled_policy
from tests.builders import policy, with_baseline

SOURCE = Path(str(compiled_policy.__file__)).read_text()
FULL = {
    "extends": [],
    "default": "ask",
    "on_opaque": "deny",
    "files": {"read": {"deny": [{"match": ".env", "unless": [".env.example"], "expires": "2999-01-01"}]}},
    "commands": {"ask": [{"match": "git push", "with": ["-f"], "hint": "ask"}]},
    "network": {"deny_all": True, "allow": ["example.org"]},
    "tools": {"deny": ["Mystery"]},
    "mcp": {"servers": {"fs": {"pin": True, "effects": {"get": {"read": ["/p"]}}, "arguments": [{"tool": "x", "argument": "/a", "match": "b"}]}}},
    "flows": {"deny": ["network -> interpreter"]},
    "redact": {"record": ["secrets"], "custom": [{"id": "mine", "pattern": "mine-[0-9]{4}"}]},
    "limits": {"tool_calls": 3, "loop": {"length": 2}, "per_tool": {"Bash": {"calls": 3, "per": "5m"}}},
    "examples": [{"call": "Read: .env", "expect": "deny"}],
}


def keys_of(name: str) -> set[str]:
    """Return the keys that a TypedDict of the module declares, those of its bases too."""
    classes = {node.name: node for node in ast.walk(ast.parse(SOURCE)) if isinstance(node, ast.ClassDef)}
    own = {item.target.id for item in classes[name].body if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name)}
    bases = [base.id for base in classes[name].bases if isinstance(base, ast.Name)]
    return own.union({"with"} if "_With" in bases else set(), *(keys_of(base) for base in bases if base in classes))


def test_nothing_is_loaded_for_them() -> None:
    code = "import sys; before = set(sys.modules); import gateway.model.compiled_policy; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(Path(SOURCE and compiled_policy.__file__).parents[2])!r}); {code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(done.stdout.split()) == {"__future__", "gateway", "gateway.model", "gateway.model.compiled_policy"}
    assert not {name for name in vars(compiled_policy) if not name.startswith("__")} - {"TYPE_CHECKING", "annotations"}


@pytest.mark.parametrize("compiled", [policy(FULL), with_baseline(FULL)], ids=["alone", "with baseline"])
class TestShape:
    def test_of_the_policy_and_its_layers(self, compiled: dict[str, object]) -> None:
        assert set(compiled) == keys_of("CompiledPolicy")
        assert all(set(layer) == keys_of("PolicyLayer") and set(layer["sections"]) <= keys_of("Sections") for layer in compiled["layers"])

    def test_of_the_limits(self, compiled: dict[str, object]) -> None:
        assert len(compiled["limits"]) == 3 and all(set(limit) <= keys_of("Limit") for limit in compiled["limits"])

    def test_of_the_lists_and_their_entries(self, compiled: dict[str, object]) -> None:
        seen = 0
        for layer in compiled["layers"]:
            sections = layer["sections"]
            lists = {
                "PathList": [listed for part in sections.get("files", {}).values() for listed in part.values()],
                "CommandList": list(sections.get("commands", {}).values()),
                "EntryList": [*sections.get("tools", {}).values(), *sections.get("flows", {}).values()],
            }
            lists["EntryList"] += [listed for listed in sections.get("network", {}).values() if isinstance(listed, dict)]
            for name, several in lists.items():
                for listed in several:
                    assert set(listed) == keys_of(name)
                    assert all({"match", "rule", "source"} <= set(entry) <= keys_of("Entry") for entry in listed["entries"])
                    seen += len(listed["entries"])
            for rules in sections.get("mcp", {}).values():
                assert set(rules) <= keys_of("ServerRules") and all(set(entry) <= keys_of("Entry") for entry in rules.get("arguments", ()))
        assert seen >= 4
