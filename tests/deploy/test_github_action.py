"""The action's steps, run as a runner runs them: inputs and outputs by its rules, each step by the shell it names."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.recorded import Project, bash
from tests.reports.audits import recorded

ACTION = Path(__file__).resolve().parents[2] / "deploy" / "github-action"
EXPRESSION = re.compile(r"\$\{\{\s*([\w.-]+)\s*\}\}")


def action() -> Any:
    return yaml.safe_load((ACTION / "action.yml").read_text())


def filled(text: str, values: dict[str, str]) -> str:
    return EXPRESSION.sub(lambda found: values[found.group(1)], text)


class Job:
    """What a run of the action left behind."""

    def __init__(self, project: Project, folder: Path, **inputs: str) -> None:
        folder.mkdir(exist_ok=True)
        given = {f"inputs.{name}": value.get("default", "") for name, value in action()["inputs"].items()}
        given |= {"inputs.version": "none", **{f"inputs.{name.replace('_', '-')}": value for name, value in inputs.items()}}
        outputs, summary = folder / "output", folder / "summary"
        step = next(one for one in action()["runs"]["steps"] if one.get("id") == "audit")
        script = folder / "step.sh"
        script.write_text(step["run"])
        environment = {
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            "HOME": os.environ["HOME"],
            "GITHUB_OUTPUT": str(outputs),
            "GITHUB_STEP_SUMMARY": str(summary),
            "GITHUB_ACTION_PATH": str(ACTION),
            **{name: filled(value, given) for name, value in step["env"].items()},
        }
        command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)]
        done = subprocess.run(command, cwd=project.root, env=environment, capture_output=True, text=True, check=False)
        self.code, self.log, self.err = done.returncode, done.stdout, done.stderr
        self.outputs = dict(line.split("=", 1) for line in outputs.read_text().splitlines()) if outputs.exists() else {}
        self.summary = summary.read_text() if summary.exists() else ""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return recorded(tmp_path / "p")


class TestAction:
    def test_is_a_composite_action_whose_inputs_are_never_read_as_commands(self) -> None:
        value = action()
        assert value["name"] and value["description"] and value["runs"]["using"] == "composite"
        for step in value["runs"]["steps"]:
            assert step["shell"] == "bash" and not EXPRESSION.search(step["run"])
        used = {found for step in value["runs"]["steps"] for text in step["env"].values() for found in EXPRESSION.findall(text)}
        assert used == {f"inputs.{name}" for name in value["inputs"]}

    def test_violations_fail_the_job(self, project: Project, tmp_path: Path) -> None:
        job = Job(project, tmp_path / "job")
        assert job.code == 1, job.err
        assert job.outputs == {"sarif-file": "agent-strace.sarif", "verdict": "violations"}
        assert "::error file=" in job.log and "AUDIT: Session session-1" in job.summary
        assert json.loads((project.root / "agent-strace.sarif").read_text())["version"] == "2.1.0"

    def test_a_quiet_session_passes(self, project: Project, tmp_path: Path) -> None:
        project.record("session-2", [bash("ls")])
        job = Job(project, tmp_path / "job", sessions="latest")
        assert (job.code, job.outputs["verdict"]) == (0, "pass"), job.err

    def test_known_findings_pass(self, project: Project, tmp_path: Path) -> None:
        command = [f"{Path(sys.executable).parent}/agent-strace", "audit", "--all", "--write-baseline", "known.json"]
        subprocess.run(command, cwd=project.root, capture_output=True, check=True)
        assert Job(project, tmp_path / "job", baseline="known.json").outputs["verdict"] == "pass"

    def test_a_changed_record_fails(self, project: Project, tmp_path: Path) -> None:
        project.record("session-2", [bash("ls"), bash("pwd")])
        path = Path(project.store, "session-2", "events.ndjson")
        path.write_text(path.read_text().replace('"ls"', '"id"'))
        job = Job(project, tmp_path / "job", sessions="1")
        assert (job.code, job.outputs["verdict"]) == (1, "violations") and "was changed" in job.log

    def test_nothing_to_audit_fails(self, project: Project, tmp_path: Path) -> None:
        job = Job(project, tmp_path / "job", trace_dir="elsewhere")
        assert (job.code, job.outputs["verdict"]) == (3, "nothing")

    @pytest.mark.parametrize("sessions", ["", "$(touch owned)", "-1", "all; touch owned", "0"])
    def test_odd_inputs_are_refused_and_not_run(self, project: Project, tmp_path: Path, sessions: str) -> None:
        job = Job(project, tmp_path / "job", sessions=sessions)
        assert (job.code, job.outputs["verdict"]) == (2, "error") and not list(tmp_path.rglob("owned"))
