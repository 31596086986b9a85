"""`policy check --fix`: take out entries that decide nothing, line by line, and only where what is left means what it
should.
"""

from __future__ import annotations

import re

from gateway.authoring.check.run import Report, entry_lists
from gateway.host.writing import write_text
from gateway.model.errors import PolicyError
from gateway.policy.parse import parse_document

_ENTRY = re.compile(r"""^\s*(-\s+.+|"(\\.|[^"\\])*"\s*,?|\{.*\}\s*,?)\s*$""")
"""A line that holds one whole entry and nothing else, in JSON or in YAML."""


def mended(path: str, report: Report) -> tuple[str, list[str]]:
    """Return (the text without the entries that can be taken out safely, what was taken out). Raises PolicyError when
    it cannot be read.

    Safe is a finding that says so, whose entry stands on a line of its own, in a list that keeps another one.
    """
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyError(f"cannot be read: {error}", source=path) from None
    taken: list[str] = []
    lines = text.splitlines(keepends=True)
    wanted = sorted(
        ((_line(path, finding.place), finding.problem) for finding in report.findings if finding.fixable), reverse=True
    )
    for number, problem in wanted:
        shorter = _without(lines, number, path)
        if shorter is not None:
            lines = shorter
            taken.append(problem)
    return "".join(lines), taken[::-1]


def write_mended(path: str, text: str) -> None:
    """Put a text in the place of a file, whole or not at all. Raises OSError."""
    write_text(path, text)


def _line(path: str, place: str) -> int:
    source, _, number = place.rpartition(":")
    return int(number) if source == path and number.isdigit() else 0


def _without(lines: list[str], number: int, path: str) -> list[str] | None:
    """Return the lines without one, None where that would change anything else."""
    if not 0 < number <= len(lines) or not _ENTRY.match(lines[number - 1]):
        return None
    before = _entries("".join(lines), path)
    shorter = lines[: number - 1] + lines[number:]
    after = _entries("".join(shorter), path)
    if after is None:  # it was the last of its list: the comma before it goes too
        previous = next((at for at in range(number - 2, -1, -1) if shorter[at].strip()), -1)
        if previous >= 0 and shorter[previous].rstrip().endswith(","):
            shorter[previous] = shorter[previous].rstrip()[:-1] + "\n"
            after = _entries("".join(shorter), path)
    if before is None or after is None or set(after) != set(before) or sum(after.values()) != sum(before.values()) - 1:
        return None
    return shorter


def _entries(text: str, path: str) -> dict[str, int] | None:
    """Return how many entries each list of a document has, None when it is no document."""
    try:
        document = parse_document(text, path)
    except PolicyError:
        return None
    return {
        str(listed["entries"][0]["rule"]).rpartition("[")[0]: len(listed["entries"])
        for listed in entry_lists(document["sections"])
    }
