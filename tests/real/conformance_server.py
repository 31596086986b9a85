"""A server on the official Python SDK that has everything the official conformance suite asks for, in both eras of the protocol.

Run with a port, or with `stdio`; needs `mcp` and `uvicorn`. An option `--open` takes the SDK's own checks of Host and Origin away.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import os
import sys

import mcp_types as types
import uvicorn
from mcp.server.lowlevel.server import Server
from mcp.server.stdio import stdio_server
from mcp.server.streamable_http import EventMessage, EventStore
from mcp.server.subscriptions import InMemorySubscriptionBus, ListenHandler, PromptsListChanged, ToolsListChanged
from mcp.server.transport_security import TransportSecuritySettings
from mcp.shared.exceptions import MCPError

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
WAV = base64.b64encode(b"RIFF$\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0@\x1f\0\0\x80>\0\0\2\0\x10\0data\0\0\0\0").decode()
KEY = os.urandom(32)
BUS = InMemorySubscriptionBus()
TOOLS = {}
PROMPTS = {}
EMPTY = {"type": "object", "properties": {}}
META_CAPABILITIES = "io.modelcontextprotocol/clientCapabilities"


def tool(name, schema=EMPTY, **more):
    """Register a tool: its handler gets context, params and arguments, and returns content, or a whole result."""

    def register(handler):
        TOOLS[name] = ({"name": name, "description": f"The tool {name}", "inputSchema": schema, **more}, handler)
        return handler

    return register


def prompt(name, *arguments):
    def register(handler):
        listed = [{"name": one, "description": f"The argument {one}", "required": True} for one in arguments]
        PROMPTS[name] = ({"name": name, "description": f"The prompt {name}", "arguments": listed}, handler)
        return handler

    return register


def whole(result):
    """Return a result as 2026-07-28 wants it; older clients look past the word."""
    return {"resultType": "complete", **result}


def text(value):
    return {"type": "text", "text": value}


def strings(*names):
    return {"type": "object", "properties": {name: {"type": "string"} for name in names}, "required": list(names)}


def asks(message, schema):
    return {"method": "elicitation/create", "params": {"mode": "form", "message": message, "requestedSchema": schema}}


def samples(words, most=100):
    return {"method": "sampling/createMessage", "params": {"messages": [{"role": "user", "content": text(words)}], "maxTokens": most}}


ROOTS = {"method": "roots/list", "params": {}}


def sealed(state):
    return state + "." + hmac.new(KEY, state.encode(), hashlib.sha256).hexdigest()


def opened(token):
    state = (token or "").rpartition(".")[0]
    if not hmac.compare_digest(sealed(state), token or ""):
        raise MCPError(types.INVALID_PARAMS, "requestState was changed")
    return state


def needs(requests, state=None):
    found = {"resultType": "input_required", "inputRequests": requests}
    return found if state is None else {**found, "requestState": sealed(state)}


def given(params, name):
    """Return the client's answer to one input request as data, None when it gave none that is an answer."""
    found = (params.input_responses or {}).get(name)
    return found if found is None or isinstance(found, dict) else found.model_dump(by_alias=True, mode="json", exclude_none=True)


def form_value(params, name, field):
    found = given(params, name) or {}
    content = found.get("content")
    return content.get(field) if found.get("action") == "accept" and isinstance(content, dict) else None


# Content


@tool("test_simple_text")
async def simple(ctx, params, arguments):
    return [text("This is a simple text response for testing.")]


@tool("test_image_content")
async def image(ctx, params, arguments):
    return [{"type": "image", "data": PNG, "mimeType": "image/png"}]


@tool("test_audio_content")
async def audio(ctx, params, arguments):
    return [{"type": "audio", "data": WAV, "mimeType": "audio/wav"}]


@tool("test_embedded_resource")
async def embedded(ctx, params, arguments):
    held = {"uri": "test://embedded-resource", "mimeType": "text/plain", "text": "This is an embedded resource content."}
    return [{"type": "resource", "resource": held}]


@tool("test_multiple_content_types")
async def mixed(ctx, params, arguments):
    held = {"uri": "test://mixed-content-resource", "mimeType": "application/json", "text": json.dumps({"test": "data", "value": 123})}
    return [text("Multiple content types test:"), {"type": "image", "data": PNG, "mimeType": "image/png"}, {"type": "resource", "resource": held}]


@tool("test_error_handling")
async def failing(ctx, params, arguments):
    return {"content": [text("This tool intentionally returns an error for testing")], "isError": True}


