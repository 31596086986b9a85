"""MCP over the standard streams of a server that we start."""
