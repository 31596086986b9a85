"""What git commands would change of a project's policy, in repositories of git's own."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from gateway.host import git_changes
from gateway.host.git_changes import changed_by
from gateway.model.action import RUN, Action
from gateway.model.call import ToolCall
from gateway.policy.guard import CODE, SOURCE

pytestmark = pytest.mark.skipif(not any(map(os.path.exists, git_changes.GITS)), reason="git is not installed")
POLICY = ".agent-scope.json"


def git(folder: Path, *words: str) -> None:
    environment = {"PATH": "/usr/bin:/bin:/usr/local/bin", "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"}
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *identity, *words], cwd=folder, env=environment, check=True, capture_output=True)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository whose `feature` leaves the policy alone and whose `evil` empties it."""
    folder = tmp_path_factory.mktemp("repository")
    git(folder, "init", "-q")
    (folder / "src").mkdir()
    (folder / "src" / "a.py").write_text("1\n")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "start")
    (folder / POLICY).write_text('{"commands": {"deny": ["curl"]}}\n')
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "policy")
    for branch, file, text in (("feature", "src/a.py", "2\n"), ("evil", POLICY, "{}\n")):
        git(folder, "checkout", "-q", "-b", branch, "main")
        (folder / file).write_text(text)
        git(folder, "commit", "-qam", branch)
    git(folder, "checkout", "-q", "main")
    return folder


def changed(folder: Path, line: str, *others: str) -> list[str] | None:
    actions = [Action(RUN, text.split()[0], words=tuple(text.split())) for text in (line, *others)]
    call = ToolCall("Bash", {}, session="s", cwd=str(folder), actions=tuple(actions))
    # as they are found in a project: the record lies beside the policy, and git is told to leave it alone
    found = changed_by(actions[0], call, "/nowhere", {f"{folder}/{POLICY}": SOURCE, f"{folder}/.agent-traces": CODE})
    return None if found is None else [os.path.basename(path) for path in found[0]]


@pytest.mark.parametrize(
    "line",
    [
        "git checkout feature",
        "git switch feature",
        "git switch -c new",
        "git merge feature",
        "git rebase feature",
        "git cherry-pick feature",
        "git stash",
        "git stash pop",
        "git pull",
        "git pull origin main",
        "git reset --hard",
        "git reset --hard feature",
        "git reset evil",
        "git checkout src/a.py",
        "git checkout -- src/a.py",
        "git checkout -- .",
        "git checkout .",
        "git checkout evil -- src",
        "git restore .",
        "git clean -fdx",
        "git merge --abort",
        "git checkout nowhere",
        "git -C src checkout feature",
    ],
)
def test_leaves_the_policy_alone(repository: Path, line: str) -> None:
    assert changed(repository, line) == []


@pytest.mark.parametrize(
    "line",
    [
        "git checkout evil",
        "git checkout -f evil",
        "git switch evil",
        "git switch --detach evil",
        "git switch -c new evil",
        "git merge evil",
        "git merge feature evil",
        "git rebase evil",
        "git rebase --onto evil main",
        "git cherry-pick evil",
        "git revert HEAD",
        "git reset --hard evil",
        "git reset --hard HEAD~1",
        "git checkout evil -- .",
        "git checkout evil .",
        "git restore -s evil .",
        "git restore --source=evil src .",
        "git -C src checkout evil",
    ],
)
def test_would_change_the_policy(repository: Path, line: str) -> None:
    assert changed(repository, line) == [POLICY]


@pytest.mark.parametrize("line", ["git read-tree -u evil", "git checkout -p evil", "git checkout ev*l -- *", "git --work-tree=. checkout evil"])
def test_what_cannot_be_told_is_not_told(repository: Path, line: str) -> None:
    assert changed(repository, line) is None


