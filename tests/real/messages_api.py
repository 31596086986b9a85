"""A stub of the Messages API on loopback: answers a client's requests from a script of tool calls, and keeps what it was sent."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

Call = tuple[str, dict[str, Any]]


@dataclass
class Script:
    """What the model says: its calls one turn after the other, then a word of farewell.

    main   calls of the main conversation
    inner  calls of a subagent, known by `marker` in its prompt
    """

    main: list[Call]
    inner: list[Call] = field(default_factory=list)
    marker: str = "SUBAGENT-TASK"


class MessagesApi:
    """The stub; use as a context manager. `requests` holds every body that had tools in it."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.requests: list[dict[str, Any]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        """Where the client finds it."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def tool_results(self) -> dict[str, str]:
        """Return call id -> the text of the result as the model saw it."""
        found: dict[str, str] = {}
        for request in self.requests:
            for message in request.get("messages", ()):
                for block in message["content"] if isinstance(message.get("content"), list) else ():
                    if isinstance(block, dict) and block.get("type") == "tool_result":
                        found[block["tool_use_id"]] = json.dumps(block.get("content"), ensure_ascii=False)
        return found

    def answer(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the content blocks that come next in the conversation a request belongs to."""
        if not body.get("tools"):
            return [{"type": "text", "text": "ok"}]
        self.requests.append(body)
        said = json.dumps(body["messages"][0])
        inner = self.script.marker in said
        calls = self.script.inner if inner else self.script.main
        done = sum(
            block.get("type") == "tool_result"
            for message in body["messages"]
            for block in (message["content"] if isinstance(message["content"], list) else ())
            if isinstance(block, dict)
        )
        if done >= len(calls):
            return [{"type": "text", "text": "done"}]
        name, given = calls[done]
        return [{"type": "tool_use", "id": f"toolu_{'inner' if inner else 'main'}_{done}", "name": name, "input": given}]


def _handler(api: MessagesApi) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def do_HEAD(self) -> None:
            self._send(b"", "text/plain")

        def do_GET(self) -> None:
            self._send(b"{}", "application/json")

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
            if "count_tokens" in self.path:
                self._send(b'{"input_tokens": 100}', "application/json")
            elif "/messages" not in self.path:
                self._send(b"{}", "application/json")
            elif body.get("stream"):
                self._send(b"".join(_events(body, api.answer(body))), "text/event-stream")
            else:
                self._send(json.dumps(_message(body, api.answer(body))).encode(), "application/json")

        def _send(self, data: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    return Handler


def _message(body: dict[str, Any], blocks: list[dict[str, Any]]) -> dict[str, Any]:
    stop = "tool_use" if any(block["type"] == "tool_use" for block in blocks) else "end_turn"
    usage = {"input_tokens": 10, "output_tokens": 5, "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0}
    return {
        "id": "msg_stub",
        "type": "message",
        "role": "assistant",
        "model": body.get("model", "stub"),
        "content": blocks,
        "stop_reason": stop,
        "stop_sequence": None,
        "usage": usage,
    }


def _events(body: dict[str, Any], blocks: list[dict[str, Any]]) -> list[bytes]:
    whole = _message(body, blocks)
    out = [_event("message_start", {"message": {**whole, "content": [], "stop_reason": None}})]
    for index, block in enumerate(blocks):
        empty = {**block, "input": {}} if block["type"] == "tool_use" else {**block, "text": ""}
        delta = (
            {"type": "input_json_delta", "partial_json": json.dumps(block["input"])}
            if block["type"] == "tool_use"
            else {"type": "text_delta", "text": block["text"]}
        )
        out.append(_event("content_block_start", {"index": index, "content_block": empty}))
        out.append(_event("content_block_delta", {"index": index, "delta": delta}))
        out.append(_event("content_block_stop", {"index": index}))
    out.append(_event("message_delta", {"delta": {"stop_reason": whole["stop_reason"], "stop_sequence": None}, "usage": {"output_tokens": 5}}))
    return [*out, _event("message_stop", {})]


def _event(kind: str, data: dict[str, Any]) -> bytes:
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **data})}\n\n".encode()
