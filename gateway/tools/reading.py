"""Reading one call: the vocabulary first, the heuristics for whatever it does not name. Pure and total on any JSON."""

from __future__ import annotations

from gateway.catalog.agent_tools import TOOLS
from gateway.model.action import (
    CONNECT,
    DELETE,
    FROM_UNKNOWN,
    GLOB,
    INLINE,
    LIST,
    READ,
    RUN,
    SEARCH,
    TREE,
    UNKNOWN,
    USE,
    WRITE,
    Action,
)
from gateway.model.globs import alternatives
from gateway.tools import guesses
from gateway.tools.patches import patched_files
from gateway.tools.place import Place, moved, understood, understood_code

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.model.call import ToolCall
    from gateway.tools.place import Arguments

    Reading = Callable[[Arguments, tuple[str, ...], Place], list[Action]]

MCP_PREFIX = "mcp__"
SEARCH_HOST = "web-search"
"""The host that a web search contacts, as policy names it."""


def actions_of(
    call: ToolCall, *, home: str, effects: dict[str, dict[str, dict[str, list[list[str]]]]] | None = None
) -> tuple[Action, ...]:
    """Return everything a call would do, the use of the tool itself first.

    effects  what policy says of MCP arguments: {server: {tool: {verb: [pointer]}}}
    """
    place = Place(call.cwd, home, effects or {})
    actions = [Action(USE, call.tool)]
    if isinstance(call.arguments, dict):
        actions += _read(call.tool, {str(key): value for key, value in call.arguments.items()}, place)
    elif isinstance(call.arguments, str):
        actions += _read(call.tool, {"": call.arguments}, place)
    elif isinstance(call.arguments, list):
        actions += guesses.guess(call.tool, {"": call.arguments}, place)
    if any(action.via >= 0 for action in actions):
        return tuple(actions)  # a shell has spelled its braces out already, and `via` counts places
    return tuple(item for action in actions for item in _spelled_out(action))


def _spelled_out(action: Action) -> tuple[Action, ...]:
    """Return an action once for every pattern that the braces of its glob stand for: a rule speaks of one pattern at a
    time.
    """
    if GLOB not in action.how or "{" not in action.target or action.verb == RUN:
        return (action,)
    return tuple(
        Action(action.verb, pattern, how=action.how, base=action.base, span=action.span)
        for pattern in alternatives(action.target)
    )


def _read(tool: str, arguments: Arguments, place: Place) -> list[Action]:
    if tool[: len(MCP_PREFIX)].lower() == MCP_PREFIX:
        return _read_mcp(tool, arguments, place)
    reading, *keys = TOOLS.get(plain_name(tool), ("unknown",))
    if reading.startswith("code:"):
        return understood_code(reading[5:], _first_text(arguments, tuple(keys)), place)
    return (
        READINGS[reading](arguments, tuple(keys), place)
        if reading != "unknown"
        else guesses.guess(tool, arguments, place)
    )


def plain_name(tool: str) -> str:
    """Return the name a tool is looked up by: lower case, without a namespace before a dot or slash."""
    name = tool.lower()
    for mark in (".", "/"):
        name = name.rpartition(mark)[2] or name
    return name


def _read_mcp(tool: str, arguments: Arguments, place: Place) -> list[Action]:
    rest = tool[len(MCP_PREFIX) :]
    server, _, name = rest.partition("__")
    at = rest.find("__")
    while at >= 0:  # a server's name may hold the mark itself
        known, called = rest[:at], rest[at + 2 :]
        if known in place.effects:
            server, name = known, called
            tools = place.effects[known]
            meant = tools.get(name) if name in tools else tools.get("*")
            if meant is not None:
                return guesses.by_pointers(meant, arguments, place)
        at = rest.find("__", at + 1)
    return guesses.guess(name or server, arguments, place)


