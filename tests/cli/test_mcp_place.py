"""What a proxy says of its policy and its store when it starts; see tests/end_to_end/test_mcp_project.py for the real thing."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from gateway.checkpoint import Settings
from gateway.cli.mcp_place import say, standing, tell
from gateway.doors.mcp import CAPABILITIES
from gateway.host.client_project import Whereabouts


def settings(**more: object) -> Settings:
    return Settings(CAPABILITIES, resident=True, **more)  # type: ignore[arg-type]


class TestStanding:
    def test_a_projects_policy(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / ".agent-scope.json").write_text(json.dumps({"tools": {"deny": ["x"]}}))
        found = standing(settings(), str(tmp_path), Whereabouts())
        assert found.policies[0] == f"{tmp_path}/.agent-scope.json" and found.revision.startswith("sha256:")
        tell(found)
        said = capsys.readouterr().err
        assert said == f"agent-strace: policy in force: {', '.join(found.policies)} (revision {found.revision})\n"

    def test_a_store_that_was_named_is_not_exchanged(self, tmp_path: Path) -> None:
        found = standing(settings(trace_dir="/proc/nowhere"), str(tmp_path), Whereabouts())
        assert found.settings.trace_dir == "/proc/nowhere"

    def test_another_for_one_that_cannot_be_written(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / ".agent-traces").touch()
        (tmp_path / ".agent-scope.json").write_text("{}")
        found = standing(settings(), str(tmp_path), Whereabouts())
        assert found.settings.trace_dir == f"{os.environ['HOME']}/.local/state/agent-strace/traces" and "cannot be written" in found.warnings[0]
        monkeypatch.setenv("XDG_STATE_HOME", "/proc/nowhere")
        found = standing(settings(), str(tmp_path), Whereabouts())
        assert found.settings.trace_dir == "" and found.warnings[0].count("cannot be written") == 2

    def test_a_policy_that_cannot_be_read(self, tmp_path: Path) -> None:
        (tmp_path / ".agent-scope.json").write_text("{")
        found = standing(settings(), str(tmp_path), Whereabouts(ignored=("$X names no folder",)))
        assert found.revision == "" and found.warnings[0] == "$X names no folder" and found.warnings[1].startswith("EVERY CALL IS REFUSED")


class TestSay:
    def test_nothing_draws_on_a_terminal(self, capsys: pytest.CaptureFixture[str]) -> None:
        say("the tool `\x1b]0;title\x07\x1b[2J\r\n::error::x\u202e\x9b1m` has changed")
        said = capsys.readouterr().err
        assert said.endswith("has changed\n") and said.rstrip("\n").isprintable()
