"""What one more call costs under limits in a session of 100 calls and in one of 100,000: `python -m tests.bench.limits [ROUNDS]`."""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from gateway.checkpoint import Checkpoint, Settings
from gateway.model.call import ToolCall
from gateway.model.effects import ALLOW
from gateway.model.passage import Capabilities

FULL = Capabilities(blocks=True, asks=True, rewrites_arguments=True, rewrites_results=True)
LIMITS = {
    "tool_calls": 10**7,
    "retries": 5,
    "loop": {"length": 3, "repeats": 3},
    "errors": 10**6,
    "files_modified": 40,
    "per_tool": {"Bash": {"calls": 10**6, "per": "1m"}},
}


def session(folder: Path, name: str, calls: int) -> None:
    """Make a session of so many calls, its snapshot as the last of them left it."""
    for number in range(100):
        made(folder, name, number)
    events = folder / "t" / name / "events.ndjson"
    lines = events.read_bytes().splitlines(keepends=True)
    with events.open("wb") as file:
        for number in range(calls):
            file.write(lines[number % 100])
    (folder / "t" / name / "tally.json").unlink()
    made(folder, name, calls)


def made(folder: Path, name: str, number: int) -> float:
    """Make one call and return the seconds it took."""
    call = ToolCall("Bash", {"command": f"ls {number}"}, session=name, cwd=str(folder), id=f"t{number}")
    point = Checkpoint(Settings(FULL, trace_dir=f"{folder}/t"))
    start = time.perf_counter()
    passage = point.before(call)
    took = time.perf_counter() - start
    assert passage.effect == ALLOW, passage.text
    return took


def main() -> None:
    """Measure both, interleaved."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / ".agent-scope.json").write_text(json.dumps({"limits": LIMITS}))
        for session_name, calls in (("short", 100), ("long", 100_000)):
            session(folder, session_name, calls)
        pairs = [(made(folder, "short", 10**6 + number), made(folder, "long", 10**6 + number)) for number in range(rounds)]
        short, long = (statistics.median(column) * 1e6 for column in zip(*pairs, strict=True))
        print(f"100th call {short:.0f} µs   100,000th call {long:.0f} µs   ratio {long / short:.3f} (p50 of {rounds}, interleaved)")


if __name__ == "__main__":
    main()
