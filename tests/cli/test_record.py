"""`record` reads its options; what it does stands in tests/end_to_end/test_record.py."""

from __future__ import annotations

import random
import string
import subprocess
import sys
from typing import Any, ClassVar

import pytest

from gateway.cli.record import approval_of, approve_tools
from gateway.host.pins import PinFile


class TestOptions:
    def test_an_unknown_style(self) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "gateway", "record", "--deny-style", "loud", "--", "true"], capture_output=True, text=True, check=False
        )
        assert done.returncode == 2 and "loud" in done.stderr


class TestApproving:
    ONE: ClassVar[dict[str, Any]] = {"name": "a", "description": "does a", "inputSchema": {"type": "object"}}

    def test_the_change_is_shown_and_kept(self, capsys: pytest.CaptureFixture[str]) -> None:
        approve_tools(PinFile("command:x"), [self.ONE])
        assert "a: new\n    'does a'\n" in capsys.readouterr().out
        other = {**self.ONE, "description": "does b", "annotations": {"readOnlyHint": True}}
        approve_tools(PinFile("command:x"), [other])
        said = capsys.readouterr().out
        assert "a: changed: its description\n" in said and "annotations was None\n" in said
        assert "    description was 'does a'\n    description is 'does b'\n" in said
        assert PinFile("command:x").definitions() == {"a": other}
        approve_tools(PinFile("command:x"), [])
        assert "a: gone\n" in capsys.readouterr().out and PinFile("command:x").kept() == {}

    def test_nothing_of_a_server_draws_on_a_terminal(self, capsys: pytest.CaptureFixture[str]) -> None:
        evil = "\x1b[2J\r\n::error::x"
        approve_tools(PinFile("command:x"), [{**self.ONE, "name": evil, "inputSchema": {evil: "<!-- -->"}}])
        approve_tools(PinFile("command:x"), [{**self.ONE, "name": evil, evil: evil}])
        approve_tools(PinFile("command:x"), [])
        said = capsys.readouterr().out
        assert all(line.isprintable() and not line.startswith("::") for line in said.splitlines()) and "comment" in said

    def test_the_command_that_approves_holds_no_credential(self) -> None:
        secret = "ghp_" + "".join(random.choices(string.ascii_letters + string.digits, k=36))
        said = approval_of("record", ["npx", "server", "--token", secret, f"https://x.example/?key={secret}"])
        assert said.startswith("agent-strace record --approve-pins -- npx server --token ") and secret not in said
