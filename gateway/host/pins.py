"""The pins of a server's tools, kept in the user's state folder: what was seen first, or approved since.

A command line and a URL hold credentials (`--api-key …`, `https://host/s/KEY/mcp`), so the server is kept as a digest,
and as a text without them for people. Definitions are kept cleaned: one that held a credential is not what was pinned
any more, and is never handed on.
"""

from __future__ import annotations

import os
import shlex
import time

from gateway.host.user_folders import state_folder
from gateway.lane_os import open_regular
from gateway.model.digest import plain_digest
from gateway.model.errors import GatewayError, ProtocolError
from gateway.model.json_text import dumps_ascii, loads
from gateway.redaction.redact import Cleaner

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

    Digests = tuple[str, str, str]
    Kept = tuple[dict[str, Digests], dict[str, JsonObject | None]]

FORMAT = 2
"""Of a pin file; files of format 1 hold the server's whole command line or URL in the clear."""
MAX_FILE = 16 * 1024 * 1024
MAX_DEFINITION = 64 * 1024
"""Characters of one definition that are kept; a larger one that changes cannot be shown as it was."""
MAX_DEFINITIONS = 8 * 1024 * 1024
"""Characters of all definitions of a server that are kept."""
ABANDONED = 3600.0
"""Seconds after which the temporary file of a process that was killed is removed."""

_KEY = os.urandom(32)


class PinFile:
    """The pins of one server; `identity` is what starts it or where it is, never what it says of itself."""

    def __init__(self, identity: str) -> None:
        self.identity = identity
        self.folder = f"{state_folder()}/mcp-pins"
        self.digest = plain_digest(identity.encode("utf-8", "surrogateescape"))
        self.path = f"{self.folder}/{self.digest[:32]}.json"
        self._kept: Kept | None = None
        self._mark: tuple[int, ...] | None = None
        self._swept = False

    def kept(self) -> dict[str, Digests]:
        """Return the digests of each tool. Raises GatewayError when the file is there and cannot be trusted."""
        return self._current()[0]

    def definitions(self) -> dict[str, JsonObject | None]:
        """Return the definition of each tool whose definition was seen; None where it is too large to be kept. Raises
        GatewayError.
        """
        return self._current()[1]

    def keep(self, found: dict[str, Digests], definitions: dict[str, JsonObject] | None = None) -> None:
        """Keep the digests of more tools, or new ones for the same, with what they are of. Raises GatewayError when
        that is not possible.
        """
        tools, before = self._current()
        before = {name: item for name, item in before.items() if name not in found}
        self._write({**tools, **found}, {**before, **_kept_of(definitions or {}, _size(before))})

    def replace(self, found: dict[str, Digests], definitions: dict[str, JsonObject] | None = None) -> None:
        """Keep these digests and no others, whatever was there. Raises GatewayError when that is not possible."""
        self._write(dict(found), _kept_of(definitions or {}, 0))

    def _current(self) -> Kept:
        """Return what the file holds now: an approval holds for proxies that are running."""
        if not self._swept:
            self._swept = True
            _sweep(self.folder)
        mark = _mark_of(self.path)
        if self._kept is None or mark != self._mark:
            self._kept, self._mark = _read(self.path), mark
        return self._kept

    def _write(self, tools: dict[str, Digests], definitions: dict[str, JsonObject | None]) -> None:
        _write(self.path, self.digest, shown(self.identity), tools, definitions)
        self._kept, self._mark = (tools, definitions), _mark_of(self.path)


def shown(identity: str) -> str:
    """Return what people may read of a server's identity: of options their names, of URLs their hosts, of the rest what
    holds no credential.
    """
    kind, _, rest = identity.partition(":")
    try:
        words = shlex.split(rest) if kind == "command" else [rest]
    except ValueError:
        words = []
    cleaned = Cleaner(_KEY).value(words)
    return f"{kind}: {' '.join(_short(str(item)) for item in cleaned)}"[:500]


def _short(word: str) -> str:
    scheme, mark, rest = word.partition("://")
    if mark:
        host = rest.partition("/")[0].partition("?")[0].partition("#")[0].rpartition("@")[2]
        return f"{scheme.rpartition('=')[2]}://{host}"
    name, mark, _ = word.partition("=")
    return f"{name}=…" if mark else word


