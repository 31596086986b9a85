from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from gateway.host import observe as looking
from gateway.host.observe import observe
from gateway.model.action import GLOB, READ, RUN, TREE, Action
from tests.builders import call


class TestObserve:
    def test_only_what_differs_is_noted(self, tmp_path: Path) -> None:
        root = os.path.realpath(tmp_path)
        (tmp_path / "link").symlink_to("target")
        seen = observe(call(Action(READ, "plain"), Action(READ, "link"), cwd=root), project=root, home=root)
        assert seen.real == {f"{root}/link": f"{root}/target"}

    def test_a_program_with_a_path_is_followed(self, tmp_path: Path) -> None:
        root = os.path.realpath(tmp_path)
        (tmp_path / "tool").symlink_to("/bin/sh")
        seen = observe(call(Action(RUN, "./tool", words=("./tool",)), cwd=root), project=root, home=root)
        assert seen.real[f"{root}/tool"] == os.path.realpath("/bin/sh")

    def test_globs_and_trees_are_looked_into(self, tmp_path: Path) -> None:
        root = os.path.realpath(tmp_path)
        (tmp_path / "sub").mkdir()
        for name in ("a.py", "sub/.env"):
            (tmp_path / name).touch()
        actions = (Action(READ, "*.py", how=(GLOB,)), Action(READ, ".", how=(TREE,)))
        seen = observe(call(*actions, cwd=root), project=root, home=root, denied=lambda path: path.endswith(".env"))
        assert seen.globs == {f"{root}/*.py": ((f"{root}/a.py",), True)}
        assert seen.trees[root] == ((f"{root}/sub/.env",), True)

    @pytest.mark.parametrize("target", ["/net/host/x", "x" * 5000, "a\0b"])
    def test_what_must_not_be_followed_is_not(self, target: str) -> None:
        assert observe(call(Action(READ, target), cwd="/"), project="/", home="/").real == {}


def test_the_guards_places_are_looked_for_once_a_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    find = looking.own_places

    def counted(project: str, *others: Any) -> dict[str, str]:
        looked.append(project)
        return find(project, *others)

    monkeypatch.setattr(looking, "own_places", counted)
    lines = ("git checkout a", "git stash", "git apply p", "git pull")
    actions = tuple(Action(RUN, "git", words=tuple(line.split())) for line in lines)
    observe(call(*actions, cwd=str(tmp_path)), project=str(tmp_path), home=str(tmp_path), unwritable=lambda path: False)
    assert looked == [str(tmp_path)]
