from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.authoring.diff.languages import paths
from gateway.authoring.diff.languages.path_patterns import Ground
from gateway.authoring.diff.languages.paths import path_differences
from gateway.evaluation import judge
from gateway.model.action import DELETE, READ, SEARCH, TREE, WRITE, Action
from gateway.model.decision import Decision
from gateway.model.errors import GatewayError
from tests.builders import HOME, PROJECT, call, facts, policy, with_baseline

GROUND = Ground(PROJECT, HOME)
NOW = facts().now
PATTERNS = st.sampled_from(
    ["a", "*.b", "a*", "a/b", "a/*", "a/**", "./**", "**/a", "**/a/*", "**/a/b*", "a/**/b", "~/a/**", "/a", "/a/**", "**", "[ab]", "~", "*/b", "./a"]
)
ENTRY = st.one_of(
    PATTERNS,
    st.builds(lambda match, unless: {"match": match, "unless": unless}, PATTERNS, st.lists(PATTERNS, min_size=1, max_size=2)),
    st.builds(lambda match: {"match": match, "mode": "observe"}, PATTERNS),
)
LISTS = st.fixed_dictionaries({}, optional={name: st.lists(ENTRY, max_size=3) for name in ("allow", "ask", "deny")})
DOCUMENTS = st.fixed_dictionaries(
    {"files": st.fixed_dictionaries({}, optional={"read": LISTS, "delete": LISTS, "write": LISTS})},
    optional={"default": st.sampled_from(["allow", "ask", "deny"]), "mode": st.sampled_from(["observe", "enforce"])},
)
NAMES = st.lists(st.sampled_from(["a", "b", "ab", "x.b", "c", "ax"]), max_size=4)
PATHS = st.builds(lambda base, names: (base + "/" + "/".join(names)).rstrip("/") or "/", st.sampled_from(["", HOME, PROJECT]), NAMES)


def decided(compiled: dict[str, Any], verb: str, path: str) -> Decision:
    action = Action(WRITE, path, how=(DELETE,)) if verb == "delete" else Action(READ if verb == "read" else WRITE, path)
    return judge(compiled, call(action), facts())


def effects(compiled: dict[str, Any], verb: str, path: str) -> tuple[int, int]:
    decision = decided(compiled, verb, path)
    return decision.effect, decision.shadow


FORMS = {"read": ((READ, SEARCH), (READ, TREE)), "write": ((WRITE, TREE),), "delete": ((WRITE, TREE, DELETE),)}


def of_folder(compiled: dict[str, Any], verb: str, path: str) -> list[tuple[int, int]]:
    """Return the verdicts on a folder that is searched or taken whole."""
    decisions = [judge(compiled, call(Action(form[0], path, how=form[1:])), facts()) for form in FORMS[verb]]
    return [(decision.effect, decision.shadow) for decision in decisions]


def parts(verb: str) -> tuple[str, ...]:
    return ("delete", "write") if verb == "delete" else (verb,)


