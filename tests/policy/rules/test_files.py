from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.evaluation import judge
from gateway.model.action import DELETE, GLOB, LIST, META, READ, RUN, SEARCH, TREE, UNKNOWN, WRITE, Action
from gateway.model.effects import ALLOW
from gateway.policy.document_fields import Field
from gateway.policy.guard import CODE, KEY, SOURCE
from gateway.policy.rules import files
from gateway.policy.rules.files import denies
from tests.builders import HOME, PROJECT, call, decide, effect, facts, policy, published_schema

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
            (read("secrets", "moved"), "deny"),
            (read("secrets", "mounted"), "deny"),
            (read("secrets", "unpack"), "deny"),
            (read("secrets"), "allow"),
            (write("/etc", "unpack"), "deny"),
            (read("/etc/passwd"), "allow"),
            (Action(RUN, ".env", words=(".env",)), "allow"),
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
            (read(".env", LIST), "allow"),
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
            (write(f"../{UNKNOWN}", DELETE), "ask"),
            (write(f"../{UNKNOWN}", DELETE, TREE), "ask"),
            (write(f"{UNKNOWN}/x", DELETE, TREE), "ask"),
            (write(f"src/{UNKNOWN}", DELETE, TREE), "allow"),
            (write(f"/tmp/{UNKNOWN}", DELETE), "allow"),
            (write(f"/etc/{UNKNOWN}", DELETE), "ask"),
            (write(f"../{UNKNOWN}"), "allow"),
            (write("src/*", DELETE, GLOB), "allow"),
            (write("src", DELETE), "allow"),
            (write("../x", DELETE, TREE), "ask"),
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
        for asked, real in (("a", "private/x"), ("private/x", "a")):
            assert effect(document, read(asked), real={f"{PROJECT}/{asked}": f"{PROJECT}/{real}"}) == "deny"

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


class TestPatternsOfEntries:
    """What is not known is asked about by every shape of entry that could mean it, and by no other."""

    @pytest.mark.parametrize(
        ("entry", "inside", "outside"),
        [
            ("a/b", f"a/{UNKNOWN}", f"c/{UNKNOWN}x"),
            ("./a/b", f"a/{UNKNOWN}b", f"a/{UNKNOWN}c"),
            ("/srv/x", f"/srv/{UNKNOWN}", f"/opt/{UNKNOWN}.x"),
            ("~/x/**", f"~/x/{UNKNOWN}", f"~/y/{UNKNOWN}"),
            ("secrets/**", f"{PROJECT}/secrets/a/{UNKNOWN}", f"{PROJECT}/src/{UNKNOWN}.py"),
            (".env", f"src/{UNKNOWN}", f"src/{UNKNOWN}.py"),
            ("*.pem", f"src/{UNKNOWN}", f"src/{UNKNOWN}.py"),
            ("**/x/*.key", f"a/{UNKNOWN}.key", f"a/{UNKNOWN}.py"),
            ("a/*.key", f"a/{UNKNOWN}.key", f"b/{UNKNOWN}.py"),
            ("/srv/*.key", f"/srv/{UNKNOWN}", f"/srv/{UNKNOWN}.py"),
            ("~/*.key", f"~/{UNKNOWN}.key", f"~/{UNKNOWN}.py"),
        ],
    )
    @pytest.mark.parametrize(("deny", "effects"), [(True, ("ask", "allow")), (False, ("ask", "deny"))])
    def test_by_its_shape(self, entry: str, inside: str, outside: str, deny: bool, effects: tuple[str, str]) -> None:
        document = {"files": {"read": {"deny" if deny else "allow": [entry]}}}
        assert (effect(document, read(inside)), effect(document, read(outside))) == effects

    @pytest.mark.parametrize("how", [(), (META,)])
    def test_attributes_of_what_is_not_known_may_be_changed(self, how: tuple[str, ...]) -> None:
        assert effect({"files": {"write": {"deny": ["a/b"]}}}, write(f"a/{UNKNOWN}", *how)) == ("allow" if how else "ask")

    def test_beneath_all_nothing_is_said_of_what_is_not_known(self) -> None:
        below = policy({"files": {"read": {"deny": [".env"]}}}, level="baseline")
        for action in (read(f"{UNKNOWN}"), read(".e*", GLOB)):
            assert judge(below, call(action), facts()).effect == ALLOW

    @pytest.mark.parametrize(
        ("listed", "target", "rule", "text"),
        [
            ("deny", f"a/{UNKNOWN}", "files.read.deny", "only known when it runs"),
            ("ask", f"a/{UNKNOWN}", "files.read.ask", "only known when it runs"),
            ("allow", f"a/{UNKNOWN}", "files.read.allow", "only known when it runs"),
            ("allow", f"b/{UNKNOWN}", "files.read.allow", "not in files.read.allow"),
            ("allow", "b/x", "files.read.allow", "reading `b/x` is denied: not in files.read.allow"),
            ("allow", "a/b", "files.read.allow[0]", "reading `a/b` is allowed by files.read.allow[0]"),
            ("deny", "a/b", "files.read.deny[0]", "reading `a/b` is denied by files.read.deny[0]"),
        ],
    )
    def test_says_which_rule_and_where_it_stands(self, listed: str, target: str, rule: str, text: str) -> None:
        (reason,) = decide({"files": {"read": {listed: ["a/b"]}}}, read(target)).reasons
        assert (reason.rule, reason.action) == (rule, 0) and text in reason.text and reason.source.startswith("doc0.json")


