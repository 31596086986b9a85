"""Transcripts are found where every version keeps them."""

from __future__ import annotations

from pathlib import Path

import pytest

from gateway.host import claude_files
from tests.analysis.usage import golden


class TestFiles:
    def test_all_three_layouts_and_workflow_runs(self, own_world: Path) -> None:
        main = golden.write(own_world)
        names = [path.removeprefix(f"{main.parent}/") for path in claude_files.subagent_transcripts(str(main))]
        assert names == [
            f"{golden.MAIN}/agent-c3.jsonl",
            f"{golden.MAIN}/subagents/agent-a1f00d.jsonl",
            f"{golden.MAIN}/subagents/workflows/run1/agent-b2.jsonl",
            "agent-d4.jsonl",
        ]

    def test_main_transcripts_are_not_subagents(self, own_world: Path) -> None:
        folder = str(golden.write(own_world).parent)
        assert [claude_files.session_of(path) for path in claude_files.main_transcripts(folder)] == [golden.MAIN, golden.FORK]

    def test_projects_of_the_home_and_of_every_named_folder(self, own_world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        folder = str(golden.write(own_world).parent)
        assert claude_files.project_folders() == [folder]
        (tmp_path / "one/projects/p").mkdir(parents=True)
        (tmp_path / "two/projects/q").mkdir(parents=True)
        monkeypatch.setenv("CLAUDE_CONFIG_DIR", f"{tmp_path}/one, {tmp_path}/two")
        assert claude_files.project_folders() == [f"{tmp_path}/one/projects/p", f"{tmp_path}/two/projects/q"]

    def test_what_is_not_there_is_empty(self) -> None:
        assert claude_files.subagent_transcripts("/nowhere/x.jsonl") == []
        assert list(claude_files.lines_of("/nowhere/x.jsonl")) == []

    def test_the_kind_of_an_agent_stands_beside_its_transcript(self, own_world: Path) -> None:
        folder = golden.write(own_world).parent / golden.MAIN
        kinds = [claude_files.agent_type(str(folder / name)) for name in ("subagents/agent-a1f00d.jsonl", "agent-c3.jsonl")]
        assert kinds == ["Explore", ""]

    @pytest.mark.parametrize("text", ["", "[]", "{", '{"agentType":7}'])
    def test_a_kind_that_cannot_be_read_is_none(self, tmp_path: Path, text: str) -> None:
        (tmp_path / "agent-x.meta.json").write_text(text)
        assert claude_files.agent_type(str(tmp_path / "agent-x.jsonl")) == ""
