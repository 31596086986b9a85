from __future__ import annotations

import pytest

from gateway.model.action import CREATE, DELETE, GLOB, LIST, SEARCH, TREE, UNKNOWN, Action
from tests.builders import PROJECT, decide, effect
from tests.policy.rules.test_files import read, write

CLOSED = {"files": {"read": {"allow": ["src/**", "README.md"], "deny": [".env"]}, "write": {"allow": ["src/**"]}}}


class TestClosed:
    @pytest.mark.parametrize(
        ("action", "want"),
        [
            (read("src/a/b.py"), "allow"),
            (read(f"{PROJECT}/src/auth.py"), "allow"),
            (read("src/../secrets/key.txt"), "deny"),
            (read("src/../../../etc/shadow"), "deny"),
            (read("README.md"), "allow"),
            (read("/root/private/README.md"), "deny"),
            (read("docs/x"), "deny"),
            (read("src", LIST), "allow"),
            (read(".", LIST), "allow"),
            (read("docs", LIST), "deny"),
            (read("/", LIST), "allow"),
            (read("src/**/*.py", GLOB, LIST), "allow"),
            (read("docs/*.md", GLOB, LIST), "deny"),
            (read("src", SEARCH), "allow"),
            (read(".", SEARCH), "deny"),
            (read(f"src/{UNKNOWN}"), "ask"),
            (read(f"docs/{UNKNOWN}.md"), "ask"),
            (read(f"/etc/{UNKNOWN}.conf"), "deny"),
            (write("src/a.py"), "allow"),
            (write("a.py"), "deny"),
            (write("src/x", DELETE), "allow"),
            (read("src", TREE), "allow"),
            (read("docs", TREE), "deny"),
            (read("src/**", GLOB, LIST), "allow"),
            (read("src/a.py", TREE), "allow"),
            (read("README.md", TREE), "allow"),
            (read("README.md", SEARCH), "allow"),
            (read("../src/x"), "deny"),
            (read("/opt/src/x"), "deny"),
            (read("~/src/x"), "deny"),
            (write("src", TREE, CREATE), "deny"),
            (write("src/new", TREE, CREATE), "allow"),
            (read("docs/*.md", GLOB), "deny"),
        ],
    )
    def test_table(self, action: Action, want: str) -> None:
        assert effect(CLOSED, action) == want

    def test_an_allow_needs_both_the_link_and_its_target(self) -> None:
        assert effect(CLOSED, read("src/link"), real={f"{PROJECT}/src/link": "/etc/passwd"}) == "deny"
        assert effect(CLOSED, read("src/link"), real={f"{PROJECT}/src/link": f"{PROJECT}/src/x"}) == "allow"
        assert effect(CLOSED, read("src/link"), real={f"{PROJECT}/src/link": "/opt/src/x"}) == "deny"
        assert effect(CLOSED, read("out"), real={f"{PROJECT}/out": f"{PROJECT}/src/x"}) == "deny"

    def test_a_glob_that_matches_nothing_touches_nothing(self) -> None:
        nothing = {f"{PROJECT}/docs/*.md": ((), True)}
        decision = decide(CLOSED, read("docs/*.md", GLOB), globs=nothing)
        assert (decision.verdict, decision.reasons[0].rule) == ("allow", "files.read.allow[0]")

    def test_an_exception_to_an_allow(self) -> None:
        document = {"files": {"read": {"allow": [{"match": "src/**", "unless": ["src/private/**"]}]}}}
        assert (effect(document, read("src/a")), effect(document, read("src/private/a"))) == ("allow", "deny")

    def test_an_expired_allow_keeps_the_list_closed(self) -> None:
        assert effect({"files": {"read": {"allow": [{"match": "src/**", "expires": "2001-01-01"}]}}}, read("src/a")) == "deny"

    def test_empty_lists_leave_a_section_open(self) -> None:
        assert effect({"files": {"read": {"allow": []}}}, read("anything")) == "allow"
