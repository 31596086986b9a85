"""Official schemas of the formats that others read, from the registries that publish them; fetched once and kept in the user's cache."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import pytest

CACHE = Path(os.environ.get("AGENT_STRACE_REAL") or Path.home() / ".cache" / "agent-strace-real") / "schemas"
HOME = os.environ.get("HOME", "/")

SARIF = ("sarif-2.1.0-rtm.5.json", ["npm", "pack", "--silent", "@microsoft/jest-sarif@1.0.0-beta.0"], "package/lib/schemas/sarif-2.1.0-rtm.5.json")
"""The schema of SARIF 2.1.0 as its technical committee's members publish it."""
JUNIT = (
    "junit-10.xsd",
    [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "pytest==9.0.0"],
    "pytest-9.0.0/testing/example_scripts/junit-10.xsd",
)
"""The schema of the xUnit plugin of Jenkins, as pytest tests itself against it."""


def official(schema: tuple[str, list[str], str]) -> Path:
    """Return the file of a schema; skips the test where it is neither kept nor to be had."""
    name, fetch, inside = schema
    kept = CACHE / name
    if kept.exists():
        return kept
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # an sdist is built to be looked at, half a minute of work: once, whatever the number of workers
        if not kept.exists():
            _fetch(kept, fetch, inside)
    return kept


def _fetch(kept: Path, fetch: list[str], inside: str) -> None:
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        try:
            subprocess.run(fetch, cwd=folder, env={**os.environ, "HOME": HOME}, capture_output=True, check=True, timeout=180)
        except (OSError, subprocess.SubprocessError) as error:
            pytest.skip(f"{kept.name} is not to be had: {error}")
        for archive in (*Path(folder).glob("*.tgz"), *Path(folder).glob("*.tar.gz")):
            with tarfile.open(archive) as opened:
                member = next((one for one in opened.getmembers() if one.name == inside), None)
                found = opened.extractfile(member) if member is not None else None
                if found is not None:
                    part = Path(folder) / kept.name
                    part.write_bytes(found.read())
                    part.replace(kept)
