from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gateway.authoring.remember_approval import entries_that_asked, remembered, tried_on
from gateway.checkpoint import Checkpoint, Settings
from gateway.host.policy_files import load_policy, policy_if
from gateway.host.user_folders import config_folder
from gateway.model.call import ToolCall
from gateway.model.errors import GatewayError
from gateway.model.passage import Capabilities


def asked(policy: dict[str, Any], *names: str, **more: Any) -> dict[str, Any]:
    """Return a waiting call that these entries of baseline asked about."""
    entries = {
        entry.get("id"): entry
        for layer in policy["layers"]
        if layer["builtin"] and "commands" in layer["sections"]
        for entry in layer["sections"]["commands"]["ask"]["entries"]
    }
    reasons = [{"effect": "ask", "rule": "commands.ask[0]", "source": entries[name]["source"], "text": name} for name in names]
    return {"cwd": "/", "reasons": [*reasons, *more.get("others", [])]}


class TestEntries:
    def test_every_entry_that_asked_once(self) -> None:
        policy = load_policy(("/",))
        assert entries_that_asked(policy, asked(policy, "sudo", "git-clean", "sudo")) == ["sudo", "git-clean"]

    @pytest.mark.parametrize(
        "others", [[{"effect": "ask", "rule": "on_opaque", "source": "baseline"}], [{"effect": "ask", "rule": "x", "source": "p.json:3"}]]
    )
    def test_another_rule_cannot_be_taken_back(self, others: list[dict[str, str]]) -> None:
        policy = load_policy(("/",))
        with pytest.raises(GatewayError, match="no entry of baseline"):
            entries_that_asked(policy, asked(policy, "sudo", others=others))

    def test_nothing_asked(self) -> None:
        with pytest.raises(GatewayError, match="no rule asked"):
            entries_that_asked(load_policy(("/",)), {"reasons": [{"effect": "deny"}]})


class TestTried:
    def test_tells_what_recorded_calls_would_meet(self, tmp_path: Path) -> None:
        door = Capabilities(blocks=True)
        for number in range(3):
            call = ToolCall("Bash", {"command": "sudo ls"}, session="s", cwd=str(tmp_path), id=f"t{number}")
            Checkpoint(Settings(door, trace_dir=f"{tmp_path}/t")).before(call)
        path = f"{config_folder()}/agent-scope.json"
        told = tried_on("changed", policy_if((str(tmp_path),), {path: '{"relax": ["sudo"]}'}), f"{tmp_path}/t", str(tmp_path))
        assert "3" in told and "allowed" in told
        assert "0" in tried_on("changed", load_policy(("/",)), "", "/")


class TestRemembered:
    @pytest.mark.parametrize(("answer", "kept"), [("yes", ["git-clean", "sudo"]), ("no", ["git-clean"])])
    def test_adds_to_what_is_there_after_showing_what_it_changes(self, answer: str, kept: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        path = Path(config_folder()) / "agent-scope.json"
        path.parent.mkdir(parents=True)
        path.write_text('{"relax": ["git-clean"], "default": "ask"}\n')
        remembered(asked(load_policy(("/",)), "sudo"), lambda question: answer)
        shown = capsys.readouterr().err
        assert "sudo" in shown and "+++" in shown
        assert json.loads(path.read_text()) == {"relax": kept, "default": "ask"}
