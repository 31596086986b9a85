"""Shell scripts to hold the parser and the walk to GNU bash with: written by hand, and made by a grammar from fixed seeds."""

from __future__ import annotations

from pathlib import Path

from tests.shell.corpus.generator import Maker

HERE = Path(__file__).parent


def written(name: str) -> list[str]:
    """Return the scripts of a file, which `%%` on a line of its own divides."""
    return [script.strip("\n") for script in (HERE / name).read_text().split("\n%%\n")]


def generated(count: int, first: int = 0) -> list[str]:
    """Return scripts that the grammar makes from the seeds from `first` on."""
    return [Maker(seed).script() for seed in range(first, first + count)]
