from __future__ import annotations

from typing import Any

import pytest

from gateway.authoring.generate.learning.seen import Seen
from gateway.authoring.generate.learning.wants import Want, wants_of
from gateway.evaluation import with_actions
from gateway.model.call import ToolCall
from tests.builders import HOME, PROJECT, facts, policy


def wants(tool: str, arguments: Any, **changes: Any) -> list[Want]:
    call = with_actions(ToolCall(tool, arguments, cwd=PROJECT), policy({}), HOME)
    return [want for want in wants_of(Seen("s", 1, "", call, facts(**changes))) if want.kind != "tools"]


class TestWants:
    @pytest.mark.parametrize(
        ("command", "want"),
        [
            ("cat src/a.py", [Want("commands", "", ("cat", "src/a.py")), Want("files.read", "./src/a.py")]),
            ("cd src && ls > /dev/null", None),
            ("rm -rf build", None),
            ("uv run pytest", [Want("commands", "", ("uv", "run", "pytest"))]),
            ("curl https://a.example:8443/x", [Want("commands", "", ("curl", "https://a.example:8443/x")), Want("network", "a.example")]),
        ],
    )
    def test_commands(self, command: str, want: list[Want] | None) -> None:
        found = wants("Bash", {"command": command})
        if want is not None:
            assert sorted(found, key=repr) == sorted(want, key=repr)
        assert not any(one.words[:1] == ("cd",) for one in found)

    def test_deleting_is_writing_and_deleting_a_tree(self) -> None:
        found = wants("Bash", {"command": "rm -rf build"})
        assert {("files.write", "./build", True), ("files.delete", "./build", True)} <= {(one.kind, one.thing, one.tree) for one in found}

    def test_what_is_behind_a_link_is_wanted_too(self) -> None:
        found = wants("Read", {"file_path": f"{PROJECT}/a"}, real={f"{PROJECT}/a": f"{HOME}/b"})
        assert [one.thing for one in found] == ["./a", "~/b"]

    def test_a_glob_wants_what_it_matched(self) -> None:
        found = wants("Bash", {"command": "cat src/*.py"}, globs={f"{PROJECT}/src/*.py": ((f"{PROJECT}/src/a.py",), True)})
        assert Want("files.read", "./src/a.py") in found and not any(one.tree for one in found if one.kind == "files.read")