class TestGuard:
    DOCUMENT = {
        "files": {
            "read": {"deny": ["<guard-key>"]},
            "write": {"deny": ["<guard>", "<agent-settings>"], "ask": ["<guard-source>"]},
            "delete": {"deny": ["<guard>"]},
        }
    }
    PLACES = {"/opt/guard": CODE, f"{PROJECT}/gateway": SOURCE, "/opt/state/key": KEY}

    @pytest.mark.parametrize(
        ("action", "rule"),
        [
            (write("/opt/guard/entry.py"), "files.write.deny[0]"),
            (write("/opt/guard/entry.py", DELETE), "files.delete.deny[0]"),
            (write("/opt/state/key"), "files.write.deny[0]"),
            (write("gateway/x.py"), "files.write.ask[0]"),
            (read("/opt/state/key"), "files.read.deny[0]"),
            (read("/opt/guard/entry.py"), "default"),
            (read("gateway/x.py"), "default"),
            (write("/opt/other"), "default"),
            (write(".claude", TREE), "files.write.deny[1]"),
            (write(".claude/x", TREE), "default"),
            (Action(RUN, "git", words=("git", "-C", "/opt/guard", "checkout", "x")), "files.write.deny[0]"),
            (Action(RUN, "git", words=("git", "checkout", "x")), "files.write.ask[0]"),
            (Action(RUN, "git", words=("git", "log")), "default"),
        ],
    )
    def test_table(self, action: Action, rule: str) -> None:
        assert decide(self.DOCUMENT, action, guard=self.PLACES).reasons[0].rule == rule

    def test_is_nowhere_where_nothing_of_it_was_found(self) -> None:
        assert effect(self.DOCUMENT, write("/opt/guard/entry.py")) == "allow"
        assert effect(self.DOCUMENT, Action(RUN, "git", words=("git", "checkout", "x"))) == "allow"

    def test_a_list_without_it_says_nothing(self) -> None:
        assert effect({"files": {"write": {"deny": ["x"]}}}, write("/opt/guard/entry.py"), guard=self.PLACES) == "allow"
        rewriting = Action(RUN, "git", words=("git", "checkout", "x"))
        assert effect({"files": {"write": {"deny": ["x"]}}}, rewriting, guard=self.PLACES) == "allow"

    def test_an_entry_about_it_may_expire(self) -> None:
        over = {"files": {"write": {"ask": [{"match": "<guard-source>", "expires": "2001-01-01"}]}}}
        rewriting = Action(RUN, "git", words=("git", "checkout", "x"))
        assert [effect(over, action, guard=self.PLACES) for action in (write("gateway/x"), rewriting)] == ["allow", "allow"]


class TestSaidOfLinks:
    @pytest.mark.parametrize(
        ("target", "real", "told"),
        [
            ("l", f"{PROJECT}/.env", f" (really `{PROJECT}/.env`)"),
            (".env/x", "/opt/.env/x", ""),
            (".env", f"{PROJECT}/b/.env", ""),
            ("secrets/a", "/opt/x/secrets/b", ""),
            ("secrets/a", "/opt/x/.env", " (really `/opt/x/.env`)"),
        ],
    )
    def test_only_what_its_own_name_does_not_say(self, target: str, real: str, told: str) -> None:
        reasons = decide(DENY, read(target), real={f"{PROJECT}/{target}": real}).reasons
        assert f"reading `{target}`{told} is denied" in reasons[0].text


