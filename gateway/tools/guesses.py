"""Heuristics for arguments that no table names: what looks like a path, a command or a host is treated as one. Pure."""

from __future__ import annotations

from gateway.catalog.agent_tools import (
    CODE_KEYS,
    CODE_WORDS,
    COMMAND_KEYS,
    CONTENT_KEYS,
    DELETE_WORDS,
    HOST_KEYS,
    LIST_WORDS,
    PATH_KEYS,
    PROGRAM_KEYS,
    READ_WORDS,
    VECTOR_KEYS,
    WRITE_WORDS,
)
from gateway.model.action import CONNECT, DELETE, GLOB, INLINE, LIST, READ, RUN, SEARCH, TREE, WRITE, Action
from gateway.model.paths import from_file_uri
from gateway.tools.place import moved, understood, understood_code

MAX_LEAVES = 2_000
"""Most strings that are looked at in one call's arguments."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from gateway.tools.place import Arguments, Place


def folded(key: str) -> str:
    """Return an argument's name without regard to case and dashes."""
    return key.lower().replace("-", "_").lstrip("_")


def names_path(key: str) -> bool:
    """Whether an argument of this name holds a path."""
    name = folded(key)
    return name in PATH_KEYS or name.endswith(("_path", "_file", "_dir", "_paths", "_files", "filepath", "_folder"))


_words: dict[str, frozenset[str]] = {}
_MAX_WORDS = 1000


def words_of(tool: str) -> frozenset[str]:
    """Return the words of a tool's name: `readTextFile`, `read_text_file` and `read-text-file` are alike."""
    word = _words.get(tool)
    if word is None:
        word = _split(tool)
        if len(_words) < _MAX_WORDS:
            _words[tool] = word
    return word


def _split(tool: str) -> frozenset[str]:
    words: list[str] = []
    word = ""
    for char in tool:
        if not char.isalnum():
            words.append(word)
            word = ""
        elif char.isupper() and word and not word[-1].isupper():
            words.append(word)
            word = char
        else:
            word += char
    return frozenset(word.lower() for word in [*words, word] if word)


def guess(tool: str, arguments: Arguments, place: Place) -> list[Action]:
    """Return the actions of a tool we have never heard of."""
    words = words_of(tool)
    arguments = _with_lines(arguments)
    found = [(_meant(key, words), value) for key, value in leaves(arguments)]
    writes = bool(words & WRITE_WORDS) or (
        not words & READ_WORDS and any(folded(key) in CONTENT_KEYS for key, _ in found)
    )
    verbs = _verbs(words, writes=writes)
    actions: list[Action] = []
    for key, value in found:
        actions += _guess_leaf(folded(key), value, verbs, place, len(actions))
    if len(found) >= MAX_LEAVES:
        actions.append(
            Action(RUN, tool, words=(tool,), how=(INLINE,), opaque=f"more than {MAX_LEAVES} values in its arguments")
        )
    return actions


_HANDING = frozenset("bash sh zsh /bin/bash /bin/sh /bin/zsh /usr/bin/bash /usr/bin/zsh".split())


def as_line(words: list[str]) -> str:
    """Return an argument vector as the line that runs it; in `bash -lc TEXT` the shell is only how an agent hands the
    line over.
    """
    if len(words) == 3 and words[0] in _HANDING and words[1] in ("-c", "-lc"):
        return words[2]
    return " ".join("'" + word.replace("'", "'\\''") + "'" for word in words)


def _with_lines(value: Any, depth: int = 0) -> Any:
    """Return arguments in which a program with its vector beside it, or a whole vector, is the line that it runs."""
    if depth > 8:
        return value
    if isinstance(value, list):
        return [_with_lines(item, depth + 1) for item in value]
    if not isinstance(value, dict):
        return value
    if not any(isinstance(item, dict | list) for item in value.values()):
        return value
    names = {folded(str(key)): key for key in value}
    program = next(
        (names[name] for name in PROGRAM_KEYS if name in names and isinstance(value[names[name]], str)), None
    )
    vector = next((names[name] for name in VECTOR_KEYS if name in names and _is_vector(value[names[name]])), None)
    rest = {
        key: as_line(item)
        if vector is None and folded(str(key)) in COMMAND_KEYS - {"commands"} and _is_vector(item)
        else _with_lines(item, depth + 1)
        for key, item in value.items()
        if vector is None or key not in (program, vector)
    }
    if vector is None:
        return rest
    line = as_line(value[vector]) if program is None else f"{value[program]} {as_line(value[vector])}"
    return (
        {"command": line, **rest}
        if program is not None or folded(str(vector)) == "argv"
        else {**rest, vector: value[vector]}
    )


