"""`policy eval`: decide calls that are described, not made. The same path as a live call, without a record."""

from __future__ import annotations

import os

from gateway.evaluation import look_and_judge
from gateway.host.locations import anchor
from gateway.host.policy_files import load_policy, policy_of_value
from gateway.model.call import ToolCall
from gateway.model.effects import EFFECTS
from gateway.model.errors import GatewayError, PolicyError, ProtocolError
from gateway.model.json_text import dumps, loads
from gateway.policy.request_view import asked_path
from gateway.traces.codec import action_data

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.model.action import Action
    from gateway.model.compiled_policy import CompiledPolicy
    from gateway.model.decision import Decision
    from gateway.model.facts import Facts
    from gateway.model.json_text import JsonObject


_KNOWN = frozenset(("id", "tool", "input", "cwd", "project", "policy", "agent"))


class Evaluator:
    """Decides one description after another; each policy is compiled once."""

    def __init__(self, *, policy_file: str = "", cwd: str = "") -> None:
        self.policy_file = policy_file
        self.cwd = cwd or os.getcwd()
        self._policies: dict[str, CompiledPolicy | PolicyError] = {}

    def line(self, text: str) -> JsonObject:
        """Return the verdict on one NDJSON line; a line that cannot be judged gets an error object that denies."""
        name: object = None
        try:
            value = loads(text)
            if not isinstance(value, dict):
                raise ProtocolError("a call is a JSON object")
            name = value.get("id")
            return self.judge(value)
        except GatewayError as error:
            return {"id": name, "effect": "deny", "error": str(error)}
        except (RecursionError, UnicodeError, OverflowError, ValueError) as error:
            return {"id": name, "effect": "deny", "error": f"cannot be judged: {type(error).__name__}"}

    def judge(self, value: JsonObject) -> JsonObject:
        """Return the verdict on one described call. Raises GatewayError when the description or its policy is at
        fault.
        """
        _, judged, _, decision = self._judged(value)
        return verdict_data(value.get("id"), judged, decision)

    def explain(self, value: JsonObject) -> JsonObject:
        """Return all there is to say of one described call. Raises GatewayError when the description or its policy is
        at fault.
        """
        from gateway.authoring.explain.run import explained

        return explained(*self._judged(value))

    def _judged(self, value: JsonObject) -> tuple[CompiledPolicy, ToolCall, Facts, Decision]:
        unknown = sorted(set(value) - _KNOWN)
        if unknown:
            raise ProtocolError(f"unknown key `{unknown[0]}`", "known: " + ", ".join(sorted(_KNOWN)))
        tool = value.get("tool")
        if not isinstance(tool, str) or not tool:
            raise ProtocolError("`tool` must be a string that is not empty")
        for key in ("cwd", "project", "agent"):
            if key in value and not isinstance(value[key], str):
                raise ProtocolError(f"`{key}` must be a string")
        cwd = value.get("cwd") or self.cwd
        if not cwd.startswith("/"):
            cwd = os.path.join(self.cwd, cwd)
        project = value.get("project") or (cwd if "cwd" in value else anchor(cwd))
        call = ToolCall(tool, value.get("input", {}), agent=value.get("agent", ""), cwd=cwd)
        policy = self._policy(value.get("policy"), cwd)
        return policy, *look_and_judge(policy, call, project=project)

    def _policy(self, given: object, cwd: str) -> CompiledPolicy:
        if given is not None:
            key = "inline:" + dumps(given, sort_keys=True)
            if key not in self._policies:
                self._policies[key] = self._compiled(lambda: policy_of_value(given, cwd))
        else:
            key = "file:" + (self.policy_file or cwd)
            if key not in self._policies:
                self._policies[key] = self._compiled(lambda: load_policy((cwd,), explicit=self.policy_file))
        found = self._policies[key]
        if isinstance(found, PolicyError):
            raise found
        return found

    @staticmethod
    def _compiled(compile_it: Callable[[], CompiledPolicy]) -> CompiledPolicy | PolicyError:
        try:
            return compile_it()
        except PolicyError as error:
            return error


def verdict_data(name: object, call: ToolCall, decision: Decision) -> JsonObject:
    """Return a verdict as the output of `policy eval`."""
    data: JsonObject = {
        "id": name,
        "effect": EFFECTS[decision.effect],
        "reasons": [
            {
                "rule": reason.rule,
                "source": reason.source,
                "text": reason.text,
                "hint": reason.hint,
                "effect": EFFECTS[reason.effect],
            }
            for reason in decision.reasons
        ],
        "actions": [_shown(action, call) for action in call.actions],
        "sensitive": list(decision.sensitive),
        "policy_revision": decision.revision,
    }
    if decision.shadow != decision.effect:
        data["shadow"] = EFFECTS[decision.shadow]
    return data


def _shown(action: Action, call: ToolCall) -> JsonObject:
    data = action_data(action)
    data["opaque"] = bool(action.opaque)
    if action.opaque:
        data["why_opaque"] = action.opaque
    if action.verb in ("read", "write") and action.base:
        data["path"] = asked_path(action, call.cwd, "~")
    return data
