"""What an agent's module in this folder provides: the Protocol that every entry of `AGENTS` satisfies. Imported by type
checkers and tests only.

An agent is one file here and one line in `AGENTS`; nothing else names it. The hook process calls the first half for
each event, `setup` the second half, so what only `setup` needs is imported inside those functions: a hook is a fresh
process whose price is its imports.

What holds for every agent, and is tested for each: a denial, a refusal and a withheld result say something; refusing
never exits with success alone; removing what was merged gives the file back to the byte; merging twice is merging once;
a file that cannot be parsed is never written.
"""

from __future__ import annotations

from typing import Any, Protocol

from gateway.doors.hook.arrival import Arrival, Reply
from gateway.model.call import ToolResult
from gateway.model.passage import Capabilities, Passage, Return


class Agent(Protocol):
    """One coding agent whose hooks we speak.

    NAME          the name on the command line and in the record
    CAPABILITIES  what the agent's hook can do with a verdict; what it cannot discharge becomes a denial
    EVENTS        short name on the command line -> the agent's own name of the event
    BLOCKING      the agent's events that decide about a call: whatever goes wrong there refuses it
    RESULTS       the agent's events that bring an output: whatever goes wrong there withholds it
    """

    @property
    def NAME(self) -> str: ...  # noqa: N802, D102
    @property
    def CAPABILITIES(self) -> Capabilities: ...  # noqa: N802, D102
    @property
    def EVENTS(self) -> dict[str, str]: ...  # noqa: N802, D102
    @property
    def BLOCKING(self) -> frozenset[str]: ...  # noqa: N802, D102
    @property
    def RESULTS(self) -> frozenset[str]: ...  # noqa: N802, D102

    def read(self, event: str, payload: dict[str, Any], /) -> Arrival:
        """Return what a payload holds. Raises ProtocolError when it lacks what the event must have."""

    def reply(self, passage: Passage, /) -> Reply:
        """Return the answer to an event of BLOCKING."""

    def refusal(self, text: str, /, *, stop: bool = False) -> Reply:
        """Return the answer that stops a call, whatever version of the agent reads it; `stop` asks it to end the
        session, too.
        """

    def reply_result(self, returned: Return, /) -> Reply:
        """Return the answer to an event of RESULTS."""

    def withheld(self, problem: str, result: ToolResult | None, event: str = ..., /) -> Reply:
        """Return the answer to a result that could not be cleaned; None: it could not even be read."""

    def behind_exec(self, passage: Passage, command: tuple[str, ...], options: tuple[str, ...] = ..., /) -> Passage:
        """Return a passage whose shell command runs behind `exec`; the same passage where the agent cannot rewrite a
        command.
        """

    def settings_path(self, project: str, /, *, for_all: bool, local: bool = ...) -> str:
        """Return the file that the agent reads hooks from: the project's, what is only this machine's of it, or the
        user's.
        """

    def settings_snippet(self, command: tuple[str, ...], options: tuple[str, ...] = ..., /) -> str:
        """Return what a person would add to that file by hand, as text in the file's own format; a command without a
        slash is found on PATH by each machine that reads it.
        """

    def with_hooks(self, text: str, command: tuple[str, ...], options: tuple[str, ...] = ..., /) -> str:
        """Return the file's text ("" where there is none) with our hooks in place, ours of another version replaced,
        others' kept.

        Raises GatewayError when the text cannot be parsed.
        """

    def without_hooks(self, text: str, /) -> str:
        """Return the file's text without our hooks; what held only ours goes too. Raises GatewayError."""

    def has_hooks(self, text: str, /) -> bool:
        """Whether the text has our blocking hook. Raises GatewayError."""

    def kill_switch(self, text: str, /) -> str:
        """Return the setting in the text that turns the agent's hooks off, as it is written, or "". Raises
        GatewayError.
        """
