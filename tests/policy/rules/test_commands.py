from __future__ import annotations

import pytest

from gateway.model.action import ASSIGNMENT, DATA, INLINE, RUN, RUNNER, UNKNOWN, WRAPPER, Action
from tests.builders import decide, effect

DENY = {"commands": {"deny": ["curl", "rm -rf"], "ask": ["git push"]}}
ALLOW = {"commands": {"allow": ["pytest", "uv run", "cat"]}}


def run(line: str, *how: str, via: int = -1) -> Action:
    words = tuple(line.split())
    return Action(RUN, words[0], words=words, how=how, via=via)


class TestDeny:
    @pytest.mark.parametrize(
        ("line", "want"),
        [
            ("curl x", "deny"),
            ("/usr/bin/curl x", "deny"),
            ("CURL x", "deny"),
            ("curl.exe", "deny"),
            ("rm -fr x", "deny"),
            ("rm x", "allow"),
            ("git push origin", "ask"),
            ("git log", "allow"),
            (f"{UNKNOWN} x", "ask"),
            (f"git {UNKNOWN}", "ask"),
            (f"ls {UNKNOWN}", "allow"),
        ],
    )
    def test_table(self, line: str, want: str) -> None:
        assert effect(DENY, run(line)) == want

    def test_any_of_the_commands_is_enough(self) -> None:
        assert effect(DENY, run("ls"), run("env", WRAPPER), run("curl x", via=1)) == "deny"

    def test_the_real_name_of_a_program_counts(self) -> None:
        assert effect(DENY, run("/tmp/x y"), real={"/tmp/x": "/usr/bin/curl"}) == "deny"

    def test_conditions(self) -> None:
        document = {"commands": {"ask": [{"match": "git checkout", "with": ["--", "-f"], "unless": ["-b"]}]}}
        assert [effect(document, run(line)) for line in ("git checkout -- x", "git checkout main", "git checkout -b x --", "git checkout -f")] == [
            "ask",
            "allow",
            "allow",
            "ask",
        ]

    def test_braces_name_several_programs(self) -> None:
        assert effect({"commands": {"deny": ["{npm,yarn} publish"]}}, run("yarn publish")) == "deny"


class TestAllow:
    @pytest.mark.parametrize(
        ("actions", "want"),
        [
            ((run("pytest -q"),), "allow"),
            ((run("pytester -q"),), "deny"),
            ((run("cat x"), run("rm x")), "deny"),
            ((run("cd src", DATA), run("pytest")), "allow"),
            ((run("timeout 5 pytest", WRAPPER), run("pytest", via=0)), "allow"),
            ((run("timeout 5 rm", WRAPPER), run("rm x", via=0)), "deny"),
            ((run("uv run mytool", RUNNER), run("mytool", via=0)), "allow"),
            ((run("uv run bash -c x", RUNNER), run("bash -c x", via=0), run("x", INLINE, via=1)), "deny"),
            ((run("sudo cat x"), run("cat x", via=0)), "deny"),
            ((run("LD_PRELOAD=/x", ASSIGNMENT), run("pytest")), "deny"),
            ((run(f"{UNKNOWN} x"),), "deny"),
        ],
    )
    def test_table(self, actions: tuple[Action, ...], want: str) -> None:
        assert effect(ALLOW, *actions) == want

    def test_a_missing_entry_is_said(self) -> None:
        assert "not in commands.allow" in decide(ALLOW, run("rm x")).reasons[0].text
