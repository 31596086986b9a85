from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gateway.doors import exec_command
from gateway.doors.hook.install import ENTRY
from gateway.model.errors import TraceError

TOKEN = "ghp_" + "a1B2c3D4e" * 4
COMMAND = (sys.executable, "-I", "-S", ENTRY, "exec", "--redact")


def ran(*words: str, cwd: Path, options: tuple[str, ...] = ()) -> subprocess.CompletedProcess[bytes]:
    """Return what running a command behind `exec` gave."""
    return subprocess.run([*COMMAND, *options, "--", *words], capture_output=True, cwd=cwd, check=False)


class TestWithholding:
    def test_what_cannot_be_cleaned_is_replaced_by_a_notice(self, capfd: pytest.CaptureFixture[str]) -> None:
        calls: list[str] = []

        def clean(text: str) -> str:
            calls.append(text)
            if len(calls) > 1:
                raise TraceError("the store is locked")
            return text

        assert exec_command.run([sys.executable, "-c", f"print({TOKEN!r}); raise SystemExit(3)"], clean) == 3
        out = capfd.readouterr().out
        assert (
            TOKEN not in out
            and out == f"[withheld by agent-strace: {len(TOKEN) + 1} characters of output could not be cleaned: the store is locked]\n"
        )


class TestRun:
    def test_both_streams_are_clean_and_the_exit_code_stays(self, tmp_path: Path) -> None:
        done = ran("sh", "-c", f"echo out {TOKEN}; echo err {TOKEN} >&2; exit 3", cwd=tmp_path)
        assert done.returncode == 3 and TOKEN.encode() not in done.stdout + done.stderr
        assert done.stdout.startswith(b"out [REDACTED:github-token:") and done.stderr.startswith(b"err [REDACTED:github-token:")

    def test_a_value_written_in_pieces_is_found(self, tmp_path: Path) -> None:
        program = f"import os,time\nfor b in {TOKEN.encode()!r}: os.write(1, bytes([b])); time.sleep(0.002)\n"
        done = ran(sys.executable, "-c", program, cwd=tmp_path)
        assert done.stdout.startswith(b"[REDACTED:github-token:") and len(done.stdout) < 40

    def test_bytes_that_are_no_text_go_through(self, tmp_path: Path) -> None:
        data = bytes(range(256)) * 3
        (tmp_path / "data").write_bytes(data)
        assert ran("cat", "data", cwd=tmp_path).stdout == data

    def test_personal_data_on_request(self, tmp_path: Path) -> None:
        done = ran("echo", "ann@mail.example", cwd=tmp_path, options=("--mask",))
        assert done.stdout.startswith(b"[MASKED:email:") and done.stdout.endswith(b"]@mail.example\n")

    def test_the_policys_own_detectors_count(self, tmp_path: Path) -> None:
        (tmp_path / ".git").mkdir()
        (tmp_path / ".agent-scope.json").write_text('{"redact": {"custom": [{"id": "ticket", "pattern": "T-[0-9]+"}]}}')
        assert ran("echo", "T-123", cwd=tmp_path).stdout.startswith(b"[REDACTED:ticket:")

    def test_nothing_runs_under_a_policy_that_cannot_be_read(self, tmp_path: Path) -> None:
        (tmp_path / ".git").mkdir()
        (tmp_path / ".agent-scope.json").write_text("{")
        done = ran("touch", "made", cwd=tmp_path)
        assert done.returncode == 4 and b"nothing was run" in done.stderr and not (tmp_path / "made").exists()

    def test_a_signal_reaches_the_command(self, tmp_path: Path) -> None:
        program = 'trap "echo got it; exit 7" TERM; echo ready; while :; do sleep 0.05; done'
        with subprocess.Popen([*COMMAND, "--", "sh", "-c", program], stdout=subprocess.PIPE, cwd=tmp_path) as process:
            assert process.stdout is not None and process.stdout.readline() == b"ready\n"
            process.send_signal(signal.SIGTERM)
            assert process.stdout.read() == b"got it\n" and process.wait() == 7

    def test_a_command_that_a_signal_ends_ends_us_so_too(self, tmp_path: Path) -> None:
        assert ran("sh", "-c", "kill -TERM $$", cwd=tmp_path).returncode == -signal.SIGTERM

    def test_a_process_that_lives_on_does_not_hold_us(self, tmp_path: Path) -> None:
        start = time.monotonic()
        done = ran("sh", "-c", "sleep 5 & echo done", cwd=tmp_path)
        assert done.stdout == b"done\n" and time.monotonic() - start < 4

    @pytest.mark.parametrize(("words", "code"), [((), 2), (("--nonsense", "x"), 2), (("--", "no-such-program-here"), 127)])
    def test_wrong_usage(self, words: tuple[str, ...], code: int, tmp_path: Path) -> None:
        done = subprocess.run([*COMMAND[:4], "exec", *words], capture_output=True, cwd=tmp_path, check=False)
        assert done.returncode == code and b"Traceback" not in done.stderr

    def test_run_returns_the_code(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        assert exec_command.run(["true"], exec_command.cleaning(mask=False)) == 0 and os.getcwd() == str(tmp_path)
