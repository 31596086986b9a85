"""Where the guard is, and that no carrier reaches it: the real places of this installation, judged as a door would."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

import gateway
from gateway.evaluation import judge, looked_at
from gateway.host.own_places import key_places, own_places
from gateway.host.real_paths import Look
from gateway.model.call import ToolCall
from gateway.policy.guard import AREA, CODE, KEY, SITE, SOURCE
from tests.builders import with_baseline

PACKAGE = os.path.dirname(os.path.abspath(gateway.__file__))


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "AGENT_TRACE_DIR"):
        monkeypatch.delenv(name, raising=False)


def verdict(tool: str, arguments: dict[str, object], project: str) -> str:
    policy = with_baseline()
    judged, facts = looked_at(policy, ToolCall(tool, arguments, cwd=project), project=project)
    return judge(policy, judged, facts).verdict


class TestPlaces:
    def test_the_package_and_what_runs_it(self, tmp_path: Path) -> None:
        places = own_places(str(tmp_path), Look())
        assert places[PACKAGE] == places[sys.executable] == places[os.path.realpath(sys.executable)] == CODE
        assert SITE in places.values()

    def test_state_and_key_move_with_their_variables(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "elsewhere"))
        assert key_places(Look()) == {
            f"{os.path.realpath(tmp_path)}/elsewhere/agent-strace/key": KEY,
            f"{tmp_path}/elsewhere/agent-strace/key": KEY,
        }
        assert own_places("/p", Look())[f"{tmp_path}/elsewhere/agent-strace"] == CODE

    def test_the_source_is_the_projects_own_where_that_holds_it(self) -> None:
        if PACKAGE.endswith(("site-packages/gateway", "dist-packages/gateway")):
            pytest.skip("installed, not a checkout")
        places = own_places(os.path.dirname(PACKAGE), Look())
        assert places[PACKAGE] == SOURCE and places[f"{os.path.dirname(PACKAGE)}/policies"] == SOURCE
        assert os.path.dirname(PACKAGE) not in places

    def test_a_virtual_environment_is_an_area(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "v/bin").mkdir(parents=True)
        (tmp_path / "v/pyvenv.cfg").touch()
        (tmp_path / "v/bin/python").symlink_to(sys.executable)
        monkeypatch.setattr(sys, "executable", f"{tmp_path}/v/bin/python")
        places = own_places("/p", Look())
        assert places[f"{tmp_path}/v"] == AREA and places[f"{tmp_path}/v/bin"] == places[f"{tmp_path}/v/bin/python"] == CODE


CARRIERS = [
    "echo x > {f}",
    "echo x | tee {f}",
    "cp x {f}",
    "cp x {d}/",
    "mv x {f}",
    "mv {d} y",
    "mv {d}/.. y",
    "rm {f}",
    "rm -rf {d}",
    "ln -sf /bin/true {f}",
    "ln -sfn y {d}",
    "ln {f} e",
    "cp -l {f} e",
    "sed -i s/a/b/ {f}",
    "perl -pi -e s/a/b/ {f}",
    "truncate -s 0 {f}",
    "dd if=x of={f}",
    "install -m 755 x {f}",
    "rsync -a x/ {d}/",
    "tar xf x.tar -C {d}",
    "unzip x.zip -d {d}",
    "python3 -c \"open('{f}','w')\"",
    "python3 -c \"import shutil; shutil.rmtree('{d}')\"",
    "patch {f} < x",
    "patch -d {d} -p1 < x",
    "git -C {d} checkout x",
    "cd {d} && git checkout x",
    "cd {d} && rm entry.py",
    "git --work-tree={d} checkout x",
    "chmod 000 {f}",
    "mount --bind x {d}",
    "curl -o {f} https://x.example",
    "find {d} -name '*.py' -delete",
    "env - rm {f}",
    "unlink {f}",
    "python3 -c \"import os; os.link('{f}', 'e')\"",
    "python3 -c \"import os; os.replace('e', '{f}')\"",
    "python3 -c \"import shutil; shutil.move('e', '{f}')\"",
    "python3 -c \"import shutil; shutil.copytree('e', '{d}', dirs_exist_ok=True)\"",
]


@pytest.mark.parametrize("line", CARRIERS)
def test_no_command_reaches_the_code(line: str, tmp_path: Path) -> None:
    assert verdict("Bash", {"command": line.format(f=f"{PACKAGE}/entry.py", d=PACKAGE)}, str(tmp_path)) == "deny"


@pytest.mark.parametrize("tool", ["Write", "Edit", "mcp__filesystem__write_file", "mcp__files__edit_file"])
def test_no_tool_reaches_the_code(tool: str, tmp_path: Path) -> None:
    key = "file_path" if tool in ("Write", "Edit") else "path"
    for place in (f"{PACKAGE}/entry.py", sys.executable, f"{tmp_path}/.local/state/agent-strace/key", f"{PACKAGE}/__pycache__/lane-3.bin"):
        arguments = {key: place, "content": "x", "old_string": "a", "new_string": "b"}
        assert verdict(tool, arguments, str(tmp_path)) == "deny"


@pytest.mark.parametrize(
    "line",
    [
        "cat {f}",
        "ls -R {d}",
        "grep -rn def {d}",
        "cp {f} copy.py",
        "git -C {d} status",
        "git -C {d} log -p",
        "git checkout main",
        "rm -rf build",
        "echo x > src/a.py",
        "mkdir -p ~/.local/share",
        "ls ~/.local/state/agent-strace",
        "tar xf x.tar -C ~/downloads",
    ],
)
def test_ordinary_work_is_silent(line: str, tmp_path: Path) -> None:
    assert verdict("Bash", {"command": line.format(f=f"{PACKAGE}/entry.py", d=PACKAGE)}, str(tmp_path)) == "allow"


@pytest.mark.parametrize(
    "line", ["cat {k}", "base64 {k}", "cp {k} x", "cp -r {s} x", "tar czf x.tgz {s}", "python3 -c \"print(open('{k}').read())\""]
)
def test_the_key_is_not_read(line: str, tmp_path: Path) -> None:
    state = f"{tmp_path}/.local/state/agent-strace"
    assert verdict("Bash", {"command": line.format(k=f"{state}/key", s=state)}, str(tmp_path)) == "deny"


def test_who_develops_the_guard_is_asked() -> None:
    if PACKAGE.endswith(("site-packages/gateway", "dist-packages/gateway")):
        pytest.skip("installed, not a checkout")
    root = os.path.dirname(PACKAGE)
    assert verdict("Edit", {"file_path": f"{PACKAGE}/entry.py", "old_string": "a", "new_string": "b"}, root) == "ask"
    assert verdict("Bash", {"command": "git checkout other"}, root) == "ask"
    assert verdict("Edit", {"file_path": f"{root}/tests/builders.py", "old_string": "a", "new_string": "b"}, root) == "allow"


class TestEnvironment:
    """A virtual environment that holds the guard: the project's own is thrown away after a question, any other not at all."""

    @pytest.fixture
    def made(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        (tmp_path / "real/v/bin").mkdir(parents=True)
        (tmp_path / "real/v/pyvenv.cfg").touch()
        (tmp_path / "real/v/bin/python").symlink_to(sys.executable)
        (tmp_path / "l2").symlink_to("real")
        (tmp_path / "l1").symlink_to("l2")
        (tmp_path / "p").mkdir()
        monkeypatch.setattr(sys, "executable", f"{tmp_path}/l1/v/bin/python")
        return tmp_path

    @pytest.mark.parametrize(
        "line",
        [
            "rm -rf {v}",
            "chmod 000 {v}",
            "chattr -R +i {v}",
            "pip install --prefix {v} x",
            "python3 -m venv --clear {v}",
            "virtualenv {v}",
            "uv venv {v}",
            "rm {l}/l1",
            "rm {l}/l2",
            "ln -sfn x {l}/l2",
            "mv {l}/l2 y",
        ],
    )
    def test_elsewhere(self, line: str, made: Path) -> None:
        assert verdict("Bash", {"command": line.format(v=f"{made}/l1/v", l=made)}, str(made / "p")) == "deny"

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("rm -rf v", "ask"),
            ("rm -rf v && python3 -m venv v", "ask"),
            ("uv venv v", "ask"),
            ("pip install --prefix v x", "ask"),
            ("rm v/bin/python", "deny"),
            ("rm -rf v/bin", "deny"),
            ("cp x v/bin/python", "deny"),
            ("chmod 755 .", "allow"),
            ("uv venv other", "allow"),
        ],
    )
    def test_the_projects_own(self, line: str, expected: str, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "executable", f"{made}/real/v/bin/python")
        assert verdict("Bash", {"command": line}, str(made / "real")) == expected


