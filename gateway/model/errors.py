"""The errors that may cross a floor. Messages: lower case, no full stop, user input in backticks. Pure."""

from __future__ import annotations


class GatewayError(Exception):
    """Something went wrong that can be said in one line; `hint` says what to do about it.

    advice  what whoever made a call is told that was refused for this reason
    """

    advice = "Do not retry; a person must fix this"

    def __init__(self, problem: str, hint: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.problem} ({self.hint})" if self.hint else self.problem


class PolicyError(GatewayError):
    """A policy document cannot be understood: where (file, JSON pointer, line), what, and what to do."""

    def __init__(self, problem: str, hint: str = "", *, pointer: str = "", source: str = "", line: int = 0) -> None:
        super().__init__(problem, hint)
        self.pointer = pointer
        self.source = source
        self.line = line

    def __str__(self) -> str:
        place = self.source + (f":{self.line}" if self.line else "")
        where = ": ".join(part for part in (place, self.pointer) if part)
        text = f"{where}: {self.problem}" if where else self.problem
        return f"{text} ({self.hint})" if self.hint else text


class ProtocolError(GatewayError):
    """Bytes from a client or server that are not what the wire allows."""


class TraceError(GatewayError):
    """The record cannot be written or read."""


class BusyError(TraceError):
    """The record needs a moment more: the same call can work when it is made again."""

    advice = "Try the call again in a moment"


class LockedError(BusyError):
    """Another process kept the record locked too long: there is no sense in waiting for it once more."""


class NothingError(GatewayError):
    """There is nothing to work on: no such session, an empty selection. An audit of nothing must not pass."""
