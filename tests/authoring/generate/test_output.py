from __future__ import annotations

import json
from pathlib import Path

from gateway.authoring.generate.output import as_data, document_text, report_text
from gateway.authoring.generate.run import Generated
from tests.authoring.generate.test_run import learned
from tests.recorded import Project, bash, read


def found(folder: Path, *sessions: str) -> Generated:
    project = Project(folder)
    for name in sessions:
        project.record(name, [read("src/a.py"), bash("git status"), read(".env"), read(".env")])
    return learned(project, *sessions)


class TestForms:
    def test_report(self, tmp_path: Path) -> None:
        text = report_text(found(tmp_path, "a", "b"))
        assert text.startswith("Learned from 4 calls of 2 sessions.\nHeld out, session by session: 4 calls.\n")
        assert "→ paths      exact" in text and "over-grant" in text
        assert "Not learned, asked about (4):\n  Read .env  (then, by files.read.ask[0] (env-files)) ×4" in text

    def test_one_session(self, tmp_path: Path) -> None:
        assert "nothing could be held out" in report_text(found(tmp_path, "a"))

    def test_data(self, tmp_path: Path) -> None:
        data = as_data(found(tmp_path, "a", "b"))
        assert data["calls_learned"] == 4 and len(data["left_out"]) == 4 and sum(one["chosen"] for one in data["levels"]) == 4
        assert json.loads(document_text(found(tmp_path, "c")))["version"] == 1
