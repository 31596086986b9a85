"""A client that does nothing but list tools; the command that uses it stands in tests/end_to_end/test_pins.py."""

from __future__ import annotations

import sys

import pytest

from gateway.doors.mcp.stdio.pin_check import PinCheck
from gateway.model.errors import GatewayError

PAGES = """
import json, sys
for line in sys.stdin:
    m = json.loads(line)
    if "id" not in m:
        continue
    if m["method"] == "initialize" and MODE == "stateless":
        a = {"error": {"code": -32601, "message": "no"}}
    elif m["method"] == "tools/list":
        assert MODE != "stateless" or m["params"]["_meta"]["io.modelcontextprotocol/protocolVersion"] == "2026-07-28"
        a = {"result": {"tools": [{"name": "b"}]} if m["params"].get("cursor") == "" else {"tools": [{"name": "a"}], "nextCursor": ""}}
    else:
        a = {"result": {}}
    print("log line")
    print(json.dumps({"jsonrpc": "2.0", "id": m["id"], **a}), flush=True)
"""


class TestTools:
    @pytest.mark.parametrize("mode", ["sessions", "stateless"])
    def test_every_page(self, mode: str) -> None:
        assert [one["name"] for one in PinCheck([sys.executable, "-c", f"MODE = {mode!r}\n{PAGES}"]).tools()] == ["a", "b"]

    def test_a_server_that_ends(self) -> None:
        with pytest.raises(GatewayError, match="ended"):
            PinCheck(["true"]).tools()
