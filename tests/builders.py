"""Builders for calls, facts and policies, so that tests say only what they are about."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gateway.evaluation import judge, with_actions
from gateway.host import policy_files
from gateway.host.policy_reader import Reader
from gateway.model.action import Action
from gateway.model.call import ToolCall
from gateway.model.decision import Decision
from gateway.model.effects import EFFECTS
from gateway.model.facts import Facts
from gateway.policy.layers import combine
from gateway.policy.parse import parse_value

PROJECT = "/home/u/p"
HOME = "/home/u"


def facts(**changes: Any) -> Facts:
    """Return facts of a quiet world."""
    return Facts(**{"now": 1_800_000_000.0, "project": PROJECT, "home": HOME, **changes})


def call(*actions: Action, **changes: Any) -> ToolCall:
    """Return a call that does exactly these actions."""
    return ToolCall(**{"tool": "tool", "arguments": {}, "cwd": PROJECT, "actions": actions, **changes})


def policy(*documents: object, level: str = "project") -> dict[str, Any]:
    """Return the policy of these documents alone, without baseline."""
    return combine([(level, parse_value(document, f"doc{number}.json")) for number, document in enumerate(documents)], "sha256:test")


def with_baseline(*documents: object) -> dict[str, Any]:
    """Return the policy of these project documents above baseline."""
    reader = Reader()
    beneath = reader.pack("baseline", "baseline", 0)
    return combine([*beneath, *(("project", parse_value(document, f"doc{number}.json")) for number, document in enumerate(documents))], "sha256:test")


def decide(document: object, *actions: Action, **changes: Any) -> Decision:
    """Return the verdict of one document on one call."""
    return judge(policy(document), call(*actions), facts(**changes))


def effect(document: object, *actions: Action, **changes: Any) -> str:
    """Return the name of the verdict's effect."""
    return EFFECTS[decide(document, *actions, **changes).effect]


def tool_effect(document: object, tool: str, arguments: object, **changes: Any) -> str:
    """Return the effect on a tool call as a door would read it."""
    compiled = policy(document)
    read = with_actions(ToolCall(tool, arguments, cwd=PROJECT), compiled, HOME)
    return EFFECTS[judge(compiled, read, facts(**changes)).effect]


def published_schema(section: str) -> object:
    """Return what the published JSON Schema says of a section of a policy."""
    schema = json.loads((Path(__file__).parents[1] / "schemas/agent-scope.schema.json").read_text())
    return schema["properties"][section]


def forget_beneath() -> None:
    """Drop what was compiled for another test's home."""
    policy_files._beneath.clear()
