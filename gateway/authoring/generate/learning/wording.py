"""Words and paths written so that a policy means exactly them. Pure."""

from __future__ import annotations

import re

from gateway.redaction.placeholders import mark_end

_PATTERN = "*?[]{}\\!"

_EVERYWHERE = (
    "/tmp",  # noqa: S108  # named, not written to
    "/var/tmp",  # noqa: S108
    "/private/tmp",
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib64",
    "/etc",
    "/dev",
    "/proc",
    "/sys",
)
"""Folders that are the same on every machine; any other absolute path is one machine's."""
MAX_LENGTH = 1000
"""Longest path or word that is written into an entry (a pattern takes 1,024 characters)."""


def escaped(text: str) -> str:
    """Return a path or name in which nothing is a wildcard."""
    return "".join("\\" + char if char in "*?[]{}\\" else char for char in text)


def quoted(word: str) -> str | None:
    """Return a word as a command entry spells it, None when it cannot be spelled."""
    if len(word) > MAX_LENGTH or any(_steers(char) for char in word) or ("'" in word and '"' in word):
        return None
    if word and not any(char in _PATTERN or char in " \t\n\"'" for char in word):
        return word
    mark = '"' if "'" in word else "'"
    return f"{mark}{escaped(word)}{mark}"


def in_policy(path: str, project: str, home: str) -> str:
    """Return an absolute path as a policy writes it: from the project, from the home folder, or as it is; not yet
    escaped.
    """
    for folder, mark in ((project, "./"), (home, "~/")):
        base = folder.rstrip("/") + "/"
        if path.startswith(base) and base != "/":
            return mark + path[len(base) :]
        if path == folder and folder != "/":
            return mark.rstrip("/") if mark == "~/" else "."
    return path


def is_spelled(text: str) -> bool:
    """Whether a path, name or word can stand in an entry at all: no control characters, no half surrogate pairs, not
    too long.
    """
    return 0 < len(text) <= MAX_LENGTH and text.strip() == text and not any(_steers(char) for char in text)


def _steers(char: str) -> bool:
    return char < " " or "\x7f" <= char <= "\x9f" or "\ud800" <= char <= "\udfff"


def is_portable(thing: str) -> bool:
    """Whether a path as a policy writes it means the same on another machine: in the project, or where every machine
    has it.
    """
    if not thing.startswith(("/", "~")):
        return True
    return thing.startswith(_EVERYWHERE) and any(
        thing == folder or thing.startswith(f"{folder}/") for folder in _EVERYWHERE
    )


_ABSOLUTE = re.compile(r"(?:^|(?<=[=:,@'\"(\s]))(?:~[\w.-]*(?=/|$)|/(?!/)[^\s'\"]*)")


def names_machine(word: str, *folders: str) -> bool:
    """Whether a word of a command holds one of these folders, a home, or another absolute path that only one machine
    has.
    """
    if any(len(folder) > 1 and folder in word for folder in folders):
        return True
    return any(not is_portable(found) for found in _ABSOLUTE.findall(word) if found != "/")


def guarded_word(word: str) -> str:
    """Return a word as an ask or deny entry spells it: what no entry can spell stands for any character, which asks
    about more, never less.
    """
    pieces = ["".join("?" if char in "\"'" or _steers(char) else char for char in piece) for piece in pieces_of(word)]
    if word and len(pieces) == 1 and not any(char in " *?[]{}\\!" for char in pieces[0]):
        return pieces[0]
    return (
        "'"
        + TAKEN_OUT.join("".join("\\" + char if char in "*[]{}\\" else char for char in piece) for piece in pieces)
        + "'"
    )


def guarded_path(path: str, *, pattern: bool) -> str:
    """Return a path, or a pattern of paths, as an ask or deny entry spells it."""
    return TAKEN_OUT.join(piece if pattern else escaped(piece) for piece in pieces_of(path)).replace(
        f"{TAKEN_OUT}*", TAKEN_OUT
    )


TAKEN_OUT = "?*"
"""Stands in an ask or deny entry for a secret that the record does not hold."""


def pieces_of(text: str) -> list[str]:
    """Return what of a recorded text is known, cut where something was taken out of it."""
    pieces = [""]
    at = 0
    while at < len(text):
        end = mark_end(text, at) if text[at] == "[" else -1
        if end > 0:
            pieces.append("")
            at = end
        else:
            pieces[-1] += text[at]
            at += 1
    return pieces


def begun(text: str, length: int) -> str:
    """Return the beginning of a recorded text, no longer than this, that cuts nothing which stands for a secret."""
    at = text.rfind("[", 0, length)
    return text[:at] if at >= 0 and mark_end(text, at) > length else text[:length]


def is_whole(text: str) -> bool:
    """Whether a recorded text is what the call said, with nothing taken out of it."""
    return len(pieces_of(text)) == 1
