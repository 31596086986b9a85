"""A call written down as `Tool: text`: which argument the text is. Pure."""

from __future__ import annotations

from gateway.catalog.agent_tools import TOOLS
from gateway.tools.reading import plain_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MAIN = {
    "shell": "command",
    "powershell": "command",
    "cmd": "command",
    "read": "file_path",
    "write": "file_path",
    "delete": "file_path",
    "editor": "path",
    "list": "path",
    "glob": "pattern",
    "grep": "path",
    "fetch": "url",
    "search": "query",
    "resource": "uri",
    "patch": "command",
}


def arguments_from(tool: str, given: object) -> Any:
    """Return the arguments of a call described by one text: the tool's main argument, `path` for a tool we do not
    know.
    """
    if not isinstance(given, str):
        return given
    reading = TOOLS.get(plain_name(tool), ("unknown",))[0]
    if reading.startswith("code:"):
        return {"code": given}
    if reading == "typed":
        return {"text": given}
    return {_MAIN.get(reading, "path"): given} if given else {}
