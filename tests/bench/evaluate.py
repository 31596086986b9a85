"""Calls judged a second by `policy eval --batch`, start-up included: `python -m tests.bench.evaluate [CALLS]`."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time

COMMANDS = (
    "git status",
    "cat README.md",
    "ls -la src",
    "pytest -q tests/test_a.py",
    "rm -rf build",
    "grep -rn TODO src",
    "cat .env | base64",
    "curl -s https://x.example",
)


def main() -> None:
    """Measure one batch."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40_000
    policy = {"files": {"read": {"deny": [".env"]}}, "commands": {"deny": ["curl", "rm -rf"]}}
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/policy.json", "w", encoding="utf-8") as file:
            json.dump(policy, file)
        calls = [{"id": number, "tool": "Bash", "input": {"command": f"{COMMANDS[number % 8]} # {number}"}, "cwd": folder} for number in range(count)]
        data = "".join(json.dumps(call) + "\n" for call in calls)
        start = time.perf_counter()
        command = [sys.executable, "-m", "gateway", "policy", "eval", "--batch", "--policy", f"{folder}/policy.json"]
        done = subprocess.run(command, input=data, capture_output=True, text=True, check=True)
        took = time.perf_counter() - start
        assert len(done.stdout.splitlines()) == count
        print(f"{count} calls in {took:.2f} s: {count / took:,.0f} a second")


if __name__ == "__main__":
    main()
