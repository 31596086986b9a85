from __future__ import annotations

from typing import Any

import pytest

from gateway.doors.hook.install import hook_command, installed, is_ours, merged, printed, removed, settings_path

OURS = printed("claude-code", hook_command())
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


class TestInstalled:
    def test_seen_after_a_merge_and_not_before(self) -> None:
        assert installed(merged({}, OURS)) and not installed({}) and not installed({"hooks": []})

    def test_a_switch_that_turns_all_hooks_off_counts(self) -> None:
        assert not installed({**merged({}, OURS), "disableAllHooks": True})

    @pytest.mark.parametrize("handler", [None, "x", {}, {"command": 1}, {"command": "my-agent-strace-like hook"}, THEIRS])
    def test_what_is_not_ours(self, handler: object) -> None:
        assert not is_ours(handler)


class TestPath:
    def test_for_all_follows_the_clients_own_variable(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CLAUDE_CONFIG_DIR", "/c")
        assert settings_path("claude-code", "/p", for_all=True) == "/c/settings.json"
        assert settings_path("claude-code", "/p", for_all=False) == "/p/.claude/settings.json"
