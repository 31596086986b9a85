"""Whatever carries bytes, a name or a tree to the guard's own places and to an agent's settings: a table, carrier by place, none of it silent.

The places stand on a disk of their own, the guard among them, so that no test reaches the real one. A part of the table goes through
hook processes as `setup` starts them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gateway.evaluation import judge, looked_at
from gateway.host import own_places
from gateway.model.call import ToolCall
from tests.builders import with_baseline
from tests.end_to_end.carriers import CARRIERS, ORDINARY, PACKAGES
from tests.hook_world import World, payload

POLICY = with_baseline()


class Ground:
    """A disk with an installed guard, its state, and a project with an agent's settings."""

    def __init__(self, root: Path) -> None:
        self.venv = root / "opt/venv"
        site = self.venv / "lib/python3.11/site-packages"
        self.home, self.project = root / "home", root / "p"
        state, config = self.home / ".local/state/agent-strace", self.home / ".config/agent-strace"
        for folder in (site / "gateway", site / "yaml", self.venv / "bin", state / "policy", config, self.home / ".claude"):
            folder.mkdir(parents=True)
        for name in (".git", ".claude", ".agent-traces/s", "src", "e"):
            (self.project / name).mkdir(parents=True)
        files = (site / "gateway/entry.py", site / "yaml/__init__.py", self.venv / "pyvenv.cfg", self.venv / "bin/agent-strace", state / "key")
        for file in (*files, config / "agent-scope.json", self.home / ".claude/settings.json", self.project / ".claude/settings.json"):
            file.write_text("{}")
        for name in (".claude/settings.local.json", ".agent-scope.json", ".agent-traces/s/events.ndjson", "src/a.py", "e/settings.json"):
            (self.project / name).write_text("{}")
        (self.venv / "bin/python").symlink_to(sys.executable)
        self.places = {
            "package": (f"{site}/gateway/entry.py", f"{site}/gateway"),
            "interpreter": (f"{self.venv}/bin/python", f"{self.venv}/bin"),
            "launcher": (f"{self.venv}/bin/agent-strace", f"{self.venv}/bin"),
            "library": (f"{site}/yaml/__init__.py", f"{site}/yaml"),
            "key": (f"{state}/key", str(state)),
            "state": (f"{state}/policy/x", f"{state}/policy"),
            "packs": (f"{config}/agent-scope.json", str(config)),
            "record": (f"{self.project}/.agent-traces/s/events.ndjson", f"{self.project}/.agent-traces"),
            "settings": (".claude/settings.json", ".claude"),
            "local settings": (f"{self.project}/.claude/settings.local.json", f"{self.project}/.claude"),
            "user's settings": (f"{self.home}/.claude/settings.json", f"{self.home}/.claude"),
            "policy": (".agent-scope.json", ""),
        }

    def verdict(self, line: str) -> str:
        judged, facts = looked_at(POLICY, ToolCall("Bash", {"command": line}, cwd=str(self.project)), project=str(self.project))
        return judge(POLICY, judged, facts).verdict


