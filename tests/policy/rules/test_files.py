from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.model.action import DELETE, GLOB, LIST, META, READ, SEARCH, TREE, UNKNOWN, WRITE, Action
from gateway.policy.rules import files
from gateway.policy.rules.files import denies
from tests.builders import HOME, PROJECT, decide, effect, policy, published_schema

DENY = {"files": {"read": {"deny": [".env", "secrets/**", ".ssh/**"]}, "write": {"deny": [".github/**", "/etc/**"]}}}
ASKS = {"files": {"read": {"ask": [{"match": ".env*", "unless": ["*.example"]}]}}}
DELETES = {"files": {"delete": {"deny": ["/", "~", "/etc/**"], "ask": [{"match": "<outside>", "unless": ["/tmp/**"]}, "<project>", "<unknown>"]}}}


def read(target: str, *how: str, base: str = "") -> Action:
    return Action(READ, target, how=how, base=base)


def write(target: str, *how: str) -> Action:
    return Action(WRITE, target, how=how)


class TestDeny:
    @pytest.mark.parametrize(
        ("action", "want"),
        [
            (read(".env"), "deny"),
            (read("config/.env"), "deny"),
            (read("docs/../.env"), "deny"),
            (read(f"{PROJECT}/.env"), "deny"),
            (read("file:///root/.ssh/config"), "deny"),
            (read("/root/.ssh/config"), "deny"),
            (read("~/.ssh/id"), "deny"),
            (read("x", base="secrets"), "deny"),
            (read(".env.example"), "allow"),
            (read("src/a.py"), "allow"),
            (read("secrets", LIST), "deny"),
            (read("secrets", TREE), "deny"),
            (read(".env", META), "allow"),
            (write("/tmp/../etc/passwd"), "deny"),
            (write("/tmp/x"), "allow"),
            (write(".github/workflows/ci.yml"), "deny"),
            (read(f"{UNKNOWN}"), "ask"),
            (read(f"src/{UNKNOWN}.py"), "allow"),
            (read(f"{UNKNOWN}/.env"), "ask"),
            (read("x", base=UNKNOWN), "ask"),
            (read("secret[s]/*", GLOB, LIST), "deny"),
            (read("**/.env", GLOB, LIST), "deny"),
            (read("src/*.py", GLOB, LIST), "allow"),
            (read(".e*v", GLOB), "deny"),
            (read("*.py", GLOB), "allow"),
        ],
    )
    def test_table(self, action: Action, want: str) -> None:
        assert effect(DENY, action) == want

    def test_a_link_to_a_denied_file_is_denied(self) -> None:
        link = {f"{PROJECT}/src/link": f"{PROJECT}/.env"}
        decision = decide(DENY, read("src/link"), real=link)
        assert decision.verdict == "deny" and "really" in decision.reasons[0].text

    def test_a_glob_that_is_known_not_to_match_is_free(self) -> None:
        assert effect(DENY, read(".e*", GLOB), globs={f"{PROJECT}/.e*": ((f"{PROJECT}/.editorconfig",), True)}) == "allow"

    def test_a_denied_file_in_a_tree_denies_the_tree(self) -> None:
        held = {PROJECT: ((f"{PROJECT}/.env",), True)}
        decision = decide(DENY, read(".", TREE), trees=held)
        assert decision.verdict == "deny" and "which holds" in decision.reasons[0].text
        assert effect(DENY, read(".", SEARCH), trees={PROJECT: ((), True)}) == "allow"

    def test_a_denied_name_covers_a_folder_of_that_name(self) -> None:
        assert effect({"files": {"read": {"deny": ["private"]}}}, read("private/x")) == "deny"


class TestAsk:
    @pytest.mark.parametrize(
        ("action", "want"),
        [
            (read(".env"), "ask"),
            (read(".env.example"), "allow"),
            (read(".", TREE), "allow"),
            (read(".", LIST), "allow"),
            (read(".env", META), "allow"),
            (read(".env.*", GLOB), "ask"),
        ],
    )
    def test_only_what_is_named_asks(self, action: Action, want: str) -> None:
        facts = {"trees": {PROJECT: ((f"{PROJECT}/.env",), True)}, "globs": {f"{PROJECT}/.env.*": ((f"{PROJECT}/.env.local",), True)}}
        assert effect(ASKS, action, **facts) == want


