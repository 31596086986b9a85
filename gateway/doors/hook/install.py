"""Our entries in an agent's settings: made, merged in, found again, taken out. Pure on values; others' entries and order stay."""

from __future__ import annotations

import os
import sys

from gateway.doors.hook import AGENTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Entries = dict[str, Any]

ENTRY = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "entry.py")
"""The file a hook starts: absolute, so that neither PATH nor a project's folder decides what runs."""


def hook_command() -> tuple[str, ...]:
    """Return the program and arguments that start a hook: isolated, without `site` and `PYTHON*` variables."""
    return (sys.executable, "-I", "-S", ENTRY)


def printed(agent: str, command: tuple[str, ...], options: tuple[str, ...] = ()) -> Entries:
    """Return the `hooks` object of an agent's settings."""
    module = __import__(f"gateway.doors.hook.{AGENTS[agent]}", fromlist=["hook_entry"])
    entries: Entries = {}
    for event in module.SETTINGS_EVENTS:
        group = module.hook_entry(command, event)
        group["hooks"][0]["args"] += options
        entries[event] = [group]
    return entries


def is_ours(handler: object) -> bool:
    """Whether a handler starts this gateway, in whatever place and version it is installed."""
    if not isinstance(handler, dict):
        return False
    words = [handler.get("command"), *(handler["args"] if isinstance(handler.get("args"), list) else [])]
    line = " ".join(word for word in words if isinstance(word, str))
    return ("gateway/entry.py" in line and " hook " in f"{line} ") or "agent-strace hook " in line


def merged(settings: Entries, entries: Entries) -> Entries:
    """Return settings with our entries in place: ours replaced where they stand, new ones behind the others."""
    hooks = settings.get("hooks")
    out: Entries = {}
    for event, groups in (hooks if isinstance(hooks, dict) else {}).items():
        wanted = entries.get(event, [])
        out[event] = _with_ours(groups, wanted) if isinstance(groups, list) else groups
    for event, groups in entries.items():
        out.setdefault(event, groups)
    return {**settings, "hooks": out}


def _with_ours(groups: list[Any], wanted: list[Any]) -> list[Any]:
    out: list[Any] = []
    placed = False
    for group in groups:
        kept = _without_ours(group)
        had = kept != group
        if had and not placed and wanted and not (isinstance(kept, dict) and kept.get("hooks")):
            out += wanted
            placed = True
        elif not had or (isinstance(kept, dict) and kept.get("hooks")):
            out.append(kept)
    return out if placed or not wanted else [*out, *wanted]


def _without_ours(group: Any) -> Any:
    if not isinstance(group, dict) or not isinstance(group.get("hooks"), list):
        return group
    return {**group, "hooks": [handler for handler in group["hooks"] if not is_ours(handler)]}


def removed(settings: Entries) -> Entries:
    """Return settings without our entries; what only held ours goes too."""
    hooks = settings.get("hooks")
    if not isinstance(hooks, dict):
        return settings
    out: Entries = {}
    for event, groups in hooks.items():
        kept = _with_ours(groups, []) if isinstance(groups, list) else groups
        if kept or kept == groups:
            out[event] = kept
    rest = {key: value for key, value in settings.items() if key != "hooks"}
    return {**rest, "hooks": out} if out else rest


def installed(settings: Entries) -> bool:
    """Whether our blocking hook is in the settings and not switched off there."""
    hooks = settings.get("hooks")
    if settings.get("disableAllHooks") is True or not isinstance(hooks, dict):
        return False
    groups = hooks.get("PreToolUse")
    return (
        any(is_ours(handler) for group in groups or [] if isinstance(group, dict) for handler in group.get("hooks") or [])
        if isinstance(groups, list)
        else False
    )


def settings_path(agent: str, project: str, *, for_all: bool) -> str:
    """Return the settings file of an agent: the user's, or the project's."""
    if for_all:
        folder = os.environ.get("CLAUDE_CONFIG_DIR") or os.path.expanduser("~/.claude")
        return os.path.join(folder, "settings.json")
    return os.path.join(project, ".claude", "settings.json")
