"""Every entry of every registry satisfies its Protocol, types included: mypy reads one assignment for each."""

from __future__ import annotations

from pathlib import Path

from gateway.cli.registry import COMMANDS
from gateway.doors import transcripts
from gateway.doors.hook import AGENTS
from gateway.exports import FORMATS
from gateway.policy.rules import RULE_KINDS
from gateway.redaction.detectors import FAMILIES
from tests.gates.test_gates import ROOT, run

POINTS = {
    "gateway.doors.hook.agent.Agent": [f"gateway.doors.hook.{name}" for name in AGENTS.values()],
    "gateway.policy.rules.rule_kind.RuleKind": [kind.__name__ for kind in RULE_KINDS],
    "gateway.exports.export_format.ExportFormat": [f"gateway.exports.{name}" for name in FORMATS.values()],
    "gateway.doors.transcripts.transcript_format.TranscriptFormat": [f"gateway.doors.transcripts.{name}" for name in transcripts.FORMATS.values()],
    "gateway.redaction.detector_family.DetectorFamily": [f"gateway.redaction.detectors.{name}" for name in FAMILIES],
    "gateway.cli.command_module.CommandModule": [command.module for command in COMMANDS],
}


def assignments(points: dict[str, list[str]]) -> str:
    """Return a module that assigns every entry to its Protocol."""
    lines = []
    for number, (protocol, modules) in enumerate(points.items()):
        home, _, name = protocol.rpartition(".")
        lines += [f"from {home} import {name}", *(f"import {module}" for module in modules)]
        lines += [f"entry_{number}_{index}: {name} = {module}" for index, module in enumerate(modules)]
    return "\n".join(lines) + "\n"


def test_entries_satisfy_their_protocols_and_a_broken_one_does_not(tmp_path: Path) -> None:
    (tmp_path / "entries.py").write_text(assignments(POINTS))
    (tmp_path / "broken.py").write_text(assignments({protocol: ["gateway.model.paths"] for protocol in POINTS}))
    done = run("mypy", "--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(tmp_path / "cache"), str(tmp_path / "entries.py"))
    assert done.returncode == 0, done.stdout[-3000:]
    done = run("mypy", "--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(tmp_path / "cache"), str(tmp_path / "broken.py"))
    assert done.stdout.count("[assignment]") == len(POINTS), done.stdout[-3000:]
