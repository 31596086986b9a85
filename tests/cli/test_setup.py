from __future__ import annotations

import json
import sys
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

    def test_local_goes_to_the_file_that_is_not_committed(self, project: Path) -> None:
        code, said = run("--write", "--local")
        assert code == 0 and [path.name for path in (project / ".claude").iterdir()] == ["settings.local.json"] and "this machine's paths" not in said
        assert run("--remove", "--local")[0] == 0 and "hooks" not in (project / ".claude" / "settings.local.json").read_text()

    def test_shared_names_no_path_and_is_the_same_on_every_machine(self, project: Path) -> None:
        assert run("--write", "--shared")[0] == 0
        text = (project / ".claude" / "settings.json").read_text()
        assert "command -v agent-strace" in text and sys.executable not in text and "entry.py" not in text
        assert "nothing to do" in run("--write", "--shared")[1]

    def test_says_that_a_file_names_this_machine(self, project: Path) -> None:
        assert "for one that is committed, take --shared" in run("--write")[1]

    @pytest.mark.parametrize(("first", "second", "way_out"), [("--shared", "--local", "--remove`"), ("--local", "--shared", "--remove --local`")])
    def test_says_where_hooks_run_twice(self, project: Path, first: str, second: str, way_out: str) -> None:
        assert "run twice" not in run("--write", first)[1]
        said = run("--write", second)[1]
        assert "run twice" in said and way_out in said

    def test_the_diff_is_short_and_says_what_it_left_out(self, project: Path) -> None:
        said = run("--write", "--shared")[1]
        assert len(said.splitlines()) < 25 and "more lines like these" in said
        (project / ".claude" / "settings.json").write_text('{\n  "model": "x"\n}\n')
        said = run("--write", "--shared")[1]
        assert '   "model": "x"' in said or '+  "model": "x",' in said

    @pytest.mark.parametrize(
        "arguments", [["--write", "--remove"], ["--agent", "nosuch"], ["--local", "--shared"], ["--local", "--global"], ["--shared", "--global"]]
    )
    def test_wrong_usage(self, project: Path, arguments: list[str]) -> None:
        assert run(*arguments)[0] == 2

    def test_broken_settings_are_left_alone(self, project: Path) -> None:
        path = project / ".claude" / "settings.json"
        path.parent.mkdir()
        path.write_text("{broken")
        assert run("--write")[0] != 0 and path.read_text() == "{broken"
