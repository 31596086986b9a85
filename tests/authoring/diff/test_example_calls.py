from __future__ import annotations

import pytest

from gateway.authoring.diff.example_calls import Spelled, contacting, flowing, given, hidden, holding, running, touching
from gateway.evaluation import with_actions
from gateway.model.action import CONNECT, READ, RUN, SEARCH, TREE, WRITE, Action
from gateway.model.call import ToolCall
from tests.builders import HOME, PROJECT, policy


def actions(spelled: Spelled) -> tuple[Action, ...]:
    return with_actions(ToolCall(spelled.tool, spelled.input, cwd=PROJECT), policy({}), HOME).actions


class TestSpellings:
    @pytest.mark.parametrize(("kind", "verb"), [("read", READ), ("write", WRITE), ("delete", WRITE)])
    @pytest.mark.parametrize("path", ["/a/b c", "/a/it's", "/a/-x"])
    def test_every_spelling_touches_the_path(self, kind: str, verb: str, path: str) -> None:
        for spelled in touching(kind, path):
            assert (verb, path) in [(action.verb, action.target) for action in actions(spelled)], spelled
            assert path in spelled.text or "Bash" in spelled.text

    @pytest.mark.parametrize(("kind", "verb"), [("read", READ), ("write", WRITE), ("delete", WRITE)])
    @pytest.mark.parametrize("path", ["/a/b c", "/a/it's", "/a/-x"])
    def test_every_spelling_holds_the_folder(self, kind: str, verb: str, path: str) -> None:
        for spelled in holding(kind, path):
            assert any((action.verb, action.target) == (verb, path) and {SEARCH, TREE} & set(action.how) for action in actions(spelled)), spelled

    def test_commands_run_as_they_are(self) -> None:
        for spelled in running(("git", "push", "a b")):
            assert ("git", "push", "a b") in [action.words for action in actions(spelled) if action.verb == RUN]

    def test_an_interpreter_runs_a_module_too(self) -> None:
        told = [spelled.input["command"] for spelled in running(("python", "pytest", "-m", "-q"))]
        assert told == ["python pytest -m -q", "python pytest -m -q", "python -m pytest -q"]

    def test_assignments_stand_before_a_command(self) -> None:
        assert next(running(("LD_PRELOAD=x",))).input["command"] == "LD_PRELOAD=x true"

    def test_hosts_are_contacted(self) -> None:
        for spelled in contacting("https://a.example:8443/"):
            assert any(action.verb == CONNECT and "a.example:8443" in action.target for action in actions(spelled))

    def test_flows_flow(self) -> None:
        assert all(any(action.carries for action in actions(spelled)) for spelled in flowing())

    def test_what_is_hidden_is_opaque(self) -> None:
        assert any(action.opaque for action in actions(hidden()))

    @pytest.mark.parametrize(
        ("pointer", "want"), [(["a"], {"a": "v"}), (["a", "0", "b"], {"a": [{"b": "v"}]}), (["a", "*"], {"a": ["v"]}), ([], {"value": "v"})]
    )
    def test_values_stand_where_the_pointer_points(self, pointer: list[str], want: object) -> None:
        assert given("t", pointer, "v").input == want
