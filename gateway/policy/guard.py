"""What of the guard itself a call reaches: its code, interpreter, libraries, policies, state and key, as they were
found on this machine. Pure.

The places come with the facts (path -> kind), since no pattern knows where the guard is installed: a pattern with an
exception for the project that holds the guard's own source freed every installed copy whose path ended alike.
"""

from __future__ import annotations

from gateway.catalog.agent_folders import SETTINGS_FOLDERS
from gateway.model.action import CREATE, DELETE, GLOB, LIST, META, READ, RUN, SEARCH, TREE, UNKNOWN, WRITE, Action
from gateway.model.later import Later
from gateway.model.paths import absolute, below, normal
from gateway.policy.request_view import raw_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.call import ToolCall
    from gateway.model.facts import Facts
    from gateway.policy import unnamed_writes
else:
    unnamed_writes = Later("gateway.policy.unnamed_writes")

CODE, SOURCE, KEY, LIBRARY, SITE, AREA = "code", "source", "key", "library", "site", "area"
"""Kinds of places.

CODE     what the guard runs or obeys
SOURCE   the same as the project's own tree: who develops the guard works on it, after a question
KEY      what its marks are made with: not read either
LIBRARY  the interpreter's own modules, without what is installed beside them
SITE     a folder of installed packages, of which some names are the guard's
AREA     a folder that is unpacked or copied into only with the guard in mind
"""

LINKED = "linked"
"""Manner of a read that gives a file another name, under which it can be written."""

LIBRARIES = frozenset(
    "gateway agent_trace yaml _yaml wcmatch bracex jsonschema aiohttp multidict yarl frozenlist aiosignal msgspec structlog phonenumbers hyperscan"
    " uvloop typer click sitecustomize usercustomize".split()
)
"""Names in a SITE that the guard imports, or that `site` runs when it starts (site(7) of Python: `sitecustomize`,
`usercustomize`, `*.pth`).
"""

_OURS = ("agent_strace", "agent_trace", "__editable__")
_INSTALLED = ("site-packages", "dist-packages")


def reached(places: dict[str, str], call: ToolCall, facts: Facts) -> dict[str, str]:
    """Return the places that an action of a call touches, and the areas they lie in."""
    found = {place: kind for action in call.actions for place, kind in _touched(places, action, call, facts)}
    return {**found, **{place: kind for place, kind in places.items() if kind == AREA}} if found else {}


def touched(action: Action, call: ToolCall, facts: Facts) -> set[str]:
    """Return the kinds of the guard's places that an action touches."""
    return {kind for _, kind in _touched(facts.guard, action, call, facts)}


def _touched(places: dict[str, str], action: Action, call: ToolCall, facts: Facts) -> list[tuple[str, str]]:
    paths = _paths(action, call, facts)
    if not paths:
        return []
    if facts.folded:
        paths = [(path.lower(), link) for path, link in paths]
        places = {place.lower(): kind for place, kind in places.items()}
    found = []
    for place, kind in places.items():
        hits = [path for path, link in paths if touches(places, kind, place, path, action, is_link=link)]
        if hits:
            found.append((place, SOURCE if all(_is_asked(places, path, facts.project) for path in hits) else kind))
    return found


def _is_asked(places: dict[str, str], path: str, project: str) -> bool:
    """Whether a path takes in whole environments that lie in the project: who develops there throws them away and makes
    them anew.
    """
    areas = [area for area, kind in places.items() if kind == AREA and below(area, path) is not None]
    return bool(areas) and all(below(area, project) is not None for area in areas)


def fills_settings(action: Action, path: str, facts: Facts) -> bool:
    """Whether files that nobody could look at are put into an agent's own folder: out of an archive, from another
    machine.
    """
    if action.verb != WRITE or DELETE in action.how or META in action.how or not _is_settings_folder(path):
        return False
    laid = CREATE in action.how and bool(action.carries)  # a link in the folder's place
    filled = (
        laid
        or any(how in action.how for how in (TREE, "unpack", "moved"))
        or (bool(action.carries) and (action.target.endswith("/") or path in facts.trees))
    )
    return filled and not facts.trees.get(path, ((), False))[1]


def rewrites_settings(action: Action, call: ToolCall, home: str) -> bool:
    """Whether git or a patch changes what lies in an agent's own folder, or lays another tree in its place."""
    if action.verb != RUN:
        return False
    folder = unnamed_writes.rewritten_folder(action)
    named = unnamed_writes.filled_folders(action) + ([] if folder is None else [folder or "."])
    return any(
        _is_settings_folder(absolute(item, start, home))
        for item in named
        if UNKNOWN not in item
        for start in folders_of(call, home)
    )


def _is_settings_folder(path: str) -> bool:
    return path.rpartition("/")[2].lower() in SETTINGS_FOLDERS