def _texts(arguments: Arguments, keys: tuple[str, ...]) -> list[str]:
    """Return the strings under the keys, whatever their spelling, lists flattened."""
    texts: list[str] = []
    folded = {guesses.folded(key): value for key, value in arguments.items()}
    for key in keys:
        value = folded.get(key)
        if isinstance(value, str) and value:
            texts.append(value)
        elif isinstance(value, list):
            texts += [item for item in value if isinstance(item, str) and item]
    return texts


def _first_text(arguments: Arguments, keys: tuple[str, ...]) -> str:
    texts = _texts(arguments, keys)
    return texts[0] if texts else ""


def _shell(arguments: Arguments, keys: tuple[str, ...], place: Place) -> list[Action]:
    cwd = _working_folder(arguments, place)
    actions: list[Action] = []
    folded = {guesses.folded(key): value for key, value in arguments.items()}
    lines = []
    for key in keys:
        value = folded.get(key)
        if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
            lines.append(guesses.as_line(value))
        elif isinstance(value, str) and value:
            lines.append(value)
    if not lines and any(isinstance(value, (dict, list)) for value in folded.values()):
        return guesses.guess("shell", arguments, place)
    if not lines:
        lines = [value for key, value in folded.items() if isinstance(value, str) and value and key not in _PROSE]
    for line in lines:
        actions += moved(understood(line, cwd=cwd, home=place.home), len(actions), base=cwd if cwd != place.cwd else "")
    return actions


_PROSE = frozenset(
    (
        "description",
        "explanation",
        "justification",
        "reason",
        "id",
        "session_id",
        "cwd",
        "workdir",
        "timeout",
        "dir_path",
        "directory",
    )
)


def _working_folder(arguments: Arguments, place: Place) -> str:
    for key in ("cwd", "workdir", "working_directory", "directory", "dir_path"):
        value = arguments.get(key)
        if isinstance(value, str) and value:
            return value if value.startswith("/") else f"{place.cwd}/{value}"
    return place.cwd


def _powershell(arguments: Arguments, keys: tuple[str, ...], place: Place) -> list[Action]:
    return understood_code("powershell", _first_text(arguments, keys), place)


def _cmd(arguments: Arguments, keys: tuple[str, ...], place: Place) -> list[Action]:
    return understood_code("cmd", _first_text(arguments, keys), place)


def _monitor(arguments: Arguments, keys: tuple[str, ...], place: Place) -> list[Action]:
    actions = _shell(arguments, keys[:1], place) if _texts(arguments, keys[:1]) else []
    socket = arguments.get("ws")
    if isinstance(socket, dict) and isinstance(socket.get("url"), str):
        actions.append(Action(CONNECT, socket["url"]))
    return actions


def _typed(arguments: Arguments, keys: tuple[str, ...], place: Place) -> list[Action]:
    """Text typed into a running process: a command line when a shell runs there, unknown otherwise."""
    text = _first_text(arguments, keys).rstrip("\r\n")
    if not text.strip("\x03\x04 "):
        return []
    return [
        Action(
            RUN,
            "stdin",
            words=("stdin",),
            how=(INLINE,),
            opaque="text typed into a running process",
            carries=(FROM_UNKNOWN + ":typed",),
        ),
        *moved(understood(text, cwd=place.cwd, home=place.home), 1),
    ]


def _paths(arguments: Arguments, keys: tuple[str, ...]) -> list[str]:
    """Return every path among the arguments: the tool's own keys first, then whatever else is named like one."""
    paths = dict.fromkeys(_texts(arguments, keys))
    for key, value in arguments.items():
        if guesses.names_path(key):
            paths.update(dict.fromkeys(_texts({key: value}, (guesses.folded(key),))))
        if isinstance(value, (dict, list)):
            paths.update(dict.fromkeys(text for name, text in guesses.leaves({key: value}) if guesses.names_path(name)))
    return [fromkey for path in paths for fromkey in dict.fromkeys((path, path.partition("\0")[0])) if fromkey]


