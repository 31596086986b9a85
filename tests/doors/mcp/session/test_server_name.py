"""Servers are called what people call them."""

from __future__ import annotations

import pytest

from gateway.doors.mcp.session.server_name import name_of_command, name_of_url


class TestCommand:
    @pytest.mark.parametrize(
        ("line", "name"),
        [
            ("npx -y @modelcontextprotocol/server-filesystem /tmp", "filesystem"),
            ("npx -y @modelcontextprotocol/server-filesystem@2026.8.31 /tmp", "filesystem"),
            ("uvx mcp-server-git --repository .", "git"),
            ("uvx --from mcp-server-time@1.0 mcp-server-time", "time"),
            ("uv run mcp-server-git", "git"),
            ("npx @playwright/mcp@latest", "mcp"),
            ("python3 -m mcp_server_fetch", "fetch"),
            ("python3.12 /srv/tools/weather.py", "weather"),
            ("node /x/node_modules/@modelcontextprotocol/server-everything/dist/index.js stdio", "everything"),
            ("env TOKEN=x github-mcp-server stdio", "github"),
            ("/usr/bin/slack_mcp", "slack"),
            ("npx", "npx"),
        ],
    )
    def test_name(self, line: str, name: str) -> None:
        assert name_of_command(line.split()) == name


class TestUrl:
    @pytest.mark.parametrize(
        ("url", "name"),
        [
            ("https://mcp.example.com/mcp", "example"),
            ("https://api.githubcopilot.com/mcp/", "githubcopilot"),
            ("http://127.0.0.1:3000/weather/mcp", "weather"),
            ("http://localhost:3000/mcp", "localhost"),
            ("https://u:p@x.org", "x"),
        ],
    )
    def test_name(self, url: str, name: str) -> None:
        assert name_of_url(url) == name
