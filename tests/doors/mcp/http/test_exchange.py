"""One posted message: what reaches the server, what the client gets, over real sockets and in every shape an answer can have."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from tests.doors.mcp.talk import answer, hello, request, text, tool
from tests.doors.mcp.web import Heard, Stage, echo, said, staged, until_closed

DENY = {"tools": {"deny": [{"match": "mcp__toy__danger", "reason": "too much"}]}}
ASK = {"tools": {"ask": ["mcp__toy__careful"]}}
ELICITS = {"elicitation": {}}


def play(folder: Path, part: Any, *rest: Any, **settings: Any) -> Any:
    """Run a part on a stage."""

    async def run() -> Any:
        async with staged(folder, *rest, **settings) as stage:
            return await part(stage)

    return asyncio.run(asyncio.wait_for(run(), 20))


class TestStraight:
    def test_bytes_reach_the_server_as_they_were(self, tmp_path: Path) -> None:
        raw = b'{ "jsonrpc":"2.0", "id" : 1,"method":"tools/call","params":{"name":"x","arguments":{"a":"\\u2028 \\/ 1e2"}}}\n'

        async def part(stage: Stage) -> None:
            await stage.post(raw)
            assert stage.heard[0].body == raw

        play(tmp_path, part)

    def test_bytes_come_back_as_they_were(self, tmp_path: Path) -> None:
        raw = '{ "id":1,\n"jsonrpc":"2.0","result":{"content":[ ],"x":1.0e2,"y":"\u2028"}}'.encode()

        async def script(heard: Heard) -> web.Response:
            return web.Response(body=raw, content_type="application/json", headers={"X-Kept": "1"})

        async def part(stage: Stage) -> None:
            async with stage.client.post(stage.base + "/mcp", json=tool(1, "x")) as response:
                assert await response.read() == raw
                assert response.headers["X-Kept"] == "1"

        play(tmp_path, part, script)

    @pytest.mark.parametrize("status", [200, 400, 404, 500])
    def test_a_message_keeps_its_status(self, tmp_path: Path, status: int) -> None:
        async def script(heard: Heard) -> web.Response:
            return said({"jsonrpc": "2.0", "id": 1, "error": {"code": -32601, "message": "no"}}, status)

        async def part(stage: Stage) -> None:
            assert await stage.post(request(1, "server/discover")) == (
                status,
                {"jsonrpc": "2.0", "id": 1, "error": {"code": -32601, "message": "no"}},
            )

        play(tmp_path, part, script)

    def test_a_page_of_text_keeps_its_status_and_the_call_its_record(self, tmp_path: Path) -> None:
        async def script(heard: Heard) -> web.Response:
            return web.Response(status=404, text="Session not found")

        async def part(stage: Stage) -> None:
            assert await stage.post(tool(1, "x"), Mcp_Session_Id="gone") == (404, b"Session not found")
            assert [one["event_type"] for one in stage.events()] == ["session_start", "tool_call", "error", "session_end"]

        play(tmp_path, part, script)

    def test_a_notification_is_taken(self, tmp_path: Path) -> None:
        async def part(stage: Stage) -> None:
            assert await stage.post({"jsonrpc": "2.0", "method": "notifications/initialized"}) == (202, b"")

        play(tmp_path, part)

    def test_a_megabyte_and_both_kinds_of_id(self, tmp_path: Path) -> None:
        async def part(stage: Stage) -> None:
            for ident in (7, "7"):
                status, found = await stage.post(tool(ident, "x", a="x" * 1_000_000))
                assert status == 200 and found["id"] == ident and len(found["result"]["content"][0]["text"]) > 1_000_000

        play(tmp_path, part)


class TestEvents:
    def test_events_come_one_by_one_and_unchanged(self, tmp_path: Path) -> None:
        chunks = (
            b"id: 1\r\nretry: 100\r\ndata: \r\n\r\n",
            b": ping\r\n\r\n",
            b'event: message\r\nid: 2\r\ndata: {"jsonrpc":"2.0","method":"notifications/progress","params":{}}\r\n\r\n',
            b'event: message\r\ndata: {"jsonrpc":"2.0",\r\ndata: "id":1,"result":{}}\r\n\r\n',
        )

        async def script(heard: Heard) -> web.StreamResponse:
            return await heard.stream(*chunks, pause=0.15)

        async def part(stage: Stage) -> None:
            async with stage.client.post(stage.base + "/mcp", json=tool(1, "x")) as response:
                loop = asyncio.get_running_loop()
                began, times, got = loop.time(), [], b""
                async for chunk in response.content.iter_any():
                    times.append(loop.time() - began)
                    got += chunk
            assert got == b"".join(chunks)
            assert times[-1] > 0.3 and times[0] < 0.15

        play(tmp_path, part, script)

    def test_events_cut_anywhere_are_judged_whole(self, tmp_path: Path) -> None:
        secret = "ghp_" + "a1B2" * 9
        stream = b"id: 9\ndata: " + json.dumps(answer(1, text(f"key {secret}"))).encode() + b"\n\n"

        async def script(heard: Heard) -> web.StreamResponse:
            return await heard.stream(*(stream[at : at + 7] for at in range(0, len(stream), 7)))

        async def part(stage: Stage) -> None:
            async with stage.client.post(stage.base + "/mcp", json=tool(1, "x")) as response:
                got = await response.read()
            assert secret.encode() not in got and b"key " in got and got.startswith(b"id: 9\n")

        play(tmp_path, part, script, forward=True)

    def test_a_stream_torn_before_its_answer_is_told(self, tmp_path: Path) -> None:
        async def script(heard: Heard) -> web.StreamResponse:
            await heard.stream(b'data: {"jsonrpc":"2.0","method":"notifications/message","params":{}}\n\n', b'data: {"jsonrpc":"2.0","id":1,"res')
            heard.request.transport.abort()  # type: ignore[union-attr]
            raise asyncio.CancelledError

        async def part(stage: Stage) -> None:
            status, found = await stage.post(tool(1, "x"))
            assert status == 200 and [one.get("method") for one in found] == ["notifications/message", None]
            assert found[1]["id"] == 1 and "broke off" in found[1]["error"]["message"]
            assert stage.events()[-1]["event_type"] == "error"

        play(tmp_path, part, script)

    def test_an_endless_event_ends_the_stream(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("gateway.doors.mcp.jsonrpc.sse.Reader.__init__.__defaults__", (10_000,))

        async def script(heard: Heard) -> web.StreamResponse:
            return await heard.stream(b"data: " + b"x" * 20_000)

        async def part(stage: Stage) -> None:
            _, [found] = await stage.post(tool(1, "x"))
            assert "more than 10000 bytes" in found["error"]["message"]

        play(tmp_path, part, script)


class TestRefusals:
    def test_a_denied_tool_never_reaches_the_server(self, tmp_path: Path) -> None:
        async def part(stage: Stage) -> None:
            status, found = await stage.post(tool(1, "danger"))
            assert status == 200 and found["result"]["isError"] and "too much" in found["result"]["content"][0]["text"]
            assert stage.heard == []

        play(tmp_path, part, policy=DENY)

    def test_in_a_batch_the_rest_goes_on(self, tmp_path: Path) -> None:
        async def part(stage: Stage) -> None:
            status, found = await stage.post([tool(1, "danger"), tool(2, "fine")])
            assert status == 200 and sorted(one["id"] if isinstance(one, dict) else 0 for one in _flat(found)) == [1, 2]
            assert [one["params"]["name"] for heard in stage.heard for one in _flat([heard.message])] == ["fine"]

        play(tmp_path, part, policy=DENY)

    @pytest.mark.parametrize(
        ("_", "raw"),
        [
            ("not json", b"{"),
            ("nothing", b""),
            ("two objects", b'{"jsonrpc":"2.0","id":1,"method":"ping"}{"jsonrpc":"2.0","id":2,"method":"ping"}'),
            ("duplicate method", b'{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/call","params":{"name":"danger"}}'),
            ("duplicate name", b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"fine","name":"danger"}}'),
            ("byte order mark", b'\xef\xbb\xbf{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"danger"}}'),
            ("utf-16", '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"danger"}}'.encode("utf-16")),
            ("float id", b'{"jsonrpc":"2.0","id":5.0,"method":"tools/call","params":{"name":"danger"}}'),
            ("null id", b'{"jsonrpc":"2.0","id":null,"method":"tools/call","params":{"name":"danger"}}'),
            ("true id", b'{"jsonrpc":"2.0","id":true,"method":"tools/call","params":{"name":"danger"}}'),
            ("answer without an id", b'{"jsonrpc":"2.0","result":{}}'),
            ("number", b"1"),
            ("empty batch", b"[]"),
            ("not a number", b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"fine","arguments":{"a":NaN}}}'),
        ],
    )
    def test_what_can_be_read_in_two_ways_is_not_passed_on(self, tmp_path: Path, _: str, raw: bytes) -> None:
        async def part(stage: Stage) -> None:
            status, found = await stage.post(raw)
            assert status == 400 and found["error"]["message"] and stage.heard == []

        play(tmp_path, part)

    def test_escaped_names_are_the_names_they_mean(self, tmp_path: Path) -> None:
        async def part(stage: Stage) -> None:
            raw = b'{"jsonrpc":"2.0","id":1,"\\u006dethod":"tools\\/call","params":{"n\\u0061me":"d\\u0061nger"}}'
            status, found = await stage.post(raw)
            assert status == 200 and found["result"]["isError"] and stage.heard == []

        play(tmp_path, part, policy=DENY)


def _flat(messages: list[Any]) -> list[Any]:
    return [one for message in messages for one in (message if isinstance(message, list) else [message])]


class TestTrouble:
    def test_a_server_that_is_not_there_is_told_as_an_answer(self, tmp_path: Path) -> None:
        async def part(stage: Stage) -> None:
            stage.proxy.wire.upstream.address.origin = "http://127.0.0.1:9"
            status, found = await stage.post(tool(1, "x"))
            assert status == 200 and "cannot be reached" in found["error"]["message"]
            assert stage.events()[-1]["event_type"] == "error"
            assert (await stage.post({"jsonrpc": "2.0", "method": "notifications/initialized"}))[0] == 502

        play(tmp_path, part)

    @pytest.mark.parametrize("place", ["https://evil.example/mcp", "//evil.example/mcp", "http://127.0.0.1:1/mcp"])
    def test_a_redirect_to_elsewhere_is_not_passed_on(self, tmp_path: Path, place: str) -> None:
        async def script(heard: Heard) -> web.Response:
            return web.Response(status=307, headers={"Location": place})

        async def part(stage: Stage) -> None:
            async with stage.client.post(
                stage.base + "/mcp", json=tool(1, "x"), allow_redirects=False, headers={"Authorization": "Bearer t"}
            ) as response:
                found = await response.json()
            assert response.status == 200 and "not followed" in found["error"]["message"] and "Location" not in response.headers
            assert len(stage.heard) == 1

        play(tmp_path, part, script)

    def test_a_redirect_on_the_same_server_leads_through_the_proxy(self, tmp_path: Path) -> None:
        async def script(heard: Heard) -> web.StreamResponse:
            if heard.target == "/mcp":
                return web.Response(status=307, headers={"Location": f"http://{heard.headers['Host']}/mcp/"})
            return await echo(heard)

        async def part(stage: Stage) -> None:
            async with stage.client.post(stage.base + "/mcp", json=tool(1, "x")) as response:
                assert response.status == 200 and str(response.url) == stage.base + "/mcp/"

        play(tmp_path, part, script)

    def test_an_answer_that_cannot_be_read_is_told(self, tmp_path: Path) -> None:
        async def script(heard: Heard) -> web.Response:
            return web.Response(body=b'{"jsonrpc":"2.0","id":1,"result":', content_type="application/json")

        async def part(stage: Stage) -> None:
            status, found = await stage.post(tool(1, "x"))
            assert status == 200 and found["id"] == 1 and "cannot be read" in found["error"]["message"]

        play(tmp_path, part, script)

    def test_a_page_instead_of_an_answer_is_told(self, tmp_path: Path) -> None:
        async def script(heard: Heard) -> web.Response:
            return web.Response(text="<html>", content_type="text/html")

        async def part(stage: Stage) -> None:
            status, found = await stage.post(tool(1, "x"))
            assert status == 200 and found["error"]["message"] == "<html>"

        play(tmp_path, part, script)


class TestAsking:
    def question_then(self, folder: Path, content: dict[str, Any], script: Any = echo) -> tuple[list[Any], Stage]:
        async def part(stage: Stage) -> tuple[list[Any], Stage]:
            await stage.post(hello(ELICITS))
            got = []
            async with stage.client.post(
                stage.base + "/mcp", json=tool(5, "careful"), headers={"Mcp-Session-Id": "s-1", "Accept": "application/json, text/event-stream"}
            ) as response:
                assert response.content_type == "text/event-stream"
                async for line in response.content:
                    if line.startswith(b"data: {"):
                        got.append(json.loads(line[6:]))
                        if got[-1].get("method") == "elicitation/create":
                            status, _ = await stage.post(answer(got[-1]["id"], content), Mcp_Session_Id="s-1")
                            assert status == 202
            return got, stage

        return play(folder, part, script, policy=ASK)

    def test_a_yes_lets_the_call_on(self, tmp_path: Path) -> None:
        got, stage = self.question_then(tmp_path, {"action": "accept", "content": {"allow": True}})
        assert [one.get("method", one.get("id")) for one in got] == ["elicitation/create", 5]
        assert stage.methods() == ["initialize", "tools/call"]

    def test_a_streamed_answer_comes_on_the_same_stream(self, tmp_path: Path) -> None:
        async def script(heard: Heard) -> web.StreamResponse:
            if heard.message.get("method") == "tools/call":
                return await heard.stream(
                    b'data: {"jsonrpc":"2.0","method":"notifications/progress","params":{}}\n\ndata: {"jsonrpc":"2.0","id":5,"result":{}}\n\n'
                )
            return await echo(heard)

        got, _ = self.question_then(tmp_path, {"action": "accept", "content": {"allow": True}}, script)
        assert [one.get("method", one.get("id")) for one in got] == ["elicitation/create", "notifications/progress", 5]

    def test_a_no_refuses_it(self, tmp_path: Path) -> None:
        got, stage = self.question_then(tmp_path, {"action": "decline"})
        assert got[1]["id"] == 5 and got[1]["result"]["isError"]
        assert stage.methods() == ["initialize"]

    def test_a_cancel_ends_the_wait(self, tmp_path: Path) -> None:
        async def part(stage: Stage) -> None:
            await stage.post(hello(ELICITS))
            asked = asyncio.ensure_future(stage.post(tool(5, "careful"), Mcp_Session_Id="s-1"))
            await asyncio.sleep(0.2)
            await stage.post({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 5}}, Mcp_Session_Id="s-1")
            _, [question] = await asyncio.wait_for(asked, 5)
            assert question["method"] == "elicitation/create"
            assert "tools/call" not in stage.methods()

        play(tmp_path, part, policy=ASK)

    def test_a_client_that_leaves_takes_its_question_with_it(self, tmp_path: Path) -> None:
        async def part(stage: Stage) -> None:
            await stage.post(hello(ELICITS))
            response = await stage.client.post(stage.base + "/mcp", json=tool(5, "careful"), headers={"Mcp-Session-Id": "s-1"})
            line = b""
            while not line.startswith(b"data: {"):
                line = await response.content.readline()
            response.close()
            await asyncio.sleep(0.2)
            await stage.post(answer(json.loads(line[6:])["id"], {"action": "accept", "content": {"allow": True}}), Mcp_Session_Id="s-1")
            assert "tools/call" not in stage.methods()

        play(tmp_path, part, policy=ASK)


class TestLeaving:
    def test_closing_the_answer_closes_it_at_the_server(self, tmp_path: Path) -> None:
        gone = asyncio.Event()

        async def part(stage: Stage) -> None:
            response = await stage.client.post(stage.base + "/mcp", json=tool(1, "x"))
            await response.content.readline()
            response.close()
            await asyncio.wait_for(gone.wait(), 5)
            await asyncio.sleep(0.1)
            assert stage.events()[-1]["event_type"] == "error"
            assert not any(one.conversation.waiting for one in stage.proxy.wire.sessions._all())

        play(tmp_path, part, until_closed(gone))
