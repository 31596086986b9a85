"""A folder where scripts run with nothing but stubs on PATH; each stub writes down how it was called."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
from pathlib import Path

from gateway.model.action import RUN, UNKNOWN, Action
from gateway.shell import understand
from tests.shell.corpus.generator import PROGRAMS

REAL = "env xargs sh bash nice timeout nohup stdbuf setsid find cat tee tr rev seq head sort base64 sed awk dirname basename flock".split()
"""Programs that do their work once they have been written down."""
DUMB = "rm ls cp mv git curl wget ssh sudo make npm node python3 docker mkdir touch chmod pip pytest go cargo grep id whoami date uname tar kill q".split()
"""Programs that only print a word, which is the name of another one."""

_STUB = """#!/bin/sh
name=${{0##*/}}
printf '%s\037' "$name" "$@" '\036' >> {log}
case $name in {real}) exec {folder}/$name "$@";; esac
[ "$name" = p9 ] || echo p9
"""
SECONDS = 3


class Sandbox:
    """One folder for many scripts; each runs in a fresh folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "log"
        self.bin = folder / "bin"
        self.bin.mkdir()
        stub = folder / "stub"
        stub.write_text(_STUB.format(log=self.log, real="|".join(REAL), folder=folder / "real").replace("\\037", "\037").replace("\\036", "\036"))
        stub.chmod(0o755)
        (folder / "real").mkdir()
        for name in (*REAL, *DUMB, *PROGRAMS, "p9"):
            (self.bin / name).symlink_to(stub)
        for name in REAL:
            found = shutil.which(name, path="/bin:/usr/bin")
            if found:
                (folder / "real" / name).symlink_to(found)

    @property
    def work(self) -> Path:
        """The folder that scripts run in, and call their home."""
        return self.folder / "work" / "a" / "b"

    def run(self, script: str) -> list[tuple[str, ...]]:
        """Run a script and return the argument vectors of the programs that ran."""
        self.log.write_text("")
        work = self.work
        shutil.rmtree(self.folder / "work", ignore_errors=True)
        (work / "d").mkdir(parents=True)
        (work / "a.txt").write_text("# line\n# other\n")
        environment = {"PATH": str(self.bin), "HOME": str(work), "LC_ALL": "C.UTF-8"}
        process = subprocess.Popen(
            ["bash", "--norc", "--noprofile", "-c", script],
            executable="/bin/bash",
            cwd=work,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(SECONDS)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        records = self.log.read_text(errors="replace").split("\036\037")
        return [tuple(record.split("\037")[:-1]) for record in records if record]


def missed(script: str, ran: list[tuple[str, ...]], home: str) -> tuple[list[tuple[str, ...]], bool]:
    """Return (the calls that are among no action found, whether the script was said to be opaque)."""
    actions = understand(script, cwd=home, home=home)
    runs = [action for action in actions if action.verb == RUN]
    patterns = [re.compile(_pattern(action), re.DOTALL) for action in runs]
    absent = [argv for argv in ran if not any(pattern.fullmatch("\037".join(argv)) for pattern in patterns)]
    return absent, any(_hidden(action) for action in runs)


def _hidden(action: Action) -> bool:
    """Whether an action says that it cannot be seen inside: as opaque, or by what flows into it."""
    return bool(action.opaque) or any(source.startswith(("network:", "decoder:")) for source in action.carries)


def _pattern(action: Action) -> str:
    """Return what the calls look like that an action speaks of: unknown words are any words, patterns any names."""
    words = [action.words[0].rpartition("/")[2], *action.words[1:]]
    out = re.escape(words[0]) if UNKNOWN not in words[0] else "[^\037]*"
    for word in words[1:]:
        if UNKNOWN in word:
            inner = ".*".join(re.escape(part).replace(r"\*", ".*") for part in word.split(UNKNOWN))
            out += f"(?:\037{inner})?" if not word.strip(UNKNOWN) else f"\037{inner}"
        elif any(char in word for char in "*?["):
            out += f"\037(?:{re.escape(word)}|.*)"
        else:
            out += "\037" + re.escape(word)
    return out
