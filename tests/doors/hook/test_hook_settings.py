from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from gateway.doors.hook import claude_code
from gateway.doors.hook.hook_settings import edited, installed, is_ours, merged, removed, shared_line
from gateway.doors.hook.install import BY_NAME, hook_command
from gateway.model.errors import GatewayError

OURS = json.loads(claude_code.settings_snippet(hook_command()))["hooks"]
THEIRS = {"type": "command", "command": "lint.sh"}
SEED = {"type": "command", "command": "agent-strace hook pre-tool"}


class TestMerge:
    def test_into_nothing(self) -> None:
        assert merged({}, OURS) == {"hooks": OURS}

    def test_twice_is_once(self) -> None:
        once = merged({"model": "opus"}, OURS)
        assert merged(once, OURS) == once

    def test_others_keep_their_entries_and_order(self) -> None:
        before = {"hooks": {"PreToolUse": [{"matcher": "Bash", "hooks": [THEIRS]}], "Other": [{"hooks": [THEIRS]}]}, "z": 1, "a": 2}
        after = merged(before, OURS)
        assert after["hooks"]["PreToolUse"] == [{"matcher": "Bash", "hooks": [THEIRS]}, *OURS["PreToolUse"]]
        assert after["hooks"]["Other"] == [{"hooks": [THEIRS]}] and list(after) == ["hooks", "z", "a"]

    def test_the_published_tools_entry_is_replaced_where_it_stands(self) -> None:
        before = {"hooks": {"PreToolUse": [{"matcher": "", "hooks": [SEED]}, {"matcher": "Bash", "hooks": [THEIRS]}]}}
        assert merged(before, OURS)["hooks"]["PreToolUse"] == [*OURS["PreToolUse"], {"matcher": "Bash", "hooks": [THEIRS]}]

    def test_an_entry_shared_with_another_keeps_the_other(self) -> None:
        before = {"hooks": {"PreToolUse": [{"matcher": "", "hooks": [THEIRS, SEED]}]}}
        assert merged(before, OURS)["hooks"]["PreToolUse"] == [{"matcher": "", "hooks": [THEIRS]}, *OURS["PreToolUse"]]


class TestRemove:
    @pytest.mark.parametrize(
        "settings",
        [{}, {"model": "x"}, {"hooks": {"PreToolUse": [{"matcher": "Bash", "hooks": [THEIRS]}]}}, {"hooks": {"Stop": [{"hooks": [THEIRS]}]}, "a": 1}],
    )
    def test_undoes_a_merge(self, settings: dict[str, Any]) -> None:
        assert removed(merged(settings, OURS)) == settings

    def test_others_malformed_entries_stay(self) -> None:
        odd = {"hooks": {"PreToolUse": ["odd", {"hooks": "odd"}], "Stop": "odd"}}
        assert removed(merged(odd, OURS)) == odd


class TestFlat:
    """Agents whose events hold handlers without a group around them."""

    OURS = {"before": [{"command": "/py -I -S /x/gateway/entry.py hook other before"}]}
    OLD = {"command": "agent-strace hook other before"}

    def test_ours_are_replaced_where_they_stand_and_others_stay(self) -> None:
        settings = {"version": 1, "hooks": {"before": [self.OLD, THEIRS], "after": [THEIRS]}}
        after = merged(settings, self.OURS)
        assert after == {"version": 1, "hooks": {"before": [*self.OURS["before"], THEIRS], "after": [THEIRS]}}
        assert installed(after, "before") and not installed(after, "after")
        assert removed(after) == {"version": 1, "hooks": {"before": [THEIRS], "after": [THEIRS]}}

    def test_two_of_ours_become_one(self) -> None:
        assert merged({"hooks": {"before": [self.OLD, self.OLD]}}, self.OURS) == {"hooks": self.OURS}


