"""The MCP doors: between any client and server, on stdio and HTTP.

Four rooms on three floors, imports downwards only: `stdio` and `http` carry bytes (the only I/O) and do not know each
other; `session` is the conversation, whatever carries it; `jsonrpc` is the wire and knows no policy.
"""

from __future__ import annotations

from gateway.model.passage import Capabilities

CAPABILITIES = Capabilities(blocks=True, asks=True, rewrites_arguments=True, rewrites_results=True)
"""What an MCP door can do; whether a person can be asked, each client tells."""