RICH = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "$defs": {"address": {"$anchor": "addressDef", "type": "object", "properties": {"street": {"type": "string"}, "city": {"type": "string"}}}},
    "properties": {
        "name": {"type": "string"},
        "address": {"$ref": "#/$defs/address"},
        "contactMethod": {"type": "string", "enum": ["phone", "email"]},
        "phone": {"type": "string"},
        "email": {"type": "string"},
    },
    "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
    "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
    "then": {"required": ["phone"]},
    "else": {"required": ["email"]},
    "additionalProperties": False,
}


@tool("json_schema_2020_12_tool", RICH)
async def rich(ctx, params, arguments):
    return [text(json.dumps(arguments))]


HEADERS = {"type": "object", "properties": {"region": {"type": "string", "x-mcp-header": "Region"}, "query": {"type": "string"}}}


@tool("test_custom_headers", HEADERS)
async def mirrored(ctx, params, arguments):
    return [text(json.dumps(arguments))]


@tool("echo", {"type": "object", "properties": {"message": {}}})
async def echo(ctx, params, arguments):
    return [text(arguments["message"] if isinstance(arguments.get("message"), str) else json.dumps(arguments.get("message")))]


WEATHER = {"type": "object", "properties": {"degrees": {"type": "number"}, "sky": {"type": "string"}}, "required": ["degrees", "sky"]}


@tool("structured", outputSchema=WEATHER)
async def structured(ctx, params, arguments):
    value = {"degrees": 21.5, "sky": "clear"}
    return {"content": [text(json.dumps(value))], "structuredContent": value}


@tool("sleep", {"type": "object", "properties": {"seconds": {"type": "number"}}})
async def sleeping(ctx, params, arguments):
    await asyncio.sleep(float(arguments.get("seconds", 1)))
    return [text("awake")]


# Notifications while a tool runs


@tool("test_tool_with_logging")
async def logging(ctx, params, arguments):
    for number, line in enumerate(("Tool execution started", "Tool processing data", "Tool execution completed")):
        await asyncio.sleep(0.05 if number else 0)
        await ctx.session.send_log_message("info", line, related_request_id=ctx.request_id)
    return [text("logged")]


@tool("test_logging_tool")
async def quiet(ctx, params, arguments):
    await ctx.session.send_log_message("info", "a line", related_request_id=ctx.request_id)
    return [text("done")]


@tool("test_tool_with_progress")
async def progress(ctx, params, arguments):
    for done in (0, 50, 100):
        await ctx.session.report_progress(done, 100)
        await asyncio.sleep(0.05)
    return [text("progressed")]


@tool("test_trigger_tool_change")
async def tool_change(ctx, params, arguments):
    await BUS.publish(ToolsListChanged())
    return [text("changed")]


@tool("test_trigger_prompt_change")
async def prompt_change(ctx, params, arguments):
    await BUS.publish(PromptsListChanged())
    return [text("changed")]


@tool("test_reconnection")
async def reconnection(ctx, params, arguments):
    if ctx.close_sse_stream is not None:
        await ctx.close_sse_stream()
    await asyncio.sleep(0.2)
    return [text("reconnected")]


# Questions to the client, before 2026-07-28


@tool("test_sampling", strings("prompt"))
async def sampling(ctx, params, arguments):
    asked = [types.SamplingMessage(role="user", content=types.TextContent(type="text", text=arguments["prompt"]))]
    answer = await ctx.session.create_message(asked, max_tokens=100, related_request_id=ctx.request_id)
    return [text(f"LLM response: {answer.content.text}")]


async def elicited(ctx, message, schema, words):
    answer = await ctx.session.elicit_form(message, schema, related_request_id=ctx.request_id)
    return [text(f"{words}: action={answer.action}, content={json.dumps(answer.content)}")]


@tool("test_elicitation", strings("message"))
async def elicitation(ctx, params, arguments):
    fields = {"username": {"type": "string", "description": "User's response"}, "email": {"type": "string", "description": "User's email address"}}
    schema = {"type": "object", "properties": fields, "required": list(fields)}
    return await elicited(ctx, arguments["message"], schema, "User response")


@tool("test_elicitation_sep1034_defaults")
async def defaults(ctx, params, arguments):
    fields = {
        "name": {"type": "string", "default": "John Doe"},
        "age": {"type": "integer", "default": 30},
        "score": {"type": "number", "default": 95.5},
        "status": {"type": "string", "enum": ["active", "inactive", "pending"], "default": "active"},
        "verified": {"type": "boolean", "default": True},
    }
    return await elicited(ctx, "Defaults", {"type": "object", "properties": fields}, "Elicitation completed")


