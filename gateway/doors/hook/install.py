"""How a hook is started, and which module speaks for an agent."""

from __future__ import annotations

import os
import sys

from gateway.doors.hook import AGENTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.doors.hook.agent import Agent

ENTRY = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "entry.py")
"""The file a hook starts: absolute, so that neither PATH nor a project's folder decides what runs."""


BY_NAME = ("agent-strace",)
"""The program as PATH finds it, for settings that many machines share."""


def hook_command() -> tuple[str, ...]:
    """Return the program and arguments that start a hook: isolated, without `site` and `PYTHON*` variables."""
    return (sys.executable, "-I", "-S", ENTRY)


def agent_of(name: str) -> Agent:
    """Return the module that speaks for an agent. Raises KeyError for a name that is not in AGENTS."""
    module: Agent = __import__(f"gateway.doors.hook.{AGENTS[name]}", fromlist=["read"])
    return module
