from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command_line import run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".agent-scope.json").write_text(json.dumps({"commands": {"deny": ["make", "curl"]}}))
    (tmp_path / "good.yaml").write_text("cases:\n  - {call: 'Bash: make', expect: deny, rule: 'commands.deny[0]'}\n")
    (tmp_path / "bad.yaml").write_text("policy: .agent-scope.json\ncases:\n  - {call: 'Bash: make', expect: allow}\n")
    (tmp_path / "pack.yaml").write_text("policy: strict\ncases:\n  - {call: 'Read: .env', expect: deny, rule: strict-env}\n")
    (tmp_path / "broken.yaml").write_text("cases: 3\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


class TestTest:
    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (("good.yaml",), 0),
            (("bad.yaml",), 1),
            (("good.yaml", "pack.yaml"), 0),
            (("pack.yaml", "--policy", ".agent-scope.json"), 1),
            (("good.yaml", "--policy", "strict"), 1),
            (("good.yaml", "--min-score", "50"), 0),
            (("good.yaml", "--min-score", "51"), 1),
            (("broken.yaml",), 4),
            (("missing.yaml",), 4),
            (("good.yaml", "--format", "nosuch"), 2),
            ((), 2),
        ],
    )
    def test_exit_codes(self, folder: Path, arguments: tuple[str, ...], code: int) -> None:
        assert run("policy", "test", *arguments)[0] == code

    @pytest.mark.parametrize(("form", "head"), [("text", "✓ .agent"), ("tap", "TAP version 14"), ("junit", "<?xml")])
    def test_forms(self, folder: Path, form: str, head: str) -> None:
        assert run("policy", "test", "good.yaml", "--format", form)[1].startswith(head)

    def test_nothing_to_test(self, folder: Path) -> None:
        (folder / ".agent-scope.json").unlink()
        assert run("policy", "test", "good.yaml")[0] == 3
