"""Every report against a bare typed decode of the same file, cold processes, in one run: `python -m tests.bench.reports [options]`.

--events N       events of the one large session (200000)
--sessions N     sessions of the store, of 100 events each (2000)
--runs N         rounds; the best of each command counts, everything in a round runs one after the other (3)
--published BIN  folder with the `agent-strace` of another environment, measured beside ours where it has the command
--only WORDS     only reports whose names begin with one of these words, with commas between
--scale          also a session of ten times as many and one of a tenth of the events: time must grow with them, memory must not

Prints seconds of wall clock and of CPU, the ratio of CPU to the bare decode's, what it may be, and the peak of memory. On a machine
that others use, CPU is what can be compared.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.bench.sessions import write_session, write_store

BARE = """
import sys, time, msgspec
from typing import Any
class Line(msgspec.Struct):
    event_type: str
    timestamp: float = 0.0
    event_id: str = ""
    session_id: str = ""
    parent_id: str = ""
    duration_ms: float | None = None
    data: dict[str, Any] = {}
decode = msgspec.json.Decoder(Line).decode
start, cpu = time.perf_counter(), time.process_time()
with open(sys.argv[1], "rb") as file:
    for line in file:
        decode(line)
print(time.perf_counter() - start, time.process_time() - cpu)
"""
START = 0.2
"""Seconds that a cold start may take on top of a multiple of the bare decode."""
MEMORY = 120
"""Megabytes that a command may take at most."""


@dataclass
class Report:
    """One command line to measure.

    most       multiple of the bare decode that it may take
    start      seconds on top of that
    seconds    what it may take whatever the size, instead
    published  the published package's words for it, or () where it has none
    """

    name: str
    words: tuple[str, ...]
    most: float = 0.0
    start: float = 0.0
    seconds: float = 0.0
    published: tuple[str, ...] = ()


def of_session(events: int) -> list[Report]:
    """Return the reports on one session."""
    last = str(events - 1)
    return [
        Report("stats", ("stats", "big"), 2.5, START, published=("stats", "big")),
        Report("why (last)", ("why", "big", last), 2.5, START, published=("why", "big", last)),
        Report("why (middle)", ("why", "big", str(events // 2)), 2.5, START, published=("why", "big", str(events // 2))),
        Report("cost", ("cost", "big"), 2.5, START, published=("cost", "big")),
        Report("explain", ("explain", "big"), 4, published=("explain", "big")),
        Report("replay", ("replay", "big"), 8, published=("replay", "big")),
        Report("replay --from", ("replay", "big", "--from", last), 8),
        Report("export ndjson", ("export", "big", "--format", "ndjson"), 8, published=("export", "big", "--format", "ndjson")),
        Report("export csv", ("export", "big", "--format", "csv"), 8, published=("export", "big", "--format", "csv")),
        Report("export json", ("export", "big", "--format", "json"), 8, published=("export", "big", "--format", "json")),
        Report("export otlp", ("export", "big", "--format", "otlp"), 12, published=("export", "big", "--format", "otlp", "-o", "/dev/null")),
        Report("show", ("show", "big")),
        Report("inspect", ("inspect", "big"), published=("inspect", "big")),
        Report("diff", ("diff", "big", "big"), published=("diff", "big", "big")),
        Report("audit", ("audit", "big"), published=("audit", "big")),
        Report("list", ("list",), seconds=0.3, published=("list",)),
    ]


OF_STORE = [
    Report("list", ("list",), seconds=0.3, published=("list",)),
    Report("dashboard", ("dashboard",), seconds=0.3, published=("dashboard", "--limit", "2000")),
]


@dataclass
class Took:
    """What one process took."""

    wall: float
    cpu: float
    megabytes: float
    code: int


def run(command: list[str], store: Path, home: Path) -> Took:
    """Run a command cold, its output to a file."""
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(home), "DO_NOT_TRACK": "1", "USER": "alice"}
    times = os.times
    with open(home / "out", "w", encoding="utf-8") as out:
        before = times().elapsed
        with subprocess.Popen(
            [command[0], "--trace-dir", str(store), *command[1:]], stdout=out, stderr=subprocess.DEVNULL, env=environment
        ) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
    return Took(times().elapsed - before, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode)


def bare(path: Path) -> tuple[float, float]:
    """Return (wall, CPU) seconds of a bare typed decode of a file."""
    out = subprocess.run([sys.executable, "-c", BARE, str(path)], capture_output=True, text=True, check=True).stdout.split()
    return float(out[0]), float(out[1])


def forget(store: Path) -> None:
    """Remove what our readers keep between two runs."""
    for path in [store / ".index", *store.glob("*/.index")]:
        path.unlink(missing_ok=True)


def best(one: Took | None, other: Took) -> Took:
    """Return the better of two runs."""
    return other if one is None or other.cpu < one.cpu else one


def measure(store: Path, reports: list[Report], home: Path, options: argparse.Namespace, *, kept: bool) -> None:
    """Measure reports on a store and print the table."""
    ours, theirs = str(Path(sys.executable).parent / "agent-strace"), f"{options.published}/agent-strace" if options.published else ""
    file = next(store.glob("big*/events.ndjson"), None)
    reports = [one for one in reports if one.name.startswith(tuple(options.only.split(",")))]
    took: dict[str, Took] = {}
    other: dict[str, Took] = {}
    base = (0.0, 0.0)
    for _ in range(options.runs):
        if file is not None:
            now = bare(file)
            base = now if not base[1] or now[1] < base[1] else base
        for report in reports:
            if not kept:
                forget(store)
            took[report.name] = best(took.get(report.name), run([ours, *report.words], store, home))
            if theirs and report.published:
                other[report.name] = best(other.get(report.name), run([theirs, *report.published], store, home))
    if file is not None:
        print(f"  {'bare typed decode':16} wall {base[0]:7.2f}  cpu {base[1]:7.2f}")
    for report in reports:
        told(report, took[report.name], other.get(report.name), base[1])


def told(report: Report, took: Took, other: Took | None, base: float) -> None:
    """Print one line."""
    limit = report.seconds or (report.most * base + report.start if report.most else 0.0)
    within = "" if not limit else f"  may {limit:5.2f} {'ok' if took.cpu <= limit else 'OVER'}"
    ratio = f"  {took.cpu / base:5.2f}x" if base else ""
    memory = "" if took.megabytes <= MEMORY else " OVER"
    beside = f"  published {other.wall:6.2f} s cpu {other.cpu:6.2f} {other.megabytes:5.0f} MB: {other.cpu / took.cpu:4.1f} times" if other else ""
    failed = f"  exit {took.code}" if took.code not in (0, 1) else ""
    print(
        f"  {report.name:16} wall {took.wall:7.2f}  cpu {took.cpu:7.2f}{ratio}{within}  {took.megabytes:5.0f} MB{memory}{beside}{failed}", flush=True
    )


def main() -> None:
    """Make the sessions, measure, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--sessions", type=int, default=2_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--published", default="")
    parser.add_argument("--only", default="")
    parser.add_argument("--scale", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for count in sorted({options.events, *((options.events // 10, options.events * 10) if options.scale else ())}):
            store = place / f"one-{count}"
            path = write_session(store, "big", count)
            print(f"one session of {count:,} events, {path.stat().st_size / 1e6:.0f} MB, nothing kept from before", flush=True)
            measure(store, of_session(count), place, options, kept=False)
            path.unlink()
        store = place / "many"
        write_store(store, options.sessions, 100)
        print(f"a store of {options.sessions:,} sessions of 100 events, the first time", flush=True)
        measure(store, [Report("list", ("list",))], place, argparse.Namespace(runs=1, published="", only=""), kept=False)
        print(f"a store of {options.sessions:,} sessions of 100 events, then", flush=True)
        measure(store, OF_STORE, place, options, kept=True)


if __name__ == "__main__":
    main()
