from __future__ import annotations

import json
from pathlib import Path

import pytest

from gateway.host.policy_files import load_policy
from gateway.host.policy_reader import compile_policy
from gateway.model.errors import PolicyError


class TestCompile:
    def test_baseline_lies_beneath_everything(self) -> None:
        policy, sources = compile_policy([])
        assert [document["builtin"] for document in policy["layers"]] and sources[0][0].endswith("baseline.yaml")

    def test_revision_depends_on_content_alone(self, tmp_path: Path) -> None:
        revisions = set()
        for folder in ("a", "b"):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / ".agent-scope.json").write_text('{"commands": {"deny": ["x"]}}')
            revisions.add(compile_policy([("project", f"{tmp_path}/{folder}/.agent-scope.json")])[0]["revision"])
        assert len(revisions) == 1


class TestForeign:
    """A repository's policy must not read the user's files to the agent, which is told every reason."""

    CONTENTS = (
        "Sesame" * 17,
        "[default]\nSesame = 1\n",
        '{"Sesame": {"x": 1}}',
        '{"commands": {"Sesame": []}}',
        '{"commands": {"deny": ["Sesame", 5]}}',
        '{"files": {"read": {"deny": [{"match": "a", "Sesame": 1}]}}}',
        '{"a": "Sesame',
        '{"Sesame": 1, "Sesame": 2}',
        '{"extends": ["Sesame"]}',
        '["Sesame"]',
        '"Sesame"',
        "Sesame: [1\n",
        "\x00Sesame",
    )

    @pytest.mark.parametrize("content", CONTENTS)
    @pytest.mark.parametrize("name", ["notes", "notes.json", "notes.yaml"])
    def test_what_is_extended_is_not_quoted(self, tmp_path: Path, content: str, name: str) -> None:
        (tmp_path / name).write_text(content)
        (tmp_path / "p").mkdir()
        for text in (f"{tmp_path}/{name}", f"../{name}"):
            (tmp_path / "p" / ".agent-scope.json").write_text(json.dumps({"extends": [text]}))
            with pytest.raises(PolicyError) as caught:
                load_policy((f"{tmp_path}/p",))
            assert "Sesame" not in str(caught.value) and "extends" in str(caught.value)

    @pytest.mark.parametrize("content", CONTENTS)
    def test_what_a_link_leads_to_is_not_quoted(self, tmp_path: Path, content: str) -> None:
        (tmp_path / "notes").write_text(content)
        (tmp_path / "p").mkdir()
        (tmp_path / "p" / ".agent-scope.json").symlink_to("../notes")
        with pytest.raises(PolicyError) as caught:
            load_policy((f"{tmp_path}/p",))
        assert "Sesame" not in str(caught.value)

    def test_the_project_s_own_is(self, tmp_path: Path) -> None:
        (tmp_path / ".agent-scope.json").write_text('{"comands": {}}')
        with pytest.raises(PolicyError, match="comands"):
            load_policy((str(tmp_path),))
