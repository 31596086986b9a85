"""What is shell and what is not: we say as GNU bash says, on scripts written by hand, made by a grammar, and broken by accident."""

from __future__ import annotations

import random
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from gateway.shell.syntax.parser import parse
from tests.shell.corpus import generated, written
from tests.shell.corpus.opinion import commands_by_tree_sitter, commands_by_us

BITS = list("'\"`$(){};&|<>\n \\#![]=*")
WORDS = 'then fi do done esac in case { } ! (( )) [[ ]] ;; && if for EOF <<A function coproc time $( ${ "'.split()


def broken(script: str, seed: int) -> str:
    """Return a script with one thing taken away, put in or cut out."""
    chooser = random.Random(seed)
    kind, at, other = chooser.randrange(4), chooser.randrange(len(script) + 1), chooser.randrange(len(script) + 1)
    if kind == 0:
        return script[:at] + script[at + 1 :]
    if kind == 1:
        return script[:at] + chooser.choice(BITS) + script[at:]
    if kind == 2:
        return f"{script[:at]} {chooser.choice(WORDS)} {script[at:]}"
    first, last = sorted((at, other))
    return script[:first] + script[last:]


def valid(script: str) -> bool:
    """Whether bash reads a script without complaint; a here-document that the end of the text closes is none."""
    done = subprocess.run(["bash", "-n"], input=script, capture_output=True, text=True, errors="replace", check=False)
    return done.returncode == 0 and not [line for line in done.stderr.splitlines() if "warning:" not in line]


def disagreements(scripts: list[str]) -> list[tuple[str, bool, str]]:
    """Return (script, what bash says, our error) wherever we differ.

    bash leaves an unclosed `((` alone until it runs: there we may be the stricter ones.
    """
    with ThreadPoolExecutor(2) as pool:
        verdicts = list(pool.map(valid, scripts))
    found = []
    for script, theirs in zip(scripts, verdicts, strict=True):
        error = parse(script).error
        if theirs != (not error) and not (theirs and "((" in script):
            found.append((script, theirs, error))
    return found


def test_written_scripts() -> None:
    scripts = written("grammar.txt") + written("agents.txt") + written("tricky.txt")
    assert len(scripts) > 500
    assert disagreements(scripts) == []


def test_agents_scripts_are_read_whole() -> None:
    assert [script for script in written("agents.txt") if parse(script).error] == []


def test_generated_scripts() -> None:
    scripts = generated(700)
    assert disagreements([*scripts, *(broken(script, seed) for seed, script in enumerate(scripts))]) == []


@pytest.mark.long
def test_many_generated_scripts() -> None:
    scripts = generated(6_000, 100_000)
    assert disagreements([*scripts, *(broken(script, seed) for seed, script in enumerate(scripts))]) == []


def test_a_second_opinion() -> None:
    """Every command that tree-sitter-bash sees is one we see, or we said that we could not."""
    scripts = [*written("agents.txt"), *written("tricky.txt"), *generated(700, 5_000)]
    missing = []
    for script in scripts:
        ours, hidden = commands_by_us(script)
        absent = commands_by_tree_sitter(script) - ours
        if absent and not hidden:
            missing.append((script, absent))
    assert missing == []