class TestLaws:
    @settings(max_examples=250, deadline=None)
    @given(DOCUMENTS, DOCUMENTS, st.sampled_from(["read", "write", "delete"]), st.lists(PATHS, min_size=1, max_size=12))
    def test_a_difference_is_found_exactly_where_verdicts_differ(self, one: Any, other: Any, verb: str, asked: list[str]) -> None:
        old, new = policy(one), policy(other)
        found = path_differences(old, new, parts(verb), GROUND, NOW)
        for difference in found:
            for path in difference.paths if not difference.whole else ():
                assert effects(old, verb, path) == difference.old.effects, path
                assert effects(new, verb, path) == difference.new.effects, path
        known = {(difference.old.effects, difference.new.effects) for difference in found}
        for path in asked:
            pair = (effects(old, verb, path), effects(new, verb, path))
            assert pair[0] == pair[1] or pair in known, path

    @settings(max_examples=250, deadline=None)
    @given(DOCUMENTS, DOCUMENTS, st.sampled_from(["read", "write", "delete"]), st.lists(PATHS, min_size=1, max_size=12))
    def test_what_differs_for_a_whole_folder_is_found_too(self, one: Any, other: Any, verb: str, asked: list[str]) -> None:
        old, new = policy(one), policy(other)
        found = path_differences(old, new, parts(verb), GROUND, NOW)
        for difference in found:
            for path in difference.paths if difference.whole else ():
                verdicts = zip(of_folder(old, verb, path), of_folder(new, verb, path), strict=True)
                assert (difference.old.effects, difference.new.effects) in verdicts, path
                assert effects(old, verb, path) == effects(new, verb, path), path
        for path in asked:
            assert found or of_folder(old, verb, path) == of_folder(new, verb, path), path

    @pytest.mark.parametrize(
        ("old", "new", "want"),
        [
            ({"allow": ["./s/**"]}, {"allow": ["./s/**"], "ask": ["./s"]}, {("/s", 0, 1)}),
            ({"allow": ["./s/**"]}, {"allow": ["./s/**"], "deny": ["./s"]}, {("/s", 0, 2)}),
            ({"allow": ["./s/**"], "ask": ["./s/**"]}, {"allow": ["./s/**"], "ask": ["./s/**", "./s"]}, {("/s", 0, 1)}),
            ({"allow": ["./s.d/**"]}, {"allow": ["./s.d/**"], "ask": ["./s.d"]}, set()),
            ({"allow": ["./s/*.py"]}, {"allow": ["./s/*.py"], "ask": ["./s"]}, set()),
        ],
    )
    def test_what_is_said_of_a_folder_alone_counts_where_it_is_searched(self, old: Any, new: Any, want: set[tuple[str, int, int]]) -> None:
        found = path_differences(*(policy({"files": {"read": one}}) for one in (old, new)), ("read",), GROUND, NOW)
        assert {(path.removeprefix(PROJECT), one.old.enforced, one.new.enforced) for one in found for path in one.paths} == want
        assert all(one.whole for one in found)

    @settings(max_examples=60, deadline=None)
    @given(DOCUMENTS, st.sampled_from(["read", "write", "delete"]))
    def test_nothing_differs_from_itself(self, document: Any, verb: str) -> None:
        assert path_differences(policy(document), policy(document), parts(verb), GROUND, NOW) == []


class TestAboveBaseline:
    @pytest.mark.parametrize(
        ("old", "new", "want"),
        [
            ({}, {"ask": ["~/.ssh/config"]}, set()),
            ({}, {"deny": ["src/*.pem"]}, {(1, 2), (0, 2)}),
            ({"deny": ["~/.ssh/id_rsa"]}, {}, set()),
            ({"allow": ["src/**"]}, {"allow": ["src/**", "src/a.py"]}, set()),
            ({"allow": ["src/**"]}, {"allow": ["src/**", "docs/a.md"]}, {(2, 0)}),
        ],
    )
    def test_what_baseline_says_already_is_no_difference(self, old: Any, new: Any, want: set[tuple[int, int]]) -> None:
        sides = [with_baseline({"files": {"read": one}}) for one in (old, new)]
        found = path_differences(sides[0], sides[1], ("read",), GROUND, NOW)
        assert {(difference.old.enforced, difference.new.enforced) for difference in found} == want

    def test_an_expired_entry_does_not_speak(self) -> None:
        entry = {"match": "a", "expires": "2001-01-01"}
        assert path_differences(policy({"files": {"read": {"deny": [entry]}}}), policy({}), ("read",), GROUND, NOW) == []

    def test_what_is_too_much_is_said_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(paths, "MAX_STATES", 10)
        with pytest.raises(GatewayError, match="too many ways"):
            path_differences(policy({"files": {"read": {"deny": ["**/a/**/b/**/c"]}}}), policy({}), ("read",), GROUND, NOW)
