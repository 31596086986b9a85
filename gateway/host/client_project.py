"""Which project an MCP client works in: clients of a desktop start their servers in the home folder or in `/`, and say
it otherwise.
"""

from __future__ import annotations

import os

from gateway.host.locations import POLICY_NAME, policies_from, project_root, trace_folder
from gateway.host.user_folders import state_folder
from gateway.model.errors import GatewayError
from gateway.model.record import Record

VARIABLES = (
    "CLAUDE_PROJECT_DIR",
    "GEMINI_PROJECT_DIR",
    "QWEN_PROJECT_DIR",
    "DROID_PROJECT_DIR",
    "FACTORY_PROJECT_DIR",
    "DEVIN_PROJECT_DIR",
)
"""Variables in which clients tell their project's folder to what they start (Claude Code; the others set the first one
too, most of them).
"""


class Whereabouts(Record):
    """Where the policy, and with it the project, of a proxy is.

    folders   the client's project folders, besides the folder that the proxy was started in; what a named policy means
              by its paths first
    policy    the policy file that stands instead of the project's, or ""
    recorded  folder whose project keeps the record, "" for the first of the folders
    ignored   what a variable names that is no folder, one line each
    """

    __slots__ = ("folders", "ignored", "policy", "recorded")

    def __init__(
        self, folders: tuple[str, ...] = (), policy: str = "", recorded: str = "", ignored: tuple[str, ...] = ()
    ) -> None:
        self.folders = folders
        self.policy = policy
        self.recorded = recorded
        self.ignored = ignored


def whereabouts(project: str, policy: str) -> Whereabouts:
    """Return where a project is by the options and the variables. A policy file is anchored at its own folder, unless
    `project` is named.

    Raises GatewayError when `project` is no folder.
    """
    file = os.path.abspath(os.path.expanduser(policy)) if policy else ""
    if project:
        folder = os.path.realpath(os.path.expanduser(project))
        if not os.path.isdir(folder):
            raise GatewayError(f"`{project}` is no folder", "name the project's folder behind --project")
        return Whereabouts((folder,), file)
    folders, ignored = _told()
    if not file:
        return Whereabouts(folders, "", "", ignored)
    own = os.path.dirname(os.path.realpath(file))
    recorded = folders[0] if folders else own if os.path.basename(file) == POLICY_NAME else os.getcwd()
    return Whereabouts((own,), file, recorded, ignored)


def _told() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return (the folders that variables name, what they name besides)."""
    folders: dict[str, None] = {}
    ignored = []
    for name in VARIABLES:
        value = os.environ.get(name, "")
        if value.startswith("/") and os.path.isdir(value):
            folders[os.path.realpath(value)] = None
        elif value:
            ignored.append(f"${name} names no folder: `{value}`")
    return tuple(folders), tuple(ignored)


def project_policies(folders: tuple[str, ...]) -> list[str]:
    """Return the policies of the projects that folders lie in, nearest first."""
    return list(dict.fromkeys(path for folder in folders for path in policies_from(folder)))


def unwritable(store: str, folder: str) -> str:
    """Return why nothing can be recorded in a store for calls from a folder, "" when it can."""
    if store == trace_folder("/") and project_root(folder) == "/" and not os.path.lexists(f"/{POLICY_NAME}"):
        return "`/` is no project"
    probe = f"{store}/.writable-{os.getpid()}"
    try:
        os.makedirs(store, mode=0o700, exist_ok=True)
        os.close(os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600))
        os.unlink(probe)
    except OSError as error:
        return f"`{store}` cannot be written: {(error.strerror or str(error)).lower()}"
    return ""


def own_store() -> str:
    """Return the store in the user's state folder, for what belongs to no project that can be written."""
    return f"{state_folder()}/traces"
