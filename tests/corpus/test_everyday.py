"""Friction and recall under baseline: an ordinary working day passes in silence, and what must not happen is stopped in every disguise."""

from __future__ import annotations

from pathlib import Path

import pytest

from gateway.authoring.evaluate import Evaluator

HERE = Path(__file__).parent


def lines(name: str) -> list[str]:
    """Return the commands of a corpus, one a line."""
    return [line.replace("⏎", "\n") for line in (HERE / name).read_text().splitlines() if line and not line.startswith("#")]


PROJECT = "/home/u/p"


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the home folder be one that is not in a folder for temporary files."""
    monkeypatch.setenv("HOME", "/home/u")


def effects(names: list[str]) -> dict[str, str]:
    """Return the verdict of baseline on every command."""
    evaluator = Evaluator(cwd=PROJECT)
    return {line: evaluator.judge({"tool": "Bash", "input": {"command": line}, "cwd": PROJECT, "policy": {}})["effect"] for line in names}


def test_an_ordinary_day_is_silent() -> None:
    verdicts = effects(lines("ordinary.txt"))
    assert len(verdicts) >= 450
    assert {line: effect for line, effect in verdicts.items() if effect != "allow"} == {}


def test_what_must_not_happen_is_stopped() -> None:
    verdicts = effects(lines("dangerous.txt"))
    assert len(verdicts) >= 280
    assert [line for line, effect in verdicts.items() if effect == "allow"] == []


@pytest.mark.parametrize(
    "wrapped", ["{}", "({})", "true && {}", "if true; then {}; fi", "sh -c '{}'", "x() {{ {}; }}; x", "echo $({})", "env {}", "timeout 5 {}"]
)
@pytest.mark.parametrize("line", ["rm -rf /", "cat .env", "git push --force", "npm publish", "sudo id"])
def test_wrapping_hides_nothing(line: str, wrapped: str) -> None:
    assert effects([wrapped.format(line)]) != {wrapped.format(line): "allow"}
