"""What the patches that a call applies would change: read from the files on this disk, since the command names none of
them.
"""

from __future__ import annotations

from gateway.lane_os import open_regular, os
from gateway.model.action import READ, UNKNOWN
from gateway.model.patch_text import named_files
from gateway.model.paths import absolute, normal
from gateway.policy.guard import folders_of
from gateway.policy.request_view import asked_path
from gateway.policy.unnamed_writes import is_patch, rewritten_folder

MAX_BYTES = 1_000_000
"""Most of one patch that is read: what lies behind is not looked at."""
MAX_PATCHES = 20

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.model.call import ToolCall


def patched_in(call: ToolCall, home: str, matters: Callable[[str], bool]) -> list[tuple[str, list[str]]]:
    """Return (absolute folder that patches are applied in, files named there that matter).

    matters  whether somebody speaks of an absolute path
    """
    files = [
        asked_path(action, call.cwd, home)
        for action in call.actions
        if action.verb == READ and UNKNOWN not in action.target + action.base
    ]
    names = [name for path in files[:MAX_PATCHES] for name in named_files(_text(path))]
    if not names:
        return []
    found = []
    for action in call.actions:
        folder = rewritten_folder(action) if is_patch(action) else None
        if folder is None or UNKNOWN in folder:
            continue
        for start in folders_of(call, home):
            place = absolute(folder or ".", start, home)
            found.append(
                (
                    place,
                    [
                        path
                        for path in (normal(name if name.startswith("/") else f"{place}/{name}") for name in names)
                        if matters(path)
                    ],
                )
            )
    return found


def _text(path: str) -> str:
    """Return the beginning of a file as text, "" of what is no plain file that can be read."""
    try:
        handle = open_regular(path, os.O_RDONLY)
        try:
            return os.read(handle, MAX_BYTES).decode("utf-8", "replace")
        finally:
            os.close(handle)
    except OSError:
        return ""
