"""The MCP doors: between any client and server, on stdio and HTTP. Framing, envelopes and the conversation are free of I/O."""

from __future__ import annotations

from gateway.model.passage import Capabilities

CAPABILITIES = Capabilities(blocks=True, asks=True, rewrites_arguments=True, rewrites_results=True)
"""What an MCP door can do; whether a person can be asked, each client tells."""
