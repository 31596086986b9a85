"""The hook under what a machine and a client do to its process: full and read-only disks, permissions, signals, limits, locks, closed streams."""

from __future__ import annotations

import fcntl
import os
import resource
import shutil
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.hook_stage import METERED, REFUSED, RIGHT, Stage, lawful
from tests.hook_world import CLIENT_SECONDS, Done, payload, recorded

STOPPING = ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGXCPU")


def started(stage: Stage, event: str, **more: object) -> subprocess.Popen[bytes]:
    """Return a hook that waits for its payload."""
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    given = {"cwd": stage.project, "env": stage.world.environment(), **streams, **more}
    return subprocess.Popen(stage.world.command(event), **given)  # type: ignore[call-overload,no-any-return]


def ended(process: subprocess.Popen[bytes], begun: float) -> Done:
    stdout, stderr = process.communicate(timeout=60)
    return Done(process.returncode, stdout, stderr, time.monotonic() - begun, [])


def catches(process: subprocess.Popen[bytes], name: str) -> None:
    """Wait until a process has a handler for a signal."""
    bit = 1 << (int(getattr(signal, name)) - 1)
    until = time.monotonic() + 30
    while time.monotonic() < until:
        caught = next(line for line in Path(f"/proc/{process.pid}/status").read_text().splitlines() if line.startswith("SigCgt:"))
        if int(caught.split()[1], 16) & bit:
            return
        time.sleep(0.01)
    raise AssertionError(f"{name} is never caught")


def reads(process: subprocess.Popen[bytes]) -> None:
    """Send half a payload, and wait until a hook has read it."""
    assert process.stdin is not None
    process.stdin.write(b'{"tool_name": "Bash"')
    process.stdin.flush()
    until = time.monotonic() + 30
    while fcntl.ioctl(process.stdin, termios.FIONREAD, bytes(4)) != bytes(4):
        assert time.monotonic() < until and process.poll() is None
        time.sleep(0.01)


needs_proc = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks /proc what a process catches")


@needs_proc
class TestSignals:
    @pytest.mark.parametrize("name", STOPPING)
    def test_a_call_is_refused_when_the_hook_is_stopped(self, stage: Stage, name: str) -> None:
        process, begun = started(stage, "pre-tool"), time.monotonic()
        reads(process)
        process.send_signal(getattr(signal, name))
        done = ended(process, begun)
        lawful(done, "pre-tool", REFUSED)
        assert f"stopped by {name} before" in done.stdout

    @pytest.mark.parametrize("event", ["user-prompt", "session-start", "stop"])
    def test_what_blocks_nothing_says_that_it_was_not_recorded(self, stage: Stage, event: str) -> None:
        process, begun = started(stage, event), time.monotonic()
        reads(process)
        process.terminate()
        lawful(ended(process, begun), event, REFUSED)

    def test_many_signals_are_one(self, stage: Stage) -> None:
        process, begun = started(stage, "pre-tool"), time.monotonic()
        reads(process)
        for name in STOPPING * 3:
            process.send_signal(getattr(signal, name))
        lawful(ended(process, begun), "pre-tool", REFUSED)

    @pytest.mark.parametrize("later", range(0, 60, 6))
    def test_at_any_moment_a_call_is_refused_or_recorded(self, stage: Stage, later: int) -> None:
        process = started(stage, "pre-tool")
        assert process.stdin is not None
        process.stdin.write(payload("pre-tool", stage.project))
        process.stdin.flush()
        catches(process, "SIGTERM")
        time.sleep(later / 1000)
        process.terminate()
        done = ended(process, 0)
        assert "Traceback" not in done.stderr and (done.code == 2 or (done.code == 0 and recorded(stage.project))), f"{done}"
        assert done.code == 0 or "stopped by SIGTERM" in done.stderr, f"{done}"

    @pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP", "SIGPIPE", "SIGALRM"])
    @pytest.mark.parametrize("how", ["blocked", "ignored"])
    def test_signals_were_set_aside_by_who_started_it(self, stage: Stage, name: str, how: str) -> None:
        def aside() -> None:
            if how == "blocked":
                signal.pthread_sigmask(signal.SIG_BLOCK, {getattr(signal, name)})
            else:
                signal.signal(getattr(signal, name), signal.SIG_IGN)

        lawful(stage.run("pre-tool", preexec_fn=aside), "pre-tool", RIGHT)


