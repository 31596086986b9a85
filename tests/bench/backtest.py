"""How long a backtest of 100,000 recorded calls takes on one core: `python -m tests.bench.backtest [CALLS]`.

The calls are as an agent makes them (reads, edits, searches, test runs, git), half of them unlike any other; the first thousand are
recorded by the checkpoint, the rest are the same lines with other names in them, so that the record can be made in a minute.
"""

from __future__ import annotations

import json
import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from gateway.authoring.backtest.run import Backtester
from gateway.host.policy_files import load_policy
from gateway.traces.reader import events
from tests.recorded import Call, Project, bash, read, write

POLICY = {
    "files": {
        "read": {"allow": ["./**", "/usr/**"], "deny": [".env", "secrets/**"]},
        "write": {"allow": ["src/**", "tests/**"], "deny": [".github/**"]},
    },
    "commands": {"allow": ["pytest", "git", "grep", "cat", "head", "ls", "sed", "uv run", "find"], "deny": ["curl", "rm -rf"]},
    "network": {"deny_all": True, "allow": ["localhost", "*.example.com"]},
}


def calls(count: int, rng: random.Random) -> list[Call]:
    """Return calls as an agent makes them, names that are all different in them."""
    found: list[Call] = []
    for number in range(count):
        name = f"src/pkg{rng.randrange(9)}/NAME{number:06}.py" if rng.random() < 0.5 else f"src/pkg/mod{rng.randrange(40)}.py"
        found.append(
            rng.choice(
                [
                    read(name),
                    read(name),
                    write(name),
                    ("Grep", {"pattern": "def main", "path": name}),
                    bash(f"pytest -q {name}"),
                    bash(f"cat {name} | head -40"),
                    bash(f"git add {name} && git commit -m 'change {name}'"),
                    bash(f"sed -n 1,40p {name}"),
                    bash(f"curl -s https://x{rng.randrange(99)}.example.com/{name}"),
                    ("mcp__filesystem__read_text_file", {"path": name}),
                ]
            )
        )
    return found


def main() -> None:
    """Make the record, judge it again, print what it took."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder
        project = Project(Path(folder) / "p", POLICY)
        made = min(count, 1000)
        project.record("seed", calls(made, random.Random(7)))
        lines = [line for line in Path(project.store, "seed", "events.ndjson").read_text().splitlines() if '"tool_call"' in line]
        with Path(project.store, "seed", "events.ndjson").open("w") as file:
            file.writelines(lines[number % made].replace("NAME", f"n{number // made}_") + "\n" for number in range(count))
        policy = load_policy((str(project.root),))
        begin, used = time.perf_counter(), time.process_time()
        tester = Backtester(policy)
        tester.session("seed", events(project.store, "seed"), str(project.root))
        result = tester.result
        print(
            json.dumps(
                {
                    "calls": result.calls,
                    "seconds": round(time.perf_counter() - begin, 2),
                    "cpu_seconds": round(time.process_time() - used, 2),
                    "verdicts_reached_again": result.calls - sum(result.counts.values()),
                    "distinct_share": round(len(tester.judge.kept) / result.calls, 3),
                    "max_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                }
            )
        )


if __name__ == "__main__":
    main()