class TestPolicies:
    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("echo x > rules/team.yaml", "ask"),
            ("sed -i s/a/b/ rules/sub/b.yaml", "ask"),
            ("rm -rf rules", "ask"),
            ("echo x > {o}/shared.yaml", "deny"),
            ("echo x > rules/other.yaml", "allow"),
            ("cat rules/team.yaml", "allow"),
        ],
    )
    def test_files_that_a_policy_extends_are_the_guards(self, line: str, expected: str, tmp_path: Path) -> None:
        project, other = tmp_path / "p", tmp_path / "o"
        (project / "rules/sub").mkdir(parents=True)
        other.mkdir()
        (other / "shared.yaml").write_text("version: 1\n")
        (project / "rules/sub/b.yaml").write_text("version: 1\n")
        (project / "rules/team.yaml").write_text("version: 1\nextends: [sub/b.yaml]\n")
        policy = with_baseline()
        call = ToolCall("Bash", {"command": line.format(o=other)}, cwd=str(project))
        layers = [
            *policy["layers"],
            *({"name": str(path), "sections": {}} for path in (project / "rules/team.yaml", project / "rules/sub/b.yaml", other / "shared.yaml")),
        ]
        judged, facts = looked_at({**policy, "layers": layers}, call, project=str(project))
        assert judge(policy, judged, facts).verdict == expected