class TestSmuggled:
    """Other spellings of laying another policy, found by trying to get past the comparison."""

    @pytest.mark.parametrize(
        "line",
        [
            "git restore --sour evil .",
            "git checkout --pathspec-from-file=list",
            "git rebase -i HEAD~1",
            "git cherry-pick -m 2 evil",
        ],
    )
    def test_what_is_said_otherwise_is_not_told(self, repository: Path, line: str) -> None:
        assert changed(repository, line) is None

    def test_a_revision_glued_to_its_option(self, repository: Path) -> None:
        assert changed(repository, "git restore -sevil .") == [POLICY]

    def test_a_hard_reset_cut_short(self, repository: Path) -> None:
        assert changed(repository, "git reset --har evil") == [POLICY]

    @pytest.mark.parametrize("line", ["git checkout theirs", "git switch theirs"])
    def test_a_branch_that_only_a_remote_has(self, repository: Path, line: str) -> None:
        git(repository, "update-ref", "refs/remotes/origin/theirs", "evil")
        assert changed(repository, line) == [POLICY]

    def test_an_agents_settings(self, repository: Path) -> None:
        folder = repository / ".claude"
        folder.mkdir(exist_ok=True)
        (folder / "settings.json").write_text('{"hooks": {}}')
        git(repository, "checkout", "-q", "-b", "settings", "main")
        git(repository, "add", ".claude")
        git(repository, "commit", "-qm", "settings")
        try:
            assert changed(repository, "git checkout main") is None  # takes the hooks away
            assert changed(repository, "git stash") == []
            (folder / "settings.json").write_text('{"hooks": {"PreToolUse": []}}')
            assert [changed(repository, line) for line in ("git stash", "git reset --hard", "git checkout .")] == [None, None, None]
        finally:
            git(repository, "checkout", "-q", "-f", "main")
            git(repository, "branch", "-D", "settings")

    def test_a_deadline_that_passes_meanwhile_leaves_nobody_waiting(self, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        slow = tmp_path / "git"
        slow.write_text("#!/bin/sh\nexec sleep 60\n")
        slow.chmod(0o755)
        monkeypatch.setattr(git_changes, "GITS", (str(slow),))

        def passed(number: int, frame: object) -> None:
            raise TimeoutError

        before = signal.signal(signal.SIGALRM, passed)
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        start = time.monotonic()
        try:
            with pytest.raises(TimeoutError):
                changed(repository, "git checkout feature")
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
        assert time.monotonic() - start < 5


def test_a_name_that_the_same_line_moves_says_nothing(repository: Path) -> None:
    assert changed(repository, "git checkout feature", "git branch -f feature evil") is None
    assert changed(repository, "git checkout feature", "git fetch") == []


def test_a_policy_that_was_edited_is_not_thrown_away_in_silence(repository: Path) -> None:
    before = (repository / POLICY).read_text()
    (repository / POLICY).write_text('{"commands": {"deny": ["curl", "wget"]}}\n')
    try:
        lines = ("git stash", "git reset --hard", "git checkout -- .", "git checkout -f", "git restore .", "git checkout .", "git checkout feature")
        assert [line for line in lines if changed(repository, line)] == list(lines[:-1])
    finally:
        (repository / POLICY).write_text(before)


def test_a_policy_that_git_does_not_know(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "a").write_text("1")
    git(tmp_path, "add", "a")
    git(tmp_path, "commit", "-qm", "start")
    (tmp_path / POLICY).write_text("{}")
    lines = ("git clean -fd", "git stash -u", "git stash", "git checkout main", "git pull")
    assert [line for line in lines if changed(tmp_path, line)] == ["git clean -fd", "git stash -u"]


def test_the_record_is_taken_away_only_with_what_is_ignored(repository: Path) -> None:
    record = repository / ".agent-traces"
    record.mkdir()
    (record / ".gitignore").write_text("*\n")
    try:
        lines = ("git clean -fd", "git clean -fdx", "git stash -u", "git stash -a", "git checkout feature")
        assert [line for line in lines if changed(repository, line)] == ["git clean -fdx", "git stash -a"]
    finally:
        (record / ".gitignore").unlink()
        record.rmdir()


def test_code_that_git_keeps_here_cannot_be_told(repository: Path) -> None:
    action = Action(RUN, "git", words=("git", "checkout", "feature"))
    call = ToolCall("Bash", {}, session="s", cwd=str(repository), actions=(action,))
    assert changed_by(action, call, "/nowhere", {f"{repository}/src": CODE}) is None


def test_another_repository_within_is_its_own(repository: Path, tmp_path: Path) -> None:
    inner = repository / "inner"
    inner.mkdir(exist_ok=True)
    git(inner, "init", "-q")
    assert changed(repository, "git -C inner checkout evil") == []


def test_no_repository_and_no_git(tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert changed(tmp_path, "git checkout main") is None
    monkeypatch.setattr(git_changes, "GITS", ("/nowhere/git",))
    assert changed(repository, "git checkout feature") is None


def test_nothing_that_the_repository_configures_is_run(repository: Path, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch {ran}\n")
    script.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "core.sshCommand", "filter.x.clean", "filter.x.smudge", "diff.external", "core.hooksPath"):
        git(repository, "config", key, str(script))
    (repository / ".git" / "info" / "attributes").write_text("* filter=x diff=x\n")
    try:
        for line in ("git checkout evil", "git stash -u", "git checkout -- .", "git reset --hard", "git clean -fd"):
            changed(repository, line)
        assert not ran.exists()
    finally:
        (repository / ".git" / "info" / "attributes").unlink()
        for key in ("core.fsmonitor", "core.pager", "core.sshCommand", "filter.x.clean", "filter.x.smudge", "diff.external", "core.hooksPath"):
            git(repository, "config", "--unset", key)


def test_a_git_that_hangs_is_ended(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = tmp_path / "git"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setattr(git_changes, "GITS", (str(slow),))
    monkeypatch.setattr(git_changes, "SECONDS", 0.2)
    assert changed(repository, "git checkout feature") is None
