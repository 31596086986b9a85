from __future__ import annotations

import os
import pwd
import subprocess
import sys
from pathlib import Path

import pytest

from gateway.host.attribution import ANY_CLIENT, ancestors, attribution, head_of, provider_of


def git(folder: Path, *words: str) -> str:
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"}
    identity = ("-c", "user.name=n", "-c", "user.email=e@example.com", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *identity, *words], cwd=folder, env=environment, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "-b", "feat/x")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "m")
    return tmp_path


class TestUser:
    def test_the_name_of_the_uid_where_no_variable_tells_it(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("USER", "LOGNAME"):
            monkeypatch.delenv(name, raising=False)
        assert attribution(str(tmp_path), "x")["os_user"] == pwd.getpwuid(os.getuid()).pw_name
        monkeypatch.setattr("os.getuid", lambda: 3_999_999_999)
        assert attribution(str(tmp_path), "x")["os_user"] == "3999999999"


class TestHead:
    def test_branch_and_commit_as_git_says(self, repository: Path) -> None:
        assert head_of(f"{repository}/.git") == ("feat/x", git(repository, "rev-parse", "HEAD"))

    def test_packed(self, repository: Path) -> None:
        git(repository, "pack-refs", "--all")
        assert head_of(f"{repository}/.git") == ("feat/x", git(repository, "rev-parse", "HEAD"))

    def test_detached(self, repository: Path) -> None:
        commit = git(repository, "rev-parse", "HEAD")
        git(repository, "checkout", "-q", "--detach")
        assert head_of(f"{repository}/.git") == ("", commit)

    def test_a_worktree(self, repository: Path) -> None:
        git(repository, "worktree", "add", "-q", "-b", "other", "tree")
        assert head_of(f"{repository}/tree/.git") == ("other", git(repository, "rev-parse", "HEAD"))

    def test_nothing_there(self, tmp_path: Path) -> None:
        assert head_of(f"{tmp_path}/.git") == ("", "")


class TestAttribution:
    def test_who_and_where(self, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("USER", "alice")
        (repository / "sub").mkdir()
        found = attribution(f"{repository}/sub", "claude-code")
        assert (found["os_user"], found["agent_provider"], found["git_branch"]) == ("alice", "claude-code", "feat/x")
        assert (found["git_repo"], found["working_dir"]) == (str(repository), f"{repository}/sub")

    def test_outside_a_repository_says_nothing_of_one(self) -> None:
        assert "git_repo" not in attribution("/", "x")


class TestAncestors:
    def test_nearest_first_up_to_the_first_process(self) -> None:
        chain = ancestors(os.getpid())
        assert chain[0]["pid"] == os.getpid() and chain[1]["pid"] == os.getppid() and all(one["started"] > 0 for one in chain[:2])

    def test_a_process_that_is_gone(self) -> None:
        assert ancestors(2**22 + 7) == []


class TestProvider:
    @pytest.mark.parametrize(
        ("names", "environment", "provider"),
        [
            (["node", "claude", "bash"], {}, "claude-code"),
            (["Cursor Helper", "systemd"], {}, "cursor"),
            (["copilot-agent"], {}, "github-copilot"),
            (["cody-agent"], {}, "cody"),
            (["continue"], {}, "continue"),
            (["claude-desktop"], {}, "claude-desktop"),
            (["bash"], {"CLAUDECODE": "1"}, "claude-code"),
            (["bash"], {"CLAUDECODE": ""}, ANY_CLIENT),
            (["bash", "sshd"], {}, ANY_CLIENT),
            ([], {}, ANY_CLIENT),
        ],
    )
    def test_who_started_us(self, names: list[str], environment: dict[str, str], provider: str) -> None:
        assert provider_of([{"pid": 1, "name": name} for name in names], environment) == provider

    def test_a_door_that_knows_says_so(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CLAUDECODE", "1")
        assert attribution(str(tmp_path), "cursor")["agent_provider"] == "cursor"
        assert attribution(str(tmp_path), ANY_CLIENT)["agent_provider"] == "claude-code"


class TestWasStartedWith:
    @pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="only /proc tells a command line")
    @pytest.mark.parametrize("shell", [False, True])
    @pytest.mark.parametrize(("words", "found"), [(["--the-tool", "x"], True), (["--the-tool=x"], True), (["x--the-tool"], False), ([], False)])
    def test_looks_at_who_started_us_and_through_a_shell(self, words: list[str], found: bool, shell: bool) -> None:
        ask = "from gateway.host.attribution import was_started_with; print(was_started_with('--the-tool'))"
        line = [sys.executable, "-c", ask]
        inner = ["/bin/sh", "-c", '"$0" -c "$1" || exit 2', sys.executable, ask] if shell else line
        start = f"import subprocess, sys; sys.exit(subprocess.run({inner!r}).returncode)"
        done = subprocess.run([sys.executable, "-c", start, *words], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
        assert done.stdout.strip() == str(found)
