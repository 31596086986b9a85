"""A toy MCP server on stdio: answers what it is told to, in whatever way a server can go wrong. Run with a mode as its argument."""

import json
import os
import signal
import sys
import time

MODE = sys.argv[1] if len(sys.argv) > 1 else ""
LOG = sys.argv[2] if len(sys.argv) > 2 else ""


def say(message):
    text = json.dumps(message)
    if MODE == "header":
        sys.stdout.write(f"Content-Length: {len(text)}\r\n\r\n{text}")
    else:
        sys.stdout.write(text + "\n")
    sys.stdout.flush()


def log(message):
    if LOG:
        with open(LOG, "a") as file:
            file.write(json.dumps(message) + "\n")


def call(message):
    arguments = message["params"].get("arguments", {})
    if MODE == "die":
        os.kill(os.getpid(), signal.SIGSEGV)
    if MODE == "exit":
        sys.exit(9)
    if "sleep" in arguments:
        time.sleep(arguments["sleep"])
    return {"content": [{"type": "text", "text": json.dumps(arguments)}]}


def answer(message):
    log(message)
    if "id" not in message:
        return
    if message.get("method") == "tools/call":
        result = call(message)
    elif message.get("method") == "initialize":
        result = {"protocolVersion": "2025-11-25", "capabilities": {"tools": {}}, "serverInfo": {"name": "toy", "version": "1"}}
    elif message.get("method") == "tools/list":
        result = {"tools": [{"name": name, "description": name, "inputSchema": {"type": "object"}} for name in ("echo", "read_file")]}
    else:
        result = {}
    say({"jsonrpc": "2.0", "id": message["id"], "result": result})


def lines():
    """Messages in either framing."""
    stream = sys.stdin.buffer
    while line := stream.readline():
        if line.lower().startswith(b"content-length:"):
            stream.readline()
            line = stream.read(int(line.partition(b":")[2]))
        yield line


def main():
    print(f"toy server, mode {MODE}", file=sys.stderr, flush=True)
    if MODE == "rubbish":
        print("Listening on stdio", flush=True)
    if MODE == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for line in lines():
        message = json.loads(line)
        for one in message if isinstance(message, list) else [message]:
            answer(one)
    while MODE in ("stubborn", "deaf"):
        time.sleep(1)
    sys.exit(3 if MODE == "three" else 0)


main()