def _kept_of(definitions: dict[str, JsonObject], size: int) -> dict[str, JsonObject | None]:
    """Return definitions as they are kept: without credentials, None for what is too large."""
    kept: dict[str, JsonObject | None] = {}
    for name, definition in definitions.items():
        length = len(dumps_ascii(definition))
        size += length
        cleaner = Cleaner(_KEY)
        cleaned = cleaner.value(definition) if length <= MAX_DEFINITION and size <= MAX_DEFINITIONS else None
        kept[name] = None if cleaner.partial else cleaned
    return kept


def _size(definitions: dict[str, JsonObject | None]) -> int:
    return sum(len(dumps_ascii(definition)) for definition in definitions.values() if definition is not None)


def _mark_of(path: str) -> tuple[int, ...] | None:
    try:
        seen = os.stat(path, follow_symlinks=False)
    except OSError:
        return None
    return (seen.st_mtime_ns, seen.st_size, seen.st_ino)


def _value(path: str) -> JsonObject | None:
    """Return what a pin file holds, None when there is none. Raises GatewayError when it cannot be trusted."""
    try:
        fd = open_regular(path, os.O_RDONLY | os.O_NOFOLLOW)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise GatewayError(f"the pins cannot be read: {error.strerror}", f"look at `{path}`") from None
    try:
        data = os.read(fd, MAX_FILE)
    except OSError as error:
        raise GatewayError(f"the pins cannot be read: {error.strerror}", f"look at `{path}`") from None
    finally:
        os.close(fd)
    try:
        value = loads(data.decode("utf-8", "replace"))
    except ProtocolError as error:
        raise GatewayError(f"the pins cannot be read: {error}", f"look at `{path}`") from None
    tools = value.get("tools") if isinstance(value, dict) else None
    if (
        not isinstance(value, dict)
        or not isinstance(tools, dict)
        or not all(isinstance(tool, list) and len(tool) == 3 for tool in tools.values())
    ):
        raise GatewayError("the pins cannot be read: not the file that was written", f"look at `{path}`")
    return value


def _parts(value: JsonObject) -> Kept:
    parts = value.get("definitions")
    definitions = (
        {str(name): item if isinstance(item, dict) else None for name, item in parts.items()}
        if isinstance(parts, dict)
        else {}
    )
    return {str(name): (str(tool[0]), str(tool[1]), str(tool[2])) for name, tool in value["tools"].items()}, definitions


def _read(path: str) -> Kept:
    value = _value(path)
    return _parts(value) if value is not None else ({}, {})


def _write(
    path: str, digest: str, server: str, tools: dict[str, Digests], definitions: dict[str, JsonObject | None]
) -> None:
    value = {
        "format": FORMAT,
        "identity": f"sha256:{digest}",
        "server": server,
        "written": round(time.time(), 3),
        "tools": {name: list(tool) for name, tool in tools.items()},
        "definitions": definitions,
    }
    temporary = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            left = memoryview(dumps_ascii(value).encode() + b"\n")
            while left:
                left = left[os.write(fd, left) :]
        finally:
            os.close(fd)
        os.replace(temporary, path)
    except OSError as error:
        _removed(temporary)
        raise GatewayError(f"the pins cannot be written: {error.strerror}", f"look at `{path}`") from None


def _sweep(folder: str) -> None:
    """Write every file anew that holds a command line or URL in the clear, whichever server it is of; remove what
    killed processes left.
    """
    try:
        names = os.listdir(folder)
    except OSError:
        return
    for name in names:
        path = f"{folder}/{name}"
        head, mark, number = name.rpartition(".json.")
        if mark and head and number.isdigit() and _is_abandoned(path):
            _removed(path)
        if not name.endswith(".json"):
            continue
        try:
            value = _value(path)
            if value is not None and value.get("format") != FORMAT:
                identity = str(value.get("identity", ""))
                tools, definitions = _parts(value)
                _write(
                    path, plain_digest(identity.encode("utf-8", "surrogateescape")), shown(identity), tools, definitions
                )
        except GatewayError:
            continue  # it is told of by the server whose file it is


def _is_abandoned(path: str) -> bool:
    mark = _mark_of(path)
    return mark is not None and mark[0] / 1e9 < time.time() - ABANDONED


def _removed(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return
