from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.evaluation import judge
from gateway.model.action import ASSIGNMENT, DATA, INLINE, READ, RUN, RUNNER, UNKNOWN, WRAPPER, Action
from gateway.model.effects import ALLOW as PASSES
from gateway.model.errors import PolicyError
from gateway.policy.command_prefix import Command, compile_prefix, prefix_covers
from gateway.policy.rules import commands
from tests.builders import call, decide, effect, facts, policy, published_schema

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

    @pytest.mark.parametrize(
        ("entry", "line"), [("curl*", "CURL x"), ("?url", "CURL x"), ("{curl,wget}*", "WGET x"), ("git-*", "GIT-RECEIVE-PACK x")]
    )
    def test_a_wildcard_is_blind_to_case_as_a_plain_name_is(self, entry: str, line: str) -> None:
        assert effect({"commands": {"deny": [entry]}}, run(line)) == "deny"
        assert effect({"commands": {"allow": [entry]}}, run(line)) == "deny"

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
            ((run("/usr/bin/cat x"),), "allow"),
            ((run("/usr/local/bin/pytest"),), "allow"),
            ((run("./cat x"),), "deny"),
            ((run("/tmp/cat x"),), "deny"),
            ((run("~/bin/cat x"),), "deny"),
            ((run("/usr/bin/../../tmp/cat x"),), "deny"),
            ((run(".venv/bin/pytest"),), "deny"),
            ((run("cat x"), run("rm x")), "deny"),
            ((run("cd src", DATA), run("pytest")), "allow"),
            ((run("timeout 5 pytest", WRAPPER), run("pytest", via=0)), "allow"),
            ((run("timeout 5 rm", WRAPPER), run("rm x", via=0)), "deny"),
            ((run("uv run mytool", RUNNER), run("mytool", via=0)), "allow"),
            ((run("uv run bash -c x", RUNNER), run("bash -c x", via=0), run("x", INLINE, via=1)), "deny"),
            ((run("sudo cat x"), run("cat x", via=0)), "deny"),
            ((run("LD_PRELOAD=/x", ASSIGNMENT), run("pytest")), "deny"),
            ((run(f"{UNKNOWN} x"),), "deny"),
            ((run("uv run bash -c x", RUNNER), run("pytest", via=0), run("tool", via=1)), "deny"),
            ((run("uv run a", RUNNER), run("a", via=0), run("b", via=1)), "allow"),
            ((run("pytest"), run("tool", via=0)), "deny"),
            ((run("cd x", DATA), run("tool", via=0)), "deny"),
            ((Action(RUN, "uv", words=("uv", "run", "x"), how=(RUNNER,), opaque="hidden"), run("x", via=0)), "deny"),
            ((Action(READ, "rm"),), "allow"),
        ],
    )
    def test_table(self, actions: tuple[Action, ...], want: str) -> None:
        assert effect(ALLOW, *actions) == want

    def test_a_missing_entry_is_said(self) -> None:
        assert "not in commands.allow" in decide(ALLOW, run("rm x")).reasons[0].text

    def test_a_path_in_the_entry_matches_that_path(self) -> None:
        document = {"commands": {"allow": ["./ls"]}}
        assert [effect(document, run(line)) for line in ("./ls", "ls", "/tmp/ls")] == ["allow", "deny", "deny"]

    def test_what_an_entry_excepts_counts_cut_short_too(self) -> None:
        document = {"commands": {"allow": [{"match": "git branch", "unless": ["--delete"]}]}}
        assert [effect(document, run(line)) for line in ("git branch -v", "git branch --delete x", "git branch --delet x")] == [
            "allow",
            "deny",
            "deny",
        ]


class TestExceptions:
    @pytest.mark.parametrize(
        ("line", "want"),
        [
            ("git push --force --dry-run", "allow"),
            ("git push -f -n", "allow"),
            ("git push --tags --force --dry-run", "allow"),
            ("git push --force", "ask"),
            ("git push --force -o --dry-run", "ask"),
            ("git push --force --push-option --dry-run", "ask"),
            ("git push --force --dry-run --no-dry-run", "ask"),
            ("git push --force -- --dry-run", "ask"),
            ("git push --force --dry", "ask"),
            ("./git push --force --dry-run", "ask"),
        ],
    )
    def test_an_option_frees_only_where_it_surely_is_one(self, line: str, want: str) -> None:
        assert effect({"commands": {"ask": [{"match": "git push --force", "unless": ["--dry-run"]}]}}, run(line)) == want

    @pytest.mark.parametrize(
        ("line", "want"),
        [
            ("kubectl delete pod x --dry-run=client", "allow"),
            ("kubectl delete pod x --dry-run", "allow"),
            ("kubectl delete pod x --dry-run=none", "ask"),
            ("kubectl delete pod --dry-run", "allow"),
        ],
    )
    def test_a_value_that_takes_it_back_does_not_free(self, line: str, want: str) -> None:
        document = {"commands": {"ask": [{"match": "kubectl delete", "unless": ["--dry-run", "--dry-run=client"]}]}}
        assert effect(document, run(line)) == want

    @pytest.mark.parametrize(("line", "want"), [("kubectl delete pod x --dry-run=client", "allow"), ("kubectl delete --dry-run=none x", "ask")])
    def test_an_option_with_its_value_frees_wherever_it_is_one(self, line: str, want: str) -> None:
        assert effect({"commands": {"ask": [{"match": "kubectl delete", "unless": ["--dry-run=client"]}]}}, run(line)) == want

    @pytest.mark.parametrize(("line", "want"), [("gh pr view 1", "allow"), ("gh pr edit 1 --title view", "ask"), ("gh pr edit view", "ask")])
    def test_a_word_frees_only_in_its_place(self, line: str, want: str) -> None:
        assert effect({"commands": {"ask": [{"match": "gh pr", "unless": ["view"]}]}}, run(line)) == want

    @settings(deadline=None)
    @given(
        st.sampled_from(["git", "./git", "/usr/bin/git", "/tmp/git", "GIT"]),
        st.lists(st.sampled_from(["push", "x", "-n", "--dry-run", "--dry", "--dry-run=no", "--", "-o", "--force", "-C", "view"]), max_size=6),
        st.sampled_from(["--dry-run", "-n", "view", "x"]),
    )
    def test_law_an_exception_frees_only_what_it_would_allow_as_an_entry(self, program: str, words: list[str], excepted: str) -> None:
        line = " ".join((program, *words))
        bare = {"commands": {"deny": ["git push"]}}
        freed = {"commands": {"deny": [{"match": "git push", "unless": [excepted]}]}}
        if effect(bare, run(line)) == "deny" and effect(freed, run(line)) == "allow":
            assert prefix_covers(compile_prefix(f"git push {excepted}"), Command((program, *words)))


