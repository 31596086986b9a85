"""What cleaning costs: `python -m tests.bench.redaction`. 4 kB warm, large results, and what it adds to a cold hook; in CPU time."""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from gateway.redaction.hyperscan_prefilter import Automaton
from gateway.redaction.prefilter import tell_by
from gateway.redaction.redact import Cleaner
from tests.redaction.corpus import blocks

KEY = b"key"
SIZE = 4096
COLD = """
import sys, time
sys.path.insert(0, {root!r})
import gateway.model.decision, gateway.model.errors, gateway.model.json_text, gateway.model.digest
value = gateway.model.json_text.loads({event!r})
start = time.process_time()
from gateway.redaction.policy_cleaner import cleaner_for
from gateway.redaction.clean import cleaned_by
imported = time.process_time()
cleaned_by(cleaner_for({{}}, "record", b"key"), value)
end = time.process_time()
print((imported - start) * 1000, (end - imported) * 1000)
"""


def event() -> dict[str, object]:
    """Return what the record of a call of 2 kB holds."""
    reasons = [{"effect": "allow", "rule": f"files.read.allow[{number}]", "text": "no rule matches it"} for number in range(4)]
    text = "\n".join(f"{number:>6}\tdef function_{number}(value): return value + {number}" for number in range(20))
    return {
        "tool_name": "Bash",
        "arguments": {"command": "cd /home/ann/project && git status --short && pytest -q tests/unit | tail -20", "description": text},
        "cwd": "/home/ann/project",
        "decision": {"effect": "allow", "reasons": reasons, "revision": "sha256:" + "0f" * 32},
        "actions": [{"verb": "run", "target": "git", "words": ["git", "status", "--short"]}, {"verb": "read", "target": "/home/ann/project"}],
        "facts": {"now": 1_800_000_000.0, "project": "/home/ann/project", "home": "/home/ann"},
    }


def cpu(work: Callable[[], object], least: float = 0.3) -> float:
    """Return the seconds of CPU that one run takes: the best of several rounds."""
    work()
    best, spent = float("inf"), 0.0
    while spent < least:
        start = time.thread_time()
        for _ in range(20):
            work()
        took = time.thread_time() - start
        best, spent = min(best, took / 20), spent + took
    return best


def texts() -> dict[str, str]:
    """Return texts of 4 kB by what they are."""
    by_suffix: dict[str, str] = {}
    for path, text in blocks():
        if len(text) > 3 * SIZE:
            by_suffix.setdefault(path.suffix, text[SIZE : 2 * SIZE])
    source = random.Random(1)
    hashes = "\n".join(f'    "integrity": "sha512-{source.randbytes(32).hex()}",' for _ in range(60))
    return {f"a {suffix} file": by_suffix[suffix] for suffix in (".py", ".js", ".json", ".md", ".html") if suffix in by_suffix} | {
        "hashes": hashes[:SIZE]
    }


def rates() -> None:
    """Print what 4 kB, an event and large texts cost."""
    for name, text in texts().items():
        print(f"  4 kB, {name:15} {cpu(lambda text=text: Cleaner(KEY).text(text)) * 1e6:7.0f} µs")
    print(f"  an event of 2 kB      {cpu(lambda: Cleaner(KEY).value(event())) * 1e6:7.0f} µs")
    large = [text for _, text in blocks()][:300]
    size = sum(map(len, large))
    start = time.thread_time()
    for text in large:
        Cleaner(KEY).text(text)
    print(f"  blocks of 64 kB       {size / 1e6 / (time.thread_time() - start):7.1f} MB/s over {size / 1e6:.0f} MB")
    whole = "".join(large)[:8_000_000]
    start = time.thread_time()
    Cleaner(KEY).text(whole)
    print(f"  one text of {len(whole) / 1e6:.0f} MB       {len(whole) / 1e6 / (time.thread_time() - start):5.1f} MB/s")


def main() -> None:
    """Measure and print."""
    tell_by(None)
    print("without the extra:")
    rates()
    start = time.thread_time()
    automaton = Automaton.compiled()
    if automaton is not None:
        print(f"with the extra (compiled in {(time.thread_time() - start) * 1000:.0f} ms):")
        tell_by(automaton)
        rates()
    program = COLD.format(root=str(Path(__file__).resolve().parents[2]), event=json.dumps(event()))
    rounds = [
        subprocess.run([sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=True).stdout.split() for _ in range(25)
    ]
    imports, cleans = (statistics.median(float(row[column]) for row in rounds) for column in (0, 1))
    print(f"cold process          {imports:7.2f} ms to import, {cleans:.2f} ms to clean 2 kB (each module from its own file)")


if __name__ == "__main__":
    main()
