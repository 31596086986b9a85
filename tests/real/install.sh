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