@pytest.fixture
def ground(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ground:
    made = Ground(tmp_path)
    monkeypatch.setenv("HOME", str(made.home))
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "AGENT_TRACE_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(own_places, "_PACKAGE", made.places["package"][1])
    monkeypatch.setattr(sys, "executable", made.places["interpreter"][0])
    return made


PLACES = [
    *("package", "interpreter", "launcher", "library", "key", "state", "packs", "record", "policy"),
    *("settings", "local settings", "user's settings"),
]


class TestTable:
    @pytest.mark.parametrize("place", PLACES)
    def test_no_carrier_reaches_a_place_in_silence(self, place: str, ground: Ground) -> None:
        file, folder = ground.places[place]
        silent = []
        for carrier in CARRIERS:
            if folder or "{d}" not in carrier:
                line = carrier.format(f=file, d=folder, b=os.path.basename(file))
                if ground.verdict(line) == "allow":
                    silent.append(line)
        assert silent == []

    def test_nor_a_package_manager_the_environment(self, ground: Ground) -> None:
        lines = [line.format(v=ground.venv) for line in PACKAGES]
        assert [line for line in lines if ground.verdict(line) == "allow"] == []

    def test_the_projects_own_environment_keeps_what_the_guard_needs(self, ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
        own = ground.project / ".venv"
        os.rename(ground.venv, own)
        monkeypatch.setattr(sys, "executable", f"{own}/bin/python")
        monkeypatch.setattr(own_places, "_PACKAGE", f"{own}/lib/python3.11/site-packages/gateway")
        assert ground.verdict(".venv/bin/pip install requests") == "allow"
        assert ground.verdict(".venv/bin/pip uninstall -y pyyaml") == "ask"

    def test_ordinary_work_stays_silent(self, ground: Ground) -> None:
        told = [(line, ground.verdict(line)) for line in ORDINARY]
        assert [one for one in told if one[1] != "allow"] == []


PATCH = "--- a/{file}\n+++ b/{file}\n@@ -1 +1 @@\n-a\n+b\n"
QUOTED = '.cl\\141ude/settings.json"'


class TestPatches:
    """A patch names its files itself, so they are looked for in it."""

    APPLIED = (
        "git apply x",
        "git apply < x",
        "git am x",
        "patch -p1 < x",
        "patch -p1 -i x",
        "cat x | git apply",
        "git -C . apply x",
        "patch -d . < x",
    )

    @pytest.mark.parametrize("line", APPLIED)
    @pytest.mark.parametrize(
        "text",
        [
            PATCH.format(file=".claude/settings.json"),
            PATCH.format(file="sub/.claude/hooks/x.sh"),
            PATCH.format(file=".agent-scope.json"),
            f'--- "a/{QUOTED}\n+++ "b/{QUOTED}\n',
            "diff --git a/.claude/settings.json b/.claude/settings.json\nold mode 100644\nnew mode 100000\n",
            "diff --git a/x b/.agent-scope.json\nrename from x\nrename to .agent-scope.json\n",
        ],
        ids=["settings", "hooks", "policy", "quoted", "mode", "rename"],
    )
    def test_one_on_disk(self, line: str, text: str, ground: Ground) -> None:
        (ground.project / "x").write_text(text)
        assert ground.verdict(line) == "deny"

    @pytest.mark.parametrize("line", APPLIED)
    def test_of_ordinary_files(self, line: str, ground: Ground) -> None:
        (ground.project / "x").write_text(PATCH.format(file="src/a.py"))
        assert ground.verdict(line) == "allow"

    @pytest.mark.parametrize("program", ["git apply", "git am", "patch -p1"])
    def test_one_that_the_line_writes(self, program: str, ground: Ground) -> None:
        for name, expected in ((".claude/settings.json", "deny"), ("src/a.py", "allow")):
            patch = PATCH.format(file=name)
            assert ground.verdict(f"{program} <<'EOF'\n{patch}EOF") == expected
            assert ground.verdict(f"cat > q <<'EOF'\n{patch}EOF\n{program.replace(' -p1', ' -p1 -i')} q") == expected

    def test_one_that_reaches_the_guard_from_above(self, ground: Ground) -> None:
        (ground.project / "x").write_text(PATCH.format(file="venv/lib/python3.11/site-packages/gateway/entry.py"))
        assert ground.verdict(f"cd {ground.venv.parent} && patch -p1 < {ground.project}/x") == "deny"


class TestLinks:
    @pytest.mark.parametrize(
        "line",
        [
            "ln -s .claude d && echo x > d/settings.json",
            "ln -s .claude d && cp e/settings.json d/",
            "ln -s ../.claude/settings.json src/s && tee src/s < x",
            "python3 -c \"import os; os.symlink('.claude', 'd'); open('d/settings.json', 'w')\"",
            "node -e \"fs.symlinkSync('.claude','d'); fs.writeFileSync('d/settings.json','x')\"",
            "cp -s .claude/settings.json s && truncate -s 0 s",
        ],
    )
    def test_a_link_is_followed_before_it_is_there(self, line: str, ground: Ground) -> None:
        assert ground.verdict(line) == "deny"


class TestHook:
    """The same through hook processes, on a world whose guard is a copy."""

    def test_the_door_says_so(self, tmp_path: Path) -> None:
        world = World(tmp_path)
        project = world.project("p")
        (project / ".claude").mkdir()
        (project / ".claude/settings.json").write_text("{}")
        (project / "x.patch").write_text(PATCH.format(file=".claude/settings.json"))
        world.compile(project)
        package = f"{world.package}/gateway"
        for line in (
            "git -C .claude checkout x",
            "git apply x.patch",
            "patch -p1 < x.patch",
            "python3 -m tarfile -e x.tar .claude",
            "python3 -m zipfile -e x.zip .claude",
            "node -e \"fs.linkSync('.claude/settings.json','e')\"",
            "ln .claude/settings.json e",
            "GIT_WORK_TREE=.claude git checkout x",
            f"node -e \"fs.linkSync('{package}/entry.py','e')\"",
            f"python3 -m zipfile -e x.zip {package}",
            f"cd {package} && patch -p1 < y",
            f"cp -al {world.package} e",
        ):
            done = world.run(project, "pre-tool", payload("pre-tool", project, tool_input={"command": line}))
            said = json.loads(done.stdout)["hookSpecificOutput"]["permissionDecision"] if done.stdout else "silent"
            assert said in ("deny", "ask"), (line, done)
        done = world.run(project, "pre-tool", payload("pre-tool", project, tool_input={"command": "pip install requests && git apply y.patch"}))
        assert done.code == 0 and not done.stdout

    def test_git_is_asked_about_only_where_it_changes_the_policy(self, tmp_path: Path) -> None:
        """In a project as it is after the first call: the record stands beside the policy."""
        world = World(tmp_path)
        project = world.project("p")
        policy = project / ".agent-scope.json"
        policy.write_text('{"commands": {"deny": ["curl"]}}')
        shutil.rmtree(project / ".git", ignore_errors=True)
        for words in ("init -q -b main", "add .agent-scope.json", "commit -qm start", "branch feature", "checkout -q -b evil"):
            git(project, *words.split())
        policy.write_text("{}")
        git(project, "commit", "-qam", "evil")
        git(project, "checkout", "-q", "main")
        world.compile(project)

        def said(line: str) -> str:
            done = world.run(project, "pre-tool", payload("pre-tool", project, tool_input={"command": line}))
            return json.loads(done.stdout)["hookSpecificOutput"]["permissionDecision"] if done.stdout else "silent"

        said("ls")
        assert (project / ".agent-traces").is_dir()
        silent = ("git pull", "git checkout feature", "git switch -c new", "git stash", "git merge feature", "git rebase feature")
        assert [(line, said(line)) for line in silent] == [(line, "silent") for line in silent]
        told = ("git checkout evil", "git merge evil", "git switch evil", "GIT_DIR=/x/.git git checkout main", "git restore -sevil .")
        assert [(line, said(line)) for line in told] == [(line, "ask") for line in told]


def git(folder: Path, *words: str) -> None:
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"}
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    subprocess.run(["git", *identity, *words], cwd=folder, env=environment, check=True, capture_output=True)