class TestDelete:
    @pytest.mark.parametrize(
        ("action", "want"),
        [
            (write("/", DELETE, TREE), "deny"),
            (write("~", DELETE, TREE), "deny"),
            (write("~/", DELETE, TREE), "deny"),
            (write("/etc/nginx", DELETE), "deny"),
            (write("/*", DELETE, TREE, GLOB), "deny"),
            (write(".", DELETE, TREE), "ask"),
            (write("*", DELETE, TREE, GLOB), "ask"),
            (write("build", DELETE, TREE), "allow"),
            (write("../other", DELETE), "ask"),
            (write("/tmp/x", DELETE, TREE), "allow"),
            (write(UNKNOWN, DELETE, TREE), "ask"),
            (write(UNKNOWN, DELETE), "allow"),
            (write(f"/tmp/{UNKNOWN}", DELETE, TREE), "allow"),
            (write("/etc/nginx"), "allow"),
        ],
    )
    def test_table(self, action: Action, want: str) -> None:
        facts = {"globs": {"/*": (("/bin",), True), f"{PROJECT}/*": ((f"{PROJECT}/a",), True)}}
        assert effect(DELETES, action, **facts) == want

    @pytest.mark.parametrize(
        ("target", "how", "want"),
        [
            ("/*", (DELETE, TREE, GLOB), "deny"),
            ("~/*", (DELETE, TREE, GLOB), "deny"),
            ("~/.*", (DELETE, TREE, GLOB), "deny"),
            ("~/*", (DELETE, GLOB), "ask"),
            ("~/x*", (DELETE, TREE, GLOB), "ask"),
            ("/tmp/x/*", (DELETE, TREE, GLOB), "allow"),
            ("src/*", (DELETE, TREE, GLOB), "allow"),
        ],
    )
    def test_all_of_a_folder_is_the_folder(self, target: str, how: tuple[str, ...], want: str) -> None:
        assert effect(DELETES, write(target, *how)) == want


class TestDenies:
    def test_tells_what_to_look_for_in_a_tree(self) -> None:
        denied = denies(policy(DENY)["layers"], project=PROJECT, home=HOME)
        assert denied is not None and denied(f"{PROJECT}/a/.env") and not denied(f"{PROJECT}/a.py")

    def test_nothing_to_look_for(self) -> None:
        assert denies(policy({"commands": {"deny": ["x"]}})["layers"], project=PROJECT, home=HOME) is None


class TestExceptions:
    DENIED = {"files": {"write": {"deny": [{"match": "**/src/**", "unless": ["./src/**"]}]}}}

    @pytest.mark.parametrize(
        ("path", "want"), [("src/a.py", "allow"), ("/opt/other/src/a.py", "deny"), ("/home/u/q/src/a.py", "deny"), ("lib/src/a.py", "deny")]
    )
    def test_an_anchored_exception_holds_in_the_project_alone(self, path: str, want: str) -> None:
        assert effect(self.DENIED, write(path)) == want

    def test_an_exception_holds_for_both_paths_or_not_at_all(self) -> None:
        link = {f"{PROJECT}/src/l": "/opt/other/src/a.py"}
        assert effect(self.DENIED, write("src/l"), real=link) == "deny"

    def test_a_bare_name_excepts_in_the_project_alone(self) -> None:
        document = {"files": {"read": {"ask": [{"match": ".env*", "unless": ["*.example"]}]}}}
        assert [effect(document, read(path)) for path in (".env.example", "/opt/.env.example")] == ["allow", "ask"]

    def test_what_an_allow_entry_excepts_is_as_wide_as_a_deny(self) -> None:
        document = {"files": {"read": {"allow": [{"match": "**", "unless": ["private"]}]}}}
        assert [effect(document, read(path)) for path in ("a", "private", "private/x", "lib/private/x")] == ["allow", "deny", "deny", "deny"]

    @settings(deadline=None)
    @given(
        st.sampled_from(["./src/**", "src/*", "*.py", "a", "**/a", "~/p/src/**", "/opt/**", "src/", "lib/src/**", "{a,b}"]),
        st.lists(st.sampled_from(["a", "a.py", "src", "lib", "p", "opt", "x"]), min_size=1, max_size=4),
        st.sampled_from(["", "/", "~/", "/opt/", "../", "/home/u/"]),
        st.sampled_from([None, "/opt/src/a", f"{PROJECT}/src/a.py", "/x/a.py"]),
        st.sampled_from([(), (TREE,), (DELETE, TREE), (DELETE,)]),
    )
    def test_law_an_exception_frees_only_what_it_would_allow_as_an_entry(
        self, pattern: str, parts: list[str], start: str, real: str | None, how: tuple[str, ...]
    ) -> None:
        action = write(start + "/".join(parts), *how)
        seen = {} if real is None else {"real": {f"{PROJECT}/{'/'.join(parts)}": real}}
        freed = {"files": {"write": {"deny": [{"match": "/**", "unless": [pattern]}]}}}
        if effect(freed, action, **seen) == "allow":
            assert effect({"files": {"write": {"allow": [pattern]}}}, action, **seen) == "allow"


def test_the_schema_is_the_published_one() -> None:
    assert files.schema() == published_schema(files.KEY)