def _read_files(arguments: Arguments, keys: tuple[str, ...], place: Place) -> list[Action]:
    return [guesses.reading(path) for path in _paths(arguments, keys)] or [Action(READ, UNKNOWN)]


def _write_files(arguments: Arguments, keys: tuple[str, ...], place: Place) -> list[Action]:
    return [Action(WRITE, path) for path in _paths(arguments, keys) or [UNKNOWN]]


def _delete_files(arguments: Arguments, keys: tuple[str, ...], place: Place) -> list[Action]:
    return [Action(WRITE, path, how=(DELETE, TREE)) for path in _paths(arguments, keys) or [UNKNOWN]]


def _editor(arguments: Arguments, keys: tuple[str, ...], place: Place) -> list[Action]:
    looks = arguments.get("command") == "view"
    return [Action(READ if looks else WRITE, path) for path in _paths(arguments, keys[:1])]


def _patch(arguments: Arguments, keys: tuple[str, ...], place: Place) -> list[Action]:
    text = "\n".join(_texts(arguments, keys))
    files = patched_files(text)
    if not files and text:
        return [Action(WRITE, UNKNOWN)]
    return [Action(WRITE, path, how=(how,) if how else ()) for path, how in files]


def _list(arguments: Arguments, keys: tuple[str, ...], place: Place) -> list[Action]:
    return [Action(READ, path, how=(LIST,)) for path in _paths(arguments, keys) or ["."]]


def _glob(arguments: Arguments, keys: tuple[str, ...], place: Place) -> list[Action]:
    folder = _first_text(arguments, keys[1:])
    patterns = _texts(arguments, keys[:1]) or ["*"]
    return [Action(READ, guesses.joined(folder, pattern), how=(LIST, GLOB)) for pattern in patterns]


def _grep(arguments: Arguments, keys: tuple[str, ...], place: Place) -> list[Action]:
    folders = _texts(arguments, keys[:2]) or ["."]
    filters = _texts(arguments, keys[2:])
    actions: list[Action] = []
    for folder in folders:
        if not filters:
            actions.append(Action(READ, folder, how=(SEARCH,)))
        for pattern in filters:
            deep = pattern if "/" in pattern else "**/" + pattern
            actions.append(Action(READ, guesses.joined(folder, deep), how=(GLOB,)))
    return actions


def _fetch(arguments: Arguments, keys: tuple[str, ...], place: Place) -> list[Action]:
    named = _texts(arguments, keys[:2])  # a prompt that comes with an address is only about it
    urls = [url for text in named or _texts(arguments, keys) for url in guesses.urls_in(text)]
    urls += [text for text in _texts(arguments, keys[:2]) if "://" not in text]
    return [guesses.contact(url) for url in dict.fromkeys(urls)]


def _search(arguments: Arguments, keys: tuple[str, ...], place: Place) -> list[Action]:
    return [Action(CONNECT, SEARCH_HOST)]


def _resource(arguments: Arguments, keys: tuple[str, ...], place: Place) -> list[Action]:
    return [guesses.resource(uri) for uri in _texts(arguments, keys)]


def _workflow(arguments: Arguments, keys: tuple[str, ...], place: Place) -> list[Action]:
    return [Action(READ, path) for path in _texts(arguments, keys[:1])]


def _nothing(arguments: Arguments, keys: tuple[str, ...], place: Place) -> list[Action]:
    return []


READINGS: dict[str, Reading] = {
    "shell": _shell,
    "powershell": _powershell,
    "cmd": _cmd,
    "monitor": _monitor,
    "typed": _typed,
    "read": _read_files,
    "write": _write_files,
    "delete": _delete_files,
    "editor": _editor,
    "patch": _patch,
    "list": _list,
    "glob": _glob,
    "grep": _grep,
    "fetch": _fetch,
    "search": _search,
    "resource": _resource,
    "workflow": _workflow,
    "nothing": _nothing,
}
