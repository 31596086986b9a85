"""Programs that change files which their command line does not name."""

from __future__ import annotations

import pytest

from gateway.model.action import RUN, Action
from gateway.policy.unnamed_writes import (
    changed_environments,
    filled_folders,
    is_patch,
    new_environment,
    removes_needed,
    rewrites,
    rewritten_folder,
    touched_environments,
)
from tests.builders import HOME, PROJECT, call


def ran(line: str) -> Action:
    words = tuple(line.split())
    return Action(RUN, words[0], words=words)


@pytest.mark.parametrize(
    ("line", "want"),
    [
        ("git checkout main", ""),
        ("git -C /x checkout main", "/x"),
        ("git -C /x -c core.workTree=/y checkout main", "/y"),
        ("git bisect start a b", ""),
        ("git sparse-checkout set src", ""),
        ("git -C /x -C y pull", "/x/y"),
        ("git --attr-source HEAD -C /x checkout main", "/x"),
        ("git --shallow-file f checkout main", ""),
        ("git --no-lazy-fetch --exec-path checkout main", ""),
        ("git -c a=b --work-tree=/x stash pop", "/x"),
        ("git --work-tree /x reset --hard", "/x"),
        ("/usr/bin/git apply p", ""),
        ("git apply --directory=x p", "x"),
        ("git -C /x apply --directory y p", "/x/y"),
        ("git -C /x apply --directory=/y p", "/y"),
        ("patch -p1", ""),
        ("patch -d x -p1", "x"),
        ("patch -dx", "x"),
        ("patch --directory=x", "x"),
        ("git status", None),
        ("git commit -m checkout", None),
        ("git", None),
        ("ls", None),
    ],
)
def test_rewritten_folder(line: str, want: str | None) -> None:
    words = tuple(line.split())
    assert rewritten_folder(Action(RUN, words[0], words=words)) == want


@pytest.mark.parametrize(
    ("line", "folder"),
    [
        ("python3 -m venv .venv", ".venv"),
        ("/usr/bin/python3.12 -m venv --clear v", "v"),
        ("virtualenv -p python3 v", "v"),
        ("uv venv", ".venv"),
        ("uv venv v", "v"),
        ("uv pip install x", None),
        ("python3 -m venv", None),
        ("python3 -m pytest v", None),
        ("ls venv", None),
    ],
)
def test_where_an_environment_is_made(line: str, folder: str | None) -> None:
    words = tuple(line.split())
    assert new_environment(Action(RUN, words[0], words=words)) == folder


@pytest.mark.parametrize(
    ("line", "want"),
    [
        ("git clone u d", ["u", "d"]),
        ("git -C x worktree add d main", ["x/add", "x/d", "x/main"]),
        ("git submodule add u .", ["add", "u"]),
        ("git init d", []),
        ("git status d", []),
        ("git", []),
        ("ls d", []),
    ],
)
def test_where_trees_are_laid(line: str, want: list[str]) -> None:
    assert filled_folders(ran(line)) == want


@pytest.mark.parametrize(
    ("line", "want"),
    [
        ("/v/bin/pip install x", ["/v/bin/.."]),
        ("/v/bin/pip3.12 uninstall x", ["/v/bin/.."]),
        ("/v/bin/python -m pip install x", ["/v/bin/.."]),
        ("/v/bin/python -m ensurepip", ["/v/bin/.."]),
        ("pip --python /v install x", ["/v", "/v/../.."]),
        ("pip --python=/v install x", ["/v", "/v/../.."]),
        ("pip uninstall -p /v x", ["/v", "/v/../.."]),
        ("conda install -p /v x", ["/v", "/v/../.."]),
        ("uv sync --python=/v", ["/v", "/v/../.."]),
        ("uv pip install x", []),
        ("pip install x", []),
        ("/v/bin/pip list", []),
        ("/v/bin/python -m pytest", []),
        ("/v/bin/ls install", []),
        ("ls", []),
    ],
)
def test_which_environment_is_changed(line: str, want: list[str]) -> None:
    assert changed_environments(ran(line)) == want


@pytest.mark.parametrize(
    ("line", "want"),
    [
        ("pip uninstall -y PyYAML", True),
        ("pip uninstall wcmatch", True),
        ("pip-sync sync r.txt", True),
        ("pip uninstall requests", False),
        ("pip install pyyaml", False),
    ],
)
def test_what_the_guard_needs(line: str, want: bool) -> None:
    assert removes_needed(ran(line)) is want


@pytest.mark.parametrize(
    ("line", "want"),
    [
        (f"{PROJECT}/v/bin/pip install requests", []),
        (f"{PROJECT}/v/bin/pip uninstall pyyaml", [f"{PROJECT}/v"]),
        ("/v/bin/pip install requests", ["/v"]),
        ("bin/pip install requests", []),
    ],
)
def test_the_projects_own_environment_is_worked_in(line: str, want: list[str]) -> None:
    action = ran(line)
    assert touched_environments(action, call(action), [PROJECT], PROJECT, HOME) == want


def test_an_environment_that_the_line_switches_to() -> None:
    action = ran("pip install x")
    switched = call(ran(". /v/bin/activate"), action)
    assert touched_environments(action, switched, [PROJECT], PROJECT, HOME) == ["/v"]
    assert rewrites(action) and not rewrites(ran("pip list"))


@pytest.mark.parametrize(
    ("line", "want"), [("patch -p1", True), ("git am x", True), ("git -C d apply x", True), ("git log", False), ("ls apply", False)]
)
def test_what_applies_patches(line: str, want: bool) -> None:
    assert is_patch(ran(line)) is want
