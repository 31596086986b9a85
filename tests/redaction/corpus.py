"""A benign corpus: what is installed on this machine anyway. Source, documentation, lock files, minified scripts, generated tables."""

from __future__ import annotations

import os
import sysconfig
from collections.abc import Iterator
from pathlib import Path

ROOTS = (
    (sysconfig.get_path("purelib"), 12),
    (sysconfig.get_path("stdlib"), 8),
    ("/usr/lib/node_modules", 10),
    ("/usr/local/lib/node_modules", 10),
    ("/usr/share/perl", 6),
    ("/usr/share/doc", 6),
    ("/usr/include", 4),
    ("/usr/share", 6),
)
"""(folder, most megabytes of it)."""
TEXTS = frozenset(
    ".py .pyi .js .mjs .cjs .ts .json .lock .toml .yaml .yml .md .rst .txt .css .html .c .h .sh .pl .pm .xml .svg .log .cfg .ini .map".split()
)
BLOCK = 65536


def files() -> Iterator[tuple[Path, str]]:
    """Yield (file, its text), each once, our own tests left out."""
    seen: set[Path] = set()
    own = Path(__file__).resolve().parents[2]
    for root, most in ROOTS:
        left = most * 1_000_000
        for folder, folders, names in os.walk(root):
            folders.sort()
            for name in sorted(names):
                path = Path(folder, name)
                if left <= 0 or path.suffix not in TEXTS or path.is_symlink() or path in seen or own in path.resolve().parents:
                    continue
                seen.add(path)
                try:
                    text = path.read_bytes()[:1_000_000].decode()
                except (OSError, UnicodeDecodeError):
                    continue
                left -= len(text)
                yield path, text


def blocks() -> Iterator[tuple[Path, str]]:
    """Yield (file, a part of its text)."""
    for path, text in files():
        for at in range(0, len(text), BLOCK):
            yield path, text[at : at + BLOCK]
