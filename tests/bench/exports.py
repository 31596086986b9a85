"""Cost and exports of a long session against a bare typed decode of the same file: `python -m tests.bench.exports [EVENTS [NAME…]]`.

Each command is a cold process. Seconds are of processor time, so that whoever else uses the machine does not count; what a run says is
the ratio to the decode in the same run.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from hashlib import sha256

import msgspec

from gateway.model.decision import RECORD
from gateway.redaction.policy_cleaner import wanted_by

COMMANDS = (
    ("cost", ("cost",), 2.5, 0.2),
    ("token-budget", ("token-budget", "--limit", "1000000000"), 2.5, 0.2),
    ("ndjson", ("export", "--format", "ndjson"), 8.0, 0.0),
    ("csv", ("export", "--format", "csv"), 8.0, 0.0),
    ("json", ("export", "--format", "json"), 8.0, 0.0),
    ("otlp json", ("export", "--format", "otlp"), 12.0, 0.0),
    ("otlp protobuf", ("export", "--format", "otlp", "--protobuf"), 12.0, 0.0),
    ("chrome", ("export", "--format", "chrome"), 12.0, 0.0),
)
"""What is run, how many times the decode it may take, and how many seconds more."""
MEMORY_MB = 120
ROUNDS = 3
SESSION = "5a3f8c1e-7b42-4d6a-9e10-2f8b6c4d1a77"


class Line(msgspec.Struct):
    """One line of a record, as a reader that knows what it wants declares it."""

    event_type: str
    timestamp: float
    event_id: str
    session_id: str
    data: dict[str, object]
    parent_id: str = ""
    duration_ms: float | None = None


def call_data(rng: random.Random, number: int) -> dict[str, object]:
    """Return a call as the gateway records it: with its verdict, what it would do and what was seen."""
    path = f"/home/u/shop/src/module_{rng.randrange(300)}.py"
    tool, given, action = (
        (
            "Bash",
            {"command": f"grep -rn 'thing{number}' src tests | head -{number % 40}", "description": "look for it"},
            {"verb": "run", "target": "grep"},
        ),
        ("Read", {"file_path": path}, {"verb": "read", "target": path}),
        ("Edit", {"file_path": path, "old_string": "a = 1", "new_string": "a = 2"}, {"verb": "write", "target": path}),
    )[number % 3]
    reason = {"effect": "allow", "rule": "default", "text": "no rule matches it"}
    return {
        "tool_name": tool,
        "arguments": given,
        "tool_use_id": f"toolu_{rng.randbytes(12).hex()}",
        "cwd": "/home/u/shop",
        "decision": {"effect": "allow", "reasons": [reason], "revision": f"sha256:{'0f' * 32}"},
        "actions": [{"verb": "use", "target": tool}, action],
        "facts": {"now": 1_770_000_000.25 + number, "project": "/home/u/shop", "home": "/home/u"},
        "permission_mode": "default",
    }


def write(path: str, count: int, *, sealed: bool = True) -> None:
    """Write a session as an agent that works all day leaves it; as our own writer does, or as one that says nothing of cleaning."""
    rng = random.Random(1)
    at = 1_770_000_000.0
    mark = {"scan": {"detectors": wanted_by({}, RECORD).told(), "state": "complete"}} if sealed else {}
    before = b""
    with open(path, "wb") as file:

        def put(kind: str, name: str, data: object, **more: object) -> None:
            nonlocal before
            line = {"event_type": kind, "timestamp": round(at, 6), "event_id": name, "session_id": SESSION, **more, "data": data, **mark}
            before = json.dumps({**line, "prev_hash": sha256(before).hexdigest()}, separators=(",", ":")).encode()
            file.write(before + b"\n")

        number = 0
        while number < count:
            at += rng.random() * 5
            name = f"{number:012x}"
            if number % 200 == 0:
                put("user_prompt", name, {"prompt": f"now do step {number} of the plan, and tell me what you found"})
                number += 1
                continue
            call = call_data(rng, number)
            put("tool_call", name, call)
            at += rng.random()
            failed = number % 37 == 0
            words = " ".join(f"src/module_{rng.randrange(300)}.py:{rng.randrange(900)}: found" for _ in range(5))
            result = {"error": words} if failed else {"result": {"stdout": words, "stderr": "", "interrupted": False}}
            data = {"tool_name": call["tool_name"], **result, "tool_use_id": call["tool_use_id"], "permission_mode": "default"}
            put("error" if failed else "tool_result", f"{number:011x}r", data, parent_id=name, duration_ms=rng.random() * 900)
            number += 2


def decode(path: str) -> float:
    """Return the seconds that a bare typed decode of the file takes."""
    read = msgspec.json.Decoder(Line).decode
    start = time.process_time()
    with open(path, "rb") as file:
        for line in file:
            read(line)
    return time.process_time() - start


def run(store: str, words: tuple[str, ...]) -> tuple[float, float]:
    """Return (seconds, peak megabytes) of one command in a process of its own."""
    command = [sys.executable, "-m", "gateway", "--trace-dir", store, words[0], SESSION, *words[1:]]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, used = os.wait4(process.pid, 0)
    took = used.ru_utime + used.ru_stime
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.stderr is not None
    err = process.stderr.read()
    process.stderr.close()
    if process.returncode not in (0, 1):
        raise SystemExit(err.decode())
    return took, used.ru_maxrss / 1024


def main() -> None:
    """Measure everything and say what is over its budget."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    wanted = sys.argv[2:] or [name for name, *_ in COMMANDS]
    with tempfile.TemporaryDirectory() as store:
        os.mkdir(f"{store}/{SESSION}")
        path = f"{store}/{SESSION}/events.ndjson"
        write(path, count)
        bare = min(decode(path) for _ in range(ROUNDS))
        size = os.path.getsize(path) / 1e6
        print(f"{count:,} events, {size:.0f} MB; bare decode {bare:.2f} s")
        for name, words, ratio, more in (one for one in COMMANDS if one[0] in wanted):
            took, memory = min(run(store, words) for _ in range(ROUNDS))
            budget = ratio * bare + more
            late = " LATE" if took > budget else ""
            fat = " FAT" if memory > MEMORY_MB else ""
            print(f"{name:14} {took:6.2f} s = {took / bare:5.1f} x  (budget {budget:.2f} s){late}  {memory:4.0f} MB{fat}")
        if "unsealed" in wanted or len(sys.argv) < 3:
            write(path, count // 10, sealed=False)
            took, _ = run(store, ("export", "--format", "ndjson"))
            print(f"ndjson of {count // 10:,} events that have to be cleaned again: {took:.2f} s")


if __name__ == "__main__":
    main()
