"""Two doors, one verdict: what a policy stops at the hook it stops in an MCP conversation, as the stdio proxy has it, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from gateway.doors.mcp.session.steps import TO_SERVER
from tests.doors.mcp.talk import Talk
from tests.parity.test_mcp_http import CLOSED, DENY, at_the_hook, pairs


class TestParity:
    @pytest.mark.parametrize("policy", [DENY, CLOSED, {}], ids=["deny", "closed", "baseline"])
    def test_the_same_passes(self, tmp_path: Path, policy: dict[str, object]) -> None:
        cases = pairs()
        talk = Talk(tmp_path, policy)
        (talk.project / "link-to-env").symlink_to(talk.project / ".env")
        passed = []
        for number, (_, _, message) in enumerate(cases):
            steps = talk.client({**message, "id": number})
            passed.append([side for side, _ in steps] == [TO_SERVER])
        hook = at_the_hook(talk.project, tmp_path / "hook", cases)
        differing = [(case[0], case[1]) for case, here, there in zip(cases, passed, hook, strict=True) if here != there]
        assert differing == [] and 0 < sum(passed) < len(cases) and len(cases) > 200
