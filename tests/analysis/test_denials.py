"""Refusals over sessions."""

from __future__ import annotations

from typing import Any

from gateway.analysis import denials as module
from gateway.analysis.denials import Refusals, Spoken
from gateway.model.event import Event


def call(effect: str, *reasons: dict[str, Any], command: str = "git push", shadow: str = "") -> Event:
    decision = {"effect": effect, "reasons": list(reasons), **({"shadow": shadow} if shadow else {})}
    return Event("tool_call", 1, "a", "s", data={"tool_name": "Bash", "arguments": {"command": command}, "decision": decision})


def reason(effect: str, rule: str, **more: Any) -> dict[str, Any]:
    return {"effect": effect, "rule": rule, **more}


class TestRefusals:
    def test_rules_and_things(self) -> None:
        found = Refusals()
        found.add("one", call("deny", reason("deny", "a", source="p:3"), reason("ask", "b")))
        found.add("two", call("deny", reason("deny", "a")))
        found.add("two", call("ask", reason("ask", "b")))
        found.add("two", call("allow", reason("deny", "c", shadow=True), shadow="deny"))
        found.add("two", call("allow", reason("allow", "d")))
        assert list(found.rules.values()) == [
            Spoken("a", "p:3", deny=2, sessions={"one", "two"}),
            Spoken("b", ask=1, observed=1, sessions={"one", "two"}),
            Spoken("c", observed=1, sessions={"two"}),
        ]
        assert found.things == {("Bash", "git push"): 2}

    def test_what_is_no_decision_counts_nothing(self) -> None:
        found = Refusals()
        found.add("s", Event("tool_result", 1, "a", "s", data={"decision": {"effect": "deny"}}))
        found.add("s", Event("tool_call", 1, "a", "s", data={"decision": "deny"}))
        found.add("s", Event("tool_call", 1, "a", "s", data={"decision": {"effect": "deny", "reasons": "none"}}))
        assert found.rules == {} and list(found.things.values()) == [1]

    def test_keeps_a_bounded_number_apart(self, monkeypatch: Any) -> None:
        monkeypatch.setattr(module, "MAX_KEPT", 2)
        found = Refusals()
        for number in range(5):
            found.add("s", call("deny", reason("deny", f"r{number}"), command=f"c{number}"))
            found.add("s", call("deny", reason("deny", "r0"), command="c0"))
        assert {rule: one.deny for rule, one in found.rules.items()} == {"r0": 6, "r1": 1} and len(found.things) == 2