class TestInstalled:
    def test_seen_after_a_merge_and_not_before(self) -> None:
        assert installed(merged({}, OURS), "PreToolUse") and not installed({}, "PreToolUse") and not installed({"hooks": []}, "PreToolUse")

    @pytest.mark.parametrize("hooks", [{"PreToolUse": "odd"}, {"PreToolUse": ["odd", {"hooks": "odd"}, {"hooks": [THEIRS]}]}, {"Stop": OURS["Stop"]}])
    def test_other_shapes_and_other_events_do_not_count(self, hooks: dict[str, Any]) -> None:
        assert not installed({"hooks": hooks}, "PreToolUse")

    @pytest.mark.parametrize("handler", [None, "x", {}, {"command": 1}, {"command": "my-agent-strace-like hook"}, THEIRS])
    def test_what_is_not_ours(self, handler: object) -> None:
        assert not is_ours(handler)


class TestEdited:
    def test_an_unchanged_value_keeps_its_text_to_the_byte(self) -> None:
        for text in ("", " \n", '{"a":1}', '{\n\t"a": 1\n}\n'):
            assert edited(text, dict) == text

    @pytest.mark.parametrize("text", ["{broken", "[]", "5"])
    def test_what_is_no_settings_object_is_refused(self, text: str) -> None:
        with pytest.raises(GatewayError, match=r"not (JSON|a JSON object)"):
            edited(text, dict)


class TestSharedLine:
    """What a settings file holds that a whole team commits."""

    @staticmethod
    def ran(folder: Path, line: str) -> tuple[int, str, str]:
        environment = {"PATH": f"{folder}:/usr/bin:/bin"}
        done = subprocess.run(["/bin/sh", "-c", line], input="{}", capture_output=True, text=True, env=environment, check=False)
        return done.returncode, done.stdout, done.stderr

    @staticmethod
    def program(folder: Path, text: str) -> None:
        path = folder / "agent-strace"
        path.write_text(text)
        path.chmod(0o755)

    LINE = staticmethod(lambda blocks: shared_line(("agent-strace", "hook", "pre-tool", "--mask"), blocks))

    def test_a_machine_without_the_program_refuses_calls_with_the_reason(self, tmp_path: Path) -> None:
        code, out, err = self.ran(tmp_path, self.LINE(True))
        assert (code, out) == (2, "") and "agent-strace is not installed on this machine" in err

    def test_and_passes_over_everything_else_in_silence(self, tmp_path: Path) -> None:
        assert self.ran(tmp_path, self.LINE(False)) == (0, "", "")

    @pytest.mark.parametrize("blocks", [True, False])
    def test_what_the_program_says_is_what_the_client_hears(self, tmp_path: Path, blocks: bool) -> None:
        self.program(tmp_path, '#!/bin/sh\necho "$@" "$(cat)"; exit 0\n')
        assert self.ran(tmp_path, self.LINE(blocks)) == (0, "hook pre-tool --mask {}\n", "")

    @pytest.mark.parametrize(
        "text",
        ["#!/bin/sh\necho no >&2; exit 2\n", "#!/no/such/python\n", "#!/bin/sh\nexit 1\n", "#!/bin/sh\nkill -9 $$\n", "#!/bin/sh\nkill -11 $$\n"],
        ids=["a denial", "no interpreter", "a traceback", "killed", "crashed"],
    )
    def test_whatever_is_wrong_with_it_a_call_is_refused(self, tmp_path: Path, text: str) -> None:
        self.program(tmp_path, text)
        assert self.ran(tmp_path, self.LINE(True))[0] == 2

    def test_is_ours(self) -> None:
        assert all(is_ours({"type": "command", "command": self.LINE(blocks)}) for blocks in (True, False))
        entries = json.loads(claude_code.settings_snippet(BY_NAME, ("--mask",)))["hooks"]
        assert installed({"hooks": entries}, "PreToolUse") and removed({"hooks": entries}) == {}
        assert merged({"hooks": OURS}, entries) == {"hooks": entries} and merged({"hooks": entries}, OURS) == {"hooks": OURS}
        assert not any(str(Path.cwd()) in handler["command"] or "args" in handler for group in entries.values() for handler in group[0]["hooks"])
        assert [event for event, group in entries.items() if "exit 2" in group[0]["hooks"][0]["command"]] == ["PreToolUse"]
        assert entries["PreToolUse"][0]["hooks"][0]["onFailure"] == "block" and entries["PreToolUse"][0]["matcher"] == "*"
