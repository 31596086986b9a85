"""Which of the guard's own files a git command would change: the versions that git holds are compared before it runs.

A command such as `git checkout main` names no file, and nearly always leaves the policy alone: asking about each would
be answered by switching the guard off. Only git's plumbing is asked, of commits and trees, so nothing that a repository
configures is run: no filter, no hook, no pager, no file system monitor, no fetch.
"""

from __future__ import annotations

from gateway.catalog.agent_folders import SETTINGS_FOLDERS
from gateway.lane_os import os
from gateway.model.action import UNKNOWN
from gateway.model.paths import absolute, below
from gateway.policy.git_rewrites import INDEX, Rewrite, moves_names, rewrite_of
from gateway.policy.guard import AREA, SOURCE, folders_of

GITS = ("/usr/bin/git", "/usr/local/bin/git", "/opt/homebrew/bin/git", "/opt/local/bin/git")
"""Where git is looked for: not on a PATH that somebody else may have set."""
SECONDS = 1.5
MAX_BYTES = 1 << 20
MAX_SETTINGS = 100
"""Most files of one folder of settings that are compared."""
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
        own = [place for place, kind in places.items() if kind != AREA and below(place, top) is not None]
        apart = {place for place in own if places[place] != SOURCE or os.path.isdir(place)}
        if _lies_in(top, places) or (apart and _versions(top, "HEAD", _names(top, sorted(apart))) != {}):
            return None  # git keeps the guard's code here, not only its policy
        files = [*own, *_settings(top)] if own else []
        hits = _hits(_as_git_reads(rewrite, top) if files else rewrite, top, folder, files, apart)
        if hits is None or not set(hits) <= set(own):
            return None  # an agent's settings, which start the guard, would be others
        changed.update(dict.fromkeys(hits))
    return tuple(changed), True


def _settings(top: str) -> list[str]:
    """Return the files that lie in the folders of agents' settings: hooks are started from them."""
    files = []
    for name in sorted(SETTINGS_FOLDERS):
        folder = f"{top}/{name}"
        if os.path.isdir(folder):
            files += [f"{folder}/{file}" for file in sorted(os.listdir(folder))[:MAX_SETTINGS]]
    return [file for file in files if not os.path.isdir(file)]


def _lies_in(folder: str, places: dict[str, str]) -> bool:
    """Whether a folder is part of a place of the guard; what is installed around it stands for itself."""
    return any(kind != AREA and below(folder, place) is not None for place, kind in places.items())


def _as_git_reads(rewrite: Rewrite, top: str) -> Rewrite:
    """Return what git takes the first operand for, where that is no revision: a branch of a remote, else a file."""
    word = rewrite.maybe_paths[0] if rewrite.maybe_paths else ""
    if not word or _versions(top, word, []) is not None or _versions(top, "HEAD", []) is None:
        return rewrite
    branches = _git(top, "for-each-ref", "--format=%(refname)", f"refs/remotes/*/{word}") or ""
    if branches:
        return Rewrite(tuple(branches.split()), overwrites=rewrite.overwrites)
    return Rewrite((INDEX,), paths=rewrite.maybe_paths)


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


def _hits(rewrite: Rewrite, top: str, folder: str, files: list[str], apart: set[str]) -> list[str] | None:
    """Return the files where another version would stand; None where that cannot be told.

    apart  those that git is told to leave alone, such as the record
    """
    within = _within(rewrite.paths, folder, files) if rewrite.paths else files
    if not within or not rewrite.revisions:
        return within if within is None else []
    names = _names(top, within)
    head = _versions(top, "HEAD", names)
    if head is None:
        return None
    before = [_versions(top, revision, names) for revision in rewrite.compared_with]
    after = [_versions(top, revision, names) for revision in rewrite.revisions]
    pairs = [
        (old or {}, new) for old, new in zip(before * len(after) if len(before) == 1 else before, after, strict=False)
    ]
    thrown = rewrite.overwrites or bool(rewrite.paths)  # what was edited and not committed is thrown away
    content = _contents(top, names) if thrown else {}
    target = head if after[0] is None else after[0]
    hits = []
    for file, name in zip(within, names, strict=True):
        changes = any(new is not None and new.get(name) != old.get(name) for old, new in pairs)  # None: git fails
        changes = changes or (thrown and name in target and target[name] != content.get(name))
        removes = rewrite.removes_ignored if file in apart else rewrite.removes_untracked
        if changes or (removes and name not in head and os.path.lexists(file)):
            hits.append(file)
    return hits


def _names(top: str, files: list[str]) -> list[str]:
    """Return files as they are called from the root of the work tree."""
    return [file[len(top.rstrip("/")) + 1 :] for file in files]


def _versions(top: str, revision: str, names: list[str]) -> dict[str, str] | None:
    """Return name -> mode and object of what a revision holds, None where there is no such revision."""
    asking = ("ls-files", "-s", "-z") if revision == INDEX else ("ls-tree", "-z", revision)
    answer = None if revision.startswith("-") else _git(top, *asking, "--", *(names or ["."]))
    if answer is None:
        return None
    rows = (row.partition("\t") for row in answer.split("\0") if row)
    return {name: _plain(about) for about, _, name in rows}


def _plain(about: str) -> str:
    """Return mode and object of a row, which `ls-tree` and `ls-files` tell in different words."""
    words = about.split()
    return f"{words[0]} {words[2] if words[1] in ('blob', 'tree', 'commit') else words[1]}"


def _contents(top: str, names: list[str]) -> dict[str, str]:
    """Return name -> mode and object of what stands in the files, as git would name it in a tree."""
    there = [name for name in names if os.path.lexists(f"{top}/{name}") and not os.path.isdir(f"{top}/{name}")]
    answer = _git(top, "hash-object", "--no-filters", "--", *there) if there else ""
    objects = (answer or "").split()
    modes = ("100755" if os.access(f"{top}/{name}", os.X_OK) else "100644" for name in there)
    return {name: f"{mode} {item}" for name, mode, item in zip(there, modes, objects, strict=False)}


def _git(folder: str, *words: str) -> str | None:
    """Return what git prints in a folder, None where it fails, takes too long or is not there."""
    program = next((path for path in GITS if os.path.lexists(path)), "")
    if not program:
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
    text, until, ended = b"", time.monotonic() + SECONDS, False
    poller = select.poll()
    poller.register(reading, select.POLLIN)
    try:
        while len(text) <= MAX_BYTES and poller.poll(max(0.0, until - time.monotonic()) * 1000):
            data = os.read(reading, 65_536)
            text += data
            if not data:
                ended = True
                break
    finally:  # also where the hook's deadline passes meanwhile: waiting for a git that hangs would outlast the client
        os.close(reading)
        if not ended:
            os.kill(child, 9)
        status = os.waitpid(child, 0)[1]
    return text.decode("utf-8", "surrogateescape") if status == 0 else None
