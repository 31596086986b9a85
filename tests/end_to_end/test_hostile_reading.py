"""Every command that reads, on records, transcripts and policies that somebody forged: no traceback, no hang, nothing that steers."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.command_line import run
from tests.end_to_end import hostile
from tests.stores import call, event, lines_of, result, session

SCENES = 5
"""Scenes that every run of the suite plays through; `long` plays sixty."""


class TestForged:
    @pytest.mark.parametrize("seed", range(SCENES))
    def test_every_reading_command(self, seed: int) -> None:
        count, found = hostile.failures(seed, seconds=60.0)
        assert count > 60 and not found, "\n\n".join(found)

    @pytest.mark.long
    def test_four_thousand_runs(self) -> None:
        count, found = 0, []
        for seed in range(100, 160):
            more, said = hostile.failures(seed, seconds=60.0)
            count += more
            found += said
        assert count >= 4000 and not found, "\n\n".join(found)

    def test_the_judge_of_all_this_sees_what_is_wrong(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(hostile, "run", lambda *words, stdin="": (0, "fine\n", ""))
        assert hostile.problem([]) == ""
        for out, err, code in (
            ("\x1b[2J", "", 0),
            ("", "a\n::error::x", 0),
            ("", "", 7),
            ("Traceback (most recent call last):\n", "", 1),
            ("\ud800", "", 0),
        ):
            monkeypatch.setattr(hostile, "run", lambda *words, stdin="", said=(code, out, err): said)
            assert hostile.problem([])
        monkeypatch.setattr(hostile, "run", lambda *words, stdin="": time.sleep(5))
        assert "did not end" in hostile.problem([], 0.1)


class TestNoEventFirst:
    """A session whose first line is no event: going back from an event found the beginning of the file for ever."""

    @pytest.mark.parametrize("first", [b"not json\n", b"\n", b"[]\n", b"\x00" * 10 + b"\n", b'{"a": 1}\n', b"x" * 3_000_000 + b"\n"])
    @pytest.mark.parametrize("words", [["why", "s", "3"], ["audit", "s", "--format", "sarif"], ["why", "s", "1"]])
    def test_ends(self, first: bytes, words: list[str], tmp_path: Path) -> None:
        told = (event("user_prompt", 1, prompt="x"), call(2, "c", "Bash", command="cat .env"), result(3, "c", "Bash", "y"))
        path = session(tmp_path, "s", *told)
        path.write_bytes(first + lines_of(*told))
        assert hostile.problem(["--trace-dir", str(tmp_path), *words], 60.0) == ""


class TestOutputs:
    """Every command that writes a file writes into what is there, and replaces files alone."""

    WRITING = (
        ["export", "s", "--output", "{}"],
        ["share", "s", "--yes", "-o", "{}"],
        ["dashboard", "--html", "{}"],
        ["audit", "s", "--output", "{}"],
        ["audit", "s", "--write-baseline", "{}"],
        ["policy", "--output", "{}"],
    )

    def store(self, folder: Path) -> str:
        session(folder / "t", "s", event("user_prompt", 1, prompt="x"), call(2, "c", "Bash", command="git status"), result(3, "c", "Bash", "y"))
        return str(folder / "t")

    @pytest.mark.parametrize("words", WRITING, ids=lambda words: " ".join(words[:3]))
    def test_a_device_stays_a_device(self, words: list[str], tmp_path: Path) -> None:
        node = tmp_path / "node"
        try:
            os.mknod(node, stat.S_IFCHR | 0o600, os.makedev(1, 3))
            os.close(os.open(node, os.O_WRONLY))
        except PermissionError:
            pytest.skip("needs root and a file system that takes devices")
        code, _, err = run("--trace-dir", self.store(tmp_path), *(word.format(node) for word in words))
        assert code in (0, 1), err
        assert stat.S_ISCHR(node.lstat().st_mode) and sorted(one.name for one in tmp_path.iterdir()) == ["node", "t"]

    @pytest.mark.parametrize("words", WRITING, ids=lambda words: " ".join(words[:3]))
    def test_a_link_is_followed(self, words: list[str], tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to("target")
        code, _, err = run("--trace-dir", self.store(tmp_path), *(word.format(tmp_path / "link") for word in words))
        assert code in (0, 1), err
        assert (tmp_path / "link").is_symlink() and (tmp_path / "target").stat().st_size > 0


class TestSignals:
    def store(self, folder: Path, events: int) -> None:
        told = lines_of(*(call(at, f"c{at}", "Bash", command=f"echo {at}") for at in range(200)))
        path = session(folder / "t", "s")
        path.write_bytes(told * (events // 200))

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=lambda number: number.name)
    @pytest.mark.parametrize(
        "words", [["export", "s", "-o", "out"], ["redact", "s", "--force", "--mask"], ["share", "s", "-y", "-o", "out"]], ids=lambda words: words[0]
    )
    def test_leave_nothing_half_written(self, words: list[str], number: int, tmp_path: Path) -> None:
        self.store(tmp_path, 100_000)
        before = (tmp_path / "t/s/events.ndjson").read_bytes()
        command = [sys.executable, "-m", "gateway", "--trace-dir", "t", *words]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, text=True) as process:
            deadline = time.monotonic() + 30
            while time.monotonic() < deadline and process.poll() is None and not self.begun(tmp_path):
                time.sleep(0.005)
            process.send_signal(number)
            _, err = process.communicate(timeout=120)
        names = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file() and path.name != ".index"}
        assert "Traceback" not in err and names - {"out"} == {"t/s/events.ndjson"}, (names, err)
        if process.returncode != 0:
            assert (tmp_path / "t/s/events.ndjson").read_bytes() == before and "out" not in names

    def begun(self, folder: Path) -> bool:
        """Whether a file is being written."""
        return any(folder.glob(".out*")) or len(list((folder / "t/s").iterdir())) > 1

    @pytest.mark.parametrize("after", [0.02, 0.05, 0.1, 0.15, 0.2, 0.3])
    def test_an_early_interruption_shows_no_traceback(self, after: float, tmp_path: Path) -> None:
        self.store(tmp_path, 20_000)
        program = "from gateway.entry import main; print('up', flush=True); main()"
        command = [sys.executable, "-c", program, "--trace-dir", "t", "stats", "s"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, text=True) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(after)
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=60)
        assert process.returncode in (0, 130, -signal.SIGINT) and "Traceback" not in err


class TestHook:
    def test_a_denial_steers_nothing(self, tmp_path: Path) -> None:
        (tmp_path / ".agent-scope.json").write_text('{"commands": {"deny": ["curl"]}}')
        from json import dumps

        given = {"session_id": "s", "tool_name": "Bash", "tool_input": {"command": f"curl '{hostile.ESCAPE}{hostile.FORGED}'"}, "cwd": str(tmp_path)}
        ran = subprocess.run([sys.executable, "-m", "gateway", "hook", "pre-tool"], input=dumps(given), capture_output=True, text=True, cwd=tmp_path)
        assert ran.returncode == 2 and "Blocked by policy" in ran.stderr
        for text in (ran.stdout, ran.stderr):
            assert not hostile.STEERING.search(text) and not hostile.COMMANDS.search(text)
        assert ran.stderr.count("\n") == 1
