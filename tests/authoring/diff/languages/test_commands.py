from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.authoring.diff.languages.commands import commands_to_compare
from gateway.evaluation import judge
from gateway.model.action import RUN, Action
from tests.builders import call, facts, policy, with_baseline

ENTRY = st.one_of(
    st.sampled_from(["git", "git push", "git push --force", "git * --force", "g*", "git -x", "rm -rf", "rm", "git push origin", "[gr]m"]),
    st.builds(
        lambda match, key, words: {"match": match, key: words},
        st.sampled_from(["git", "git push", "rm"]),
        st.sampled_from(["with", "unless"]),
        st.lists(st.sampled_from(["--force", "-n", "o*", "main", "+*"]), min_size=1, max_size=2),
    ),
)
DOCUMENTS = st.fixed_dictionaries(
    {"commands": st.fixed_dictionaries({}, optional={name: st.lists(ENTRY, max_size=3) for name in ("allow", "ask", "deny")})}
)
WORDS = st.lists(st.sampled_from(["push", "origin", "main", "log", "+main"]), max_size=3)
OPTIONS = st.lists(st.sampled_from(["--force", "-n", "-x", "-rf", "-f", "--other"]), max_size=3)
COMMANDS = st.builds(
    lambda program, words, options: (program, *words, *options), st.sampled_from(["git", "rm", "gm", "rmx", "ls", "GIT"]), WORDS, OPTIONS
)


def effect(compiled: dict[str, Any], words: tuple[str, ...]) -> int:
    return judge(compiled, call(Action(RUN, words[0], words=words)), facts()).effect


class TestCommands:
    @settings(max_examples=250, deadline=None)
    @given(DOCUMENTS, DOCUMENTS, st.lists(COMMANDS, min_size=1, max_size=15))
    def test_policies_that_agree_on_the_chosen_commands_agree_on_all(self, one: Any, other: Any, asked: list[tuple[str, ...]]) -> None:
        old, new = policy(one), policy(other)
        pairs = {(effect(old, words), effect(new, words)) for words in commands_to_compare(old, new)}
        for words in asked:
            pair = (effect(old, words), effect(new, words))
            assert pair[0] == pair[1] or pair in pairs, words

    def test_nothing_is_compared_when_nothing_changed(self) -> None:
        document = {"commands": {"allow": ["git", "rm -rf"], "deny": ["git push"]}}
        assert list(commands_to_compare(policy(document), policy(document))) == []

    def test_only_programs_that_a_change_speaks_of_are_compared(self) -> None:
        found = commands_to_compare(policy({"commands": {"deny": ["git push", "rm"]}}), policy({"commands": {"deny": ["git pull", "rm"]}}))
        assert {words[0].lower() for words in found} == {"git"}

    def test_a_layer_that_only_observes_differs_in_its_own_entries(self) -> None:
        document = {"commands": {"deny": ["make"]}}
        found = list(commands_to_compare(with_baseline({"mode": "observe", **document}), with_baseline(document)))
        assert {words[0].lower() for words in found} == {"make"}

    def test_a_default_that_holds_in_another_mode_differs_for_every_program(self) -> None:
        document = {"default": "deny", "commands": {"deny": ["make"]}}
        found = {words[0] for words in commands_to_compare(policy({"mode": "observe", **document}), policy(document))}
        assert "make" in found and len(found) > 2

    def test_an_entry_that_moves_to_a_layer_with_a_default_is_compared(self) -> None:
        asking, denying = {"commands": {"ask": ["make"]}}, {"default": "deny"}
        found = commands_to_compare(policy(asking, denying), policy({}, {**denying, **asking}))
        assert ("make",) in list(found)

    def test_options_that_change_nothing_are_not_tried_in_every_set(self) -> None:
        flags = [f"--{name}" for name in ("one", "two", "three", "four", "five", "six", "seven", "eight")]
        listed = policy({"default": "ask", "commands": {"deny": [{"match": "tool run", "with": flags}]}})
        found = [words for words in commands_to_compare(listed, policy({})) if words[0] == "tool"]
        assert {bool(set(words) & set(flags)) for words in found} == {True, False} and len(found) < 20

    def test_a_closed_default_above_baseline_is_told_by_few_commands(self) -> None:
        assert len(list(commands_to_compare(with_baseline({}), with_baseline({"default": "deny"})))) < 3_000
