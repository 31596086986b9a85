"""Demands: what an answer or a notification of a server wants of the client besides telling something. Pure.

An error -32042 (MCP 2025-11-25, URL elicitation) has the client open URLs without an `elicitation/create` ever being
sent; a result may want input (MCP 2026-07-28, `inputRequests`), and a task brings either of them later, by `tasks/get`
or a notification.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    Data = dict[str, Any]
    Demand = tuple[str, Data]

ELICITATION = "elicitation/create"
URL_ELICITATION_REQUIRED = -32042
MAX_DEMANDS = 64
"""Most demands of one message that are judged; a message with more is refused."""


def in_error(error: object) -> list[Demand]:
    """Return what an error has a client do: each URL to be opened, as the elicitation that it is, wherever in the error
    it stands.
    """
    if not isinstance(error, dict):
        return []
    objects = list(_objects(error))
    code = _member(error, "code")
    wanted = str(code).partition(".")[0] == str(URL_ELICITATION_REQUIRED) or any(
        "elicitations" in _folded(item) for item in objects
    )
    return [
        (ELICITATION, {**item, "mode": "url", "url": _member(item, "url")})
        for item in objects
        if wanted and "url" in _folded(item)
    ]


def in_result(result: object) -> list[Demand]:
    """Return what a result, or the params of a notification, have a client do: input that is wanted, the error of a
    task.
    """
    demands: list[Demand] = []
    for item in (result, result.get("task")) if isinstance(result, dict) else ():
        if not isinstance(item, dict):
            continue
        requests = item.get("inputRequests")
        for request in (
            requests.values() if isinstance(requests, dict) else requests if isinstance(requests, list) else ()
        ):
            if isinstance(request, dict) and isinstance(request.get("method"), str):
                params = request.get("params")
                demands.append((request["method"], params if isinstance(params, dict) else {}))
        demands += in_error(item.get("error"))
    return demands


def _objects(value: object) -> Iterator[Data]:
    """Yield every object in a JSON value."""
    todo = [value]
    while todo:
        one = todo.pop()
        if isinstance(one, dict):
            yield one
            todo += one.values()
        elif isinstance(one, list):
            todo += one


def _folded(value: Data) -> set[str]:
    """Return the keys of an object as a reader that folds case knows them (Go's decoder)."""
    return {str(key).casefold() for key in value}


def _member(value: Data, name: str) -> object:
    if name in value:
        return value[name]
    return next((item for key, item in value.items() if str(key).casefold() == name), None)