class TestLimits:
    @pytest.mark.parametrize(
        ("limit", "most"),
        [("NOFILE", most) for most in range(4, 11)]
        + [("AS", most << 20) for most in (10, 16, 18, 20, 24, 32)]
        + [("DATA", most << 20) for most in (1, 2, 4, 5, 6, 8, 12)]
        + [("FSIZE", most) for most in (0, 1, 100, 2000, 100_000)]
        + [("STACK", most << 10) for most in (64, 256, 1024)],
    )
    def test_a_process_may_use_little(self, stage: Stage, limit: str, most: int) -> None:
        def little() -> None:
            resource.setrlimit(getattr(resource, f"RLIMIT_{limit}"), (most, most))

        if subprocess.run([sys.executable, "-I", "-S", "-c", "import gc, zipimport"], preexec_fn=little, capture_output=True, check=False).returncode:
            pytest.skip("no Python starts with so little")
        done = stage.run("pre-tool", preexec_fn=little)
        assert done.code in (0, 2) and "Traceback" not in done.stderr and done.took < CLIENT_SECONDS, f"{done}"
        assert done.code == 2 or done.events, f"{done}"


class TestStreams:
    @pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
    @pytest.mark.parametrize("policy", ["allows", "denies"])
    def test_streams_are_closed(self, stage: Stage, closed: str, policy: str) -> None:
        command = "cat ~/.ssh/id_rsa" if policy == "denies" else "ls"
        data = payload("pre-tool", stage.project, tool_input={"command": command})
        done = stage.run("pre-tool", data, before=("sh", "-c", f'exec "$0" "$@" {closed}'))
        assert done.code == (2 if "<" in closed or policy == "denies" else 0) and "Traceback" not in done.stderr, f"{done}"
        assert done.code == 2 or len(done.events) == 1, f"{done}"

    @pytest.mark.parametrize("end", ["read", "write"])
    def test_nobody_reads_the_answer(self, stage: Stage, end: str) -> None:
        reader, writer = os.pipe()
        if end == "read":
            os.close(reader)
        try:
            process = started(stage, "pre-tool", stdout=writer if end == "read" else reader)
            process.communicate(b"{", timeout=60)
        finally:
            for fd in (writer, *((reader,) if end == "write" else ())):
                os.close(fd)
        assert process.returncode == 2


def only_root() -> bool:
    return os.geteuid() == 0


def mounted(kind: str) -> tuple[str, ...]:
    """Return what a hook is put behind to have a folder ($1) on a disk that is full, has no inodes left, or is read-only."""
    script = {
        "full": 'mount -t tmpfs -o size=4k,mode=700 none "$1" && head -c 100000 /dev/zero > "$1/full" 2> "$1/said"',
        "without inodes": 'mount -t tmpfs -o nr_inodes=1,mode=700 none "$1"',
        "read-only": 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"',
    }[kind]
    return ("unshare", "-m" if only_root() else "-rm", "sh", "-c", f'{script}; shift; exec "$@"', "sh")


def can_mount(folder: Path) -> bool:
    if not shutil.which("unshare"):
        return False
    line = [*mounted("without inodes"), str(folder), "sh", "-c", f'! touch "{folder}/x"']
    return subprocess.run(line, capture_output=True, check=False).returncode == 0


class TestDisks:
    @pytest.mark.parametrize(
        ("kind", "where", "expected"),
        [
            ("full", "store", REFUSED),
            ("full", "session", REFUSED),
            ("full", "state", RIGHT),
            ("full", "home", RIGHT),
            ("without inodes", "store", REFUSED),
            ("without inodes", "session", REFUSED),
            ("without inodes", "state", RIGHT),
            ("read-only", "store", REFUSED),
            ("read-only", "project", REFUSED),
            ("read-only", "state", RIGHT),
            ("read-only", "home", RIGHT),
            ("read-only", "package", RIGHT),
        ],
    )
    @pytest.mark.parametrize("event", ["pre-tool", "post-tool"])
    def test_a_disk_takes_nothing(self, stage: Stage, kind: str, where: str, expected: str, event: str, tmp_path: Path) -> None:
        if not can_mount(tmp_path):
            pytest.skip("nothing may be mounted here")
        own = {"project": stage.project, "home": stage.home, "package": stage.world.package}
        folder = own.get(where) or stage.path(where)
        folder.mkdir(exist_ok=True, mode=0o700)
        lawful(stage.run(event, before=(*mounted(kind), str(folder))), event, expected, silent=kind != "read-only")


WITHOUT_POWER = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
"""What takes root's right to read everything away."""
DENIED: list[tuple[str, int, str]] = [
    # place, mode, what comes of a call
    ("store", 0, REFUSED),
    ("store", 0o500, REFUSED),
    ("session", 0, REFUSED),
    ("session", 0o500, REFUSED),
    ("events", 0, REFUSED),
    ("events", 0o400, REFUSED),
    ("meta", 0, RIGHT),
    ("tally", 0, RIGHT),
    ("transcript", 0, RIGHT),
    ("user policy", 0, REFUSED),
    ("configuration", 0, REFUSED),
    ("state", 0, RIGHT),
    ("state", 0o500, RIGHT),
    ("compiled policies", 0, RIGHT),
    ("key", 0, RIGHT),
    ("approvals", 0, RIGHT),
    ("bundle", 0, RIGHT),
]
FOLDERS = ("store", "session", "configuration", "state", "compiled policies", "approvals")


