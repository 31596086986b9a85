"""Streams that a client opens: listening, resuming, and the older transport, over real sockets."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any, Self

import pytest
from aiohttp import web

from tests.doors.mcp.http.test_exchange import ASK, DENY, ELICITS, play
from tests.doors.mcp.talk import answer, hello, request, text, tool
from tests.doors.mcp.web import Heard, Stage, echo, said, until_closed


class Legacy:
    """A server of the older transport: one stream for each client, answers on it."""

    def __init__(self, endpoint: str = "/message?sessionId={}") -> None:
        self.endpoint = endpoint
        self.streams: dict[str, web.StreamResponse] = {}

    async def __call__(self, heard: Heard) -> web.StreamResponse:
        if heard.method == "GET":
            name = str(len(self.streams))
            place = self.endpoint.format(name, host=heard.headers["Host"])
            response = await heard.stream(f"event: endpoint\ndata: {place}\n\n".encode())
            self.streams[name] = response
            await asyncio.sleep(30)
            return response
        message = heard.message
        if "id" in message and "method" in message:
            value = text(json.dumps(message.get("params", {}).get("arguments", {})))
            raw = b"event: message\ndata: " + json.dumps(answer(message["id"], value)).encode() + b"\n\n"
            await self.streams[heard.target.rpartition("=")[2]].write(raw)
        return web.Response(status=202, text="Accepted")


class Ear:
    """A client of the older transport."""

    def __init__(self, stage: Stage, path: str = "/sse") -> None:
        self.stage = stage
        self.path = path
        self.place = ""

    async def __aenter__(self) -> Self:
        self.response = await self.stage.client.get(self.stage.base + self.path)
        self.place = (await self.event())[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self.response.close()

    async def event(self) -> tuple[str, Any]:
        name, data = "message", ""
        while True:
            line = (await asyncio.wait_for(self.response.content.readline(), 5)).decode().rstrip("\r\n")
            if line.startswith("event:"):
                name = line[6:].strip()
            elif line.startswith("data:"):
                data += line[5:].strip()
            elif not line and data:
                return name, data if name == "endpoint" else json.loads(data)

    async def say(self, message: object) -> int:
        url = self.place if self.place.startswith("http") else self.stage.base + self.place
        async with self.stage.client.post(url, json=message) as response:
            return response.status


class TestLegacy:
    @pytest.mark.parametrize("endpoint", ["/message?sessionId={}", "http://{host}/message?sessionId={}", "message?sessionId={}"])
    def test_messages_go_through(self, tmp_path: Path, endpoint: str) -> None:
        async def part(stage: Stage) -> None:
            async with Ear(stage) as ear:
                assert ear.place.startswith("/message?sessionId=")
                assert await ear.say(tool(1, "x", a=1)) == 202
                assert await ear.event() == ("message", answer(1, text('{"a": 1}')))
            assert [one["event_type"] for one in stage.events() if one["event_type"] != "note"][:3] == ["session_start", "tool_call", "tool_result"]

        play(tmp_path, part, Legacy(endpoint), path="/sse")

    def test_refusals_come_on_the_stream(self, tmp_path: Path) -> None:
        async def part(stage: Stage) -> None:
            async with Ear(stage) as ear:
                assert await ear.say(tool(1, "danger")) == 202
                _, found = await ear.event()
                assert found["id"] == 1 and found["result"]["isError"]
                assert [heard.method for heard in stage.heard] == ["GET"]

        play(tmp_path, part, Legacy(), path="/sse", policy=DENY)

    def test_a_question_and_its_answer(self, tmp_path: Path) -> None:
        async def part(stage: Stage) -> None:
            async with Ear(stage) as ear:
                await ear.say(hello(ELICITS))
                await ear.event()
                await ear.say(tool(1, "careful", a=2))
                _, question = await ear.event()
                assert question["method"] == "elicitation/create"
                assert await ear.say(answer(question["id"], {"action": "accept", "content": {"allow": True}})) == 202
                assert await ear.event() == ("message", answer(1, text('{"a": 2}')))

        play(tmp_path, part, Legacy(), path="/sse", policy=ASK)

    def test_each_client_hears_its_own(self, tmp_path: Path) -> None:
        async def part(stage: Stage) -> None:
            async with Ear(stage) as one, Ear(stage) as other:
                await asyncio.gather(one.say(tool(1, "x", who="one")), other.say(tool(1, "x", who="other")))
                assert (await one.event())[1]["result"] == text('{"who": "one"}')
                assert (await other.event())[1]["result"] == text('{"who": "other"}')

        play(tmp_path, part, Legacy(), path="/sse")

    def test_a_server_that_sends_its_clients_elsewhere_is_not_followed(self, tmp_path: Path) -> None:
        async def part(stage: Stage) -> None:
            response = await stage.client.get(stage.base + "/sse")
            with pytest.raises(Exception, match=r"payload|closed|reset|disconnected"):
                assert await response.read() == b"x"
                raise AssertionError("the stream ended well")
            response.close()

        play(tmp_path, part, Legacy("https://evil.example/message?sessionId={}"), path="/sse")

    def test_the_place_is_forgotten_with_its_stream(self, tmp_path: Path) -> None:
        async def part(stage: Stage) -> None:
            async with Ear(stage) as ear:
                place = ear.place
            await asyncio.sleep(0.2)
            status, _ = await stage.post(tool(1, "x"), place)
            assert status == 404 and stage.events()[-1]["event_type"] == "session_end"

        play(tmp_path, part, Legacy(), path="/sse")

    def test_a_post_that_the_server_does_not_take_is_told_with_its_status(self, tmp_path: Path) -> None:
        class Deaf(Legacy):
            async def __call__(self, heard: Heard) -> web.StreamResponse:
                return web.Response(status=400, text="no") if heard.method == "POST" else await super().__call__(heard)

        async def part(stage: Stage) -> None:
            async with Ear(stage) as ear:
                assert await ear.say(tool(1, "x")) == 400

        play(tmp_path, part, Deaf(), path="/sse")


class TestListening:
    def test_a_server_without_a_stream_says_so(self, tmp_path: Path) -> None:
        async def part(stage: Stage) -> None:
            async with stage.client.get(stage.base + "/mcp", headers={"Mcp-Session-Id": "s"}) as response:
                assert response.status == 405

        play(tmp_path, part, echo)

    def test_what_a_client_resumes_is_judged_as_the_answer_it_is(self, tmp_path: Path) -> None:
        secret = "ghp_" + "a1B2" * 9

        async def script(heard: Heard) -> web.StreamResponse:
            if heard.method == "GET":
                assert heard.headers["Last-Event-ID"] == "e1"
                return await heard.stream(b"id: e2\ndata: " + json.dumps(answer(1, text(secret))).encode() + b"\n\n")
            if heard.message["method"] == "tools/call":
                return await heard.stream(b"id: e1\nretry: 10\ndata: \n\n")
            return await echo(heard)

        async def part(stage: Stage) -> None:
            await stage.post(hello())
            assert await stage.post(tool(1, "x"), Mcp_Session_Id="s-1") == (200, [])
            async with stage.client.get(stage.base + "/mcp", headers={"Mcp-Session-Id": "s-1", "Last-Event-ID": "e1"}) as response:
                found = await response.read()
            assert found.startswith(b"id: e2\n") and secret.encode() not in found
            assert [one["event_type"] for one in stage.events() if one["event_type"] != "note"] == ["session_start", "tool_call", "tool_result"]

        play(tmp_path, part, script, forward=True)

    def test_a_question_of_the_server_and_its_answer(self, tmp_path: Path) -> None:
        async def script(heard: Heard) -> web.StreamResponse:
            if heard.method == "GET":
                return await heard.stream(b"data: " + json.dumps(request("r1", "roots/list")).encode() + b"\n\n")
            return await echo(heard)

        async def part(stage: Stage) -> None:
            await stage.post(hello({"roots": {}}))
            async with stage.client.get(stage.base + "/mcp", headers={"Mcp-Session-Id": "s-1"}) as response:
                assert json.loads((await response.read())[6:])["method"] == "roots/list"
            assert await stage.post(answer("r1", {"roots": []}), Mcp_Session_Id="s-1") == (202, b"")
            assert stage.heard[-1].message == answer("r1", {"roots": []})

        play(tmp_path, part, script)

    def test_a_server_that_is_not_there(self, tmp_path: Path) -> None:
        async def part(stage: Stage) -> None:
            stage.proxy.wire.upstream.address.origin = "http://127.0.0.1:9"
            async with stage.client.get(stage.base + "/mcp") as response:
                assert response.status == 502

        play(tmp_path, part)

    def test_a_closed_stream_is_closed_at_the_server(self, tmp_path: Path) -> None:
        gone = asyncio.Event()

        async def part(stage: Stage) -> None:
            response = await stage.client.get(stage.base + "/mcp", headers={"Mcp-Session-Id": "s-1"})
            assert await response.content.readline() == b": hello\n"
            response.close()
            await asyncio.wait_for(gone.wait(), 5)

        play(tmp_path, part, until_closed(gone))

    def test_its_end_leaves_the_session_open(self, tmp_path: Path) -> None:
        async def script(heard: Heard) -> web.StreamResponse:
            return await heard.stream(b": bye\n\n") if heard.method == "GET" else said(answer(1, {}))

        async def part(stage: Stage) -> None:
            async with stage.client.get(stage.base + "/mcp", headers={"Mcp-Session-Id": "s-1"}) as response:
                await response.read()
            await stage.post(request(1, "ping"), Mcp_Session_Id="s-1")
            assert [one["event_type"] for one in stage.events()] == ["session_start"]

        play(tmp_path, part, script)
