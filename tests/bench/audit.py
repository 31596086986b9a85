"""How long an audit of 200,000 events takes, and in how much memory: `python -m tests.bench.audit [EVENTS]`."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.backtest import POLICY, calls
from tests.recorded import Project

_MEASURED = """
import json, resource, sys, time
from gateway.cli import main
began = time.perf_counter()
try:
    main(sys.argv[1:])
except SystemExit as end:
    code = end.code
used = resource.getrusage(resource.RUSAGE_SELF)
told = {"seconds": round(time.perf_counter() - began, 2), "cpu_seconds": round(used.ru_utime + used.ru_stime, 2), "max_rss_mb": used.ru_maxrss // 1024}
print(json.dumps(told), file=sys.stderr)
"""


def main() -> None:
    """Make the record, audit it in each form, print what each took."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder
        project = Project(Path(folder) / "p", POLICY)
        project.record("seed", calls(1000, random.Random(7)))
        path = Path(project.store, "seed", "events.ndjson")
        lines = path.read_text().splitlines()
        with path.open("w") as file:
            for number in range(count):
                file.write(lines[number % len(lines)].replace("NAME", f"n{number // len(lines)}_") + "\n")
        print(f"{count} events, {path.stat().st_size // 1_000_000} MB")
        for form in ("text", "sarif", "junit", "json"):
            command = [sys.executable, "-c", _MEASURED, "--trace-dir", project.store, "audit", "--format", form, "--output", os.devnull]
            done = subprocess.run(command, cwd=project.root, capture_output=True, text=True, check=False)
            print(json.dumps({"form": form, **json.loads(done.stderr.splitlines()[-1])}))


if __name__ == "__main__":
    main()
