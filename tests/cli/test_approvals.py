from __future__ import annotations

import json
import time

import pytest
from typer.testing import CliRunner

from gateway.cli.approvals import told
from gateway.cli.tree import build
from gateway.host import approvals
from tests.builders import call


class TestList:
    def test_shows_what_waits_and_keeps_the_digest_to_itself(self) -> None:
        digest = approvals.digest_of(call(), "/p")
        name = approvals.ask(digest, {"tool": "Bash", "arguments": {"command": "git push"}, "cwd": "/p"}, time.time())
        done = CliRunner().invoke(build("approvals"), ["approvals", "--json"])
        (shown,) = json.loads(done.stdout)["waiting"]
        assert shown["name"] == name and digest not in done.stdout
        assert "git push" in CliRunner().invoke(build("approvals"), ["approvals"]).stdout

    def test_nothing_waits(self) -> None:
        done = CliRunner().invoke(build("approvals"), ["approvals"])
        assert done.exit_code == 0 and "No call waits" in done.output


class TestTold:
    @pytest.mark.parametrize("hostile", ["\x1b[2J", "a\rb", "\x07", "\u202e"])
    def test_an_agent_cannot_draw_on_the_terminal(self, hostile: str) -> None:
        assert hostile not in told(
            {"name": "n", "tool": "T" + hostile, "cwd": "/p", "arguments": {"a": hostile}, "reasons": [{"effect": "ask", "text": hostile}]}
        )
