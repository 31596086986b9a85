"""The proxy as a whole: hostile HTTP, headers that lie, sessions, sign-in, and that nothing happens upstream without a decision."""

from __future__ import annotations

import asyncio
import gzip
import json
import zlib
from pathlib import Path

import pytest
from aiohttp import web

from gateway.doors.mcp.http import listener, proxy
from gateway.model.errors import GatewayError
from tests.doors.mcp.http.test_exchange import DENY, play
from tests.doors.mcp.talk import answer, hello, request, tool
from tests.doors.mcp.web import Heard, Stage, echo, said, staged

NEW = "2026-07-28"


async def raw_http(stage: Stage, head: bytes, body: bytes = b"") -> bytes:
    """Send bytes to the proxy as they are; return the first line of its answer."""
    host, port = stage.base.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(head + body)
    line = await asyncio.wait_for(reader.readline(), 5)
    writer.close()
    return line


CALL = json.dumps(tool(1, "x")).encode()


class TestHostile:
    @pytest.mark.parametrize(
        ("_", "head", "status"),
        [
            ("foreign host", b"POST /mcp HTTP/1.1\r\nHost: evil.example\r\n", b"403"),
            ("two hosts", b"POST /mcp HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n", b"40"),
            ("no host", b"POST /mcp HTTP/1.1\r\n", b"40"),
            ("foreign page", b"POST /mcp HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n", b"403"),
            ("foreign page that listens", b"GET /mcp HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n", b"403"),
            ("foreign page that ends", b"DELETE /mcp HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n", b"403"),
            ("foreign page that asks first", b"OPTIONS /mcp HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n", b"403"),
            ("whole address as target", b"POST http://evil.example/mcp HTTP/1.1\r\nHost: localhost\r\n", b"400"),
            ("tunnel", b"CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n", b"40"),
            ("other method", b"PUT /mcp HTTP/1.1\r\nHost: localhost\r\n", b"405"),
            ("other path", b"POST /admin HTTP/1.1\r\nHost: localhost\r\n", b"404"),
            ("path upwards", b"POST /mcp/../admin HTTP/1.1\r\nHost: localhost\r\n", b"404"),
            ("two lengths", b"POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n", b"400"),
            ("length and chunks", b"POST /mcp HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n", b"400"),
            ("endless header", b"POST /mcp HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 100_000 + b"\r\n", b"400"),
            ("packed in an unknown way", b"POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Encoding: compress\r\n", b"415"),
            ("said to be packed", b"POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Encoding: gzip\r\n", b"400"),
        ],
    )
    def test_never_reaches_the_server(self, tmp_path: Path, _: str, head: bytes, status: bytes) -> None:
        async def part(stage: Stage) -> None:
            line = await raw_http(stage, head + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(CALL), CALL)
            assert line.split()[1].startswith(status) and stage.heard == []

        play(tmp_path, part)

    def test_the_same_without_the_hostility_does(self, tmp_path: Path) -> None:
        async def part(stage: Stage) -> None:
            head = b"POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(CALL)
            assert b"200" in await raw_http(stage, head, CALL)
            assert len(stage.heard) == 1

        play(tmp_path, part)

    def test_a_connection_without_a_request_is_closed_and_one_with_is_not(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(listener, "SILENT", 0.4)

        async def part(stage: Stage) -> None:
            host, port = stage.base.removeprefix("http://").split(":")
            ends = []
            for head in (b"", b"POST /mcp HTTP/1.1\r\nHost: loc"):
                reader, writer = await asyncio.open_connection(host, int(port))
                writer.write(head)
                ends.append((reader, writer))
            await stage.post(tool(1, "x"))
            for reader, writer in ends:
                assert b"200" not in await asyncio.wait_for(reader.read(), 5)
                writer.close()
            await stage.post(tool(2, "x"))
            assert len({heard.request.transport for heard in stage.heard}) == 1

        play(tmp_path, part)

    def test_a_client_that_asks_before_it_sends_is_told_to_go_on(self, tmp_path: Path) -> None:
        async def part(stage: Stage) -> None:
            head = b"POST /mcp HTTP/1.1\r\nHost: %b\r\nExpect: 100-continue\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            assert b"403" in await raw_http(stage, head % (b"evil.example", len(CALL)))
            host, port = stage.base.removeprefix("http://").split(":")
            reader, writer = await asyncio.open_connection(host, int(port))
            writer.write(head % (b"localhost", len(CALL)))
            assert await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 2) == b"HTTP/1.1 100 Continue\r\n\r\n"
            writer.write(CALL)
            answer = await asyncio.wait_for(reader.read(), 5)
            writer.close()
            assert answer.startswith(b"HTTP/1.1 200") and b'"id": 1' in answer and len(stage.heard) == 1

        play(tmp_path, part)

    @pytest.mark.parametrize("kind", ["gzip", "deflate"])
    def test_packed_messages_are_judged_unpacked(self, tmp_path: Path, kind: str) -> None:
        async def part(stage: Stage) -> None:
            for name, reached in (("danger", 0), ("fine", 1)):
                raw = json.dumps(tool(1, name)).encode()
                packed = gzip.compress(raw) if kind == "gzip" else zlib.compress(raw)
                async with stage.client.post(stage.base + "/mcp", data=packed, headers={"Content-Encoding": kind}) as response:
                    assert (await response.json())["id"] == 1
                assert len(stage.heard) == reached
            assert stage.heard[0].body == raw and "Content-Encoding" not in stage.heard[0].headers

        play(tmp_path, part, policy=DENY)

    def test_too_large_is_told(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(proxy, "MAX_BODY", 1000)

        async def part(stage: Stage) -> None:
            assert (await stage.post(tool(1, "x", a="x" * 2000)))[0] == 413
            async with stage.client.post(stage.base + "/mcp", data=gzip.compress(bytes(100_000)), headers={"Content-Encoding": "gzip"}) as response:
                assert response.status == 413
            assert stage.heard == []

        play(tmp_path, part)

    def test_too_slow_is_told_and_hinders_nobody(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(proxy, "SLOW", 0.5)

        async def part(stage: Stage) -> None:
            slow = asyncio.ensure_future(raw_http(stage, b"POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"))
            assert (await stage.post(tool(1, "x")))[0] == 200
            assert b"408" in await slow

        play(tmp_path, part)


class TestSurprises:
    @pytest.mark.parametrize(
        ("sent", "status", "ids"),
        [
            (tool(1, "x"), 200, [1]),
            ([tool(1, "x"), tool("a", "x")], 200, [1, "a"]),
            ({"jsonrpc": "2.0", "method": "notifications/initialized"}, 400, [None]),
        ],
    )
    def test_refuse_the_message_and_nothing_else(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sent: object, status: int, ids: list[object]
    ) -> None:
        def fall_over(*_: object) -> None:
            raise RuntimeError("no such luck")

        async def part(stage: Stage) -> None:
            with monkeypatch.context() as broken:
                broken.setattr("gateway.doors.mcp.session.conversation.Conversation.from_client", fall_over)
                found_status, found = await stage.post(sent)
            told = found if isinstance(found, list) else [found]
            assert found_status == status and [one["id"] for one in told] == ids and all("no such luck" in one["error"]["message"] for one in told)
            assert stage.heard == []
            assert (await stage.post(tool(2, "x")))[0] == 200

        play(tmp_path, part)


class TestHeadersThatLie:
    @pytest.mark.parametrize(
        "headers",
        [
            {"Mcp-Method": "tools/list"},
            {"Mcp-Method": "tools/call", "Mcp-Name": "fine"},
            {"MCP-Protocol-Version": "2025-06-18"},
            {"Mcp-Param-Region": "eu"},
            {"Mcp-Name": "=?base64?!?="},
        ],
    )
    def test_are_refused_before_the_server(self, tmp_path: Path, headers: dict[str, str]) -> None:
        message = tool(9, "danger")
        message["params"]["_meta"] = {"io.modelcontextprotocol/protocolVersion": NEW}

        async def part(stage: Stage) -> None:
            status, found = await stage.post(message, **headers)
            assert (status, found["id"], found["error"]["code"]) == (400, 9, -32020) and stage.heard == []

        play(tmp_path, part, policy=DENY)

    def test_do_not_decide(self, tmp_path: Path) -> None:
        async def part(stage: Stage) -> None:
            status, found = await stage.post(tool(1, "danger"), **{"Mcp-Method": "tools/call", "Mcp-Name": "danger"})
            assert status == 200 and found["result"]["isError"] and stage.heard == []

        play(tmp_path, part, policy=DENY)

    def test_follow_what_policy_rewrites(self, tmp_path: Path) -> None:
        secret = "ghp_" + "a1B2" * 9

        async def part(stage: Stage) -> None:
            assert (await stage.post(tool(1, "x", region=secret), **{"Mcp-Method": "tools/call", "Mcp-Name": "x", "Mcp-Param-Region": secret}))[
                0
            ] == 200
            [heard] = stage.heard
            assert heard.headers["Mcp-Param-Region"] == heard.message["params"]["arguments"]["region"] != secret

        play(tmp_path, part, forward=True)


class TestSessions:
    def test_one_trace_for_one_session(self, tmp_path: Path) -> None:
        async def part(stage: Stage) -> None:
            await stage.post(hello())
            for number in range(3):
                await stage.post(tool(number, "x"), Mcp_Session_Id="s-1")
            assert len({one["session_id"] for one in stage.events()}) == 1

        play(tmp_path, part)

    def test_the_client_ends_it(self, tmp_path: Path) -> None:
        async def script(heard: Heard) -> web.StreamResponse:
            return web.Response(status=200) if heard.method == "DELETE" else await echo(heard)

        async def part(stage: Stage) -> None:
            await stage.post(hello())
            async with stage.client.delete(stage.base + "/mcp", headers={"Mcp-Session-Id": "s-1"}) as response:
                assert response.status == 200
            assert stage.events()[-1]["event_type"] == "session_end" and stage.proxy.wire.sessions.count() == 0

        play(tmp_path, part, script)

    def test_clients_without_sessions_may_use_the_same_ids_at_once(self, tmp_path: Path) -> None:
        async def script(heard: Heard) -> web.StreamResponse:
            await asyncio.sleep(0.1)
            return await echo(heard)

        async def part(stage: Stage) -> None:
            found = await asyncio.gather(*(stage.post(tool(1, "x", n=number)) for number in range(10)))
            assert [json.loads(one["result"]["content"][0]["text"]) for _, one in found] == [{"n": number} for number in range(10)]
            assert (await stage.post(tool(1, "x")))[0] == 200

        play(tmp_path, part, script)

    def test_a_session_that_the_server_does_not_begin_is_none(self, tmp_path: Path) -> None:
        async def script(heard: Heard) -> web.StreamResponse:
            return said({"jsonrpc": "2.0", "id": 0, "error": {"code": -32600, "message": "no"}}, 400)

        async def part(stage: Stage) -> None:
            assert (await stage.post(hello()))[0] == 400
            assert stage.proxy.wire.sessions.count() == 0

        play(tmp_path, part, script)

    @pytest.mark.parametrize("status", [400, 404])
    def test_a_session_that_the_server_does_not_know_is_forgotten_with_its_request(self, tmp_path: Path, status: int) -> None:
        async def script(heard: Heard) -> web.StreamResponse:
            return said({"jsonrpc": "2.0", "error": {"code": -32600, "message": "Session not found"}, "id": None}, status)

        async def part(stage: Stage) -> None:
            for _ in range(2):
                found = await stage.post(tool(11, "x"), Mcp_Session_Id="nobody")
                assert found == (status, {"jsonrpc": "2.0", "error": {"code": -32600, "message": "Session not found"}, "id": None})
            assert stage.proxy.wire.sessions.count() == 0

        play(tmp_path, part, script)

    def test_an_answer_for_something_else_ends_its_request_all_the_same(self, tmp_path: Path) -> None:
        async def script(heard: Heard) -> web.StreamResponse:
            return said(answer(99, {})) if len(heard.body) % 2 else said(answer(heard.message["id"], {}))

        async def part(stage: Stage) -> None:
            await stage.post(hello())
            for _ in range(3):
                await stage.post(tool(1, "x"), Mcp_Session_Id="s-1")
                assert not any(one.conversation.waiting for one in stage.proxy.wire.sessions._all())

        play(tmp_path, part, script)

    def test_a_session_id_that_came_with_a_stream_holds_at_once(self, tmp_path: Path) -> None:
        async def script(heard: Heard) -> web.StreamResponse:
            if heard.message.get("method") == "initialize":
                raw = b"data: " + json.dumps(answer(0, {})).encode() + b"\n\n"
                return await heard.stream(raw, b": still\n\n", headers={"Mcp-Session-Id": "s-2"}, pause=0.3)
            return await echo(heard)

        async def part(stage: Stage) -> None:
            async with stage.client.post(stage.base + "/mcp", json=hello()) as response:
                assert (await response.content.readline()).startswith(b"data:")
                await stage.post(request(1, "ping"), Mcp_Session_Id="s-2")
            assert len({one["session_id"] for one in stage.events()}) == 1

        play(tmp_path, part, script)


class TestSignIn:
    def test_the_challenge_and_the_metadata_lead_back(self, tmp_path: Path) -> None:
        async def script(heard: Heard) -> web.StreamResponse:
            own = f"http://{heard.headers['Host']}"
            if heard.target.startswith("/.well-known/oauth-protected-resource"):
                return said({"resource": own + "/mcp", "authorization_servers": ["https://as.example"]})
            return web.Response(
                status=401, headers={"WWW-Authenticate": f'Bearer resource_metadata="{own}/.well-known/oauth-protected-resource/mcp"'}
            )

        async def part(stage: Stage) -> None:
            async with stage.client.post(stage.base + "/mcp", json=hello()) as response:
                place = response.headers["WWW-Authenticate"].partition('"')[2].rstrip('"')
                assert response.status == 401 and place.startswith(stage.base)
            async with stage.client.get(place) as response:
                assert await response.json() == {"resource": stage.base + "/mcp", "authorization_servers": ["https://as.example"]}

        play(tmp_path, part, script)

    def test_metadata_at_a_place_of_its_own(self, tmp_path: Path) -> None:
        async def script(heard: Heard) -> web.StreamResponse:
            own = f"http://{heard.headers['Host']}"
            if heard.target == "/custom/metadata.json":
                return said({"resource": own + "/mcp"})
            return web.Response(status=401, headers={"WWW-Authenticate": f'Bearer resource_metadata="{own}/custom/metadata.json"'})

        async def part(stage: Stage) -> None:
            async with stage.client.get(stage.base + "/custom/metadata.json") as response:
                assert response.status == 404
            await stage.post(hello())
            async with stage.client.get(stage.base + "/custom/metadata.json") as response:
                assert await response.json() == {"resource": stage.base + "/mcp"}

        play(tmp_path, part, script)

    def test_a_sign_in_passes_and_a_message_in_its_clothes_does_not(self, tmp_path: Path) -> None:
        async def script(heard: Heard) -> web.StreamResponse:
            return said({"access_token": "t"})

        async def part(stage: Stage) -> None:
            async with stage.client.post(stage.base + "/token", data={"grant_type": "x"}) as response:
                assert (await response.json())["access_token"] == "t"
            status, found = await stage.post(tool(1, "danger"), "/token")
            assert status == 200 and found["result"]["isError"] and len(stage.heard) == 1

        play(tmp_path, part, script, policy=DENY)

    def test_the_proxys_own_token_is_wanted_and_kept(self, tmp_path: Path) -> None:
        async def part(stage: Stage) -> None:
            assert (await stage.post(tool(1, "x")))[0] == 403
            assert (await stage.post(tool(1, "x"), Authorization="Bearer ours"))[0] == 200
            assert (await stage.post(tool(1, "x"), Authorization="Bearer theirs", X_Agent_Strace_Token="ours"))[0] == 200
            assert [heard.headers.get("Authorization") for heard in stage.heard] == [None, "Bearer theirs"]
            assert all("X-Agent-Strace-Token" not in heard.headers for heard in stage.heard)

        play(tmp_path, part, token="ours")


class TestStart:
    def test_a_port_that_is_taken_is_told(self, tmp_path: Path) -> None:
        async def part(stage: Stage) -> None:
            port = int(stage.base.rpartition(":")[2])
            async with staged(tmp_path) as other:
                await other.proxy.stop()
                with pytest.raises(GatewayError, match="cannot listen"):
                    await other.proxy.start("127.0.0.1", port)

        play(tmp_path, part)

    def test_a_stop_ends_open_streams_and_sessions(self, tmp_path: Path) -> None:
        async def script(heard: Heard) -> web.StreamResponse:
            await heard.stream(b": hello\n\n")
            await asyncio.sleep(30)
            raise AssertionError

        async def part(stage: Stage) -> None:
            response = await stage.client.get(stage.base + "/mcp", headers={"Mcp-Session-Id": "s"})
            await response.content.readline()
            await asyncio.wait_for(stage.proxy.stop(), 5)
            assert stage.events()[-1]["event_type"] == "session_end"
            response.close()

        play(tmp_path, part, script)
