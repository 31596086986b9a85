"""A cold hook against a bare interpreter, interleaved: `python -m tests.bench.hook [RUNS]`. Prints p50 and p99 of both and of the ratio."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time

from gateway.doors.hook.install import hook_command

CALLS = {
    "Read README.md": {"tool_name": "Read", "tool_input": {"file_path": "README.md"}},
    "Bash: git status": {"tool_name": "Bash", "tool_input": {"command": "git status && cat README.md | head -20"}},
    "Bash: denied": {"tool_name": "Bash", "tool_input": {"command": "for f in a b; do rm -rf $f; done; cat .env"}},
}


def timed(command: tuple[str, ...], data: bytes, folder: str, environment: dict[str, str]) -> float:
    """Return the seconds that one process takes."""
    start = time.perf_counter()
    subprocess.run(command, input=data, capture_output=True, cwd=folder, env=environment, check=False)
    return time.perf_counter() - start


def percentile(values: list[float], share: float) -> float:
    """Return the value that a share of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def main() -> None:
    """Measure each call."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(f"{folder}/.git")
        with open(f"{folder}/.agent-scope.json", "w", encoding="utf-8") as file:
            json.dump({"files": {"read": {"deny": [".env"]}, "write": {"deny": [".github/**"]}}, "commands": {"deny": ["curl", "rm -rf"]}}, file)
        environment = {**os.environ, "HOME": folder, "XDG_STATE_HOME": folder}
        bare = (sys.executable, "-I", "-S", "-c", "pass")
        hook = (*hook_command(), "hook", "pre-tool")
        for name, call in CALLS.items():
            data = json.dumps({"hook_event_name": "PreToolUse", "session_id": "s", "tool_use_id": "t", "cwd": folder, **call}).encode()
            for _ in range(3):
                timed(hook, data, folder, environment)
            pairs = [(timed(bare, data, folder, environment), timed(hook, data, folder, environment)) for _ in range(runs)]
            ratios = [ours / base for base, ours in pairs]
            ms = [1000 * percentile(column, share) for column in ([one for one, _ in pairs], [one for _, one in pairs]) for share in (0.5, 0.99)]
            print(
                f"{name:20} bare p50 {ms[0]:.2f} p99 {ms[1]:.2f} ms   hook p50 {ms[2]:.2f} p99 {ms[3]:.2f} ms"
                f"   ratio p50 {percentile(ratios, 0.5):.2f} p99 {percentile(ratios, 0.99):.2f}"
            )


if __name__ == "__main__":
    main()
