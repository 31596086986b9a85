"""What the stdio proxy adds to a call: direct, through a bare two-thread pump, through ours, interleaved in one run.
Messages are written as both official SDKs write them, without spaces.

    python -m tests.bench.mcp_stdio [--calls 2000] [--size 1000] [--long 20000] [--json]

Prints medians in milliseconds, what each proxy adds, ours as a multiple of the bare pump's, and, for --long, the first and last tenth of
a long run and the proxy's memory at both ends.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.bench.prose import prose

SERVER = """
import sys, json
read, write = sys.stdin.buffer.readline, sys.stdout.buffer
while line := read():
    m = json.loads(line)
    if "id" in m:
        r = {"content": [{"type": "text", "text": m["params"]["arguments"]["text"]}]} if m["method"] == "tools/call" else {}
        write.write(json.dumps({"jsonrpc": "2.0", "id": m["id"], "result": r}, separators=(",", ":")).encode() + b"\\n")
        write.flush()
"""

PUMP = """
import os, subprocess, sys, threading
child = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
def pump(source, sink):
    while line := source.readline():
        data = memoryview(line)
        while data:
            data = data[os.write(sink, data):]
    if sink != 1:
        os.close(sink)
threading.Thread(target=pump, args=(sys.stdin.buffer, child.stdin.fileno()), daemon=True).start()
pump(child.stdout, 1)
"""

SERVER_COMMAND = [sys.executable, "-I", "-c", SERVER]


class Way:
    """One way to the server: a process that speaks MCP on its pipes."""

    def __init__(self, name: str, command: list[str], folder: Path) -> None:
        self.name = name
        environment = {**os.environ, "HOME": str(folder), "PYTHONPATH": os.getcwd()}
        self.process = subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        assert self.process.stdin and self.process.stdout
        self.into = self.process.stdin.fileno()
        self.out = self.process.stdout
        self.number = 0
        self.times: list[float] = []

    def call(self, text: str) -> float:
        """Make one call; return the seconds it took."""
        self.number += 1
        params = {"name": "echo", "arguments": {"text": text}}
        data = json.dumps({"jsonrpc": "2.0", "id": self.number, "method": "tools/call", "params": params}, separators=(",", ":")).encode() + b"\n"
        begin = time.perf_counter()
        view = memoryview(data)
        while view:
            view = view[os.write(self.into, view) :]
        line = self.out.readline()
        took = time.perf_counter() - begin
        assert json.loads(line)["id"] == self.number
        return took

    def memory(self) -> int:
        """Return its resident memory in KiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0])

    def end(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(20)


def ways(folder: Path, names: tuple[str, ...] = ("direct", "pump", "ours")) -> list[Way]:
    """Return the ways to the server, each in a folder of its own."""
    commands = {
        "direct": SERVER_COMMAND,
        "pump": [sys.executable, "-I", "-c", PUMP, *SERVER_COMMAND],
        "ours": [sys.executable, "-m", "gateway", "record", "--name", "echo", "--", *SERVER_COMMAND],
    }
    made = []
    for name in names:
        own = folder / name
        own.mkdir(exist_ok=True)
        made.append(Way(name, commands[name], own))
    return made


def interleaved(folder: Path, calls: int, size: int) -> dict[str, Any]:
    """Return medians and what is added over direct, from calls made in turn."""
    three = ways(folder)
    for way in three:
        for number in range(50 if size < 100_000 else 3):
            way.call(prose(size, number))
    for number in range(calls):
        for way in three:
            way.times.append(way.call(prose(size, 100 + number)))
    medians = {way.name: statistics.median(way.times) * 1000 for way in three}
    p99 = {way.name: statistics.quantiles(way.times, n=100)[98] * 1000 for way in three}
    for way in three:
        way.end()
    added = {name: medians[name] - medians["direct"] for name in ("pump", "ours")}
    return {
        "size": size,
        "calls": calls,
        "p50_ms": medians,
        "p99_ms": p99,
        "added_ms": added,
        "ratio_added": added["ours"] / added["pump"],
        "ratio_direct": medians["ours"] / medians["direct"],
    }


def long_run(folder: Path, calls: int) -> dict[str, Any]:
    """Return the first and the last tenth of a long session, and memory at both."""
    (way,) = ways(folder, ("ours",))
    tenth = calls // 10
    times = []
    first = 0
    for number in range(calls):
        times.append(way.call(prose(1000, number)))
        if number == tenth:
            first = way.memory()
    last = way.memory()
    way.end()
    early, late = statistics.median(times[:tenth]) * 1000, statistics.median(times[-tenth:]) * 1000
    return {"calls": calls, "first_tenth_ms": early, "last_tenth_ms": late, "ratio": late / early, "rss_kib": [first, last]}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--calls", type=int, default=2000)
    parser.add_argument("--size", type=int, default=1000)
    parser.add_argument("--long", type=int, default=0)
    parser.add_argument("--large", type=int, default=0, help="calls of 1 MiB")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found: dict[str, Any] = {"small": interleaved(folder, given.calls, given.size)} if given.calls else {}
        if given.large:
            found["large"] = interleaved(folder, given.large, 1 << 20)
        if given.long:
            found["long"] = long_run(folder, given.long)
        print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
