from __future__ import annotations

import pytest

from gateway.evaluation import judge
from gateway.model.action import READ, RUN, Action
from gateway.model.effects import ALLOW, ASK, DENY
from gateway.model.errors import PolicyError
from gateway.policy.layers import BASELINE, MANAGED, PROJECT, USER, combine
from gateway.policy.parse import parse_value
from tests.builders import call, facts

BENEATH = {"commands": {"ask": [{"match": "sudo", "id": "sudo"}]}}


def layered(**documents: object) -> dict[str, object]:
    levels = [(level, parse_value(documents[level], f"{level}.json")) for level in (BASELINE, MANAGED, USER, PROJECT) if level in documents]
    return combine(levels, "sha256:x")


def verdict(policy: dict[str, object], *words: str) -> int:
    return judge(policy, call(Action(RUN, words[0], words=words)), facts()).effect


class TestLayers:
    def test_the_strictest_of_all_layers_wins(self) -> None:
        policy = layered(user={"commands": {"allow": ["curl"]}}, project={"commands": {"deny": ["curl"]}})
        assert verdict(policy, "curl", "x") == DENY

    def test_a_user_file_may_take_back_an_entry_of_baseline(self) -> None:
        assert verdict(layered(baseline=BENEATH), "sudo", "ls") == ASK
        assert verdict(layered(baseline=BENEATH, user={"relax": ["sudo"]}), "sudo", "ls") == ALLOW

    def test_a_project_file_may_not(self) -> None:
        with pytest.raises(PolicyError, match="only tighten"):
            layered(baseline=BENEATH, project={"relax": ["sudo"]})

    def test_relaxing_what_is_not_there_is_an_error(self) -> None:
        with pytest.raises(PolicyError, match="no entry `nosuch`"):
            layered(baseline=BENEATH, user={"relax": ["nosuch"]})

    @pytest.mark.parametrize(
        ("documents", "want"),
        [
            ({}, ASK),
            ({"project": {"on_opaque": "allow"}}, ASK),
            ({"project": {"on_opaque": "deny"}}, DENY),
            ({"user": {"on_opaque": "allow"}}, ALLOW),
            ({"user": {"on_opaque": "allow"}, "project": {"on_opaque": "deny"}}, DENY),
        ],
    )
    def test_on_opaque(self, documents: dict[str, object], want: int) -> None:
        assert layered(**documents)["on_opaque"] == want

    def test_observing_from_above_spares_baseline_too(self) -> None:
        watched = layered(baseline=BENEATH, user={"mode": "observe"})
        decision = judge(watched, call(Action(RUN, "sudo", words=("sudo", "ls"))), facts())
        assert (decision.effect, decision.shadow) == (ALLOW, ASK)

    def test_observing_in_a_project_spares_only_its_own_rules(self) -> None:
        policy = layered(baseline=BENEATH, project={"mode": "observe", "files": {"read": {"deny": ["x"]}}})
        assert verdict(policy, "sudo", "ls") == ASK
        decision = judge(policy, call(Action(READ, "x")), facts())
        assert (decision.effect, decision.shadow) == (ALLOW, DENY)

    def test_obligations_and_effects_of_every_layer_hold(self) -> None:
        policy = layered(
            user={"redact": {"forward": ["secrets"]}},
            project={"mask": {"record": ["pii"]}, "mcp": {"servers": {"fs": {"pin": True, "effects": {"read": {"read": ["/path"]}}}}}},
        )
        assert policy["obligations"] == [("redact", "forward", "secrets", "redact.forward"), ("mask", "record", "pii", "mask.record")]
        assert policy["effects"] == {"fs": {"read": {"read": [["path"]]}}} and policy["servers"] == {"fs": {"pin": True}}

    def test_a_project_file_adds_to_what_a_known_tool_does_and_takes_nothing_away(self) -> None:
        def served(effects: object) -> dict[str, object]:
            return {"mcp": {"servers": {"fs": {"effects": {"read": effects}}}}}

        above = served({"read": ["/path"]})
        assert layered(baseline=above, project=served({"text": ["/path"], "read": ["/other", "/path"]}))["effects"]["fs"]["read"] == {
            "read": [["path"], ["other"]],
            "text": [["path"]],
        }
        assert layered(baseline=above, user=served({"text": ["/path"]}))["effects"]["fs"]["read"] == {"text": [["path"]]}
        assert layered(project=served({"text": ["/path"]}))["effects"]["fs"]["read"] == {"text": [["path"]]}
