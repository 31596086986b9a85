"""What a client may write to get past the gate: nothing of it is carried out without a decision.

The server behind is a lenient one: it takes lines as Python's text streams do, carries out batches, notifications and calls with any id,
and lets the last of two keys win.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SERVER = """
import json, sys
log = open(sys.argv[1], "a")
for line in sys.stdin:
    try:
        m = json.loads(line.lstrip("\\ufeff"))
    except ValueError:
        continue
    for one in m if isinstance(m, list) else [m]:
        lowered = {k.casefold(): v for k, v in one.items()} if isinstance(one, dict) else {}
        if lowered.get("method") == "tools/call":
            log.write(json.dumps(lowered.get("params")) + "\\n")
            log.flush()
        print(json.dumps({"jsonrpc": "2.0", "id": lowered.get("id"), "result": {}}), flush=True)
"""
BAD = '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"read_file","arguments":{"path":"locked.txt"}}}'
FINE = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{}}}'

SMUGGLED = {
    "plain": BAD,
    "in a batch": f"[{FINE},{BAD}]",
    "a batch in a batch": f"[[{BAD}]]",
    "second method": '{"jsonrpc":"2.0","id":2,"method":"ping","params":{"name":"read_file","arguments":{"path":"locked.txt"}},"method":"tools/call"}',
    "second name": '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"echo","arguments":{"path":"locked.txt"},"name":"read_file"}}',
    "second argument": '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"read_file","arguments":{"path":"a","path":"locked.txt"}}}',
    "escaped key": BAD.replace('"method"', '"\\u006dethod"').replace('"path"', '"p\\u0061th"'),
    "escaped value": BAD.replace("tools/call", "tools\\/call").replace("locked", "\\u006cocked"),
    "other case": BAD.replace('"method"', '"Method"'),
    "long s": BAD.replace('"params"', '"param\u017f"'),
    "byte order mark": "\ufeff" + BAD,
    "float id": BAD.replace('"id":2', '"id":2.0'),
    "null id": BAD.replace('"id":2', '"id":null'),
    "true id": BAD.replace('"id":2', '"id":true'),
    "large id": BAD.replace('"id":2', '"id":9007199254740993'),
    "no id": BAD.replace('"id":2,', ""),
    "carriage return inside": '{"jsonrpc":"2.0","method":"notifications/x","params":{"a":\r' + BAD + "\r}}",
    "line end in a header frame": None,
    "both kinds": BAD.replace('"method"', '"result":{},"method"'),
    "arguments in a list": BAD.replace('{"path":"locked.txt"}', '["locked.txt"]'),
    "params in a list": '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":["read_file",{"path":"locked.txt"}]}',
    "two objects": FINE + BAD,
    "dots": BAD.replace("locked.txt", "./x/../locked.txt"),
    "as a URI": BAD.replace("locked.txt", "file:///proc/self/cwd/locked.txt"),
}


class TestSmuggling:
    @pytest.mark.parametrize("name", SMUGGLED)
    def test_nothing_is_carried_out(self, tmp_path: Path, name: str) -> None:
        assert "locked" not in self.carried_out(tmp_path, name, {"files": {"read": {"deny": ["locked.txt"]}}})

    @pytest.mark.parametrize("name", ["plain", "in a batch", "escaped key", "escaped value"])
    def test_where_policy_is_silent_it_is(self, tmp_path: Path, name: str) -> None:
        assert "locked" in self.carried_out(tmp_path, name, {"files": {"read": {"deny": ["other"]}}})

    def carried_out(self, folder: Path, name: str, policy: object) -> str:
        """Return what the server did of it."""
        (folder / ".agent-scope.json").write_text(json.dumps(policy))
        log = folder / "log"
        body = SMUGGLED[name]
        inner = '{"jsonrpc":"2.0","method":"notifications/x","params":{"a":\n' + BAD + "\n}}"
        wire = f"Content-Length: {len(inner)}\r\n\r\n{inner}" if body is None else body + "\n"
        command = [sys.executable, "-m", "gateway", "record", "--", sys.executable, "-c", SERVER, str(log)]
        done = subprocess.run(command, cwd=folder, input=wire.encode("utf-8", "surrogatepass"), capture_output=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        return log.read_text() if log.exists() else ""
