"""The lane's stand-in for `os` means what `os` means."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway import lane_os

LIGHT = lane_os._light()
PATHS = st.lists(st.sampled_from(["a", "..", ".", "", "b.c", "é"]), max_size=6).map("/".join)


class TestLight:
    @settings(max_examples=200, deadline=None)
    @given(PATHS)
    def test_path_functions_agree(self, path: str) -> None:
        light = LIGHT.path  # type: ignore[attr-defined]
        assert light.dirname(path) == os.path.dirname(path)
        assert light.basename(path) == os.path.basename(path)
        assert light.abspath("/" + path) == os.path.abspath("/" + path).replace("//", "/")  # POSIX leaves two leading slashes to the system
        assert light.abspath(path) == os.path.abspath(path).replace("//", "/")

    def test_looks_agree(self, tmp_path: Path) -> None:
        (tmp_path / "f").touch()
        (tmp_path / "to-folder").symlink_to(".")
        (tmp_path / "to-nothing").symlink_to("gone")
        for name in ("", "f", "to-folder", "to-nothing", "gone", "f/x", "nul\0"):
            path = f"{tmp_path}/{name}"
            light = LIGHT.path  # type: ignore[attr-defined]
            assert (light.isdir(path), light.islink(path)) == (os.path.isdir(path), os.path.islink(path))
            assert light.lexists(path) == os.path.lexists(path)

    def test_folders_are_made_on_the_way(self, tmp_path: Path) -> None:
        LIGHT.makedirs(f"{tmp_path}/a/b", mode=0o700, exist_ok=True)  # type: ignore[attr-defined]
        LIGHT.makedirs(f"{tmp_path}/a/b", exist_ok=True)  # type: ignore[attr-defined]
        assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700
        with pytest.raises(FileExistsError):
            LIGHT.makedirs(f"{tmp_path}/a/b")  # type: ignore[attr-defined]

    def test_variables(self) -> None:
        code = "import sys; sys.path.insert(0, sys.argv[1])\nfrom gateway.lane_os import os\n"
        code += "print(os.environ.get('X'), os.environ.get('Y', 'none'), 'os' in sys.modules)"
        root = str(Path(lane_os.__file__).parents[1])
        done = subprocess.run([sys.executable, "-I", "-S", "-c", code, root], env={"X": "é"}, capture_output=True, text=True, check=True)
        assert done.stdout.split() == ["é", "none", "False"]

    def test_where_os_is_there_it_is_os(self) -> None:
        assert lane_os.os is os


class TestOpenRegular:
    def test_a_file_is_opened_and_made_and_closed_on_exec(self, tmp_path: Path) -> None:
        fd = lane_os.open_regular(f"{tmp_path}/x", os.O_RDWR | os.O_CREAT)
        assert os.write(fd, b"x") == 1 and not os.get_inheritable(fd) and (tmp_path / "x").stat().st_mode & 0o777 == 0o600
        os.close(fd)

    def test_what_is_missing_is_told_as_ever(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError):
            lane_os.open_regular(f"{tmp_path}/x", os.O_RDONLY)

    @pytest.mark.parametrize(
        "flags", [os.O_RDONLY, os.O_WRONLY, os.O_RDWR, os.O_RDWR | os.O_CREAT | os.O_APPEND, os.O_WRONLY | os.O_CREAT | os.O_TRUNC]
    )
    @pytest.mark.parametrize("kind", ["a FIFO", "a folder", "a socket"])
    def test_anything_else_is_refused_at_once(self, tmp_path: Path, kind: str, flags: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        if kind == "a FIFO":
            os.mkfifo("x")
        elif kind == "a folder":
            os.mkdir("x")
        else:
            with socket.socket(socket.AF_UNIX) as one:
                one.bind("x")
        before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
        with pytest.raises(lane_os.IrregularError, match=f"`x` is {kind}, not a regular file"):
            lane_os.open_regular("x", flags)
        assert before == (len(os.listdir("/proc/self/fd")) if before else 0)

    def test_no_path_at_all(self) -> None:
        with pytest.raises(OSError, match="NUL"):
            lane_os.open_regular("a\0b", os.O_RDONLY)


class TestDeadline:
    @pytest.fixture(autouse=True)
    def put_back(self) -> Iterator[None]:
        handler = signal.getsignal(signal.SIGALRM)
        yield
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)

    def test_is_raised_even_where_the_alarm_was_blocked(self) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGALRM,))
        lane_os.start_deadline(0.05)
        assert 0 < lane_os.seconds_left(9) <= 0.05
        with pytest.raises(lane_os.DeadlineError, match="no verdict within 5 s"):
            time.sleep(5)

    def test_without_one_there_is_as_much_time_as_is_said(self) -> None:
        assert lane_os.seconds_left(9) == 9

    def test_in_the_end_it_ends_the_process(self) -> None:
        code = "import time\nfrom gateway import lane_os\nlane_os.end_by(7, 0.05)\ntime.sleep(9)\n"
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 7


SIGNALLED = """
import posix, sys
sys.path.insert(0, sys.argv[1])
from gateway import lane_os
import _signal
lane_os.catch_signals()
how = sys.argv[2]
try:
    if how == "answering":
        lane_os.end_by(3, 60)
    for number in (_signal.SIGTERM, _signal.SIGHUP, _signal.SIGINT):
        posix.kill(posix.getpid(), number)
except lane_os.StoppedError as error:
    posix.write(1, str(error).encode())
    for number in (_signal.SIGTERM, _signal.SIGHUP, _signal.SIGINT):
        posix.kill(posix.getpid(), number)
posix._exit(0)
"""


class TestSignals:
    @pytest.mark.parametrize(
        ("how", "code", "said"),
        [("thinking", 0, "stopped by SIGTERM before there was a verdict"), ("answering", 3, "")],
    )
    def test_one_is_raised_and_none_ends_the_process_with_its_own_code(self, how: str, code: int, said: str) -> None:
        root = str(Path(lane_os.__file__).parents[1])
        done = subprocess.run([sys.executable, "-I", "-S", "-c", SIGNALLED, root, how], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (code, said, "")

    def test_what_is_ignored_stays_ignored(self) -> None:
        root = str(Path(lane_os.__file__).parents[1])
        line = f'trap \'\' TERM; exec {sys.executable} -I -S -c "$0" "$@"'
        done = subprocess.run(["sh", "-c", line, SIGNALLED, root, "thinking"], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (0, "stopped by SIGHUP before there was a verdict")