def test_an_exception_of_what_lies_outside() -> None:
    document = {"files": {"delete": {"ask": [{"match": "<outside>", "unless": ["/tmp/**"]}]}}}
    link = {f"{PROJECT}/l": "/opt/x"}
    assert effect(document, write("l", DELETE), real=link) == "ask"
    assert effect(document, write("/tmp/l", DELETE), real={"/tmp/l": "/opt/x"}) == "ask"
    assert effect(document, write("/tmp/l", DELETE), real={"/tmp/l": "/tmp/x"}) == "allow"


@pytest.mark.parametrize(("folded", "want"), [(False, "A/B"), (True, "a/b")])
def test_names_are_folded_only_where_the_file_system_does(folded: bool, want: str) -> None:
    section = files.parse(Field({"read": {"deny": ["A/B"]}}, "/files", "p", {}), **({"folded": True} if folded else {}))
    assert want in section["read"]["deny"]["set"]["exact"]["."]


class TestDeniesOfParts:
    def test_a_part_of_its_own(self) -> None:
        writing = denies(policy(DENY)["layers"], project=PROJECT, home=HOME, part="write")
        assert writing is not None and writing("/etc/passwd") and not writing(f"{PROJECT}/.env")

    def test_any_layer_is_enough_and_exceptions_count(self) -> None:
        first = {"files": {"read": {"deny": [{"match": "*.key", "unless": ["a.key"]}]}}}
        denied = denies(policy(first, DENY)["layers"], project=PROJECT, home=HOME)
        assert denied is not None
        assert [denied(f"{PROJECT}/{name}") for name in ("a.key", "b.key", ".env", "secrets/x", "x")] == [False, True, True, True, False]


@pytest.mark.parametrize(
    ("pattern", "root"),
    [
        ("src/**", (".", "src")),
        ("./a/b/*.py", (".", "a/b")),
        ("/srv/x", ("/", "srv/x")),
        ("~/a/[bc]/d", ("~", "a")),
        ("a/x?/b", (".", "a")),
        ("*.py", (".", "")),
        ("a//b/**", (".", "a/b")),
    ],
)
def test_the_folder_that_all_of_an_entry_lies_in(pattern: str, root: tuple[str, str]) -> None:
    section = files.parse(Field({"read": {"allow": [pattern]}}, "/files", "p", {}))
    assert section["read"]["allow"]["roots"] == [root]


@pytest.mark.parametrize(
    ("pattern", "folder", "want"),
    [
        ("a/b/*.py", ".", "allow"),
        ("a/b/*.py", "a", "allow"),
        ("a/b/*.py", "a/b", "allow"),
        ("a/b/*.py", "a/c", "deny"),
        ("/srv/x/**", "/", "allow"),
        ("/srv/x/**", "/opt", "deny"),
        ("~/x/**", "~", "allow"),
        ("~/x/**", "~/y", "deny"),
    ],
)
def test_what_leads_to_something_allowed_may_be_listed(pattern: str, folder: str, want: str) -> None:
    assert effect({"files": {"read": {"allow": [pattern]}}}, read(folder, LIST)) == want


@pytest.mark.parametrize(
    ("section", "action"),
    [
        ({"delete": {"ask": ["<outside>"]}}, write(f"../{UNKNOWN}", DELETE)),
        ({"write": {"ask": ["<outside>"]}}, write(f"../{UNKNOWN}", TREE)),
        ({"delete": {"ask": ["<outside>"]}}, write(f"../a/{UNKNOWN}", DELETE, TREE)),
    ],
)
def test_what_lies_outside_is_known_by_its_beginning(section: dict[str, object], action: Action) -> None:
    assert effect({"files": section}, action) == "ask"
    assert effect({"files": section}, Action(WRITE, action.target.replace("..", "src"), how=action.how)) == "allow"


def test_a_name_with_a_dot_may_be_a_file_of_its_own() -> None:
    assert [effect({"files": {"read": {"allow": [name]}}}, read(name, TREE)) for name in ("x.y", "xy", ".x")] == ["allow", "deny", "deny"]
