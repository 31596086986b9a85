"""Draw random lines of the package, to test whether a reader of the map alone can name the room of each.

`python -m tests.tools.random_lines [--seed N] [--count N] [--answers]`: lines without their path; with --answers, the rooms.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def drawn(seed: int, count: int) -> list[tuple[str, int, str]]:
    """Return (file, line number, line): lines that say something, each file as likely as it is long."""
    lines = []
    for path in sorted((ROOT / "gateway").rglob("*.py")):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            text = line.strip()
            if len(text) > 30 and not text.startswith(("import ", "from ", '"""The')):
                lines.append((path.relative_to(ROOT / "gateway").as_posix(), number, text))
    return random.Random(seed).sample(lines, count)


def main() -> None:
    """Print the lines, or the answers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--answers", action="store_true")
    given = parser.parse_args()
    for index, (path, number, text) in enumerate(drawn(given.seed, given.count), 1):
        print(f"{index:3}  {path}:{number}" if given.answers else f"{index:3}  {text[:150]}")


if __name__ == "__main__":
    main()
