"""Which of the guard's own files a git command would change: the versions that git holds are compared before it runs.

A command such as `git checkout main` names no file, and nearly always leaves the policy alone: asking about each would
be answered by switching the guard off. Only git's plumbing is asked, of commits and trees, so nothing that a repository
configures is run: no filter, no hook, no pager, no file system monitor, no fetch.
"""

from __future__ import annotations

from gateway.lane_os import os
from gateway.model.action import UNKNOWN
from gateway.model.paths import absolute, below
from gateway.policy.git_rewrites import INDEX, Rewrite, moves_names, rewrite_of
from gateway.policy.guard import AREA, SOURCE, folders_of

GITS = ("/usr/bin/git", "/usr/local/bin/git", "/opt/homebrew/bin/git", "/opt/local/bin/git")
"""Where git is looked for: not on a PATH that somebody else may have set."""
SECONDS = 1.5
MAX_BYTES = 1 << 20
_OPTIONS = ("--no-pager", "--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.action import Action
    from gateway.model.call import ToolCall

    Changed = tuple[tuple[str, ...], bool]
    """(absolute paths that would change, whether that is all)."""


def changed_by(action: Action, call: ToolCall, home: str, places: dict[str, str]) -> Changed | None:
    """Return which of the places in the project a git command would change; None where it cannot be told beforehand.

    places  path -> kind, see `gateway.policy.guard`
    """
    rewrite = rewrite_of(action)
    if (
        rewrite is None
        or UNKNOWN in rewrite.folder
        or any(UNKNOWN in word for word in (*rewrite.paths, *rewrite.revisions))
    ):
        return None
    if any(moves_names(other) for other in call.actions if other is not action):
        return None  # `git branch -f x y && git checkout x`: what a name stands for now says nothing
    changed: dict[str, None] = {}
    for start in folders_of(call, home):
        folder = absolute(rewrite.folder or ".", start, home)
        top = _top(folder)
        own = [place for place in places if below(place, top) is not None]
        if any(places[place] != SOURCE or os.path.isdir(place) for place in own) or _lies_in(top, places):
            return None  # the guard's code, not only its policy, lies in this work tree
        laid = _as_paths(rewrite) if rewrite.maybe_paths and _is_no_revision(rewrite.maybe_paths[0], own) else rewrite
        within = _within(laid.paths, folder, own) if laid.paths else own
        hits = None if within is None else _hits(laid, within, named=bool(laid.paths))
        if hits is None:
            return None
        changed.update(dict.fromkeys(hits))
    return tuple(changed), True


def _lies_in(folder: str, places: dict[str, str]) -> bool:
    """Whether a folder is part of a place of the guard; what is installed around it stands for itself."""
    return any(kind != AREA and below(folder, place) is not None for place, kind in places.items())


def _as_paths(rewrite: Rewrite) -> Rewrite:
    return Rewrite((INDEX,), paths=rewrite.maybe_paths)


def _is_no_revision(word: str, places: list[str]) -> bool:
    """Whether git knows no revision of that name: `git checkout src/a.py` restores a file."""
    folder = places[0].rpartition("/")[0] if places else ""
    return bool(folder) and _version(folder, "HEAD", ".") is not None and _version(folder, word, ".") is None


def _top(folder: str) -> str:
    """Return the root of the work tree that a folder is in, the folder itself where it is in none."""
    root = folder
    while root not in ("", "/"):
        if os.path.lexists(f"{root}/.git"):
            return root
        root = root.rpartition("/")[0]
    return folder


def _within(paths: tuple[str, ...], folder: str, places: list[str]) -> list[str] | None:
    """Return the places that the named paths take in; None where a name may stand for others."""
    if any(path.startswith(":") or not set("*?[").isdisjoint(path) for path in paths):
        return None
    named = [absolute(path, folder, "") for path in paths]
    return [place for place in places if any(below(place, path) is not None for path in named)]


def _hits(rewrite: Rewrite, places: list[str], *, named: bool = False) -> list[str] | None:
    """Return the places where another version would stand; None where that cannot be told.

    named  the command names them: then what stands there is thrown away
    """
    hits = []
    for place in places if rewrite.revisions else ():
        parent, _, name = place.rpartition("/")
        head = _version(parent, "HEAD", name)
        if head is None:
            return None
        before = [_version(parent, revision, name) for revision in rewrite.compared_with]
        after = [_version(parent, revision, name) for revision in rewrite.revisions]
        pairs = zip(before * len(after) if len(before) == 1 else before, after, strict=False)
        changes = any(new is not None and new != old for old, new in pairs)  # git fails on what does not exist
        if rewrite.overwrites or named:  # what was edited and not committed is thrown away
            target = after[0] if after[0] is not None else head
            changes = changes or (bool(target) and target != _content(parent, name))
        if changes or (rewrite.removes_untracked and not head and os.path.lexists(place)):
            hits.append(place)
    return hits


def _version(folder: str, revision: str, name: str) -> str | None:
    """Return what a revision holds under a name ("" nothing), None where that cannot be told."""
    if revision == INDEX:
        answer = _git(folder, "ls-files", "-s", "-z", "--", name)
        return answer and _BLOB.join(answer.partition(" 0\t")[0].split(" ", 1)) if answer is not None else None
    answer = _git(folder, "ls-tree", "-z", revision, "--", name)
    return None if answer is None else answer.partition("\t")[0]


_BLOB = " blob "


def _content(folder: str, name: str) -> str:
    """Return what stands in a file, as git would name it in a tree."""
    answer = _git(folder, "hash-object", "--no-filters", "--", name)
    mode = "100755" if os.path.lexists(f"{folder}/{name}") and os.access(f"{folder}/{name}", os.X_OK) else "100644"
    return f"{mode} blob {answer.strip()}" if answer else "unknown"


def _git(folder: str, *words: str) -> str | None:
    """Return what git prints in a folder, None where it fails, takes too long or is not there."""
    program = next((path for path in GITS if os.path.lexists(path)), "")
    if not program or any(word.startswith("-") for word in words[2:3] if words[0] == "ls-tree"):
        return None
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": os.environ.get("HOME", "/"),
        "LC_ALL": "C",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
    }
    return _printed([program, "-C", folder, *_OPTIONS, *words], environment)


def _printed(command: list[str], environment: dict[str, str]) -> str | None:
    """Run a program with an environment of its own; one that takes longer than SECONDS is ended."""
    import select
    import time

    reading, writing = os.pipe()
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
        (os.POSIX_SPAWN_DUP2, writing, 1),
        (os.POSIX_SPAWN_OPEN, 2, "/dev/null", os.O_WRONLY, 0),
        (os.POSIX_SPAWN_CLOSE, reading),
    ]
    try:
        child = os.posix_spawn(command[0], command, environment, file_actions=actions)
    except OSError:
        os.close(reading)
        os.close(writing)
        return None
    os.close(writing)
    text, until = b"", time.monotonic() + SECONDS
    poller = select.poll()
    poller.register(reading, select.POLLIN)
    try:
        while poller.poll(max(0.0, until - time.monotonic()) * 1000):
            data = os.read(reading, 65_536)
            text += data
            if not data or len(text) > MAX_BYTES:
                break
        else:
            os.kill(child, 9)
            text = b""
    finally:
        os.close(reading)
        status = os.waitpid(child, 0)[1]
    return text.decode("utf-8", "surrogateescape") if status == 0 else None