@tool("test_elicitation_sep1330_enums")
async def enums(ctx, params, arguments):
    titled = [{"const": f"value{n}", "title": f"{word} {{}}"} for n, word in enumerate(("First", "Second", "Third"), 1)]
    options = [{**one, "title": one["title"].format("Option")} for one in titled]
    choices = [{**one, "title": one["title"].format("Choice")} for one in titled]
    plain = ["option1", "option2", "option3"]
    fields = {
        "untitledSingle": {"type": "string", "enum": plain},
        "titledSingle": {"type": "string", "oneOf": options},
        "legacyEnum": {"type": "string", "enum": ["opt1", "opt2", "opt3"], "enumNames": ["Option One", "Option Two", "Option Three"]},
        "untitledMulti": {"type": "array", "items": {"type": "string", "enum": plain}},
        "titledMulti": {"type": "array", "items": {"anyOf": choices}},
    }
    return await elicited(ctx, "Enums", {"type": "object", "properties": fields}, "Elicitation completed")


@tool("roots")
async def roots(ctx, params, arguments):
    answer = await ctx.session.list_roots()
    return [text(json.dumps([str(one.uri) for one in answer.roots]))]


# Questions to the client, since 2026-07-28

NAME = asks("What is your name?", strings("name"))


@tool("test_input_required_result_elicitation")
async def input_elicitation(ctx, params, arguments):
    name = form_value(params, "user_name", "name")
    return [text(f"Hello, {name}!")] if isinstance(name, str) else needs({"user_name": NAME})


@tool("test_streaming_elicitation")
async def input_streaming(ctx, params, arguments):
    await ctx.session.report_progress(1, 2)
    return await input_elicitation(ctx, params, arguments)


@tool("test_input_required_result_sampling")
async def input_sampling(ctx, params, arguments):
    answer = given(params, "capital_question")
    return [text(json.dumps(answer["content"]))] if answer else needs({"capital_question": samples("What is the capital of France?")})


@tool("test_input_required_result_list_roots")
async def input_roots(ctx, params, arguments):
    answer = given(params, "client_roots")
    return [text(json.dumps(answer["roots"]))] if answer else needs({"client_roots": ROOTS})


@tool("test_input_required_result_request_state")
async def input_state(ctx, params, arguments):
    schema = {"type": "object", "properties": {"ok": {"type": "boolean"}}, "required": ["ok"]}
    if params.request_state is None:
        return needs({"confirm": asks("Please confirm", schema)}, "first")
    opened(params.request_state)
    return [text("state-ok")]


TOOLS["test_input_required_result_tampered_state"] = (
    {**TOOLS["test_input_required_result_request_state"][0], "name": "test_input_required_result_tampered_state"},
    input_state,
)


@tool("test_input_required_result_multiple_inputs")
async def input_multiple(ctx, params, arguments):
    wanted = {"user_name": NAME, "greeting": samples("Generate a greeting", 50), "client_roots": ROOTS}
    if params.request_state is None or any(given(params, name) is None for name in wanted):
        return needs(wanted, "several")
    opened(params.request_state)
    return [text("all there")]


@tool("test_input_required_result_multi_round")
async def input_rounds(ctx, params, arguments):
    if params.request_state is None:
        return needs({"step1": asks("Step 1: What is your name?", strings("name"))}, "round-1")
    if opened(params.request_state) == "round-1":
        return needs({"step2": asks("Step 2: What is your favorite color?", strings("color"))}, "round-2")
    return [text("three rounds")]


def client_capabilities(ctx):
    found = ctx.session.client_capabilities
    return found.model_dump(by_alias=True, exclude_none=True) if found is not None else {}


@tool("test_input_required_result_capabilities")
async def input_capabilities(ctx, params, arguments):
    wanted = {"elicitation": ("user_name", NAME), "sampling": ("greeting", samples("Generate a greeting")), "roots": ("client_roots", ROOTS)}
    can = client_capabilities(ctx)
    found = dict(pair for name, pair in wanted.items() if name in can)
    return needs(found) if found and not params.input_responses else [text("done")]


@tool("test_missing_capability")
async def missing(ctx, params, arguments):
    if "sampling" not in client_capabilities(ctx):
        raise MCPError(types.MISSING_REQUIRED_CLIENT_CAPABILITY, "sampling is needed", {"requiredCapabilities": {"sampling": {}}})
    return [text("sampling is there")]


# Prompts


def user(content):
    return {"role": "user", "content": content}


@prompt("test_simple_prompt")
async def prompt_simple(params, arguments):
    return [user(text("This is a simple prompt for testing."))]


@prompt("test_prompt_with_arguments", "arg1", "arg2")
async def prompt_arguments(params, arguments):
    return [user(text(f"Prompt with arguments: arg1='{arguments['arg1']}', arg2='{arguments['arg2']}'"))]


