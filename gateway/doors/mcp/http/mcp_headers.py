"""What HTTP headers repeat of a message: one that lies is a reason to refuse, one that is true follows the body when
policy rewrites it. Pure.

Source: MCP 2026-07-28, Streamable HTTP, standard request headers and custom headers from tool parameters. Headers are
never what is judged.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

Headers = Sequence[tuple[str, str]]
"""Names in lower case."""
Path = tuple[str, ...]
Mirrors = Mapping[str, Mapping[str, Path]]
"""Tool name → header (without its prefix, in lower case) → the path of the argument that it repeats."""

VERSION = "mcp-protocol-version"
METHOD = "mcp-method"
NAME = "mcp-name"
PARAM = "mcp-param-"
SESSION = "mcp-session-id"
MAX_DEPTH = 20
"""Deepest place in a schema where an annotation is looked for."""

_META_VERSION = "io.modelcontextprotocol/protocolVersion"
_NAMED = {"tools/call": "name", "prompts/get": "name", "resources/read": "uri"}
_SAFE = re.compile(r"[\x20-\x7e]*")
_WRAPPED = re.compile(r"=\?base64\?(.*)\?=")
_DECIMAL = re.compile(r"(-?[0-9]{1,400})(?:\.0+)?")


def mismatch(headers: Headers, message: object, mirrors: Mirrors) -> str:
    """Return what a header says differently from the message (or from any message of a batch), "" when they agree."""
    told = [
        (name, value) for name, value in headers if name in (VERSION, METHOD, NAME, SESSION) or name.startswith(PARAM)
    ]
    names = [name for name, _ in told]
    for name in names:
        if names.count(name) > 1:
            return f"the header `{name}` stands there more than once"
    for item in message if isinstance(message, list) else [message]:
        problem = _differs(dict(told), item, mirrors)
        if problem:
            return problem
    return ""


def _differs(told: dict[str, str], message: object, mirrors: Mirrors) -> str:
    if not isinstance(message, dict) or "method" not in message:
        return f"the header `{METHOD}` names a method, the body has none" if METHOD in told else ""
    params = _params(message)
    method = message["method"]
    version = _version(params)
    if METHOD in told and told[METHOD] != method:
        return f"the header `{METHOD}` says `{told[METHOD][:100]}`, the body says `{str(method)[:100]}`"
    if VERSION in told and version is not None and told[VERSION] != version:
        return f"the header `{VERSION}` says `{told[VERSION][:100]}`, the body says `{str(version)[:100]}`"
    if NAME in told and not _names(unwrapped(told[NAME]), str(method), params):
        return f"the header `{NAME}` does not name what the body asks for"
    if method != "tools/call":
        return ""
    arguments = params.get("arguments")
    known = mirrors.get(params["name"]) if isinstance(params.get("name"), str) else None
    for name, value in told.items():
        if name.startswith(PARAM) and not _repeats(unwrapped(value), name[len(PARAM) :], arguments, known):
            return f"the header `{name}` does not repeat the argument in the body"
    return ""


def _params(message: dict[str, Any]) -> dict[str, Any]:
    params = message.get("params")
    return params if isinstance(params, dict) else {}


def _version(params: dict[str, Any]) -> object:
    meta = params.get("_meta")
    return meta.get(_META_VERSION) if isinstance(meta, dict) else None


def repeated(headers: Headers, messages: Iterable[object]) -> bool:
    """Whether a header repeats anything of these messages, so that it could say something else."""
    for name, _ in headers:
        if name in (METHOD, NAME) or name.startswith(PARAM):
            return True
    return any(isinstance(message, dict) and _version(_params(message)) is not None for message in messages)


def _names(value: str | None, method: str, params: dict[str, Any]) -> bool:
    if value is None:
        return False
    if method in _NAMED:
        return bool(params.get(_NAMED[method]) == value)
    return value in [param for param in params.values() if isinstance(param, str)]


def _repeats(value: str | None, header: str, arguments: object, known: Mapping[str, Path] | None) -> bool:
    if value is None:
        return False
    if known is None:
        # The definition of the tool has not been seen: the value must at least stand somewhere in the arguments.
        return any(_same(value, leaf) for _, leaf in _leaves(arguments))
    if header not in known:
        return True
    return _same(value, _at(arguments, known[header]))


def _same(value: str, argument: object) -> bool:
    if isinstance(argument, bool) or not isinstance(argument, int | float):
        return rendered(argument) == value
    decimal = _DECIMAL.fullmatch(value)
    if decimal is not None and (isinstance(argument, int) or argument.is_integer()):
        return int(decimal[1]) == argument
    return rendered(argument) == value


def rendered(value: object) -> str | None:
    """Return how a header repeats an argument, None when it cannot be repeated."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str | int | float):
        return None
    try:
        return str(value)
    except ValueError:
        return None  # an integer longer than the interpreter turns into text


