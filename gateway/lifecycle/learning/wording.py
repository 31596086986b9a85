"""Words and paths written so that a policy means exactly them. Pure."""

from __future__ import annotations

_PATTERN = "*?[]{}\\!"


def escaped(text: str) -> str:
    """Return a path or name in which nothing is a wildcard."""
    return "".join("\\" + char if char in "*?[]{}\\" else char for char in text)


def quoted(word: str) -> str | None:
    """Return a word as a command entry spells it, None when it cannot be spelled."""
    if word and not any(char in _PATTERN or char in " \t\n\"'" for char in word):
        return word
    if "\n" in word or ("'" in word and '"' in word):
        return None
    mark = '"' if "'" in word else "'"
    return f"{mark}{escaped(word)}{mark}"


def in_policy(path: str, project: str, home: str) -> str:
    """Return an absolute path as a policy writes it: from the project, from the home folder, or as it is; not yet escaped."""
    for folder, mark in ((project, "./"), (home, "~/")):
        base = folder.rstrip("/") + "/"
        if path.startswith(base) and base != "/":
            return mark + path[len(base) :]
        if path == folder and folder != "/":
            return mark.rstrip("/") if mark == "~/" else "."
    return path