class TestPermissions:
    @pytest.mark.parametrize(("place", "mode", "expected"), DENIED)
    def test_a_file_may_not_be_read_or_written(self, stage: Stage, place: str, mode: int, expected: str) -> None:
        if only_root() and not shutil.which("setpriv"):
            pytest.skip("root reads everything")
        stage.policy(METERED)
        path = stage.path(place)
        if place in FOLDERS:
            path.mkdir(exist_ok=True, mode=0o700)
        elif place not in ("key", "bundle"):
            path.write_text("")
        if path.exists():
            path.chmod(mode)
        done = stage.run("pre-tool", before=WITHOUT_POWER if only_root() else ())
        lawful(done, "pre-tool", expected)

    def test_a_folder_of_the_project_may_not_be_written(self, stage: Stage) -> None:
        stage.project.chmod(0o500)
        lawful(stage.run("pre-tool", before=WITHOUT_POWER if only_root() else ()), "pre-tool", REFUSED)


class TestVariables:
    @pytest.mark.parametrize("name", ["HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "CLAUDE_PROJECT_DIR", "TMPDIR", "PATH", "LC_ALL", "PYTHONPATH"])
    @pytest.mark.parametrize("value", ["", "relative", "FILE", "FILE/below", "\udcff", "x" * 5000, "a\nb"])
    def test_a_variable_says_nothing_useful(self, stage: Stage, name: str, value: str) -> None:
        if name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME") and value in ("relative", "\udcff", "a\nb"):
            pytest.skip("each of these compiles all policies anew")
        (stage.project / "file").write_text("x")
        value = value.replace("FILE", str(stage.project / "file"))
        lawful(stage.run("pre-tool", env=stage.world.environment(**{name: value})), "pre-tool", silent=name == "CLAUDE_PROJECT_DIR")


class TestParallel:
    def test_twelve_at_once_lose_nothing(self, stage: Stage) -> None:
        stage.policy(METERED)
        processes = [started(stage, "pre-tool") for _ in range(12)]
        for at, process in enumerate(processes):
            assert process.stdin is not None
            process.stdin.write(payload("pre-tool", stage.project, tool_use_id=f"t{at}"))
            process.stdin.flush()
        done = [ended(process, time.monotonic()) for process in processes]
        for each in done:
            lawful(each, "pre-tool", silent=True)
        assert len(recorded(stage.project)) == [each.code for each in done].count(0) > 0


def held(stage: Stage) -> None:
    stage.policy(METERED)
    stage.path("events").write_bytes(b"")


def blocked() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})


WAITING: dict[str, tuple[str, bytes | None, Callable[[], None] | None]] = {
    "nothing comes": ("pre-tool", b"", None),
    "half a payload comes": ("pre-tool", b'{"tool_name": "Bash"', None),
    "a payload comes without an end": ("pre-tool", b'{"tool_name": "Bash", "tool_input": {"command": "ls"}}', None),
    "nothing comes of an event that blocks nothing": ("user-prompt", b"", None),
    "nothing comes and SIGALRM is blocked": ("pre-tool", b"", blocked),
    "the record is locked": ("pre-tool", None, None),
    "the record is locked for a prompt": ("user-prompt", None, None),
    "the record is locked at the end": ("session-end", None, None),
    "the record is locked and SIGALRM is blocked": ("pre-tool", None, blocked),
}
"""Rows that last as long as a hook thinks: they wait side by side."""


@pytest.fixture(scope="class")
def waited(whole_stage: Stage) -> Iterator[dict[str, Done]]:
    whole_stage.reset()
    held(whole_stage)
    with whole_stage.path("events").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        begun = {}
        for row, (event, data, before) in WAITING.items():
            begun[row] = (started(whole_stage, event, preexec_fn=before), time.monotonic())
            stdin = begun[row][0].stdin
            assert stdin is not None
            stdin.write(payload(event, whole_stage.project) if data is None else data)
            stdin.flush()
            if data is None:
                stdin.close()
        done = {}
        for row, (process, since) in begun.items():
            process.wait(timeout=60)
            took = time.monotonic() - since
            assert process.stdout is not None and process.stderr is not None
            with process.stdout, process.stderr:
                done[row] = Done(process.returncode, process.stdout.read(), process.stderr.read(), took, [])
            if process.stdin is not None and not process.stdin.closed:
                process.stdin.close()
        yield done


class TestWaiting:
    @pytest.mark.parametrize("row", WAITING)
    def test_it_is_over_in_time(self, waited: dict[str, Done], row: str) -> None:
        lawful(waited[row], WAITING[row][0], REFUSED)
        assert ("kept locked" in waited[row].stderr) is ("record is locked" in row)
