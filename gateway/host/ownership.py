"""Whose a folder, a policy or a store is, where that is not plain to see: what is wrong with it, and what a person can
do.

git asks who owns a repository (safe.directory, CVE-2022-24765), ssh who may write in its files (StrictModes); both are
asked here. A person's way out is a list of trusted folders in the user's or the managed configuration folder, which
policy keeps agents from writing; a variable would not do, for a project's own settings can bring some (`env` in
`.claude/settings.json`).
"""

from __future__ import annotations

from gateway.host.real_paths import real_path
from gateway.host.user_folders import MANAGED, OTHERS_WRITE, config_folder
from gateway.lane_os import os

LIST = "trusted-folders"
"""File of folders, one absolute path a line, whose owners and modes are not asked for; lines that start with `#` are
remarks.
"""
MAX_LIST = 1 << 20

_KIND, _LINK, _FOLDER, _FILE = 0o170000, 0o120000, 0o040000, 0o100000
_STICKY, _GROUP, _EVERYBODY = 0o1000, 0o020, 0o002

MODELESS = frozenset(
    "vfat msdos exfat ntfs ntfs3 fuseblk cifs smb3 vboxsf vmhgfs fuse.vmhgfs-fuse prl_fs drvfs".split()
)
"""File systems that keep no modes: what a file shows is the mount's (0777 on a drive of Windows), who may write is
decided elsewhere.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def trouble(path: str, seen: Any) -> tuple[str, str]:
    """Return (why a path is not to be used, what to do about it), ("", "") when it is.

    seen  what `lstat` says of it, or True where it could not be looked at
    """
    if seen is True:
        return f"`{path}` cannot be looked at", "look at the modes of the folders above it"
    found = _owned(path, seen) or _written(path, seen)
    if not found and seen.st_mode & _KIND == _LINK:
        try:
            behind = os.stat(path)
        except OSError:
            return "", ""  # a link to nothing: whoever reads it says so
        found = _owned(path, behind) or _written(path, behind)
    if not found or is_trusted(path):
        return "", ""
    place = (
        os.path.dirname(path)
        if seen.st_mode & _KIND != _FOLDER or os.path.basename(path).startswith(".agent")
        else path
    )
    trust = f"a person who trusts it adds the line `{place}` to `{config_folder()}/{LIST}`"
    return found[0], f"{found[1]}; {trust}" if found[1] else trust


def _owned(path: str, seen: Any) -> tuple[str, str] | None:
    if seen.st_uid in (0, os.geteuid()):
        return None
    return f"`{path}` belongs to another user ({_name_of(seen.st_uid)})", ""


def _name_of(uid: int) -> str:
    import pwd

    try:
        return f"{pwd.getpwuid(uid).pw_name}, uid {uid}"
    except (KeyError, OverflowError):
        return f"uid {uid}"


def _written(path: str, seen: Any) -> tuple[str, str] | None:
    """Return what is wrong with who may write: a folder where everybody may keep only their own is no more open than a
    closed one.
    """
    kind, mode = seen.st_mode & _KIND, seen.st_mode
    if kind == _LINK or (kind == _FOLDER and mode & _STICKY):
        return None
    who = (
        "every user"
        if mode & _EVERYBODY
        else f"its group (gid {seen.st_gid})"
        if mode & _GROUP and not is_own_group(seen.st_gid)
        else ""
    )
    if not who or not keeps_modes(path):
        return None
    return (
        f"{who} may write in `{path}` (mode {mode & 0o7777:04o})",
        f"`chmod {'o' if mode & _EVERYBODY else 'g'}-w {path}`",
    )


def is_own_group(gid: int) -> bool:
    """Whether a group is root's, or this user's alone: of the same number or name, as every user has one where umask is
    002.
    """
    if gid in (0, os.geteuid()):
        return True
    import grp
    import pwd

    try:
        return gid == os.getegid() and grp.getgrgid(gid).gr_name == pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return False


def keeps_modes(path: str, mounts: str = "") -> bool:
    """Whether the file system of a path keeps the modes of its files.

    mounts  what stands in /proc/self/mountinfo (see proc_pid_mountinfo(5)), read when it is left out
    """
    where = real_path(path)
    best, kind, options = "", "", ""
    for line in (mounts or _read("/proc/self/mountinfo")).splitlines():
        head, _, tail = line.partition(" - ")
        words, ends = head.split(" "), tail.split(" ")
        if len(words) < 5 or len(ends) < 2:
            continue
        point = words[4].replace("\\040", " ").replace("\\134", "\\")
        if len(point) >= len(best) and (where == point or where.startswith(point.rstrip("/") + "/")):
            best, kind, options = point, ends[0], ends[-1]
    return kind not in MODELESS and not (kind == "9p" and "aname=drvfs" in options)


def is_trusted(path: str) -> bool:
    """Whether a person has said that a folder, and with it all below it, is to be used whoever owns it."""
    where = real_path(path)
    for file in (f"{MANAGED}/{LIST}", f"{config_folder()}/{LIST}"):
        for line in _own_text(file).splitlines():
            entry = line.strip()
            if entry.startswith("/") and (where + "/").startswith(real_path(entry).rstrip("/") + "/"):
                return True
    return False


def _own_text(path: str) -> str:
    """Return what a list says, "" for one that somebody else may have written."""
    try:
        seen = os.stat(path)
    except OSError:
        return ""
    foreign = seen.st_uid not in (0, os.geteuid()) or (seen.st_mode & OTHERS_WRITE and _written(path, seen))
    return "" if foreign or seen.st_mode & _KIND != _FILE else _read(path)


def _read(path: str) -> str:
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        return ""
    data = b""
    try:
        while len(data) < MAX_LIST and (more := os.read(fd, 65536)):
            data += more
    except OSError:
        return ""
    finally:
        os.close(fd)
    return data.decode("utf-8", "surrogateescape")
