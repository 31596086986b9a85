"""Every example runs and shows what its row of `examples/README.md` says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
POLICIES = sorted((EXAMPLES / "policies").glob("*.json"))


def run(cwd: Path, *words: str, text: str = "") -> subprocess.CompletedProcess[str]:
    """Run this interpreter with a home of its own."""
    home = cwd / "home"
    home.mkdir(exist_ok=True)
    settings = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": f"{ROOT}:{ROOT / 'gateway' / 'compat'}"}
    return subprocess.run([sys.executable, *words], cwd=cwd, env=settings, input=text, capture_output=True, text=True, check=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project under the policy of a library."""
    (tmp_path / ".git").mkdir()
    shutil.copy(EXAMPLES / "policies" / "python-library.json", tmp_path / ".agent-scope.json")
    return tmp_path


def test_every_example_is_listed() -> None:
    listed = set(re.findall(r"\]\(([^)]+)\)", (EXAMPLES / "README.md").read_text()))
    there = {str(path.relative_to(EXAMPLES)) for path in [*POLICIES, *EXAMPLES.glob("*.*")] if path.name != "README.md"} | {"audit"}
    assert listed == there


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_a_policy_passes_its_own_examples(path: Path, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    done = run(tmp_path, "-m", "gateway", "policy", "check", str(path), "--json")
    (report,) = json.loads(done.stdout)["files"]
    assert report["ok"] and report["examples"] >= 3, report


def test_a_python_program_is_judged_and_recorded(project: Path) -> None:
    (project / "notes.txt").write_text("12345")
    (project / ".env").write_text("x")
    done = run(project, str(EXAMPLES / "traced_program.py"), "notes.txt", ".env")
    assert done.returncode == 0 and "notes.txt: 5 characters" in done.stdout, done.stderr
    assert ".env: " in done.stdout and "denied" in done.stdout
    assert "read_file" in run(project, "-m", "gateway", "replay", "latest").stdout


def test_an_mcp_configuration_starts_the_proxy_in_front_of_the_server(project: Path) -> None:
    servers = json.loads((EXAMPLES / "mcp-client.json").read_text())["mcpServers"]
    assert servers["files"]["command"] == "agent-strace"
    ours = servers["files"]["args"][: servers["files"]["args"].index("--") + 1]
    toy = [sys.executable, str(ROOT / "tests" / "end_to_end" / "toy_server.py")]
    first = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    done = run(project, "-m", "gateway", *ours, *toy, text=json.dumps(first) + "\n")
    assert json.loads(done.stdout.splitlines()[0])["id"] == 1, done.stderr


def test_the_workflow_runs_commands_that_there_are(project: Path) -> None:
    jobs = yaml.safe_load((EXAMPLES / "ci-audit.yml").read_text())["jobs"]
    commands = [step["run"] for job in jobs.values() for step in job["steps"] if step.get("run", "").startswith("agent-strace")]
    assert len(commands) == 2
    shutil.copytree(EXAMPLES / "audit" / "traces", project / "traces")
    codes = [run(project, "-m", "gateway", *command.split()[1:]).returncode for command in commands]
    assert codes == [0, 1], "the policy is fine, the recorded session holds a violation"


def test_the_audit_finds_the_violation(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "audit", tmp_path / "audit")
    words = ("--trace-dir", "audit/traces", "audit", "--policy", str(EXAMPLES / "policies" / "python-library.json"), "--json")
    done = run(tmp_path, "-m", "gateway", *words)
    (audit,) = json.loads(done.stdout)["audits"]
    assert done.returncode == 1 and [call["event"] for call in audit["violations"]] == [4], audit