def _is_vector(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value)


def _meant(key: str, words: frozenset[str]) -> str:
    """Return what an argument named `code` holds, where the tool's name tells the language."""
    if folded(key) not in ("code", "source", "script", "snippet"):
        return key
    known = next((CODE_WORDS[word] for word in sorted(words) if word in CODE_WORDS), key)
    return (
        "python"
        if known == key and folded(key) == "code" and words & {"execute", "exec", "eval", "evaluate", "run", "repl"}
        else known
    )


def _verbs(words: frozenset[str], *, writes: bool) -> list[tuple[str, tuple[str, ...]]]:
    """Return (verb, how) pairs for the paths of a tool whose name has these words."""
    if words & DELETE_WORDS:
        return [(WRITE, (DELETE, TREE))]
    if writes:
        return [(READ, ()), (WRITE, ())] if words & READ_WORDS else [(WRITE, ())]
    if words & LIST_WORDS and not words & (READ_WORDS - {"get", "search", "find", "show", "info"}):
        return [(READ, (LIST,))]
    if words & {"search", "grep"}:
        return [(READ, (SEARCH,))]
    return [(READ, ())]


def leaves(arguments: Arguments) -> Iterator[tuple[str, str]]:
    """Yield (nearest key, string) for every string in the arguments, without recursion."""
    todo: list[tuple[str, object]] = [("", arguments)]
    count = 0
    while todo and count < MAX_LEAVES:
        key, value = todo.pop()
        if isinstance(value, str):
            count += 1
            yield key, value
        elif isinstance(value, dict):
            todo += [(str(name), item) for name, item in reversed(list(value.items()))]
        elif isinstance(value, list):
            todo += [(key, item) for item in reversed(value)]


def _guess_leaf(
    key: str, value: str, verbs: list[tuple[str, tuple[str, ...]]], place: Place, count: int
) -> list[Action]:
    if not value or (key in CONTENT_KEYS and "://" not in value[:12]):
        return []
    if key in COMMAND_KEYS or key in CODE_KEYS or key in CODE_WORDS:
        return _guess_code(key, value, place, count)
    if value[:5].lower() == "file:":
        return [Action(verb, from_file_uri(value), how=how) for verb, how in verbs]
    bare = value.strip()
    # in this order: prose is told from an address at its first space
    if " " not in bare and "\n" not in bare and "://" in bare:
        return [contact(bare)]
    if key in HOST_KEYS:
        return [contact(value)] if _looks_like_host(value) else []
    if names_path(key) or looks_like_path(value):
        return [Action(verb, value, how=_with_glob(value, how)) for verb, how in verbs]
    return []


def _guess_code(key: str, value: str, place: Place, count: int) -> list[Action]:
    """Return what a command line, or code in a language that the argument's name tells, would do."""
    if key in COMMAND_KEYS:
        return moved(understood(value, cwd=place.cwd, home=place.home), count)
    return understood_code(CODE_KEYS.get(key) or CODE_WORDS[key], value, place, count)


def _with_glob(value: str, how: tuple[str, ...]) -> tuple[str, ...]:
    return (*how, GLOB) if LIST in how and any(char in value for char in "*?") else how


def _has_space(value: str) -> bool:
    return bool(value) and value.split(None, 1) != [value]


def _looks_like_host(value: str) -> bool:
    return 0 < len(value) < 2048 and not _has_space(value)


