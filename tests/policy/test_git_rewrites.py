"""What git commands lay into the work tree."""

from __future__ import annotations

import pytest

from gateway.model.action import RUN, Action
from gateway.policy.git_rewrites import INDEX, moves_names, rewrite_of


def git(line: str) -> Action:
    words = tuple(line.split())
    return Action(RUN, words[0], words=words)


@pytest.mark.parametrize(
    ("line", "revisions", "paths"),
    [
        ("git checkout main", ("main",), ()),
        ("git checkout -", ("@{-1}",), ()),
        ("git checkout -b new", (), ()),
        ("git checkout -b new origin/main", ("origin/main",), ()),
        ("git checkout -f", ("HEAD",), ()),
        ("git checkout main -- src", ("main",), ("src",)),
        ("git checkout main src", ("main",), ("src",)),
        ("git checkout -- src", (INDEX,), ("src",)),
        ("git checkout main --", ("main",), ()),
        ("git switch -c new", (), ()),
        ("git switch --detach v1", ("v1",), ()),
        ("git restore src/a.py", (INDEX,), ("src/a.py",)),
        ("git restore -s v1 .", ("v1",), (".",)),
        ("git restore -sv1 .", ("v1",), (".",)),
        ("git restore --source=v1 .", ("v1",), (".",)),
        ("git restore --staged .", (), ()),
        ("git reset HEAD~1", (), ()),
        ("git reset --hard", ("HEAD",), ()),
        ("git reset --hard v1", ("v1",), ()),
        ("git merge topic", ("topic",), ()),
        ("git merge", ("@{upstream}",), ()),
        ("git merge --abort", (), ()),
        ("git rebase --continue", (), ()),
        ("git rebase main", ("main",), ()),
        ("git rebase --onto new old topic", ("new", "old", "topic"), ()),
        ("git cherry-pick abc", ("abc",), ()),
        ("git stash", ("HEAD",), ()),
        ("git stash list", (), ()),
        ("git stash pop", ("stash@{0}",), ()),
        ("git stash apply 2", ("stash@{2}",), ()),
        ("git stash push -- src", ("HEAD",), ("src",)),
        ("git pull", ("@{upstream}",), ()),
        ("git pull origin main", ("refs/remotes/origin/main",), ()),
        ("git clean -n", (), ()),
        ("git bisect log", (), ()),
        ("git sparse-checkout list", (), ()),
        ("git clean -fd", ("HEAD",), ()),
        ("git -C sub checkout main", ("main",), ()),
    ],
)
def test_what_is_laid(line: str, revisions: tuple[str, ...], paths: tuple[str, ...]) -> None:
    rewrite = rewrite_of(git(line))
    assert rewrite is not None and (rewrite.revisions, rewrite.paths) == (revisions, paths)


@pytest.mark.parametrize(
    "line",
    [
        "git apply p.diff",
        "git am p.mbox",
        "git read-tree -u x",
        "git checkout-index -a",
        "git --work-tree=/x checkout main",
        "git --git-dir /x checkout main",
        "git -c core.worktree=/x checkout main",
        "git checkout -p main",
        "git restore --sour v1 .",
        "git rebase -i main",
        "git cherry-pick -m 2 abc",
        "git cherry-pick a..b",
        "git bisect start evil HEAD",
        "git sparse-checkout set src",
        "git status",
        "ls",
        "git",
    ],
)
def test_what_cannot_be_told(line: str) -> None:
    assert rewrite_of(git(line)) is None


def test_what_is_thrown_away() -> None:
    assert [line for line in ("git stash", "git reset --hard", "git checkout -f x", "git checkout x") if rewrite_of(git(line)).overwrites] == [  # type: ignore[union-attr]
        "git stash",
        "git reset --hard",
        "git checkout -f x",
    ]
    assert rewrite_of(git("git stash -u")).removes_untracked and not rewrite_of(git("git stash")).removes_untracked  # type: ignore[union-attr]


def test_what_lets_a_name_stand_for_another_revision() -> None:
    assert [line for line in ("git branch -f a b", "git -C x update-ref a b", "git status", "ls") if moves_names(git(line))] == [
        "git branch -f a b",
        "git -C x update-ref a b",
    ]
