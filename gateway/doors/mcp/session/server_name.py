"""Naming a server after its command or URL, where nobody gave it a name. Pure."""

from __future__ import annotations

_RUNNERS = frozenset(
    "npx npm bunx bun pnpm yarn dlx exec uvx uv pipx run tool python python3 node deno docker podman env sh bash cmd start".split()
)
_VALUED = frozenset(
    (
        "-p",
        "--package",
        "--from",
        "--with",
        "-c",
        "--python",
        "--directory",
        "-e",
        "--env",
        "-v",
        "--volume",
        "--name",
        "--network",
    )
)
_AFFIXES = ("mcp-server-", "server-", "mcp-", "mcp_server_", "mcp_")
_ENDINGS = ("-mcp-server", "-mcp", "-server", "_mcp_server", "_mcp")
_SUFFIXES = (".py", ".js", ".mjs", ".cjs", ".ts", ".exe", ".cmd")


def name_of_command(words: list[str]) -> str:
    """Return what people call the server that a command starts: `npx -y @x/server-filesystem /tmp` is `filesystem`."""
    skip = False
    for word in words:
        if skip or word.startswith("-"):
            skip = word in _VALUED and not skip
            continue
        plain = word.rstrip("/").rpartition("/")[2]
        if plain.partition("@")[0].lower().rstrip("0123456789.") in _RUNNERS or "=" in word:
            continue
        return _plain(_telling(word))
    return _plain(words[0].rpartition("/")[2]) if words else "server"


def _telling(word: str) -> str:
    """Return the part of a path or package that tells servers apart: of `…/server-x/dist/index.js` the folder."""
    if word.startswith("@") and word.count("/") == 1:
        return word.partition("/")[2]
    parts = [part for part in word.split("/") if part]
    while len(parts) > 1 and parts[-1].rpartition(".")[0] in (
        "index",
        "main",
        "server",
        "cli",
        "__main__",
        "dist",
        "build",
        "src",
        "bin",
        "lib",
    ):
        parts.pop()
        while len(parts) > 1 and parts[-1] in ("dist", "build", "src", "bin", "lib", "out"):
            parts.pop()
    return parts[-1] if parts else word


def _plain(name: str) -> str:
    name = name.partition("@")[0] or name
    for suffix in _SUFFIXES:
        name = name.removesuffix(suffix)
    lowered = name.lower()
    for affix in _AFFIXES:
        if lowered.startswith(affix) and len(name) > len(affix):
            name, lowered = name[len(affix) :], lowered[len(affix) :]
            break
    for ending in _ENDINGS:
        if lowered.endswith(ending) and len(name) > len(ending):
            name = name[: -len(ending)]
            break
    kept = "".join(char if char.isalnum() or char in "-_." else "-" for char in name).strip("-.")
    return kept or "server"


def name_of_url(url: str) -> str:
    """Return what people call the server behind a URL: its host without `www`, `mcp` and `api`, or the last telling
    part of its path.
    """
    rest = url.partition("://")[2] or url
    host, _, path = rest.partition("/")
    host = host.rpartition("@")[2].partition(":")[0]
    labels = [label for label in host.split(".") if label not in ("www", "mcp", "api")]
    parts = [
        part
        for part in path.partition("?")[0].split("/")
        if part and part not in ("mcp", "sse", "api", "v1", "v2", "http")
    ]
    if host in ("localhost", "127.0.0.1", "[") and parts:
        return _plain(parts[-1])
    return _plain(labels[-2] if len(labels) > 1 else labels[0] if labels else host)
