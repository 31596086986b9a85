"""The files that a patch names: headers of git, unified and context diffs, quoted as git and GNU patch quote them.
Pure; total on any text.
"""

from __future__ import annotations

_MARKS = ("--- ", "+++ ", "*** ", "Index: ", "rename from ", "rename to ", "copy to ")
_GIT = "diff --git "
_ESCAPES = {"a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}


def named_files(text: str) -> list[str]:
    """Return the files that a patch names, without the `a/` and `b/` that git puts before them; each once."""
    files: dict[str, None] = {}
    for written in text.splitlines():
        line = written.lstrip(" \t>")  # a patch may be indented, or quoted in a mail
        if line.startswith(_GIT):
            for name in _pair(line[len(_GIT) :]):
                files[_without_side(name)] = None
            continue
        mark = next((mark for mark in _MARKS if line.startswith(mark)), "")
        if mark:
            files[_without_side(_name(line[len(mark) :]))] = None
    return [name for name in files if name and name != "/dev/null"]


def _name(text: str) -> str:
    """Return the name at the start of a header: in quotes with escapes, else up to a tab, behind which the time
    stands.
    """
    text = text.strip()
    if not text.startswith('"'):
        return text.split("\t", 1)[0].strip()
    return _quoted(text)[0]


def _quoted(text: str) -> tuple[str, int]:
    """Return (name in the quotes that a text begins with, place behind them)."""
    data = bytearray()
    at = 1
    while at < len(text) and text[at] != '"':
        if text[at] != "\\":
            data += text[at].encode("utf-8", "replace")
            at += 1
            continue
        octal = text[at + 1 : at + 4]
        if len(octal) == 3 and all(char in "01234567" for char in octal):
            data.append(int(octal, 8) & 255)
            at += 4
        else:
            data += _ESCAPES.get(text[at + 1 : at + 2], text[at + 1 : at + 2]).encode("utf-8", "replace")
            at += 2
    return data.decode("utf-8", "replace"), at + 1


def _pair(text: str) -> list[str]:
    """Return the two names of a `diff --git` header: quoted, or parted by the blank before `b/`."""
    text = text.strip()
    if text.startswith('"'):
        first, end = _quoted(text)
        return [first, _name(text[end:])]
    first, blank, second = text.partition(" b/")
    return [first, _name("b/" + second)] if blank else [_name(part) for part in text.split(" ")]


def _without_side(name: str) -> str:
    return name[2:] if name.startswith(("a/", "b/")) else name
