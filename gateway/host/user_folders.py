"""The folders of this user and of the machine: home, configuration, state; and which modes leave them to others."""

from __future__ import annotations

from gateway.lane_os import os

MANAGED = "/etc/agent-strace"

OTHERS_WRITE = 0o022
"""Mode bits that let somebody else write."""


def home() -> str:
    """Return the home folder: $HOME, or what the user database says where it is not set."""
    home = os.environ.get("HOME", "")
    return home if home.startswith("/") else _home_of_user()


def _home_of_user() -> str:
    import pwd

    try:
        return pwd.getpwuid(os.geteuid()).pw_dir or "/"
    except KeyError:
        return "/"


def config_folder() -> str:
    """Return the user's configuration folder ($XDG_CONFIG_HOME/agent-strace)."""
    return (os.environ.get("XDG_CONFIG_HOME") or home() + "/.config") + "/agent-strace"


def state_folder() -> str:
    """Return the user's state folder ($XDG_STATE_HOME/agent-strace)."""
    return (os.environ.get("XDG_STATE_HOME") or home() + "/.local/state") + "/agent-strace"