@prompt("test_prompt_with_embedded_resource", "resourceUri")
async def prompt_resource(params, arguments):
    held = {"uri": arguments["resourceUri"], "mimeType": "text/plain", "text": "Embedded resource content for testing."}
    return [user({"type": "resource", "resource": held}), user(text("Please process the embedded resource above."))]


@prompt("test_prompt_with_image")
async def prompt_image(params, arguments):
    return [user({"type": "image", "data": PNG, "mimeType": "image/png"}), user(text("Please analyze the image above."))]


@prompt("test_input_required_result_prompt")
async def prompt_input(params, arguments):
    found = form_value(params, "user_context", "context")
    if found is None:
        return needs({"user_context": asks("What context should the prompt use?", strings("context"))})
    return [user(text(f"In the context of {found}"))]


# The wire

RESOURCES = {
    "test://static-text": ("text/plain", {"text": "This is the content of the static text resource."}),
    "test://static-binary": ("image/png", {"blob": PNG}),
    "test://watched-resource": ("text/plain", {"text": "watched"}),
}


def listed(name, found):
    return whole({name: found, "ttlMs": 0, "cacheScope": "private"})


async def list_tools(ctx, params):
    return listed("tools", [entry for entry, _ in TOOLS.values()])


async def call_tool(ctx, params):
    if params.name not in TOOLS:
        raise MCPError(types.INVALID_PARAMS, f"no tool {params.name}")
    found = await TOOLS[params.name][1](ctx, params, params.arguments or {})
    return whole(found if isinstance(found, dict) else {"content": found})


async def list_resources(ctx, params):
    found = [{"uri": uri, "name": uri, "description": f"The resource {uri}", "mimeType": kind} for uri, (kind, _) in RESOURCES.items()]
    return listed("resources", found)


async def list_templates(ctx, params):
    found = [{"uriTemplate": "test://template/{id}/data", "name": "template", "description": "A template", "mimeType": "application/json"}]
    return listed("resourceTemplates", found)


async def read_resource(ctx, params):
    uri = str(params.uri)
    if uri in RESOURCES:
        kind, body = RESOURCES[uri]
    elif uri.startswith("test://template/") and uri.endswith("/data"):
        name = uri.removeprefix("test://template/").removesuffix("/data")
        kind, body = "application/json", {"text": json.dumps({"id": name, "templateTest": True, "data": f"Data for ID: {name}"})}
    else:
        raise MCPError(types.INVALID_PARAMS, "Resource not found", {"uri": uri})
    return listed("contents", [{"uri": uri, "mimeType": kind, **body}])


async def list_prompts(ctx, params):
    return listed("prompts", [entry for entry, _ in PROMPTS.values()])


async def get_prompt(ctx, params):
    if params.name not in PROMPTS:
        raise MCPError(types.INVALID_PARAMS, f"no prompt {params.name}")
    found = await PROMPTS[params.name][1](params, params.arguments or {})
    return whole(found if isinstance(found, dict) else {"messages": found})


async def complete(ctx, params):
    words = [word for word in ("paris", "park", "party") if word.startswith(params.argument.value)]
    return whole({"completion": {"values": words, "total": len(words), "hasMore": False}})


async def subscribe(ctx, params):
    return types.EmptyResult()


async def set_level(ctx, params):
    return types.EmptyResult()


class Remembered(EventStore):
    """Events in memory, so that clients can resume."""

    def __init__(self):
        self.events = []

    async def store_event(self, stream_id, message):
        self.events.append((stream_id, message))
        return str(len(self.events))

    async def replay_events_after(self, last_event_id, send_callback):
        at = int(last_event_id)
        stream = self.events[at - 1][0] if 0 < at <= len(self.events) else None
        for number, (one, message) in enumerate(self.events[at:], at + 1):
            if one == stream and message is not None:
                await send_callback(EventMessage(message, str(number)))
        return stream


async def on_stdio(server):
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())


def main():
    server = Server(
        "conformance",
        version="1",
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read_resource,
        on_subscribe_resource=subscribe,
        on_unsubscribe_resource=subscribe,
        on_subscriptions_listen=ListenHandler(BUS),
        on_list_prompts=list_prompts,
        on_get_prompt=get_prompt,
        on_completion=complete,
        on_set_logging_level=set_level,
    )
    if sys.argv[1] == "stdio":
        asyncio.run(on_stdio(server))
        return
    security = TransportSecuritySettings(enable_dns_rebinding_protection=False) if "--open" in sys.argv else None
    app = server.streamable_http_app(event_store=Remembered(), retry_interval=100, transport_security=security, json_response="--json" in sys.argv)
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="error")


if __name__ == "__main__":
    main()
