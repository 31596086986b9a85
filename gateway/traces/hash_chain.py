"""The chain of a record: every line carries the SHA-256 of the raw line before it."""

from __future__ import annotations

from gateway.model.digest import plain_digest
from gateway.traces.decode import link
from gateway.traces.reader import lines


class Chain:
    """Watches the lines of a record go by, one after the other.

    problem  what is wrong with the first line that does not fit the one before it, or ""

    Lines without a `prev_hash` (another version's, or the first) are taken as they are; after the first that has one,
    all must.
    """

    __slots__ = ("_chained", "_number", "_previous", "problem")

    def __init__(self) -> None:
        self.problem = ""
        self._previous = b""
        self._chained = False
        self._number = 0

    def add(self, line: bytes, expected: object, *, readable: bool = True) -> None:
        """Take the next line and the hash that it says the line before it has (None when it says none)."""
        self._number += 1
        raw = line.rstrip(b"\n")
        if not raw.strip() or self.problem:
            return
        if readable and expected is None and self._chained:
            self.problem = f"line {self._number} lacks the hash of the line before it"
        if expected is not None:
            if not self._previous or expected != plain_digest(self._previous):
                self.problem = f"line {self._number} does not fit the line before it: the record was changed"
            self._chained = True
        self._previous = raw


def check_chain(store: str, session: str) -> tuple[bool, str]:
    """Return (whether every line fits the one before it, what is wrong with the first that does not)."""
    chain = Chain()
    for _, line in lines(store, session):
        readable, expected = link(line)
        chain.add(line, expected, readable=readable)
        if chain.problem:
            break
    return not chain.problem, chain.problem
