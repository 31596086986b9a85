"""Where things are on this machine: project root, home, trace, state and configuration folders."""

from __future__ import annotations

from gateway.lane_os import os

POLICY_NAME = ".agent-scope.json"
TRACE_NAME = ".agent-traces"
MANAGED = "/etc/agent-strace"

MAX_UP = 64
"""Most folders that are looked at on the way up from a working folder."""


def home() -> str:
    """Return the home folder."""
    return os.environ.get("HOME") or "/"


def config_folder() -> str:
    """Return the user's configuration folder ($XDG_CONFIG_HOME/agent-strace)."""
    return (os.environ.get("XDG_CONFIG_HOME") or home() + "/.config") + "/agent-strace"


def state_folder() -> str:
    """Return the user's state folder ($XDG_STATE_HOME/agent-strace)."""
    return (os.environ.get("XDG_STATE_HOME") or home() + "/.local/state") + "/agent-strace"


def policies_from(folder: str) -> list[str]:
    """Return every project policy from a folder upwards, nearest first: a nested repository does not lose the one around it."""
    return [path for path in candidates_from(folder) if _is_there(path)]


def candidates_from(folder: str) -> list[str]:
    """Return where a project policy may stand for calls from a folder, nearest first."""
    return [f"{each.rstrip('/')}/{POLICY_NAME}" for each in _upwards(folder)]


def project_root(folder: str) -> str:
    """Return the nearest folder up that holds a policy; failing that a trace; failing that a `.git`; failing that the folder.

    A home folder is no project for what lies below it, unless it holds a policy.
    """
    folders = list(_upwards(folder))
    own_home = home()
    for mark in (POLICY_NAME, TRACE_NAME, ".git"):
        for each in folders:
            if (each != own_home or mark == POLICY_NAME) and _is_there(f"{each.rstrip('/')}/{mark}"):
                return each
    return folder


def _upwards(folder: str) -> list[str]:
    found = []
    for _ in range(MAX_UP):
        found.append(folder or "/")
        if folder in ("", "/"):
            break
        folder = folder[: folder.rfind("/")]
    return found


def _is_there(path: str) -> bool:
    try:
        os.lstat(path)
    except OSError:
        return False
    return True


def trace_folder(project: str) -> str:
    """Return the store of a project: $AGENT_TRACE_DIR, else `.agent-traces` at its root."""
    given = os.environ.get("AGENT_TRACE_DIR")
    if given:
        return given if given.startswith("/") else f"{project}/{given}"
    return f"{project.rstrip('/')}/{TRACE_NAME}"