def wrapped(value: str) -> str:
    """Return a value as it can stand in a header: text that would not survive there is wrapped in base64."""
    if _SAFE.fullmatch(value) and value == value.strip() and not _WRAPPED.fullmatch(value):
        return value
    return f"=?base64?{base64.b64encode(value.encode('utf-8', 'surrogatepass')).decode()}?="


def unwrapped(value: str) -> str | None:
    """Return the value behind a header, None when its wrapping is broken."""
    match = _WRAPPED.fullmatch(value)
    if match is None:
        return value
    try:
        decoded = base64.b64decode(match[1], validate=True)
        text = decoded.decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
    return text if base64.b64encode(decoded).decode() == match[1] else None


def rewritten(headers: Headers, before: object, after: object, mirrors: Mirrors) -> list[tuple[str, str]]:
    """Return the headers of a message that policy has rewritten: what they repeat follows the new body."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return list(headers)
    old, new = _params(before), _params(after)
    known = mirrors.get(str(old.get("name")), {})
    found: list[tuple[str, str]] = []
    for name, value in headers:
        if name == NAME and _NAMED.get(str(after.get("method"))) in new:
            found.append((name, wrapped(str(new[_NAMED[str(after["method"])]]))))
        elif name.startswith(PARAM):
            changed = _followed(
                unwrapped(value), known.get(name[len(PARAM) :]), old.get("arguments"), new.get("arguments")
            )
            found += [(name, wrapped(changed))] if changed is not None else []
        else:
            found.append((name, value))
    return found


def _followed(value: str | None, path: Path | None, old: object, new: object) -> str | None:
    if path is None and value is not None:
        path = next((place for place, leaf in _leaves(old) if _same(value, leaf)), None)
    if path is None:
        return value
    argument = _at(new, path)
    return value if value is not None and argument == _at(old, path) else rendered(argument)


def mirrors_in(definitions: Iterable[Mapping[str, object]]) -> dict[str, dict[str, Path]]:
    """Return what definitions of tools say about headers, for every tool among them."""
    paths: dict[str, dict[str, Path]] = {}
    for tool in definitions:
        name = tool.get("name")
        if isinstance(name, str):
            paths[name] = {header.lower(): path for path, header in _annotated(tool.get("inputSchema"), ())}
    return paths


def _annotated(schema: object, path: Path) -> Iterator[tuple[Path, str]]:
    if not isinstance(schema, dict) or len(path) > MAX_DEPTH:
        return
    header = schema.get("x-mcp-header")
    if path and isinstance(header, str):
        yield path, header
    properties = schema.get("properties")
    for name, inner in properties.items() if isinstance(properties, dict) else ():
        yield from _annotated(inner, (*path, name))


def _at(value: object, path: Path) -> object:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _leaves(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    if isinstance(value, dict) and len(path) <= MAX_DEPTH:
        for name, inner in value.items():
            yield from _leaves(inner, (*path, name))
    elif path:
        yield path, value
