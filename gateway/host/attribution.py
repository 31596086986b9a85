"""Who and what spawned a session: user, host, parent processes, git state. Read once, when a session starts."""

from __future__ import annotations

import os

from gateway.lane_os import open_regular

MAX_ANCESTORS = 8
_NEAR = 3
"""Ancestors that are looked at for an option: a client, the shell it starts a hook in, and that one's launcher."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from gateway.model.json_text import JsonObject


ANY_CLIENT = "mcp-client"
"""Provider of a session whose client does not say who it is."""
_VARIABLES = (
    ("CLAUDECODE", "claude-code"),
    ("CURSOR_TRACE_ID", "cursor"),
    ("CURSOR_AGENT", "cursor"),
    ("GEMINI_CLI", "gemini-cli"),
    ("CODEX_SANDBOX", "codex"),
    ("COPILOT_AGENT", "github-copilot"),
    ("CONTINUE_GLOBAL_DIR", "continue"),
)
"""Variables that agents set for the programs they start."""
_PROGRAMS = (
    ("claude-desktop", "claude-desktop"),
    ("claude", "claude-code"),
    ("cursor", "cursor"),
    ("windsurf", "windsurf"),
    ("copilot", "github-copilot"),
    ("cody", "cody"),
    ("continue", "continue"),
    ("codex", "codex"),
    ("gemini", "gemini-cli"),
)
"""Beginnings of the names of agents' processes."""


def attribution(cwd: str, provider: str) -> JsonObject:
    """Return what is known of the session's origin; what cannot be found is left out."""
    repository = _repository(cwd)
    parents = ancestors(os.getppid())
    found: JsonObject = {
        "os_user": os.environ.get("USER") or os.environ.get("LOGNAME") or _user_name(),
        "hostname": os.uname().nodename,
        "pid": os.getppid(),
        "process_ancestry": parents,
        "agent_provider": provider_of(parents, os.environ) if provider == ANY_CLIENT else provider,
        "working_dir": cwd,
    }
    if repository:
        branch, commit = head_of(f"{repository}/.git")
        found |= {"git_repo": repository, "git_branch": branch, "git_commit": commit}
    return {key: value for key, value in found.items() if value}


def _user_name() -> str:
    """Return the name of the user that we run as, where no variable tells it (cron, containers); the number where it
    has no name.
    """
    number = os.getuid()
    try:
        from pwd import getpwuid

        return getpwuid(number).pw_name
    except (ImportError, KeyError):
        return str(number)


def provider_of(parents: list[JsonObject], environment: Mapping[str, str]) -> str:
    """Return which agent started us, as far as its variables or the processes above us tell."""
    for name, provider in _VARIABLES:
        if environment.get(name):
            return provider
    for parent in parents:
        for name, provider in _PROGRAMS:
            if str(parent["name"]).lower().startswith(name):
                return provider
    return ANY_CLIENT


def ancestors(pid: int) -> list[JsonObject]:
    """Return the processes above us, nearest first: pid, name and start time (clock ticks since boot, proc(5))."""
    ancestors: list[JsonObject] = []
    while pid > 1 and len(ancestors) < MAX_ANCESTORS:
        stat = _read(f"/proc/{pid}/stat")
        name, _, rest = stat.rpartition(")")
        fields = rest.split()
        if len(fields) < 20:
            break
        ancestors.append({"pid": pid, "name": name.partition("(")[2], "started": int(fields[19])})
        pid = int(fields[1])
    return ancestors


def was_started_with(option: str) -> bool:
    """Whether the program that started this process, directly or through a shell, was given an option; never where
    `/proc` does not tell.
    """
    return any(
        option in _read(f"/proc/{ancestor['pid']}/cmdline").replace("=", "\0").split("\0")
        for ancestor in ancestors(os.getppid())[:_NEAR]
    )


def _repository(folder: str) -> str:
    while folder and folder != "/":
        if os.path.lexists(f"{folder}/.git"):
            return folder
        folder = folder[: folder.rfind("/")]
    return ""


def head_of(git: str) -> tuple[str, str]:
    """Return (branch, commit) of a `.git` folder or file without running git."""
    pointer = _read(git) if os.path.isfile(git) else ""
    if pointer.startswith("gitdir:"):
        target = pointer[7:].strip()
        git = target if target.startswith("/") else f"{os.path.dirname(git)}/{target}"
    head = _read(f"{git}/HEAD").strip()
    if not head.startswith("ref:"):
        return "", head[:40]
    ref = head[4:].strip()
    shared = _read(f"{git}/commondir").strip()
    common = (shared if shared.startswith("/") else f"{git}/{shared}") if shared else git
    commit = _read(f"{common}/{ref}").strip() or _packed(f"{common}/packed-refs", ref)
    return ref.removeprefix("refs/heads/"), commit[:40]


def _packed(path: str, ref: str) -> str:
    for line in _read(path).splitlines():
        commit, _, name = line.partition(" ")
        if name == ref:
            return commit
    return ""


def _read(path: str) -> str:
    try:
        with open(open_regular(path, os.O_RDONLY), encoding="utf-8", errors="replace") as file:
            return file.read(1_000_000)
    except OSError:
        return ""
