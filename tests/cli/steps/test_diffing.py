from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import run, run_json


def written(folder: Path, name: str, document: Any) -> str:
    path = folder / name
    path.write_text(json.dumps(document))
    return str(path)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return written(tmp_path, "a.json", {"commands": {"deny": ["make"]}}), written(tmp_path, "b.json", {"commands": {"deny": ["make", "cmake"]}})


class TestDiff:
    def test_the_same_file(self, files: tuple[str, str]) -> None:
        code, out, _ = run("policy", "diff", files[0], files[0], "--fail-on", "any")
        assert code == 0 and "say the same" in out

    @pytest.mark.parametrize(("word", "code"), [("any", 1), ("tightened", 1), ("relaxed", 0), ("newly-denied", 1), ("newly-allowed", 0)])
    def test_what_shall_fail(self, files: tuple[str, str], word: str, code: int) -> None:
        assert run("policy", "diff", *files, "--fail-on", word)[0] == code

    def test_the_witness_is_what_eval_says(self, files: tuple[str, str]) -> None:
        (found,) = run_json("policy", "diff", *files, "--json")["differences"]
        assert found["text"] == "Bash: cmake"
        for side, path in zip(("old", "new"), files, strict=True):
            assert run_json("policy", "eval", json.dumps(found["call"]), "--policy", path)["effect"] == found[side]["effect"]

    def test_wrong_usage_and_unreadable_policies(self, files: tuple[str, str], tmp_path: Path) -> None:
        assert run("policy", "diff", *files, "--fail-on", "nothing")[0] == 2
        assert run("policy", "diff", files[0], written(tmp_path, "c.json", {"comands": {}}))[0] == 4
        assert run("policy", "diff", files[0], str(tmp_path / "none.json"))[0] == 4
