"""What the proxy says itself: refusals, errors, questions. Pure: values in, raw messages out.

The shapes are those that real clients take for what they are: a refused tool is a result (`isError`), which every
client shows its model; anything else refused is a JSON-RPC error outside the range that JSON-RPC and MCP reserve.
"""

from __future__ import annotations

from gateway.model.json_text import dumps, dumps_ascii

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

REFUSED = 1
"""JSON-RPC code of a refusal; -32768..-32000 are reserved, and clients act on some of them."""
SAMPLING_REJECTED = -1
"""What a client answers when its user rejects sampling (MCP, client features, sampling)."""
INVALID_REQUEST = -32600
PARSE_ERROR = -32700

FAIL_RESULT, FAIL_ERROR = "result", "error"
DENY_STYLES = (FAIL_RESULT, FAIL_ERROR)


def raw(value: object) -> bytes:
    """Return a message as bytes, without a line end."""
    try:
        return dumps(value).encode()
    except UnicodeEncodeError:
        return dumps_ascii(value).encode()


def result(ident: object, value: object) -> dict[str, Any]:
    """Return an answer."""
    return {"jsonrpc": "2.0", "id": ident, "result": value}


def error(ident: object, text: str, code: int = REFUSED) -> dict[str, Any]:
    """Return an answer that says why there is none."""
    return {"jsonrpc": "2.0", "id": ident, "error": {"code": code, "message": text}}


def refusal(ident: object, text: str, *, tool: bool, stateless: bool = False) -> dict[str, Any]:
    """Return the refusal of a call: a result for a tool, an error for anything else.

    stateless  the client speaks the revision without sessions, where every result tells what kind it is
    """
    if not tool:
        return error(ident, text)
    value: dict[str, Any] = {"content": [{"type": "text", "text": text}], "isError": True}
    if stateless:
        value["resultType"] = "complete"
    return result(ident, value)


def question(ident: str, text: str) -> dict[str, Any]:
    """Return the question whether a call may run once, as an elicitation with one box to tick."""
    return {"jsonrpc": "2.0", "id": ident, "method": "elicitation/create", "params": form(text)}


def form(text: str) -> dict[str, Any]:
    """Return the form that asks whether a call may run once."""
    box = {
        "type": "boolean",
        "title": "Allow it this once",
        "description": "Leave it empty to refuse",
        "default": False,
    }
    return {"message": text, "requestedSchema": {"type": "object", "properties": {"allow": box}, "required": ["allow"]}}


def agreed(message: dict[str, Any]) -> bool:
    """Whether an answer to the question says yes; anything but a clear yes is a no."""
    found = message.get("result")
    content = found.get("content") if isinstance(found, dict) and found.get("action") == "accept" else None
    return isinstance(content, dict) and content.get("allow") is True


def wanting(ident: object, name: str, text: str, state: str) -> dict[str, Any]:
    """Return a result that wants a person's answer before the call is made again (the revision without sessions)."""
    asked = {name: {"method": "elicitation/create", "params": {"mode": "form", **form(text)}}}
    return result(ident, {"resultType": "input_required", "inputRequests": asked, "requestState": state})


def declined(ident: object, method: str, text: str) -> dict[str, Any]:
    """Return what a client would say that does not do what a server asks of it."""
    if method == "elicitation/create":
        return result(ident, {"action": "decline"})
    return error(ident, f"User rejected sampling request: {text}", SAMPLING_REJECTED)
