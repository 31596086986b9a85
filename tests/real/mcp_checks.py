"""What the official Python SDK's client sees of a server: many checks, one JSON object on stdout. The same through a proxy, or the proxy shows.

    python mcp_checks.py everything|conformance legacy|modern http URL | sse URL | stdio COMMAND...

Needs `mcp`. What changes from run to run (ids, times) is taken out of what is told.
"""

import asyncio
import base64
import hashlib
import http.client
import json
import re
import sys
import urllib.parse
import warnings
from contextlib import asynccontextmanager

from mcp import Client, StdioServerParameters, types
from mcp.client.sse import sse_client

warnings.simplefilter("ignore")

EVERYTHING, CONFORMANCE = "everything", "conformance"
VOLATILE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r"|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)|\d{1,2}:\d\d:\d\d(?: [AP]M)?|session[- ]id[: ]+\S+|\b(?:http://)?127\.0\.0\.1:\d+",
    re.IGNORECASE,
)
LARGE = 1_000_000


def plain(value):
    """Return what was seen as JSON data, without what changes from run to run, long texts by their digest."""
    if hasattr(value, "model_dump"):
        value = value.model_dump(mode="json", by_alias=True, exclude_none=True)
    if isinstance(value, str):
        value = VOLATILE.sub("<>", value)
        return value if len(value) < 2000 else f"{len(value)} {hashlib.sha256(value.encode('utf-8', 'surrogatepass')).hexdigest()}"
    if isinstance(value, dict):
        return {key: plain(unpacked(item) if key == "blob" else item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def unpacked(blob):
    """Return the text behind a blob, or the blob where there is none: a time may be hidden in it."""
    try:
        return base64.b64decode(blob).decode()
    except ValueError:
        return blob


class Seen:
    """A client and what it was asked and told."""

    def __init__(self):
        self.logs = []
        self.messages = []
        self.asked = []
        self.client = None

    async def sampling(self, context, params):
        self.asked.append(plain(params))
        return types.CreateMessageResult(role="assistant", content=types.TextContent(type="text", text="a sample \u2028"), model="m")

    async def elicitation(self, context, params):
        self.asked.append(plain(params))
        schema = getattr(params, "requested_schema", None) or {}
        content = {name: _filled(one) for name, one in (schema.get("properties") or {}).items() if name in schema.get("required", ())}
        return types.ElicitResult(action="accept", content=content)

    async def roots(self, context):
        return types.ListRootsResult(roots=[types.Root(uri="file:///a/b", name="b")])

    async def log(self, params):
        self.logs.append(plain(params.data))

    async def message(self, message):
        self.messages.append(type(message).__name__)

    async def call(self, name, **arguments):
        return await self.client.call_tool(name, arguments)


def _filled(schema):
    if "default" in schema:
        return schema["default"]
    return {"boolean": True, "integer": 3, "number": 1.5, "array": []}.get(schema.get("type"), "words")


# Checks: name → (servers, eras, what is done)

CHECKS = []


def check(servers=(EVERYTHING, CONFORMANCE), eras=("legacy", "modern")):
    def register(function):
        CHECKS.append((function.__name__, servers, eras, function))
        return function

    return register


def calls(name, tool, servers, eras=("legacy", "modern"), **arguments):
    async def run(seen):
        return await seen.call(tool, **arguments)

    run.__name__ = name
    check(servers, eras)(run)


for _name, _words in {
    "plain": "hello",
    "empty": "",
    "u2028": "a\u2028b\u2029c\u0085d",
    "control": "tab\tline\nreturn\rnull\\u0000",
    "emoji": "👩‍👩‍👧‍👦 é ﷽",
    "quotes": '"\'\\ </script> {"jsonrpc":"2.0"}',
    "sse_like": "data: x\n\nevent: message\ndata: {}\n\n",
    "one_megabyte": "x" * LARGE,
    "megabyte_of_words": "naïve words " * (LARGE // 13),
}.items():
    calls(f"echo_{_name}", "echo", (EVERYTHING, CONFORMANCE), message=_words)
for _name, _tool, _arguments in (
    ("sum", "get-sum", {"a": 2, "b": 40}),
    ("image", "get-tiny-image", {}),
    ("structured_everything", "get-structured-content", {"location": "New York"}),
    ("annotated", "get-annotated-message", {"messageType": "error", "includeImage": True}),
    ("links", "get-resource-links", {"count": 3}),
    ("reference", "get-resource-reference", {"resourceType": "Blob", "resourceId": 2}),
):
    calls(_name, _tool, (EVERYTHING,), **_arguments)
for _name in ("simple_text", "image_content", "audio_content", "embedded_resource", "multiple_content_types", "error_handling"):
    calls(_name, f"test_{_name}", (CONFORMANCE,))
calls("structured", "structured", (CONFORMANCE,))


@check()
async def ping_or_discover(seen):
    return {"version": seen.client.session.protocol_version, "capabilities": plain(seen.client.server_capabilities)}


@check()
async def list_tools(seen):
    return await seen.client.list_tools()


@check()
async def list_resources(seen):
    return await seen.client.list_resources()


@check()
async def list_templates(seen):
    return await seen.client.list_resource_templates()


@check()
async def list_prompts(seen):
    return await seen.client.list_prompts()


@check((CONFORMANCE,))
async def read_text(seen):
    return await seen.client.read_resource("test://static-text")


@check((CONFORMANCE,))
async def read_blob(seen):
    return await seen.client.read_resource("test://static-binary")


@check((CONFORMANCE,))
async def read_template(seen):
    return await seen.client.read_resource("test://template/a%20b/data")


@check((CONFORMANCE,))
async def read_nothing(seen):
    return await seen.client.read_resource("test://nothing")


@check((EVERYTHING,))
async def read_blob_everything(seen):
    return await seen.client.read_resource("demo://resource/dynamic/blob/2")


@check((CONFORMANCE,))
async def prompt_arguments(seen):
    return await seen.client.get_prompt("test_prompt_with_arguments", {"arg1": "a", "arg2": "\u2028"})


@check((EVERYTHING,))
async def prompt_everything(seen):
    return await seen.client.get_prompt("args-prompt", {"city": "Paris", "state": "Texas"})


@check()
async def prompt_nothing(seen):
    return await seen.client.get_prompt("no such prompt")


@check((CONFORMANCE,))
async def complete(seen):
    ref = types.PromptReference(type="ref/prompt", name="test_prompt_with_arguments")
    return await seen.client.complete(ref, {"name": "arg1", "value": "par"})


@check((EVERYTHING,))
async def complete_everything(seen):
    ref = types.PromptReference(type="ref/prompt", name="completable-prompt")
    return await seen.client.complete(ref, {"name": "department", "value": "E"})


@check()
async def no_such_tool(seen):
    return await seen.call("no such tool")


@check((EVERYTHING,))
async def wrong_arguments(seen):
    return await seen.call("get-sum", a="two")


@check((CONFORMANCE,))
async def progress(seen):
    steps = []

    async def told(done, total, message):
        steps.append([done, total, message])

    result = await seen.client.call_tool("test_tool_with_progress", {}, progress_callback=told)
    return {"steps": steps, "result": plain(result)}


@check((EVERYTHING,))
async def progress_everything(seen):
    steps = []

    async def told(done, total, message):
        steps.append([done, total])

    result = await seen.client.call_tool("trigger-long-running-operation", {"duration": 0.3, "steps": 3}, progress_callback=told)
    return {"steps": steps, "result": plain(result)}


@check((CONFORMANCE,))
async def cancel(seen):
    task = asyncio.ensure_future(seen.call("sleep", seconds=30))
    await asyncio.sleep(0.3)
    task.cancel()
    await asyncio.wait([task])
    return {"cancelled": task.cancelled(), "next": plain(await seen.call("echo", message="after"))}


@check((EVERYTHING,))
async def cancel_everything(seen):
    task = asyncio.ensure_future(seen.call("trigger-long-running-operation", duration=30, steps=30))
    await asyncio.sleep(0.3)
    task.cancel()
    await asyncio.wait([task])
    return {"cancelled": task.cancelled(), "next": plain(await seen.call("echo", message="after"))}


@check((CONFORMANCE,), ("legacy",))
async def logs(seen):
    await seen.client.set_logging_level("debug")
    await seen.call("test_tool_with_logging")
    await asyncio.sleep(0.1)
    return seen.logs


@check((CONFORMANCE,), ("legacy",))
async def sampling(seen):
    result = await seen.call("test_sampling", prompt="say \u2028")
    return {"asked": seen.asked[-1:], "result": plain(result)}


@check((EVERYTHING,))
async def sampling_everything(seen):
    result = await seen.call("trigger-sampling-request", prompt="say", maxTokens=7)
    return {"asked": seen.asked[-1:], "result": plain(result)}


@check((CONFORMANCE,), ("legacy",))
async def elicitation(seen):
    result = await seen.call("test_elicitation", message="who?")
    return {"asked": seen.asked[-1:], "result": plain(result)}


@check((EVERYTHING,))
async def elicitation_everything(seen):
    result = await seen.call("trigger-elicitation-request")
    return {"asked": seen.asked[-1:], "result": plain(result)}


@check((CONFORMANCE,), ("legacy",))
async def roots(seen):
    return await seen.call("roots")


@check((EVERYTHING,))
async def roots_everything(seen):
    return await seen.call("get-roots-list")


@check((CONFORMANCE,), ("modern",))
async def input_elicitation(seen):
    result = await seen.call("test_input_required_result_elicitation")
    return {"asked": seen.asked[-1:], "result": plain(result)}


@check((CONFORMANCE,), ("modern",))
async def input_rounds(seen):
    return await seen.call("test_input_required_result_multi_round")


@check((CONFORMANCE,), ("modern",))
async def input_several(seen):
    return await seen.call("test_input_required_result_multiple_inputs")


@check((CONFORMANCE,), ("modern",))
async def mirrored_header(seen):
    await seen.client.list_tools()
    return await seen.call("test_custom_headers", region="é ü", query="q")


@check((CONFORMANCE,), ("legacy",))
async def subscribe(seen):
    uri = "test://watched-resource"
    return [plain(await seen.client.subscribe_resource(uri)), plain(await seen.client.unsubscribe_resource(uri))]


@check((EVERYTHING,))
async def subscribe_everything(seen):
    uri = "demo://resource/dynamic/text/1"
    return [plain(await seen.client.subscribe_resource(uri)), plain(await seen.client.unsubscribe_resource(uri))]


@check()
async def twenty_at_once(seen):
    found = await asyncio.gather(*(seen.call("echo", message=f"number {number}") for number in range(20)))
    return [plain(one) for one in found]


@check()
async def list_twice(seen):
    return plain(await seen.client.list_tools()) == plain(await seen.client.list_tools())


# The bare wire


class Wire:
    """A client of Streamable HTTP without an SDK."""

    def __init__(self, url):
        self.url = urllib.parse.urlsplit(url)
        self.session = ""

    def send(self, method, body=None, **headers):
        connection = http.client.HTTPConnection(self.url.hostname, self.url.port, timeout=20)
        named = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
        named |= {"Mcp-Session-Id": self.session} if self.session else {}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        raw = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        connection.request(method, self.url.path, raw, {name: value for name, value in named.items() if value})
        answer = connection.getresponse()
        found = answer.read() if method != "GET" or answer.status != 200 else b""
        self.session = self.session or answer.headers.get("mcp-session-id", "")
        connection.close()
        return answer.status, (answer.headers.get("Content-Type") or "").partition(";")[0], _messages(found)


def _messages(body):
    if body[:1] in (b"{", b"["):
        return plain(json.loads(body))
    lines = [line[5:].strip() for line in body.splitlines() if line.startswith(b"data:")]
    return [plain(json.loads(line)) for line in lines if line]


def _request(ident, method, **params):
    return {"jsonrpc": "2.0", "id": ident, "method": method, "params": params}


def wire_checks(url):
    """Yield (name, outcome) of what an SDK would not send, or would hide."""
    wire = Wire(url)
    hello = _request(0, "initialize", protocolVersion="2025-11-25", capabilities={}, clientInfo={"name": "wire", "version": "1"})
    yield "wire_initialize", wire.send("POST", hello)
    yield "wire_initialized", wire.send("POST", {"jsonrpc": "2.0", "method": "notifications/initialized"})
    yield "wire_int_id", wire.send("POST", _request(77, "ping"))
    yield "wire_string_id", wire.send("POST", _request("77", "ping"))
    yield "wire_large_id", wire.send("POST", _request(2**53 - 1, "ping"))
    yield "wire_long_id", wire.send("POST", _request("i" * 5000, "ping"))
    yield "wire_unknown_method", wire.send("POST", _request(5, "no/such/method"))
    yield "wire_batch", _sorted(wire.send("POST", [_request(6, "ping"), _request(7, "ping")]))
    yield "wire_answer_to_nothing", wire.send("POST", {"jsonrpc": "2.0", "id": "nobody", "result": {}})
    yield "wire_bad_json", wire.send("POST", b"{")[0]
    yield "wire_accept", wire.send("POST", _request(8, "ping"), Accept="text/html")[:2]
    yield "wire_content_type", wire.send("POST", _request(9, "ping"), Content_Type="text/plain")[0]
    yield "wire_bad_version", wire.send("POST", _request(10, "ping"), MCP_Protocol_Version="1999-01-01")
    yield "wire_wrong_session", wire.send("POST", _request(11, "ping"), Mcp_Session_Id="nobody")
    yield "wire_listen", wire.send("GET", Accept="text/event-stream")[:2]
    yield "wire_put", wire.send("PUT", b"{}")[0] >= 400
    yield "wire_end", wire.send("DELETE")[0]
    yield "wire_after_the_end", wire.send("POST", _request(12, "ping"))[0]


def _sorted(answer):
    status, kind, messages = answer
    return status, kind, sorted(messages, key=json.dumps) if isinstance(messages, list) else messages


@asynccontextmanager
async def connected(era, how, words):
    seen = Seen()
    target = words[0] if how == "http" else sse_client(words[0]) if how == "sse" else StdioServerParameters(command=words[0], args=words[1:])
    client = Client(
        target,
        mode="legacy" if era == "legacy" else "2026-07-28",
        read_timeout_seconds=40,
        sampling_callback=seen.sampling,
        elicitation_callback=seen.elicitation,
        list_roots_callback=seen.roots,
        logging_callback=seen.log,
        message_handler=seen.message,
        cache=None,
    )
    async with client as seen.client:
        yield seen


async def together(server, era, words):
    """Make every check on one connection: starting a server for each of them would take most of the time."""
    told = {}
    async with connected(era, "stdio", words) as seen:
        for name, servers, eras, function in CHECKS:
            if server in servers and era in eras:
                try:
                    async with asyncio.timeout(60):
                        told[name] = plain(await function(seen))
                except Exception as error:
                    told[name] = f"{type(error).__name__}: {plain(str(error))}"
    json.dump(told, sys.stdout, indent=1, sort_keys=True)


async def main(server, era, how, *words):
    if how == "stdio":
        await together(server, era, words)
        return
    told = {}
    for name, servers, eras, function in CHECKS:
        if server not in servers or era not in eras:
            continue
        try:
            async with asyncio.timeout(60), connected(era, how, words) as seen:
                try:
                    told[name] = plain(await function(seen))
                except Exception as error:
                    told[name] = f"{type(error).__name__}: {plain(str(error))}"
        except BaseExceptionGroup as error:
            told.setdefault(name, f"broke: {plain(str(error.exceptions[0]))}")
        except Exception as error:
            told.setdefault(name, f"broke: {type(error).__name__} {plain(str(error))}")
    if how == "http" and era == "legacy":
        told |= dict(await asyncio.to_thread(lambda: list(wire_checks(words[0]))))
    json.dump(told, sys.stdout, indent=1, sort_keys=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
