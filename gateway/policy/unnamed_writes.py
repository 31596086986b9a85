"""Programs that change files which their command line does not name: git, patches, package managers, tools that make
environments. Pure.

What they change is told by the folder they work in: the history, a patch and an index decide on the names.
"""

from __future__ import annotations

from gateway.catalog.options import YES, takes_value
from gateway.model.action import RUN, UNKNOWN, Action
from gateway.model.paths import absolute, below

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.call import ToolCall

_CHANGING = frozenset(
    "checkout switch reset restore pull merge rebase stash cherry-pick revert apply am read-tree checkout-index clean bisect sparse-checkout".split()
)
"""git commands that rewrite the work tree with files that only the history or a patch names."""
_NEW_TREES = frozenset(("clone", "worktree", "submodule"))
"""git commands that fill or move a folder which is among their operands."""

_PIP = ("pip", "easy_install")
_CONDA = ("conda", "mamba", "micromamba")
_INSTALLING = frozenset("install uninstall add sync remove update upgrade create easy_install".split())
_REMOVING = frozenset(("uninstall", "remove", "sync"))
_ENVIRONMENT_OPTIONS = ("--python", "-p", "--prefix")

_NEEDED = frozenset(
    "pyyaml wcmatch bracex jsonschema aiohttp multidict yarl frozenlist aiosignal msgspec structlog hyperscan typer click".split()
)
"""Distributions without which the guard does not start."""


def change_key(action: Action) -> str:
    """Return the key under which it is kept what a git command was seen to change, among a call's trees."""
    return "git: " + " ".join(action.words)


def rewritten_folder(action: Action) -> str | None:
    """Return the folder whose files a git command or a patch rewrites, as it is written, "" for the working folder;
    None when it rewrites none.
    """
    name, *words = action.words if action.verb == RUN and action.words else ("",)
    name = name.rpartition("/")[2]
    if name == "patch":
        return _option(words, "-d", "--directory") or ""
    folder, _, command = git_line(action)
    if not command or command[0] not in _CHANGING:
        return None
    return _joined(folder, _option(command, "--directory") if command[0] in ("apply", "am") else "")


def filled_folders(action: Action) -> list[str]:
    """Return the folders that a git command may lay a tree in, as they are written: operands of those that make, move
    or take away whole trees.
    """
    folder, _, command = git_line(action)
    if not command or command[0] not in _NEW_TREES:
        return []
    return [
        _joined(folder, word)
        for word in command[1:]
        if word not in (".", "./") and not word.startswith("-") and UNKNOWN not in word
    ]


def git_line(action: Action) -> tuple[str, list[str], list[str]]:
    """Return (folder that git works in, as its options say, those options, its command and what stands behind it); no
    command where another program is run.
    """
    program, *words = action.words if action.verb == RUN and action.words else ("",)
    if program.rpartition("/")[2] != "git":
        return "", [], []
    folder, at = "", 0
    while at < len(words) and words[at].startswith("-"):
        name, equals, value = words[at].partition("=")
        if name in ("-C", "--work-tree"):
            value = value if equals else words[at + 1] if at + 1 < len(words) else ""
            folder = _joined(folder, value)
        elif name == "-c" and words[at + 1 : at + 2] and words[at + 1].lower().startswith("core.worktree="):
            folder = _joined(folder, words[at + 1].partition("=")[2])
        at += 2 if takes_value(words[at], "git") == YES else 1
    return folder, words[:at], words[at:]


def _joined(folder: str, name: str) -> str:
    return name if name.startswith(("/", "~")) or not folder else f"{folder}/{name}" if name else folder


def _option(words: list[str], *names: str) -> str:
    """Return the value of an option, "" where it is not given: apart, behind `=`, or glued to a letter."""
    for at, word in enumerate(words):
        name, equals, value = word.partition("=")
        if name in names:
            return value if equals else words[at + 1] if at + 1 < len(words) else ""
        if word[:2] in names and len(word) > 2 and not word.startswith("--"):
            return word[2:]
    return ""


