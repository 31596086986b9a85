from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gateway.analysis.fingerprints import fingerprint, rule_name
from gateway.model.decision import Reason
from gateway.model.effects import DENY
from gateway.model.event import TOOL_CALL, Event
from tests.recorded import Call, Project, bash, read
from tests.reports.audits import audit_of


def event(project: str = "/p", **action: Any) -> Event:
    facts = {"now": 1.0, "project": project, "home": "/h"}
    return Event(TOOL_CALL, 1.0, "1", "s", data={"tool_name": "T", "arguments": {}, "cwd": project, "facts": facts, "actions": [action]})


REASON = Reason(DENY, "files.read.deny[3]", "no", action=0)


class TestNames:
    @pytest.mark.parametrize(
        ("rule", "want"),
        [
            ("files.read.deny[2] (keys)", "keys"),
            ("files.read.deny[2]", "files.read.deny"),
            ("mcp.servers.a.tools.deny[1]", "mcp.servers.a.tools.deny"),
        ],
    )
    def test_places_in_a_list_move_and_do_not_count(self, rule: str, want: str) -> None:
        assert rule_name(rule) == want


class TestFingerprint:
    def test_the_same_thing_in_another_checkout_is_the_same(self) -> None:
        one = fingerprint(event("/p", verb="read", target="src/a"), REASON, "/")
        other = fingerprint(event("/elsewhere", verb="read", target="/elsewhere/src/a"), REASON, "/")
        assert one == other and one[1] == "src/a"

    @pytest.mark.parametrize(
        ("action", "reason"),
        [
            ({"verb": "read", "target": "src/b"}, REASON),
            ({"verb": "write", "target": "src/a"}, REASON),
            ({"verb": "read", "target": "src/a"}, Reason(DENY, "files.read.allow", "no", action=0)),
        ],
    )
    def test_another_thing_is_another(self, action: dict[str, str], reason: Reason) -> None:
        assert fingerprint(event(**action), reason, "/")[0] != fingerprint(event(verb="read", target="src/a"), REASON, "/")[0]

    def test_what_was_taken_out_counts_by_its_kind_alone(self) -> None:
        keys = [
            fingerprint(event(verb="run", target="x", words=["deploy", f"[REDACTED:github-token:{mark}]"]), REASON, "/")[0]
            for mark in ("1a2b", "ffff")
        ]
        assert keys[0] == keys[1]

    @pytest.mark.parametrize("call", [bash("curl x.example.com"), read("/root/x"), ("mcp__s__t", {"a": 1})])
    def test_two_sessions_have_the_same_key(self, tmp_path: Path, call: Call) -> None:
        project = Project(tmp_path, {"default": "deny"})
        project.record("a", [call])
        project.record("b", [bash("ls"), call])
        keys = [audit_of(project, name).violations.calls[-1].key for name in "ab"]
        assert keys[0] == keys[1] and len(keys[0]) == 32
