"""Which messages are calls, and what each is a call of. Pure.

A tool is `mcp__SERVER__TOOL` as hooks spell it, a resource is read as a hook's resource tool reads it, so that one rule
holds at both doors.
"""

from __future__ import annotations

from gateway.model.decision import Reason
from gateway.model.effects import DENY
from gateway.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from gateway.doors.mcp.jsonrpc.messages import Envelope

    Params = dict[str, Any]
    Reading = Callable[[str, Params], "Call"]

TOOLS_CALL = "tools/call"
RESOURCE_TOOL = "ReadMcpResourceTool"

JOIN_KEYS = ("claudecode/toolUseId", "callId")
"""Where clients tell, in `_meta`, the id under which their hook knows the call (Claude Code; Codex)."""


class Call(Record):
    """What a request asks for, in the words that policy judges.

    tool       the tool's name as hooks spell it
    arguments  its arguments
    problem    why the request cannot be judged, or ""
    """

    __slots__ = ("arguments", "problem", "tool")

    def __init__(self, tool: str, arguments: object, problem: str = "") -> None:
        self.tool = tool
        self.arguments = arguments
        self.problem = problem


def full_name(server: str, name: str) -> str:
    """Return a tool's or prompt's name as hooks spell it."""
    return f"mcp__{server}__{name}"


def _tool(server: str, params: Params) -> Call:
    name = params.get("name")
    arguments = params.get("arguments")
    if not isinstance(name, str) or not name:
        return Call(full_name(server, "?"), arguments, "a call of a tool without a name")
    if arguments is not None and not isinstance(arguments, dict):
        return Call(full_name(server, name), arguments, "arguments that are not an object")
    return Call(full_name(server, name), arguments or {})


def _resource(server: str, params: Params) -> Call:
    uri = params.get("uri")
    if not isinstance(uri, str) or not uri:
        return Call(RESOURCE_TOOL, {"server": server}, "a resource without a URI")
    return Call(RESOURCE_TOOL, {"server": server, "uri": uri})


def _listening(server: str, params: Params) -> Call:
    """Listening names the resources whose changes are told, in one request (the revision without sessions)."""
    wanted = params.get("notifications")
    uris = wanted.get("resourceSubscriptions") if isinstance(wanted, dict) else None
    named = [uri for uri in uris if isinstance(uri, str)] if isinstance(uris, list) else []
    return Call(
        RESOURCE_TOOL if named else full_name(server, "subscriptions/listen"),
        {"server": server, "uri": named} if named else {},
    )


def _completion(server: str, params: Params) -> Call:
    """Completing an argument of a prompt, or of a resource template, lets the server look at what was typed."""
    ref = params.get("ref")
    argument = params.get("argument")
    if not isinstance(ref, dict) or not isinstance(argument, dict):
        return Call(full_name(server, "completion/complete"), params, "a completion of nothing")
    known = params.get("context")
    given = known.get("arguments") if isinstance(known, dict) else None
    values = {**(given if isinstance(given, dict) else {}), str(argument.get("name", "")): argument.get("value", "")}
    if isinstance(ref.get("uri"), str):
        uri = ref["uri"]
        for name, value in values.items():
            for mark in ("{" + name + "}", "{+" + name + "}", "{" + name + "*}"):
                uri = uri.replace(mark, str(value))
        return Call(RESOURCE_TOOL, {"server": server, "uri": uri})
    return Call(full_name(server, str(ref.get("name", "?"))), values)


CALLS: dict[str, Reading] = {
    TOOLS_CALL: _tool,
    "prompts/get": _tool,
    "resources/read": _resource,
    "resources/subscribe": _resource,
    "subscriptions/listen": _listening,
    "completion/complete": _completion,
}
"""Requests of a client that are judged before the server sees them."""


def reading_of(envelope: Envelope) -> Reading | None:
    """Return how a client's request is read as a call, None where it is none.

    A subscription to nothing is left to the server: since 2026-07-28 the method is gone, and clients ask in order to
    find out.
    """
    if envelope.method == "resources/subscribe" and "uri" not in envelope.params:
        return None
    return CALLS.get(envelope.method)


def _asked(method: str) -> Reading:
    return lambda server, params: Call(full_name(server, method), params)


SERVER_REQUESTS: dict[str, Reading] = {
    "sampling/createMessage": _asked("sampling/createMessage"),
    "elicitation/create": _asked("elicitation/create"),
}
"""Requests of a server that are judged before the client sees them."""


_SECRET_FIELDS = ("password", "passwd", "secret", "token", "apikey", "privatekey", "credential", "passphrase")


def builtin_denials(method: str, params: Params) -> tuple[Reason, ...]:
    """Return what speaks against a server's request whatever policy says (MCP, elicitation, security
    considerations).
    """
    if method != "elicitation/create":
        return ()
    if params.get("mode") == "url" or "url" in params:
        problem = _url_problem(params.get("url"))
        return (Reason(DENY, "mcp.elicitation", f"a server wants a person to open a URL {problem}"),) if problem else ()
    schema = params.get("requestedSchema")
    fields = schema.get("properties") if isinstance(schema, dict) else None
    for name in fields if isinstance(fields, dict) else ():
        plain = "".join(char for char in str(name).lower() if char.isalnum())
        if any(plain.endswith(word) for word in _SECRET_FIELDS):
            return (
                Reason(
                    DENY, "mcp.elicitation", f"a server asks a person for a credential (`{str(name)[:60]}`) in a form"
                ),
            )
    return ()


def _url_problem(url: object) -> str:
    if not isinstance(url, str) or not url.lower().startswith("https://"):
        return "that is not https"
    return "with credentials in it" if "@" in url.partition("://")[2].partition("/")[0] else ""


def join_id(envelope: Envelope) -> str:
    """Return the id under which the client's hook knows the call, "" where it does not tell."""
    meta = envelope.meta
    for key in JOIN_KEYS:
        found = meta.get(key)
        if isinstance(found, str) and 0 < len(found) <= 200:
            return found
    return ""
