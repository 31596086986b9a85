"""Files that a copy puts where writing is denied, and copies of whole projects that arm nothing; judged as a door would."""

from __future__ import annotations

from pathlib import Path

import pytest

from gateway.checkpoint import judge, looked_at
from gateway.host.merged_trees import is_merge, merged
from gateway.model.action import CREATE, DELETE, TREE, WRITE, Action
from gateway.model.call import ToolCall
from tests.builders import with_baseline


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    root = tmp_path / "p"
    for folder in ("evil/.claude", "skills/one", ".claude", "dist"):
        (root / folder).mkdir(parents=True)
    (tmp_path / "home").mkdir()
    for file in ("evil/settings.json", "evil/.claude/settings.json", "evil/.agent-scope.json", "skills/one/a.md", "a.md", ".claude/settings.json"):
        (root / file).write_text("{}")
    return root


def verdict(line: str, project: Path) -> str:
    policy = with_baseline()
    judged, facts = looked_at(policy, ToolCall("Bash", {"command": line}, cwd=str(project)), project=str(project))
    return judge(policy, judged, facts).verdict


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("rsync -a evil/ .claude/", "deny"),
        ("rsync evil/settings.json .claude/", "deny"),
        ("cp -r evil/. .claude/", "deny"),
        ("cp evil/* .claude/", "deny"),
        ("mv evil/* .claude/", "deny"),
        ("cp -r evil/.claude .", "deny"),
        ("cp -a evil/. .", "deny"),
        ("cp -a evil/. ~", "deny"),
        ("cp -r evil/.claude ~", "deny"),
        ("python3 -c \"import shutil; shutil.copytree('evil', '.claude', dirs_exist_ok=True)\"", "deny"),
        # nobody can look into these
        ("rsync -a made-later/ .claude/", "ask"),
        ("tar xf x.tar -C .claude", "ask"),
        ("tar -C .gemini -xf x.tar", "ask"),
        ("unzip x.zip -d .cursor", "ask"),
        ("rsync -a host:x/ .claude/", "ask"),
        ("scp host:settings.json .claude/", "ask"),
        ("cpio -idm -D .claude < x.cpio", "ask"),
        ("python3 -c \"import shutil; shutil.unpack_archive('x.zip', '.claude')\"", "ask"),
        # ordinary work
        ("cp -r skills/one .claude/", "allow"),
        ("cp -r skills/. .claude/", "allow"),
        ("cp a.md .claude/", "allow"),
        ("mv a.md .claude/", "allow"),
        ("mkdir -p .claude/agents && cp a.md .claude/agents/", "allow"),
        ("cp -r . ../backup", "allow"),
        ("cp -r evil evil2", "allow"),
        ("rsync -a ./ dist/", "allow"),
        ("rsync -a evil/ /srv/x/", "allow"),
        ("tar xf x.tar", "allow"),
        ("unzip x.zip -d vendor", "allow"),
    ],
)
def test_what_is_copied_into_place(line: str, expected: str, project: Path) -> None:
    assert verdict(line, project) == expected


class TestMerged:
    def test_what_deletes_or_carries_nothing_is_none(self) -> None:
        assert not is_merge(Action(WRITE, "x", how=(DELETE, TREE), carries=("file:/a",)))
        assert not is_merge(Action(WRITE, "x", how=(CREATE,)))
        assert is_merge(Action(WRITE, "x", how=(TREE,), carries=("file:/a",)))

    def test_a_source_that_is_not_there_was_not_looked_at(self, tmp_path: Path) -> None:
        action = Action(WRITE, str(tmp_path), how=(TREE,), carries=(f"file:{tmp_path}/none",))
        assert merged(action, str(tmp_path), lambda path: True, {}, (str(tmp_path), "/home/u")) == ((), False)

    def test_hits_are_told_by_the_name_they_get(self, project: Path) -> None:
        action = Action(WRITE, ".", how=(TREE,), carries=(f"file:{project}/evil",))
        found = merged(action, str(project), lambda path: path.endswith("settings.json"), {}, (str(project), "/home/u"))
        assert found is not None and set(found[0]) == {f"{project}/settings.json", f"{project}/.claude/settings.json"} and found[1]
