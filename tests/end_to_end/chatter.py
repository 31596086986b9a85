"""A client that calls without end, over a few connections, and prints the marker of every call that was answered. Run with a URL and a name."""

import http.client
import json
import os
import sys
import threading
import urllib.parse

URL = urllib.parse.urlsplit(sys.argv[1])
HEADERS = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}


def post(connection, message, headers):
    connection.request("POST", URL.path, json.dumps(message), headers)
    answer = connection.getresponse()
    return answer, answer.read()


def talk(worker):
    connection = http.client.HTTPConnection(URL.hostname, URL.port, timeout=120)
    hello = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "chatter", "version": "1"}}
    answer, _ = post(connection, {"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": hello}, HEADERS)
    headers = {**HEADERS, "Mcp-Session-Id": answer.headers["Mcp-Session-Id"]}
    number = 0
    while True:
        number += 1
        marker = f"{sys.argv[2]}-{worker}-{number}"
        call = {"jsonrpc": "2.0", "id": number, "method": "tools/call", "params": {"name": "echo", "arguments": {"marker": marker}}}
        _, found = post(connection, call, headers)
        if b'"result"' in found and marker.encode() in found:
            os.write(1, f"{marker}\n".encode())  # in one piece: `print` lets another thread's text come between a line and its end


for one in range(3):
    threading.Thread(target=talk, args=(one,)).start()
