"""`export` as it is run, down to the collector and the interrupted process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests import stores
from tests.command_line import run, run_json
from tests.exports.otlp import collector as loopback
from tests.exports.stories import META, story

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def store(tmp_path: Path) -> str:
    """Return a store with one session."""
    stores.session(tmp_path / "store", "abc123", *story(), meta=META)
    return str(tmp_path / "store")


class TestForms:
    @pytest.mark.parametrize("form", ["json", "csv", "ndjson", "otlp", "chrome"])
    def test_to_standard_output_and_to_a_file_alike(self, store: str, tmp_path: Path, form: str) -> None:
        code, out, _ = run("--trace-dir", store, "export", "abc123", "--format", form)
        assert code == 0 and out
        assert run("--trace-dir", store, "export", "abc", "--format", form, "-o", str(tmp_path / "out"))[:2] == (0, "")
        assert (tmp_path / "out").read_text() == out

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (("--format", "xml"), "xml"),
            (("--protocol", "grpc"), "grpc"),
            (("--format", "csv", "--endpoint", "http://localhost:1"), "otlp"),
        ],
    )
    def test_wrong_usage_is_said(self, store: str, arguments: tuple[str, ...], words: str) -> None:
        code, _, err = run("--trace-dir", store, "export", "abc123", *arguments)
        assert code == 2 and words in err

    def test_a_store_of_the_published_tool(self, tmp_path: Path) -> None:
        folder = ROOT / "tests" / "fixtures" / "published_store"
        for name in sorted(path.name for path in folder.iterdir() if path.is_dir()):
            for form in ("json", "csv", "ndjson", "otlp", "chrome"):
                assert run("--trace-dir", str(folder), "export", name, "--format", form, "-o", str(tmp_path / "out"))[0] == 0, (name, form)


class TestCollector:
    @pytest.mark.parametrize("protocol", ["http/json", "http/protobuf"])
    def test_receives_what_it_can_decode(self, store: str, protocol: str) -> None:
        with loopback.Collector() as receiver:
            options = ("--endpoint", receiver.endpoint, "--header", "x-team: k", "--service-name", "my-agent", "--protocol", protocol)
            data = run_json("--trace-dir", store, "export", "abc123", "--format", "otlp", *options, "--json")
            spans = {span.name: span for span in receiver.spans()}
            about = loopback.attributes(receiver.decoded()[0].resource_spans[0].resource.attributes)
            headers = receiver.requests[0][1]
        assert (data["spans"], data["requests"], data["rejected"]) == (len(spans), 1, 0)
        assert about["service.name"] == "my-agent" and headers["x-team"] == "k"
        denied = loopback.attributes(spans["execute_tool Read"].attributes)
        assert (denied["agent_strace.verdict"], denied["gen_ai.tool.name"]) == ("deny", "Read")
        assert spans["execute_tool Bash"].events[0].name == "exception" and spans["execute_tool Bash"].status.code == 2
        root = spans["invoke_agent claude-code"]
        assert [event.name for event in root.events][:1] == ["user_prompt"] and spans["execute_tool Read"].parent_span_id == root.span_id

    def test_what_it_did_not_take_is_an_exit_code(self, store: str) -> None:
        with loopback.Collector((200, {}, loopback.partial(2, "too old"))) as receiver:
            code, _, err = run("--trace-dir", store, "export", "abc123", "--format", "otlp", "--endpoint", receiver.endpoint)
        assert code == 4 and "2 spans" in err and "too old" in err

    def test_its_refusal_is_said(self, store: str) -> None:
        with loopback.Collector((401, {}, b"no key")) as receiver:
            code, _, err = run("--trace-dir", store, "export", "abc123", "--format", "otlp", "--endpoint", receiver.endpoint)
        assert code == 4 and "answered 401: no key" in err


def started(store: str, *arguments: str, stdout: int | None = None) -> subprocess.Popen[bytes]:
    """Start the command in a process of its own."""
    words = [sys.executable, "-m", "gateway", "--trace-dir", store, "export", "abc123", *arguments]
    return subprocess.Popen(words, cwd=ROOT, env={**os.environ, "PYTHONUNBUFFERED": "1"}, stdout=stdout, stderr=subprocess.PIPE)


class TestTroubles:
    def test_a_full_disk_is_said(self, store: str) -> None:
        with open("/dev/full", "wb") as full:
            process = started(store, stdout=full.fileno())
            _, err = process.communicate(timeout=60)
        assert process.returncode == 4 and b"No space left on device" in err and b"Traceback" not in err

    def test_a_reader_that_goes_away_ends_it_quietly(self, store: str) -> None:
        reading, writing = os.pipe()
        os.close(reading)
        process = started(store, stdout=writing)
        os.close(writing)
        _, err = process.communicate(timeout=60)
        assert process.returncode == 0 and err == b""

    def test_a_deleted_store_is_said(self, store: str) -> None:
        os.rename(store, store + ".gone")
        code, _, err = run("--trace-dir", store, "export", "abc123")
        assert code == 3 and "no session" in err

    @pytest.mark.parametrize("form", ["json", "otlp", "chrome"])
    def test_ctrl_c_leaves_valid_json(self, tmp_path: Path, form: str) -> None:
        calls = [one for at in range(20_000) for one in (stores.call(at, f"c{at}", "T", a="x" * 50), stores.result(at, f"c{at}", "T", "y" * 50))]
        stores.session(tmp_path / "store", "abc123", *calls)
        with started(str(tmp_path / "store"), "--format", form, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None and process.stderr is not None
            first = process.stdout.read(100)
            process.send_signal(signal.SIGINT)
            rest, err = process.stdout.read(), process.stderr.read()
        assert (process.returncode, err) == (130, b"agent-strace: interrupted\n")
        assert json.loads(first + rest)