def looks_like_path(value: str) -> bool:
    """Whether a string could only be a path: absolute, home, dotted or with a slash and no space."""
    if len(value) > 4096 or "\n" in value:
        return False
    if value.startswith(("/", "~/", "./", "../")) or value == "~":
        return not value.startswith("//") and (" " not in value or "/" in value[1:])
    if _has_space(value):
        return False
    name = value.rpartition("/")[2]
    if "/" in value:
        return "." in name or value.startswith(".") or value.count("/") > 1
    return value.startswith(".env") or value in (
        ".netrc",
        ".npmrc",
        ".pypirc",
        ".bashrc",
        ".zshrc",
        ".profile",
        "id_rsa",
        "id_ed25519",
    )


def reading(path: str) -> Action:
    """Return the read of a path as a tool asks for it; a URL there is a contact."""
    if "://" in path and not path.lower().startswith("file:"):
        return contact(path)
    return Action(READ, path, how=(GLOB,) if any(char in path for char in "*?") else ())


def contact(url: str) -> Action:
    """Return the contact of a host, or the read of a file when the URL names one."""
    if url[:5].lower() == "file:":
        return Action(READ, from_file_uri(url))
    return Action(CONNECT, url)


def resource(uri: str) -> Action:
    """Return what reading an MCP resource does."""
    if "://" not in uri and not uri.lower().startswith("file:"):
        return Action(READ, uri)
    scheme = uri.partition(":")[0].lower()
    if scheme in ("file", "http", "https", "ws", "wss", "ftp", "git", "ssh"):
        return contact(uri)
    return Action(READ, from_file_uri("file:" + uri.partition(":")[2]))


def urls_in(text: str) -> list[str]:
    """Return the URLs in a text, in order."""
    urls = []
    at = text.find("://")
    while at >= 0:
        start = at
        while start > 0 and (text[start - 1].isalnum() or text[start - 1] in "+-."):
            start -= 1
        end = at + 3
        while end < len(text) and not text[end].isspace() and text[end] not in "\"'<>`)]}":
            end += 1
        if start < at:
            urls.append(text[start:end])
        at = text.find("://", end)
    return urls


def joined(folder: str, pattern: str) -> str:
    """Return a pattern as it stands below a folder."""
    if not folder or folder == "." or pattern.startswith(("/", "~")):
        return pattern
    return f"{folder.rstrip('/')}/{pattern}" if folder != "/" else "/" + pattern


_VERBS: dict[str, tuple[str, tuple[str, ...]]] = {
    "read": (READ, ()),
    "write": (WRITE, ()),
    "list": (READ, (LIST,)),
    "search": (READ, (SEARCH,)),
    "delete": (WRITE, (DELETE, TREE)),
    "connect": (CONNECT, ()),
}


def by_pointers(pointers: dict[str, list[list[str]]], arguments: Arguments, place: Place) -> list[Action]:
    """Return the actions of an MCP tool whose arguments policy tells the meaning of; `text` arguments are none."""
    base = next(iter(_texts_at(pointers.get("base", ()), arguments)), "")
    cwd = place.cwd if not base else base if base.startswith(("/", "~")) else f"{place.cwd}/{base}"
    actions: list[Action] = []
    for verb, listed in pointers.items():
        if verb in ("run", "as"):
            for line in [line for (line,) in listed] if verb == "as" else _texts_at(listed, arguments):
                actions += moved(understood(line, cwd=cwd, home=place.home), len(actions))
        elif verb == "opaque":
            actions += [
                Action(RUN, "code", words=("code",), opaque="code that the tool runs")
                for _ in _texts_at(listed, arguments)
            ]
        elif verb in _VERBS:
            act, how = _VERBS[verb]
            at = cwd if base and verb not in ("list", "connect") else ""
            actions += [
                contact(text) if act == CONNECT else Action(act, text, how=_with_glob(text, how), base=at)
                for text in _texts_at(listed, arguments)
            ]
    return actions


def _texts_at(listed: Iterable[list[str]], arguments: Arguments) -> list[str]:
    """Return the texts that pointers name."""
    from gateway.policy.rules.mcp import pick

    texts: list[str] = []
    for pointer in listed:
        for value in pick(arguments, pointer):
            texts += [
                text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str) and text
            ]
    return texts
