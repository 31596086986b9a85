"""A toy MCP server over HTTP: answers after a moment, whole or as a stream. Run with a port."""

import asyncio
import json
import random
import sys

from aiohttp import web


async def answered(request):
    if request.method != "POST":
        return web.Response(status=405)
    message = json.loads(await request.read())
    if "id" not in message:
        return web.Response(status=202)
    await asyncio.sleep(random.random() * 0.02)
    arguments = message.get("params", {}).get("arguments", {})
    body = json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": {"content": [{"type": "text", "text": json.dumps(arguments)}]}})
    headers = {"Mcp-Session-Id": f"s{random.random()}"} if message.get("method") == "initialize" else {}
    if random.random() < 0.5:
        return web.Response(text=body, content_type="application/json", headers=headers)
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", **headers})
    await response.prepare(request)
    note = json.dumps({"jsonrpc": "2.0", "method": "notifications/message", "params": {"level": "info", "data": "working"}})
    for line in (f"data: {note}\n\n", "event: message\n", f"data: {body}\n", "\n"):
        await response.write(line.encode())
        await asyncio.sleep(random.random() * 0.005)
    return response


async def main():
    runner = web.ServerRunner(web.Server(answered))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(sys.argv[1])).start()
    await asyncio.Event().wait()


asyncio.run(main())