def test_the_schema_is_the_published_one() -> None:
    assert commands.schema() == published_schema(commands.KEY)


class TestEntries:
    @pytest.mark.parametrize(
        ("entry", "line", "want"),
        [
            ("cu?l x", "curl x", "deny"),
            ("cu?l x", "wget x", "allow"),
            ("*url", "curl x", "deny"),
            ("[cw]url", "wurl x", "deny"),
            ("python", "python3 x", "deny"),
            ("python3", "python3.11 x", "deny"),
            ("{a,b} {c,d}", "b c", "deny"),
            ("{a,b} {c,d}", "c d", "allow"),
            ({"match": "x", "with": ["--a=b"]}, "x --a=b", "deny"),
            ({"match": "x", "with": ["--a=b"]}, "x --a=c", "allow"),
            ({"match": "x", "with": ["--a=b"]}, "x --a", "allow"),
            ({"match": "x", "with": ["y", "z"]}, "x y", "deny"),
            ({"match": "x", "with": ["x"]}, "x y", "allow"),
            ({"match": "x", "with": ["-f"]}, "x -vf", "deny"),
            ({"match": "x", "expires": "2001-01-01"}, "x", "allow"),
        ],
    )
    def test_which_commands_an_entry_means(self, entry: object, line: str, want: str) -> None:
        assert effect({"commands": {"deny": [entry]}}, run(line)) == want

    @pytest.mark.parametrize(("line", "want"), [("git --verbose", "allow"), ("git --verb", "deny"), ("git", "deny"), ("git --quiet", "deny")])
    def test_an_allow_entry_gets_the_words_that_it_wants_whole(self, line: str, want: str) -> None:
        assert effect({"commands": {"allow": [{"match": "git", "with": ["--verbose"]}]}}, run(line)) == want

    @pytest.mark.parametrize(("line", "want"), [("python3 x", "ask"), ("python x", "deny"), ("python3.11 x", "deny")])
    def test_whoever_lists_a_version_means_another_program_by_the_bare_name(self, line: str, want: str) -> None:
        assert effect({"commands": {"deny": ["python"], "ask": ["python3"]}}, run(line)) == want

    @pytest.mark.parametrize("entry", [" ", "x 'y", {"match": "x", "unless": [" "]}])
    def test_refuses_what_names_no_program(self, entry: object) -> None:
        with pytest.raises(PolicyError):
            policy({"commands": {"deny": [entry]}})

    def test_an_empty_list_says_nothing(self) -> None:
        assert effect({"commands": {"allow": []}}, run("x")) == "allow"


class TestSaid:
    @pytest.mark.parametrize(
        ("section", "action", "rule", "text"),
        [
            ({"deny": ["git push"]}, run(f"git {UNKNOWN}"), "commands.deny", "only known when it runs"),
            ({"ask": ["git push"]}, run(f"git {UNKNOWN}"), "commands.ask", "only known when it runs"),
            ({"ask": ["curl"]}, run(UNKNOWN), "commands.ask", "only known when it runs"),
            ({"deny": ["x", "curl"]}, run("curl"), "commands.deny[1]", "running `curl` is denied by commands.deny[1]"),
            ({"allow": ["x", "curl"]}, run("curl"), "commands.allow[1]", "running `curl` is allowed by commands.allow[1]"),
            ({"allow": ["x"]}, run("LD_PRELOAD=/x", ASSIGNMENT), "commands.allow", "setting `LD_PRELOAD=/x` is denied: not in commands.allow"),
            ({"allow": ["x"]}, run("rm y"), "commands.allow", "running `rm y` is denied: not in commands.allow"),
        ],
    )
    def test_what_of_which_command_by_which_rule(self, section: dict[str, object], action: Action, rule: str, text: str) -> None:
        reasons = decide({"commands": section}, run("ls", DATA), action).reasons
        (reason,) = [one for one in reasons if one.rule == rule]
        assert text in reason.text and reason.source.startswith("doc0.json") and reason.action == 1

    def test_an_entry_speaks_once_of_a_command(self) -> None:
        reasons = decide({"commands": {"deny": ["{curl,curl.exe}"]}}, run("/tmp/curl"), real={"/tmp/curl": "/usr/bin/curl"}).reasons
        assert 1 <= len([one for one in reasons if one.effect == 2]) <= 2

    def test_beneath_all_nothing_is_said_of_what_is_not_known(self) -> None:
        assert judge(policy({"commands": {"ask": ["git push"]}}, level="baseline"), call(run(f"git {UNKNOWN}")), facts()).effect == PASSES
