"""Where things are on this machine: project root, home, trace, state and configuration folders.

What belongs to somebody else is not used: whoever may create a folder above a working folder would otherwise receive
the record of every call made below it, or set its policy (the class of CVE-2022-24765). What is found is looked at as
it is found; the words for what is wrong with it are `gateway.host.ownership`'s, which an ordinary call never loads.
"""

from __future__ import annotations

from gateway.host.real_paths import real_path
from gateway.host.user_folders import OTHERS_WRITE, home
from gateway.lane_os import os
from gateway.model.errors import TraceError

POLICY_NAME = ".agent-scope.json"
TRACE_NAME = ".agent-traces"

_SHARED = 0o1002
"""Mode bits of a folder where everybody may put files and take only their own away, as in `/tmp`."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


def policies_from(folder: str) -> list[str]:
    """Return every project policy from a folder upwards, nearest first: a nested repository does not lose the one
    around it.

    One that cannot be looked at counts, for it cannot be told that it is not there. One that somebody else put into a
    folder where everybody may (`/tmp`) is nobody's project's, and does not; see `trouble_with` for all others.
    """
    return list(_policies(folder))


def _policies(folder: str) -> Iterator[str]:
    return (path for path in candidates_from(folder) if (seen := _look(path)) and not _is_litter(path, seen))


def candidates_from(folder: str) -> list[str]:
    """Return where a project policy may stand for calls from a folder, nearest first."""
    return [f"{upward.rstrip('/')}/{POLICY_NAME}" for upward in _upwards(folder)]


def project_root(folder: str) -> str:
    """Return the nearest folder up that holds a policy, a store or a `.git`; failing that the folder.

    A home folder and `/` are no project for what lies below them, unless they hold a policy. A store or a `.git` that
    is not ours is passed over, see `passed_over`.
    """
    return _found(folder)[0]


def anchor(folder: str) -> str:
    """Return where relative patterns start for calls from a folder: at the nearest policy; without any, at the
    project's root.

    A repository inside a project, which an agent can make at any time (`git init`), has a store of its own and does not
    move the policy.
    """
    nearest = next(_policies(folder), "")
    return _spelled(os.path.dirname(nearest), folder) if nearest else project_root(folder)


def passed_over(folder: str) -> list[str]:
    """Return why stores and repositories above a folder were left aside when its project was looked for, one sentence
    each.
    """
    return _found(folder)[1]


def _found(folder: str) -> tuple[str, list[str]]:
    left: list[str] = []
    upwards = _upwards(folder)
    for upward in upwards:
        at = upward.rstrip("/")
        policy = _look(f"{at}/{POLICY_NAME}")
        if policy and not _is_litter(f"{at}/{POLICY_NAME}", policy):
            return _spelled(upward, folder), left
        for mark in (TRACE_NAME, ".git"):
            seen = _look(f"{at}/{mark}")
            if not seen or (upward != upwards[0] and upward in ("/", real_path(home()), home())):
                continue
            owned = mark == ".git" and seen is not True and seen.st_uid in (0, os.geteuid())  # nothing is written there
            problem = "" if owned or is_plainly_ours(seen) else _problem(f"{at}/{mark}", seen)[0]
            if not problem:
                return _spelled(upward, folder), left
            left.append(problem)
    return folder, left


def own_store(folder: str) -> str:
    """Return the store that calls from a folder are recorded in. Raises TraceError where it, or its project, is not
    ours or not there.

    A store that $AGENT_TRACE_DIR names is taken as it is: a person chose it.
    """
    root, left = _found(folder)
    store = trace_folder(root)
    if not os.environ.get("AGENT_TRACE_DIR"):
        if not os.path.isdir(root):  # to make it would put a project where nobody has one
            raise TraceError(
                f"nothing is recorded in `{store}`: `{root}` is no folder",
                "start the agent anew in a folder that is there",
            )
        for place in (root, store):
            problem, hint = trouble_with(place)
            if problem:
                text = "; ".join(dict.fromkeys((problem, *left[:1])))
                raise TraceError(f"nothing is recorded in `{store}`: {text}", hint)
    return store


def trace_folder(project: str) -> str:
    """Return the store of a project: $AGENT_TRACE_DIR, else `.agent-traces` at its root."""
    given = os.environ.get("AGENT_TRACE_DIR")
    if given:
        return given if given.startswith("/") else f"{project}/{given}"
    return f"{project.rstrip('/')}/{TRACE_NAME}"


def trouble_with(path: str) -> tuple[str, str]:
    """Return (why a file or folder is not to be used, what to do about it); ("", "") where it is ours or root's alone,
    or is not there.
    """
    seen = _look(path)
    return ("", "") if not seen or seen is True or is_plainly_ours(seen) else _problem(path, seen)


def trouble_with_policy(path: str) -> tuple[str, str]:
    """Return what `trouble_with` does, of a policy file and the folder it stands in."""
    problem = trouble_with(path)
    return problem if problem[0] else trouble_with(os.path.dirname(path))


def is_plainly_ours(seen: Any) -> bool:
    """Whether what was looked at belongs to us or root and nobody else may write in it; what is not so plain is
    `ownership`'s to say.
    """
    return seen is not True and seen.st_uid in (0, os.geteuid()) and not seen.st_mode & OTHERS_WRITE


def _problem(path: str, seen: Any) -> tuple[str, str]:
    from gateway.host import ownership

    return ownership.trouble(path, seen)


def _is_litter(path: str, seen: Any) -> bool:
    """Whether somebody else left a policy in a folder that is open to everybody."""
    if seen is True or seen.st_uid in (0, os.geteuid()):
        return False
    around = _look(os.path.dirname(path))
    return around not in (None, True) and around.st_mode & _SHARED == _SHARED


def _upwards(folder: str) -> list[str]:
    """Return the folders from one up to the root, nearest first: those of its real path, then those of a path through
    links.

    It ends by itself: no path that the kernel takes is longer than PATH_MAX, and what cannot be looked at counts as a
    policy.
    """
    chain = _parents(real_path(folder))
    return chain if chain[0] == (folder or "/") else list(dict.fromkeys(chain + _parents(folder)))


def _parents(folder: str) -> list[str]:
    parents = [folder or "/"]
    while folder not in ("", "/"):
        folder = folder[: folder.rfind("/")] if "/" in folder else ""
        parents.append(folder or "/")
    return parents


def _spelled(root: str, folder: str) -> str:
    """Return the root as the folder's own path spells it, where that path leads through it."""
    if folder == root or folder.startswith(root.rstrip("/") + "/"):
        return root
    return next((parent for parent in _parents(folder) if real_path(parent) == root), root)


def _look(path: str) -> Any:
    """Return what stands at a path, a link as itself; None when nothing does, True when that cannot be told."""
    try:
        return os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError):
        return True
