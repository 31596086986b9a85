"""What README shows must work: its commands and options exist, its policies are valid, its Python runs."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from gateway.policy.parse import parse_value

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()


def blocks(kind: str) -> list[str]:
    """Return the fenced blocks of a kind."""
    return re.findall(rf"```{kind}\n(.*?)```", README, re.DOTALL)


def commands() -> list[list[str]]:
    """Return the words of every `agent-strace` command that README shows, what it wraps left out."""
    found = []
    for line in "\n".join(blocks("bash")).splitlines():
        for part in line.partition(" #")[0].split("&&"):
            words = shlex.split(part)
            if words[:1] == ["agent-strace"]:
                found.append(words[1 : words.index("--")] if "--" in words else words[1:])
    return found


def said(arguments: list[str]) -> subprocess.CompletedProcess[str]:
    """Run the command line wide enough that no help text is cut."""
    environment = {"COLUMNS": "200", "PATH": "/usr/bin:/bin", "HOME": "/nowhere"}
    return subprocess.run([sys.executable, "-m", "gateway", *arguments], capture_output=True, text=True, env=environment, cwd=ROOT, check=False)


class TestCommands:
    @pytest.mark.parametrize("words", commands(), ids=" ".join)
    def test_exists_with_its_options(self, words: list[str]) -> None:
        step = words[1] if len(words) > 1 and words[1].isalpha() else "generate"
        done = said([words[0], *([step] if words[0] == "policy" else []), "--help"])
        assert done.returncode == 0, done.stderr
        for word in words[1:]:
            if word.startswith("--"):
                assert re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", done.stdout), f"{word} is not an option of {words[0]}"

    def test_a_command_that_is_not_there_is_seen(self) -> None:
        assert said(["no-such-command", "--help"]).returncode != 0

    def test_the_two_commands_of_set_up_stand_there(self) -> None:
        assert "pip install . && agent-strace demo" in README and "pip install -e '.[dev]' && pytest" in README


class TestPolicies:
    @pytest.mark.parametrize("text", blocks("json"))
    def test_is_valid(self, text: str) -> None:
        assert parse_value(json.loads(text), "README.md")


class TestPython:
    @pytest.mark.parametrize("text", blocks("python"))
    def test_runs(self, text: str, tmp_path: Path) -> None:
        done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, cwd=tmp_path, check=False)
        assert done.returncode == 0 and "agent-strace replay" in done.stdout, done.stderr
