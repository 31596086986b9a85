"""The pins of a server's tools, kept in the user's state folder: what was seen first, or approved since."""

from __future__ import annotations

import os
import time

from gateway.host.folders import state_folder
from gateway.lane_os import open_regular
from gateway.model.digest import plain_digest
from gateway.model.errors import GatewayError, ProtocolError
from gateway.model.json_text import dumps_ascii, loads

TYPE_CHECKING = False
if TYPE_CHECKING:
    Digests = tuple[str, str, str]

MAX_FILE = 16 * 1024 * 1024


class PinFile:
    """The pins of one server; `identity` is what starts it or where it is, never what it says of itself."""

    def __init__(self, identity: str) -> None:
        self.identity = identity
        self.path = f"{state_folder()}/mcp-pins/{plain_digest(identity.encode('utf-8', 'surrogateescape'))[:32]}.json"
        self._kept: dict[str, Digests] | None = None

    def kept(self) -> dict[str, Digests]:
        """Return the digests of each tool. Raises GatewayError when the file is there and cannot be trusted."""
        if self._kept is None:
            self._kept = self._read()
        return self._kept

    def keep(self, found: dict[str, Digests]) -> None:
        """Keep the digests of more tools, or new ones for the same. Raises GatewayError when that is not possible."""
        self._kept = {**self.kept(), **found}
        self._write()

    def replace(self, found: dict[str, Digests]) -> None:
        """Keep these digests and no others, whatever was there. Raises GatewayError when that is not possible."""
        self._kept = dict(found)
        self._write()

    def _read(self) -> dict[str, Digests]:
        try:
            fd = open_regular(self.path, os.O_RDONLY | os.O_NOFOLLOW)
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise GatewayError(f"the pins cannot be read: {error.strerror}", f"look at `{self.path}`") from None
        try:
            data = os.read(fd, MAX_FILE)
        finally:
            os.close(fd)
        try:
            value = loads(data.decode("utf-8", "replace"))
        except ProtocolError as error:
            raise GatewayError(f"the pins cannot be read: {error}", f"look at `{self.path}`") from None
        tools = value.get("tools") if isinstance(value, dict) else None
        if not isinstance(tools, dict) or not all(isinstance(one, list) and len(one) == 3 for one in tools.values()):
            raise GatewayError("the pins cannot be read: not the file that was written", f"look at `{self.path}`")
        return {str(name): (str(one[0]), str(one[1]), str(one[2])) for name, one in tools.items()}

    def _write(self) -> None:
        value = {"identity": self.identity, "written": round(time.time(), 3), "tools": {name: list(one) for name, one in (self._kept or {}).items()}}
        temporary = f"{self.path}.{os.getpid()}"
        try:
            os.makedirs(os.path.dirname(self.path), mode=0o700, exist_ok=True)
            fd = open_regular(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW)
            try:
                os.write(fd, dumps_ascii(value).encode() + b"\n")
            finally:
                os.close(fd)
            os.replace(temporary, self.path)
        except OSError as error:
            raise GatewayError(f"the pins cannot be written: {error.strerror}", f"look at `{self.path}`") from None
