"""The files that a patch touches, from its headers. Pure; total on any text."""

from __future__ import annotations

from gateway.model.action import CREATE, DELETE

_HEADERS = (("*** Add File:", CREATE), ("*** Update File:", ""), ("*** Delete File:", DELETE), ("*** Move to:", CREATE))


def patched_files(text: str) -> list[tuple[str, str]]:
    """Return (path, manner) of every file an `*** Begin Patch` envelope or a unified diff touches."""
    files: dict[tuple[str, str], None] = {}
    for line in text.splitlines():
        for header, how in _HEADERS:
            if line.lstrip().startswith(header):
                files.setdefault((line.lstrip()[len(header) :].strip(), how))
        if line.startswith(("--- ", "+++ ")):
            path = line[4:].split("\t", 1)[0].strip()
            if path != "/dev/null":
                files.setdefault((path[2:] if path.startswith(("a/", "b/")) else path, ""))
        elif line.startswith(("rename to ", "rename from ", "copy to ")):
            files.setdefault((line.split(" ", 2)[2].strip(), ""))
    return [item for item in files if item[0]]
