"""Our hooks in an agent's JSON settings: merged in, found again, taken out. Pure on texts and values; others' entries
and order stay.

Agents with JSON settings keep `hooks: {event: [...]}` in one of two shapes, and both are understood: a list of handlers
(`{"command": …}`), or a list of groups that hold handlers (`{"matcher": …, "hooks": [handler]}`).
"""

from __future__ import annotations

from gateway.host.settings_files import parse_settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Settings = dict[str, Any]


def edited(text: str, change: Callable[[Settings], Settings]) -> str:
    """Return the text of a JSON settings file with its value changed: indented as it was, to the byte where nothing
    changed.

    Raises GatewayError when the text is not a JSON object.
    """
    before = parse_settings(text)
    return before.rendered(change(before.value))


def shared_line(words: tuple[str, ...], blocks: bool) -> str:
    """Return a line for the shell that starts a hook by its name, for a file that many machines share: where the
    program is missing, a call is refused with the reason, and anything else passes in silence.
    """
    line = " ".join(words)
    if not blocks:
        return f"command -v {words[0]} >/dev/null || exit 0; {line}"
    told = f"{words[0]} is not installed on this machine (not on PATH): every call is refused until it is"
    # Not `exec`: a program that is there and cannot start, or dies, must end in 2 as well.
    return f"command -v {words[0]} >/dev/null || {{ echo '{told}' >&2; exit 2; }}; {line} || exit 2"


def is_ours(handler: object) -> bool:
    """Whether a handler starts this gateway, in whatever place and version it is installed."""
    if not isinstance(handler, dict):
        return False
    words = [handler.get("command"), *(handler["args"] if isinstance(handler.get("args"), list) else [])]
    line = " ".join(word for word in words if isinstance(word, str))
    return ("gateway/entry.py" in line and " hook " in f"{line} ") or "agent-strace hook " in line


def merged(settings: Settings, entries: Settings) -> Settings:
    """Return settings with our entries in place: ours replaced where they stand, new ones behind the others."""
    hooks = settings.get("hooks")
    out: Settings = {}
    for event, groups in (hooks if isinstance(hooks, dict) else {}).items():
        ours = entries.get(event, [])
        out[event] = _replaced(groups, ours) if isinstance(groups, list) else groups
    for event, groups in entries.items():
        out.setdefault(event, groups)
    return {**settings, "hooks": out}


def _replaced(groups: list[Any], ours: list[Any]) -> list[Any]:
    """Return an event's list with our entries where the first of ours stood, or at the end."""
    out: list[Any] = []
    placed = False
    for group in groups:
        kept = _without_ours(group)
        is_empty = kept is None or (isinstance(kept, dict) and not kept.get("hooks") and kept != group)
        if not is_empty:
            out.append(kept)
        elif ours and not placed:
            out += ours
            placed = True
    return out if placed or not ours else [*out, *ours]


def _without_ours(group: Any) -> Any:
    """Return a group without our handlers; None where it is a handler of ours itself."""
    if is_ours(group):
        return None
    if not isinstance(group, dict) or not isinstance(group.get("hooks"), list):
        return group
    return {**group, "hooks": [handler for handler in group["hooks"] if not is_ours(handler)]}


def removed(settings: Settings) -> Settings:
    """Return settings without our entries; what only held ours goes too."""
    hooks = settings.get("hooks")
    if not isinstance(hooks, dict):
        return settings
    out: Settings = {}
    for event, groups in hooks.items():
        kept = _replaced(groups, []) if isinstance(groups, list) else groups
        if kept or kept == groups:
            out[event] = kept
    rest = {key: value for key, value in settings.items() if key != "hooks"}
    return {**rest, "hooks": out} if out else rest


def installed(settings: Settings, event: str) -> bool:
    """Whether our hook of an event is in the settings."""
    hooks = settings.get("hooks")
    groups = hooks.get(event) if isinstance(hooks, dict) else None
    for group in groups if isinstance(groups, list) else ():
        handlers = group.get("hooks") if isinstance(group, dict) else None
        if is_ours(group) or any(is_ours(handler) for handler in (handlers if isinstance(handlers, list) else ())):
            return True
    return False
