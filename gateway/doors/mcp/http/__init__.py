"""MCP over HTTP, in front of a server behind a URL."""
