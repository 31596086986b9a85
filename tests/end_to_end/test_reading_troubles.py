"""What goes wrong while a record is read: a full disk, a reader that leaves, Ctrl-C, a store that goes away. A clear line, an exit code, whole files."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from gateway.analysis.index import store_index
from tests.bench.sessions import write_session
from tests.stores import event, lines_of

COMMANDS = (
    "list",
    "replay",
    "replay --json",
    "stats",
    "explain",
    "why 5",
    "show",
    "inspect",
    "dashboard",
    "diff s s",
    "annotate --list",
    "replay --tree",
)


def environment(**more: str) -> dict[str, str]:
    """Return an environment of its own."""
    return {"PATH": "/usr/bin:/bin", "HOME": os.environ["HOME"], **more}


def started(store: Path, line: str, **more: Any) -> subprocess.Popen[bytes]:
    """Start a command on a store."""
    words = [sys.executable, "-m", "gateway", "--trace-dir", str(store), *line.split()]
    return subprocess.Popen(words, env=environment(), stderr=subprocess.PIPE, cwd=store.parent, **more)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Return a store with one session of a few events."""
    write_session(tmp_path / "t", "s", 200)
    return tmp_path / "t"


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """Return a store with one session that takes a while."""
    write_session(tmp_path / "t", "s", 30_000)
    return tmp_path / "t"


class TestFullDisk:
    @pytest.mark.parametrize("line", COMMANDS)
    def test_output_that_cannot_be_written(self, store: Path, line: str) -> None:
        with open("/dev/full", "wb") as full, started(store, line, stdout=full) as process:
            said = process.communicate()[1].decode()
        assert process.returncode == 4 and said == "agent-strace: No space left on device\n"

    def test_an_index_that_cannot_be_kept_is_no_trouble(self, large: Path) -> None:
        def small() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

        with started(large, "list --json", stdout=subprocess.PIPE, preexec_fn=small) as process:
            out = process.communicate()[0]
        assert process.returncode == 0 and b'"events": 3000' in out
        assert sorted(path.name for path in large.iterdir()) == ["s"] and sorted(path.name for path in (large / "s").iterdir()) == [
            "events.ndjson",
            "meta.json",
        ]

    def test_an_annotation_that_cannot_be_kept_whole_is_not_kept(self, store: Path) -> None:
        path = store / "s" / "annotations.jsonl"
        path.write_bytes(lines_of({"annotation_id": "a", "note": "x" * 60}))
        before = path.read_bytes()

        def small() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 10, len(before) + 10))

        with started(store, "annotate s 5 --note again", stdout=subprocess.PIPE, preexec_fn=small) as process:
            said = process.communicate()[1].decode()
        assert process.returncode == 4 and "cannot be kept" in said and path.read_bytes() == before


class TestReaders:
    @pytest.mark.parametrize("line", ["replay", "replay --json", "inspect", "explain"])
    def test_one_that_leaves_early_is_no_error(self, large: Path, line: str) -> None:
        with started(large, line, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None and process.stderr is not None
            process.stdout.read(10)
            process.stdout.close()
            said = process.stderr.read()
            process.wait()
        assert process.returncode == 0 and said == b""

    @pytest.mark.parametrize("line", ["replay --live", "replay --json --live"])
    def test_ctrl_c_ends_it_with_one_line(self, store: Path, line: str) -> None:
        with started(store, line, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.read(1)
            process.send_signal(signal.SIGINT)
            said = process.communicate()[1].decode()
        assert process.returncode == 130 and said == "agent-strace: interrupted\n"

    def test_ctrl_c_while_an_index_is_made_leaves_a_whole_one_or_none(self, tmp_path: Path) -> None:
        store = tmp_path / "t"
        for at in range(60):
            write_session(store, f"s{at:02}", 400, at)
        for wait in (0.15, 0.3, 0.45):
            with started(store, "list", stdout=subprocess.DEVNULL) as process:
                time.sleep(wait)
                process.send_signal(signal.SIGINT)
                said = process.communicate()[1].decode()
            assert (process.returncode in (0, 130, -signal.SIGINT) and "Traceback" not in said) or process.returncode == -signal.SIGINT
            left = [path.name for path in store.iterdir() if not path.is_dir()]
            assert left in ([], [".index"])
        rows = {row.session: row.events for row in store_index(str(store))}
        assert len(rows) == 60 and set(rows.values()) <= set(range(399, 404))


class TestStores:
    def test_one_that_is_deleted_while_it_is_read(self, large: Path) -> None:
        with started(large, "replay --json", stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.read(10)
            shutil.rmtree(large)
            rest, said = process.communicate()
        assert process.returncode == 0 and rest.count(b"\n") >= 29_000 and b"Traceback" not in said

    @pytest.mark.parametrize("line", [*COMMANDS, "export s --format csv", "audit s"])
    def test_one_that_is_not_there(self, tmp_path: Path, line: str) -> None:
        with started(tmp_path / "none", line, stdout=subprocess.PIPE) as process:
            out, said = process.communicate()
        assert process.returncode == 3 and out == b"" and said.startswith(b"agent-strace: no session")

    @pytest.mark.skipif(os.getuid() == 0, reason="root reads everything")
    def test_one_that_may_not_be_read(self, store: Path) -> None:
        (store / "s" / "events.ndjson").chmod(0)
        with started(store, "replay s", stdout=subprocess.PIPE) as process:
            said = process.communicate()[1]
        assert process.returncode == 4 and b"cannot be read" in said

    @pytest.mark.parametrize("line", COMMANDS)
    def test_one_full_of_rubbish(self, tmp_path: Path, line: str) -> None:
        store = tmp_path / "t"
        folder = store / "s"
        folder.mkdir(parents=True)
        strange = [
            b"\x00" * 100 + b"\n",
            b"[" * 50_000 + b"\n",
            b'{"event_type": null}\n',
            {"event_type": "tool_call", "timestamp": "yesterday", "data": [1, 2]},
            {
                "event_type": "tool_call",
                "timestamp": 1e300,
                "event_id": 7,
                "data": {"tool_name": None, "arguments": {"command": {"a": []}}, "decision": {"effect": []}},
            },
            {"event_type": "tool_result", "parent_id": 9, "duration_ms": "long", "data": {"result": None}},
            {"event_type": "error", "parent_id": "x", "duration_ms": -5, "data": {"error": {"code": 1}}},
            {"event_type": "user_prompt", "timestamp": -1, "data": {"prompt": ["a", {"text": "b"}]}},
            {"event_type": "assistant_response", "data": {"usage": {"input_tokens": "many"}, "model": 7, "cost_usd": "free"}},
            {"event_type": "decision", "data": {"alternatives": 7}},
            {"event_type": "\x1b[2J", "data": {"a": "\x9b"}},
            event("session_end", 5),
            b'{"event_type":"torn","da',
        ]
        (folder / "events.ndjson").write_bytes(lines_of(*strange))
        (folder / "meta.json").write_bytes(b'{"attribution": 7, "agent_name": ["x"], "command": {"a": 1}, "parent_session_id": 9}')
        (folder / "annotations.jsonl").write_bytes(b"\xff\xfe\n{}\n")
        (store / ".index").write_bytes(b"rubbish")
        with started(store, line, stdout=subprocess.PIPE) as process:
            out, said = process.communicate()
        assert process.returncode in (0, 1, 3) and b"Traceback" not in said, said
        assert b"\x1b" not in out and b"\xc2\x9b" not in out
