"""Reading command lines: `python -m tests.bench.shell [FILE]`. Prints p50, p90 and p99 per line, parse plus actions, and what importing adds.

FILE holds one line a line; without it, the corpora of the tests are read. Run it alone: the figures are wall time, each line's best of five.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from gateway.shell import understand

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 5
STARTS = 40


def lines() -> list[str]:
    """Return the one-line commands of a file, or of the corpora."""
    if len(sys.argv) > 1:
        return Path(sys.argv[1]).read_text().splitlines()
    found = []
    for path in sorted((ROOT / "tests" / "corpus").glob("*.txt")):
        found += [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
    return found


def microseconds(line: str) -> float:
    """Return the best time that a line takes."""
    best = 9.0
    for _ in range(ROUNDS):
        start = time.perf_counter()
        understand(line, cwd="/p", home="/home/u")
        best = min(best, time.perf_counter() - start)
    return best * 1e6


def start(code: str) -> float:
    """Return the seconds that an interpreter takes."""
    before = time.perf_counter()
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True)
    return time.perf_counter() - before


def main() -> None:
    """Measure and print."""
    corpus = lines()
    for line in corpus:
        understand(line, cwd="/p", home="/home/u")
    times = sorted(map(microseconds, corpus))
    for share in (0.5, 0.9, 0.99):
        print(f"p{share * 100:.0f}  {times[int(len(times) * share)]:.0f} µs")
    print(f"{len(times)} lines, the slowest {times[-1]:.0f} µs")
    loaded = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import gateway.shell"
    bare, full = zip(*((start("pass"), start(loaded)) for _ in range(STARTS)), strict=True)
    print(f"import: {min(bare) * 1000:.2f} ms bare, {min(full) * 1000:.2f} ms with gateway.shell, {(min(full) - min(bare)) * 1000:.2f} ms added")


if __name__ == "__main__":
    main()
