"""Paths as strings: absolute, normal, relative to a folder. Pure: never looks at a disk."""

from __future__ import annotations

_HEX = "0123456789abcdefABCDEF"


def absolute(path: str, cwd: str, home: str) -> str:
    """Return `path` as an absolute normal path: `~`, `file:` URIs, `.`, `..`, `//` and a trailing slash resolved."""
    return normal(joined(path, cwd, home))


def joined(path: str, cwd: str, home: str) -> str:
    """Return `path` as an absolute path with its `..` still in it: after a symlink they mean what only the disk can
    tell.
    """
    if path[:5].lower() == "file:":
        path = from_file_uri(path)
    if path == "~" or path.startswith("~/"):
        return home + path[1:]
    return path if path.startswith("/") else f"{cwd}/{path}"


def normal(path: str) -> str:
    """Return an absolute path without empty, `.` and `..` parts."""
    if "/." not in path and "//" not in path and not (path.endswith("/") and len(path) > 1):
        return path
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            if parts:
                parts.pop()
        elif part and part != ".":
            parts.append(part)
    return "/" + "/".join(parts)


def from_file_uri(uri: str) -> str:
    """Return the path that a `file:` URI names, on whatever host (RFC 8089)."""
    rest = uri[5:]
    if rest.startswith("//"):
        slash = rest.find("/", 2)
        rest = rest[slash:] if slash >= 0 else "/"
    return percent_decoded(rest.split("?", 1)[0].split("#", 1)[0])


def percent_decoded(text: str) -> str:
    """Return `text` with every `%XX` replaced by the byte it stands for, read as UTF-8."""
    if "%" not in text:
        return text
    out = bytearray()
    data = text.encode("utf-8", "surrogateescape")
    at = 0
    while at < len(data):
        pair = data[at + 1 : at + 3].decode("ascii", "replace")
        if data[at] == 0x25 and len(pair) == 2 and pair[0] in _HEX and pair[1] in _HEX:
            out.append(int(pair, 16))
            at += 3
        else:
            out.append(data[at])
            at += 1
    return out.decode("utf-8", "surrogateescape")


_SYSTEM = (
    "/bin",
    "/sbin",
    "/usr/bin",
    "/usr/sbin",
    "/usr/local/bin",
    "/usr/local/sbin",
    "/opt/homebrew/bin",
    "/opt/homebrew/sbin",
    "/opt/local/bin",
    "/snap/bin",
    "/run/current-system/sw/bin",
)
"""Folders of programs that only the machine's owner fills."""

_WINDOWS = ("c:\\windows\\", "c:\\program files\\", "c:\\program files (x86)\\")


def is_system_program(path: str) -> bool:
    """Whether a program as it is written is looked up by its name or lies in a folder of the system, so that it is the
    one people mean.
    """
    if "\\" in path:
        return path.lower().startswith(_WINDOWS) and "\\..\\" not in path
    return "/" not in path or (path[: path.rfind("/")] in _SYSTEM)


def below(path: str, folder: str) -> str | None:
    """Return `path` relative to `folder`, "" for the folder itself, or None when it lies elsewhere."""
    if path == folder:
        return ""
    prefix = folder if folder.endswith("/") else folder + "/"
    return path[len(prefix) :] if path.startswith(prefix) else None


def name_of(path: str) -> str:
    """Return the last part of a path."""
    return path[path.rfind("/") + 1 :]


def folder_of(path: str) -> str:
    """Return the folder that holds an absolute path ("/" for the root)."""
    return path[: path.rfind("/")] or "/"
