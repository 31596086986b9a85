"""The wire of MCP: bytes to messages and back, JSON-RPC 2.0 and server-sent events. Knows no policy."""
