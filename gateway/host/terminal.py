"""The terminal of a person: whether there is one that is not the agent's, and a question asked on it."""

from __future__ import annotations

import os

from gateway.host.attribution import ancestors
from gateway.model.errors import GatewayError

AGENTS = frozenset(
    (
        "claude",
        "codex",
        "gemini",
        "cursor-agent",
        "copilot",
        "opencode",
        "aider",
        "droid",
        "amp",
        "goose",
        "windsurf",
        "kiro",
        "kiro-cli",
    )
)
"""Names of processes that are agents, or that run one."""

MARKS = ("CLAUDECODE", "CLAUDE_CODE_ENTRYPOINT", "CODEX_SANDBOX", "GEMINI_CLI", "CURSOR_AGENT", "OPENCODE")
"""Variables that agents set for what they run."""


def refusal(session: list[dict[str, object]]) -> str:
    """Return why nobody here may answer for a person, "" when somebody may.

    session  processes of the session whose call is to be answered (pid and started), as its attribution tells
    """
    mark = next((name for name in MARKS if os.environ.get(name)), "")
    if mark:
        return f"${mark} is set: this runs inside an agent"
    above = ancestors(os.getpid())
    agent = next((item for item in above if str(item["name"]) in AGENTS), None)
    if agent is not None:
        return f"process {agent['pid']} (`{agent['name']}`), which started this, is an agent"
    asking = {(item.get("pid"), item.get("started")) for item in session[:1]}
    if any((item["pid"], item["started"]) in asking for item in above):
        return "the session that asks started this"
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return "there is no terminal"
    return ""


def answer(question: str) -> str:
    """Ask on the terminal itself, whatever stdin and stdout are, and return what a person types. Raises GatewayError
    without one.
    """
    try:
        with open("/dev/tty", "r+b", buffering=0) as terminal:
            terminal.write(question.encode())
            return terminal.readline(1000).decode("utf-8", "replace").strip()
    except OSError:
        raise GatewayError("there is no terminal to ask on") from None
