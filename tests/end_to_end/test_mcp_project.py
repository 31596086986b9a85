"""Wherever a client starts a proxy, the project's policy holds, or a line on stderr says loudly that it does not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from http.server import HTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_record_http import Toy
from tests.doors.mcp.talk import tool
from tests.end_to_end.test_record import TOY

POLICY = {"files": {"read": {"deny": ["secrets/**"], "allow": ["src/**"]}}}
WAIT = 120.0
FOLDERS = ("home", "/", "/proc", "project", "project/src")
"""Where clients start servers: desktop clients in the home folder or in `/`; /proc stands for what nobody can write into."""


class Toys(Toy):
    """The toy server that tests of `record-http` use, which answers with the tool's name."""


@pytest.fixture
def project(tmp_path: Path, own_world: Path) -> Path:
    """Return a project below the home folder."""
    del tmp_path
    folder = own_world / "work" / "project"
    (folder / "src").mkdir(parents=True)
    (folder / ".agent-scope.json").write_text(json.dumps(POLICY))
    return folder


@pytest.fixture
def server() -> Iterator[str]:
    """Run a server over HTTP; return its URL."""
    made = HTTPServer(("127.0.0.1", 0), Toys)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_port}/mcp"
    made.shutdown()
    made.server_close()


def place(folder: str, project: Path) -> str:
    return {"home": os.environ["HOME"], "project": str(project), "project/src": str(project / "src")}.get(folder, folder)


def stdio(cwd: str, words: list[str], env: dict[str, str], path: str) -> tuple[bool, str]:
    """Read a file through `record`; return (whether that was refused, what stderr says)."""
    command = [sys.executable, "-m", "gateway", "record", *words, "--", sys.executable, TOY]
    said = json.dumps(tool(1, "read_file", path=path)) + "\n"
    done = subprocess.run(command, cwd=cwd, env={**os.environ, **env}, input=said, capture_output=True, text=True, timeout=WAIT, check=True)
    return bool(json.loads(done.stdout)["result"].get("isError")), done.stderr


def http(cwd: str, words: list[str], env: dict[str, str], path: str, url: str) -> tuple[bool, str]:
    """Do the same through `record-http`."""
    command = [sys.executable, "-m", "gateway", "record-http", url, "--port", "0", *words]
    with subprocess.Popen(command, cwd=cwd, env={**os.environ, **env}, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr
            said = process.stderr.readline()
            ask = urllib.request.Request(
                json.loads(said)["url"], json.dumps(tool(1, "read_file", path=path)).encode(), {"Content-Type": "application/json"}
            )
            with urllib.request.urlopen(ask, timeout=WAIT) as response:
                answer: dict[str, Any] = json.load(response)
        finally:
            process.terminate()
        assert process.wait(WAIT) == 0
        return bool(answer["result"].get("isError")), said + process.stderr.read()


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("how", ["", "variable", "option"])
@pytest.mark.parametrize("carrier", ["stdio", "http"])
def test_denials_hold_or_the_line_is_loud(project: Path, server: str, folder: str, how: str, carrier: str) -> None:
    words = ["--project", str(project)] if how == "option" else []
    env = {"CLAUDE_PROJECT_DIR": str(project)} if how == "variable" else {}
    asked = (place(folder, project), words, env, f"{project}/secrets/key")
    refused, said = stdio(*asked) if carrier == "stdio" else http(*asked, server)
    known = bool(how) or folder.startswith("project")
    assert refused is known
    lines = [line for line in said.splitlines() if ("policy in force" in line.lower()) != ("PROJECT'S POLICY IS IN FORCE" in line)]
    assert len(lines) == 1 and "sha256:" in lines[0]
    assert (str(project / ".agent-scope.json") in lines[0]) if known else ("NO PROJECT'S POLICY" in lines[0] and "--project" in lines[0])
    stores = {str(file.parents[2]) for root in (Path(os.environ["HOME"]),) for file in root.rglob("events.ndjson")}
    state = f"{os.environ['HOME']}/.local/state/agent-strace"
    assert stores == {str(project) if known else os.environ["HOME"] if folder == "home" else state}
    assert (state in said) is (stores == {state})


@pytest.mark.parametrize("folder", ["home", "/", "project/src"])
@pytest.mark.parametrize("name", [".agent-scope.json", "strict.json"])
def test_a_policy_file_is_anchored_at_its_own_folder(project: Path, folder: str, name: str) -> None:
    (project / ".agent-scope.json").rename(project / name)
    (Path(os.environ["HOME"]) / ".agent-scope.json").write_text(json.dumps({"files": {"read": {"deny": ["*"]}}}))
    words = ["--policy", str(project / name)]
    for path, refused in ((f"{project}/secrets/key", True), (f"{project}/src/a.py", False), (f"{project}/b.py", True), ("/work/src/a.py", True)):
        assert stdio(place(folder, project), words, {}, path)[0] is refused, path


def test_a_policy_of_the_home_folder_does_not_move_the_projects_anchor(project: Path) -> None:
    (Path(os.environ["HOME"]) / ".agent-scope.json").write_text(json.dumps({"tools": {"deny": ["nothing"]}}))
    for path, refused in ((f"{project}/secrets/key", True), (f"{project}/src/a.py", False)):
        assert stdio(os.environ["HOME"], ["--project", str(project)], {}, path)[0] is refused, path


def test_a_policy_that_cannot_be_read_refuses_and_says_so(project: Path) -> None:
    (project / ".agent-scope.json").write_text("{")
    refused, said = stdio("/", ["--project", str(project)], {}, f"{project}/src/a.py")
    assert refused and "EVERY CALL IS REFUSED" in said and "Traceback" not in said


def test_a_project_that_is_none(project: Path) -> None:
    for word in (str(project / "gone"), str(project / ".agent-scope.json")):
        done = subprocess.run(
            [sys.executable, "-m", "gateway", "record", "--project", word, "--", "true"], capture_output=True, text=True, timeout=WAIT, check=False
        )
        assert done.returncode == 4 and "is no folder" in done.stderr


def test_a_store_in_a_project_that_cannot_be_written(project: Path) -> None:
    (project / ".agent-traces").write_text("a file")
    refused, said = stdio(str(project), [], {}, f"{project}/secrets/key")
    assert refused and "cannot be written" in said
    assert list(Path(os.environ["HOME"]).glob(".local/state/agent-strace/traces/*/events.ndjson"))
