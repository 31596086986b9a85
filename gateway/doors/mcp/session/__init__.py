"""One MCP session between a client and a server: what is asked, answered, judged and recorded, whatever carries it."""
