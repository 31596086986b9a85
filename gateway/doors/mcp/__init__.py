"""The MCP doors: between any client and server, on stdio and HTTP. Framing, envelopes and the conversation are free of I/O."""
