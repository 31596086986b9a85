from __future__ import annotations

from pathlib import Path

import pytest

from gateway.authoring.check.schema import schema_problems
from gateway.model.errors import PolicyError


class TestSchemaProblems:
    @pytest.mark.parametrize(
        ("text", "want"),
        [("{}", 0), ('// c\n{"version": 1}', 0), ('{"version": 2}', 1), ('{"commands": {"deny": [3]}}', 1), ('{"comands": {}, "mode": "x"}', 2)],
    )
    def test_table(self, tmp_path: Path, text: str, want: int) -> None:
        (tmp_path / "p.json").write_text(text)
        assert len(schema_problems(str(tmp_path / "p.json"))) == want

    def test_what_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(PolicyError):
            schema_problems(str(tmp_path / "none"))
