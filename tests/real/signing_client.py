"""A client on the official Python SDK that signs in as it is told to, for the client half of the conformance suite.

Run with a URL, by the suite. With $THROUGH set to an interpreter, the client dials through `record-http`, which that interpreter runs.
"""

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
import urllib.parse
from contextlib import contextmanager

import httpx2
from mcp import Client
from mcp.client.auth import OAuthClientProvider
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import AuthorizationCodeResult, OAuthClientInformationFull, OAuthClientMetadata

CALLBACK = "http://localhost:3000/callback"
METADATA = "https://conformance-test.local/client-metadata.json"


class Kept:
    """Tokens and the client's registration, in memory."""

    def __init__(self, known):
        self.tokens = None
        self.client = None
        if "client_id" in known:
            secret = known.get("client_secret")
            method = "client_secret_basic" if secret else "none"
            self.client = OAuthClientInformationFull(
                client_id=known["client_id"], client_secret=secret, redirect_uris=[CALLBACK], token_endpoint_auth_method=method
            )

    async def get_tokens(self):
        return self.tokens

    async def set_tokens(self, tokens):
        self.tokens = tokens

    async def get_client_info(self):
        return self.client

    async def set_client_info(self, client_info):
        self.client = client_info


class Person:
    """Somebody who agrees to everything."""

    def __init__(self):
        self.landed = {}

    async def visit(self, url):
        async with httpx2.AsyncClient() as browser:
            answer = await browser.get(url, follow_redirects=False)
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(answer.headers["location"]).query)
        self.landed = {name: values[0] for name, values in query.items()}

    async def landing(self):
        return AuthorizationCodeResult(code=self.landed["code"], state=self.landed.get("state"), iss=self.landed.get("iss"))


@contextmanager
def through(interpreter, url):
    """Dial a URL through the proxy."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    parts = urllib.parse.urlsplit(url)
    command = [interpreter, "-m", "gateway", "record-http", url, "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(1200):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            yield urllib.parse.urlunsplit(("http", f"localhost:{port}", parts.path, parts.query, ""))
        finally:
            process.terminate()


async def use(url):
    known = json.loads(os.environ.get("MCP_CONFORMANCE_CONTEXT") or "{}")
    person = Person()
    wanted = OAuthClientMetadata(
        client_name="signing client", redirect_uris=[CALLBACK], grant_types=["authorization_code", "refresh_token"], response_types=["code"]
    )
    auth = OAuthClientProvider(url, wanted, Kept(known), person.visit, person.landing, client_metadata_url=METADATA)
    async with httpx2.AsyncClient(auth=auth, timeout=20, follow_redirects=True) as browser:
        mode = "2026-07-28" if os.environ.get("MCP_CONFORMANCE_PROTOCOL_VERSION") == "2026-07-28" else "legacy"
        async with Client(streamable_http_client(url, http_client=browser), mode=mode, cache=None) as client:
            tools = await client.list_tools()
            for one in tools.tools:
                await client.call_tool(one.name, dict.fromkeys(one.input_schema.get("required", []), 1))


def main():
    url = sys.argv[1]
    if not os.environ.get("THROUGH"):
        asyncio.run(use(url))
        return
    with through(os.environ["THROUGH"], url) as proxied:
        asyncio.run(use(proxied))


main()
