from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gateway.cli.tree import build


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(build("setup"), ["setup", *arguments])
    return done.exit_code, done.output


class TestPrint:
    def test_prints_and_writes_nothing(self, project: Path) -> None:
        code, said = run()
        assert code == 0 and '"onFailure": "block"' in said and not (project / ".claude").exists()

    def test_options_reach_every_hook(self, project: Path) -> None:
        done = CliRunner().invoke(build("setup"), ["setup", "--redact", "--mask"])
        hooks = json.loads(done.stdout)["hooks"]
        assert all(group["hooks"][0]["args"][-2:] == ["--redact", "--mask"] for groups in hooks.values() for group in groups)


class TestWrite:
    def test_shows_the_diff_and_can_be_repeated(self, project: Path) -> None:
        code, said = run("--write")
        path = project / ".claude" / "settings.json"
        assert code == 0 and "+++" in said and "PreToolUse" in json.loads(path.read_text())["hooks"]
        before = path.read_bytes()
        assert "nothing to do" in run("--write")[1] and path.read_bytes() == before

    def test_says_where_every_call_would_be_refused(self, project: Path) -> None:
        assert "every call is refused" not in run("--write")[1]
        run("--remove")
        project.chmod(0o777)
        code, said = run("--write")
        assert code == 0 and "every call is refused until this is fixed" in said and "every user may write" in said

    def test_remove_brings_the_old_file_back(self, project: Path) -> None:
        path = project / ".claude" / "settings.json"
        path.parent.mkdir()
        settings = {"model": "x", "hooks": {"Stop": [{"hooks": [{"type": "command", "command": "mine"}]}]}}
        path.write_text(json.dumps(settings, indent=2) + "\n")
        before = path.read_bytes()
        assert run("--write")[0] == 0 and path.read_bytes() != before
        assert run("--remove")[0] == 0 and path.read_bytes() == before

    def test_global_goes_to_the_users_settings(self, project: Path, own_world: Path) -> None:
        assert run("--write", "--global")[0] == 0
        assert (own_world / ".claude" / "settings.json").exists() and not (project / ".claude").exists()

    @pytest.mark.parametrize("arguments", [["--write", "--remove"], ["--agent", "nosuch"]])
    def test_wrong_usage(self, project: Path, arguments: list[str]) -> None:
        assert run(*arguments)[0] == 2

    def test_broken_settings_are_left_alone(self, project: Path) -> None:
        path = project / ".claude" / "settings.json"
        path.parent.mkdir()
        path.write_text("{broken")
        assert run("--write")[0] != 0 and path.read_text() == "{broken"
