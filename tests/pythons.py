"""The Pythons of this machine that the gateway supports, one of each minor version; the one that runs the tests stands for its own."""

from __future__ import annotations

import functools
import os
import pwd
import re
import shutil
import subprocess
import sys
from pathlib import Path

MINORS = range(11, 15)


@functools.cache
def pythons() -> dict[str, str]:
    """Return {version: interpreter}, "3.11.7" -> "/usr/bin/python3.11"; $AGENT_STRACE_PYTHONS names more of them, separated by colons."""
    running = "{}.{}.{}".format(*sys.version_info[:3])
    found = {running: sys.executable}
    minors = {running.rpartition(".")[0]}
    for path in _candidates():
        version = _version(path)
        minor = version.rpartition(".")[0]
        if version and minor not in minors:
            minors.add(minor)
            found[version] = path
    return dict(sorted(found.items()))


def _candidates() -> list[str]:
    given = os.environ.get("AGENT_STRACE_PYTHONS", "").split(":")
    homes = dict.fromkeys((os.path.expanduser("~"), pwd.getpwuid(os.getuid()).pw_dir))
    patterns = [f"{home}/{place}" for home in homes for place in (".pyenv/versions/*/bin", ".local/share/uv/python/*/bin")]
    folders = [str(path) for pattern in patterns for path in sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)]
    names = [f"python3.{minor}" for minor in MINORS]
    return [
        path
        for path in (*given, *(shutil.which(name) for name in names), *(f"{folder}/{name}" for name in names for folder in folders))
        if path and os.access(path, os.X_OK)
    ]


def _version(path: str) -> str:
    """Return the version of an interpreter, "" of one that is not supported or does not start."""
    line = "import sys; print(sys.implementation.name, '{}.{}.{}'.format(*sys.version_info[:3]))"
    done = subprocess.run([path, "-I", "-S", "-c", line], capture_output=True, text=True, check=False)
    fits = re.fullmatch(r"cpython (3\.(\d+)\.\d+)\n", done.stdout)
    return fits.group(1) if done.returncode == 0 and fits and int(fits.group(2)) in MINORS else ""