def folders_of(call: ToolCall, home: str) -> list[str]:
    """Return the folders that a call may be working in: its own, and those it changes to."""
    moves = [
        action.words[1]
        for action in call.actions
        if action.verb == RUN and len(action.words) > 1 and action.words[0] in ("cd", "pushd")
    ]
    return [call.cwd, *(absolute(folder, call.cwd, home) for folder in moves if UNKNOWN not in folder)]


def _paths(action: Action, call: ToolCall, facts: Facts) -> list[tuple[str, bool]]:
    """Return (path, whether it is a link) of everything an action names, as asked and as real."""
    cwd = call.cwd
    if action.verb == RUN:
        return [(path, False) for path in _worked_in(action, call, facts)]
    if action.verb not in (READ, WRITE) or UNKNOWN in action.target or UNKNOWN in action.base:
        return []
    raw = raw_path(action, cwd, facts.home)
    asked = normal(raw)
    named = facts.globs.get(asked, ((), True))[0] if GLOB in action.how else (asked,)
    paths = []
    for path in named:
        real = facts.real.get(raw if path == asked else path) or facts.real.get(path, path)
        paths += [(path, real != path), (real, False)]
    return paths


def _worked_in(action: Action, call: ToolCall, facts: Facts) -> list[str]:
    """Return the folders in which a program changes what it does not name."""
    made = unnamed_writes.new_environment(action)
    if made is not None:
        return [absolute(made, call.cwd, facts.home)] if UNKNOWN not in made else []
    folders = folders_of(call, facts.home)
    rewritten = unnamed_writes.rewritten_folder(action)
    changed, known = facts.trees.get(unnamed_writes.change_key(action), ((), False))
    named = unnamed_writes.filled_folders(action) + ([] if rewritten is None or known else [rewritten or "."])
    found = [absolute(folder, start, facts.home) for folder in named if UNKNOWN not in folder for start in folders]
    found += [*changed, *patched_files(action, call, facts)]
    return found + unnamed_writes.touched_environments(action, call, folders, facts.project, facts.home)


def patched_files(action: Action, call: ToolCall, facts: Facts) -> list[str]:
    """Return the files that an action's patches were seen to name, of those that the guard or an entry of the policy
    speaks of.
    """
    if not facts.trees or action.verb != RUN or not unnamed_writes.is_patch(action):
        return []
    folder = unnamed_writes.rewritten_folder(action)
    if folder is None or UNKNOWN in folder:
        return []
    places = (absolute(folder or ".", start, facts.home) for start in folders_of(call, facts.home))
    return [path for place in places for path in facts.trees.get(place, ((), True))[0]]


def touches(guard: dict[str, str], kind: str, place: str, path: str, action: Action, *, is_link: bool = False) -> bool:
    """Whether an action on an absolute path reaches one of the guard's places.

    is_link  the path itself is a link, which can be laid anew
    """
    inside, around = below(path, place), below(place, path)
    if action.verb == READ:
        return _reads(kind, inside, around, action)
    if action.verb not in (WRITE, RUN):
        return False
    if kind == AREA:
        installs = action.verb == RUN and unnamed_writes.rewritten_folder(action) is None
        return inside == "" and (META in action.how or CREATE in action.how or installs)
    if inside:
        return _is_ours(kind, inside)
    if inside == "":
        return (
            kind != SITE
            or action.verb == RUN
            or bool({CREATE, DELETE, TREE, "moved", "unpack"}.intersection(action.how))
        )
    if around is None:
        return False
    if DELETE in action.how or "moved" in action.how or (CREATE in action.how and is_link):
        return True
    merged = TREE in action.how or "unpack" in action.how or action.verb == RUN
    beside = kind == SOURCE and "/" not in around and not _is_patch_program(action)  # its patch says what it changes
    return merged and (beside or any(item == AREA and below(path, area) is not None for area, item in guard.items()))


def _is_patch_program(action: Action) -> bool:
    return action.verb == RUN and action.words[0].rpartition("/")[2] == "patch"


def _reads(kind: str, inside: str | None, around: str | None, action: Action) -> bool:
    if META in action.how or LIST in action.how:
        return False
    if LINKED in action.how and kind != AREA:
        whole = TREE in action.how and (around is not None or inside == "")
        return whole or (inside is not None and _is_ours(kind, inside or ""))
    if kind != KEY:
        return False
    # ripgrep passes hidden folders by
    hidden = around is not None and any(part.startswith(".") for part in around.split("/"))
    return inside is not None or (around is not None and (TREE in action.how or (SEARCH in action.how and not hidden)))


def _is_ours(kind: str, inside: str) -> bool:
    first = inside.partition("/")[0]
    if kind == LIBRARY:
        return first not in _INSTALLED
    # a module of one file is imported like a package: `hyperscan.py` where none is installed
    return kind != SITE or first.partition(".")[0] in LIBRARIES or first.endswith(".pth") or first.startswith(_OURS)
