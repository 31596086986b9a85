"""What a client that only lists tools says, whatever it says it over: the greeting, the revision without sessions, the
pages of a list.
"""

from __future__ import annotations

from typing import Any

from gateway.doors.mcp.session.conversation import CAPABILITIES_KEY, STATELESS_SINCE, VERSION_KEY

Data = dict[str, Any]

SECONDS = 30.0
"""How long a server may take to answer one request."""

MAX_PAGES = 1000
"""Most pages of a list that are asked for: a server may name a next one for ever."""

VERSION = "2025-11-25"
"""The revision that sessions are begun under."""

HELLO: Data = {"protocolVersion": VERSION, "capabilities": {}, "clientInfo": {"name": "agent-strace", "version": "1"}}
GREETED: Data = {"jsonrpc": "2.0", "method": "notifications/initialized"}
STATELESS: Data = {"_meta": {VERSION_KEY: STATELESS_SINCE, CAPABILITIES_KEY: {}}}
"""What every request carries where a server knows no sessions."""


class ToolPages:
    """The pages of a server's list of tools as they come (MCP, server/utilities/pagination).

    tools   the definitions so far
    params  what the next `tools/list` asks with, None when the list is whole
    """

    def __init__(self) -> None:
        self.tools: list[Data] = []
        self.params: Data | None = {}
        self._pages = 0

    def take(self, page: Data) -> None:
        """Take what `tools/list` answered."""
        tools = page.get("tools")
        self.tools += [tool for tool in tools if isinstance(tool, dict)] if isinstance(tools, list) else []
        self._pages += 1
        cursor = page.get("nextCursor")
        self.params = {"cursor": cursor} if isinstance(cursor, str) and self._pages < MAX_PAGES else None