def is_patch(action: Action) -> bool:
    """Whether an action applies patches, which name the files they change."""
    words = action.words
    name = words[0].rpartition("/")[2] if action.verb == RUN and words else ""
    return name == "patch" or (name == "git" and any(word in ("apply", "am") for word in words))


def rewrites(action: Action) -> bool:
    """Whether an action changes files that it does not name."""
    return (
        rewritten_folder(action) is not None
        or new_environment(action) is not None
        or bool(filled_folders(action) or changed_environments(action))
        or _installs_somewhere(action)
    )


def _installs_somewhere(action: Action) -> bool:
    """Whether a package manager changes the environment that happens to be active."""
    return action.verb == RUN and action.words[:1] in (("pip",), ("pip3",)) and not _INSTALLING.isdisjoint(action.words)


def new_environment(action: Action) -> str | None:
    """Return the folder that a virtual environment is made in, as it is written; None where an action makes none."""
    if action.verb != RUN or len(action.words) < 1:
        return None
    program, *words = action.words
    program = program.rpartition("/")[2]
    at = (
        0
        if program == "virtualenv"
        else 1
        if program == "uv" and words[:1] == ["venv"]
        else 2
        if words[:2] == ["-m", "venv"]
        else -1
    )
    if at < 0 or not (at < 2 or program.startswith("python")):
        return None
    return next(
        (word for word in reversed(words[at:]) if not word.startswith("-")), ".venv" if program == "uv" else None
    )


def changed_environments(action: Action) -> list[str]:
    """Return the folders of the Python environments that a package manager may change, as far as its words say where
    they are.

    An option may name the environment or its interpreter; both are looked at. `X/bin/pip` and `X/bin/python -m pip`
    work in X.
    """
    if action.verb != RUN or not action.words:
        return []
    program, *words = action.words
    folder, _, name = program.rpartition("/")
    if words[:2] == ["-m", "pip"] or words[:2] == ["-m", "ensurepip"]:
        is_installer = name.startswith(("python", "pypy"))
        words = [*words[2:], *(["install"] if words[1] == "ensurepip" else [])]
    else:
        is_installer = name.startswith(_PIP) or name in _CONDA or (name == "uv" and words[:1] != ["pip"])
        words += ["easy_install"] * name.startswith("easy_install")
    if not is_installer or _INSTALLING.isdisjoint(words):
        return []
    named = _option(words, *_ENVIRONMENT_OPTIONS)
    environments = [f"{folder or '/'}/.."] if "/" in program else []
    return environments + ([named, f"{named}/../.."] if named else [])


def removes_needed(action: Action) -> bool:
    """Whether a package manager is told to take away something that the guard needs."""
    words = {word.lower().replace("_", "-") for word in action.words}
    return not words.isdisjoint(_REMOVING) and ("sync" in words or not words.isdisjoint(_NEEDED))


def touched_environments(action: Action, call: ToolCall, folders: list[str], project: str, home: str) -> list[str]:
    """Return absolute folders of the environments that an action changes; the project's own only where the guard would
    lose what it needs.

    folders  where the call may be working
    """
    named = changed_environments(action)
    if _installs_somewhere(action):
        named += [folder for action in call.actions if (folder := _activated(action))]
    environments = {absolute(folder, start, home) for folder in named if UNKNOWN not in folder for start in folders}
    return sorted(folder for folder in environments if below(folder, project) is None or removes_needed(action))


def _activated(action: Action) -> str:
    """Return the environment that a line switches to: `. X/bin/activate`."""
    words = action.words
    sourced = words[1] if action.verb == RUN and len(words) > 1 and words[0] in (".", "source") else ""
    return sourced.rpartition("/bin/activate")[0] if "/bin/activate" in sourced else ""
