"""Real servers and clients on stdio: where policy is silent, the proxy cannot be told from the server itself."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.real.stdio_servers import (
    CONFORMANCE,
    EVERYTHING,
    HELLO,
    HERE,
    INSPECTOR,
    NODE,
    NODE_SERVERS,
    PYTHON_SERVERS,
    READY,
    SDK,
    THERE,
    ask,
    call,
    environment,
    talk,
    through,
)

pytestmark = [
    pytest.mark.real,
    pytest.mark.network,
    pytest.mark.skipif(
        not THERE and not os.environ.get("AGENT_STRACE_REQUIRE_REAL"),
        reason="THE REAL MCP SERVERS WERE NOT TESTED: tests/real/install.sh installs them",
    ),
]


def seen_by_sdk(server: str, era: str, command: list[str], folder: Path) -> dict[str, Any]:
    """Return what the official Python client sees, check by check."""
    done = subprocess.run(
        [str(SDK), str(HERE / "mcp_checks.py"), server, era, "stdio", *command],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout))


class TestSdk:
    @pytest.mark.parametrize(
        ("server", "era", "command", "least"),
        [
            ("everything", "legacy", EVERYTHING, 34),
            ("conformance", "legacy", CONFORMANCE, 35),
            ("conformance", "modern", CONFORMANCE, 35),
        ],
    )
    def test_sees_the_same(self, tmp_path: Path, server: str, era: str, command: list[str], least: int) -> None:
        direct = seen_by_sdk(server, era, command, tmp_path)
        proxied = seen_by_sdk(server, era, through(command), tmp_path)
        assert len(direct) >= least and sum("broke" in str(one)[:5] for one in direct.values()) == 0
        assert proxied == direct


class TestWire:
    def both(self, tmp_path: Path, command: list[str], messages: list[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, Any]]:
        found = []
        for way in (command, through(command)):
            folder = tmp_path / str(len(found)) / "same"
            (folder / "files").mkdir(parents=True)
            (folder / "files" / "a.txt").write_text("line one\nline \u2028 two\n")
            for words in (["init", "-q"], ["add", "files"], ["-c", "user.name=n", "-c", "user.email=e@x.example", "commit", "-qm", "first"]):
                subprocess.run(["git", *words], cwd=folder, check=True)
            where = json.loads(json.dumps(messages).replace("{folder}", str(folder)))
            answers = talk([word.replace("{folder}", str(folder)) for word in way], where, folder)
            found.append(json.loads(json.dumps(answers).replace(str(folder.parent), "")))
        return found[0], found[1]

    def test_filesystem(self, tmp_path: Path) -> None:
        at = "{folder}/files"
        messages = [
            HELLO,
            READY,
            ask("77", "tools/list"),
            call(77, "read_text_file", path=f"{at}/a.txt"),
            call("b", "write_file", path=f"{at}/b.txt", content="x" * 1_000_000),
            call("c", "read_multiple_files", paths=[f"{at}/a.txt", f"{at}/none.txt"]),
            call("d", "list_directory", path=at),
            call("e", "search_files", path=at, pattern="*.txt"),
            call("f", "edit_file", path=f"{at}/a.txt", edits=[{"oldText": "one", "newText": "1\u2028"}]),
            call("g", "read_text_file", path="/etc/passwd"),
            call("h", "get_file_info", path=f"{at}/a.txt"),
            call("i", "directory_tree", path=at),
            call("j", "no_such_tool"),
            ask("k", "no/such/method"),
        ]
        direct, proxied = self.both(tmp_path, [str(NODE), str(NODE_SERVERS / "server-filesystem" / "dist" / "index.js"), "{folder}"], messages)
        assert len(direct) == len(messages) and proxied == direct

    def test_memory(self, tmp_path: Path) -> None:
        entity = {"name": "n", "entityType": "t", "observations": ["o \u2028"]}
        messages = [
            HELLO,
            READY,
            call(1, "create_entities", entities=[entity]),
            call(2, "add_observations", observations=[{"entityName": "n", "contents": ["more"]}]),
            call(3, "search_nodes", query="n"),
            call(4, "delete_entities", entityNames=["n"]),
            call(5, "read_graph"),
        ]
        command = ["env", "MEMORY_FILE_PATH={folder}/memory.json", str(NODE), str(NODE_SERVERS / "server-memory" / "dist" / "index.js")]
        direct, proxied = self.both(tmp_path, command, messages)
        assert len(direct) == len(messages) and proxied == direct

    def test_git(self, tmp_path: Path) -> None:
        messages = [
            HELLO,
            READY,
            ask(1, "tools/list"),
            call(2, "git_status", repo_path="{folder}"),
            call(3, "git_log", repo_path="{folder}", max_count=1),
            call(4, "git_diff_unstaged", repo_path="{folder}"),
            call(5, "git_status", repo_path="/nowhere"),
        ]
        direct, proxied = self.both(tmp_path, [str(PYTHON_SERVERS / "mcp-server-git"), "--repository", "{folder}"], messages)
        assert len(direct) == len(messages) and proxied == direct

    def test_time_in_the_era_without_sessions(self, tmp_path: Path) -> None:
        meta = {"io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": {}}
        convert = {"source_timezone": "UTC", "time": "12:30", "target_timezone": "Asia/Tokyo"}
        messages = [
            ask(1, "server/discover", _meta=meta),
            ask("2", "tools/list", _meta=meta),
            ask(3, "tools/call", name="convert_time", arguments=convert, _meta=meta),
            ask(4, "tools/call", name="convert_time", arguments={"time": "never"}, _meta=meta),
            ask(5, "no/such/method", _meta=meta),
            ask(6, "ping", _meta=meta),
        ]
        direct, proxied = self.both(tmp_path, [str(PYTHON_SERVERS / "mcp-server-time")], messages)
        assert len(direct) == len(messages) + 1 and proxied == direct


class TestInspector:
    @pytest.mark.parametrize(
        "words",
        [["tools/list"], ["tools/call", "--tool-name", "get-sum", "--tool-arg", "a=2", "--tool-arg", "b=40"], ["resources/list"], ["prompts/list"]],
        ids=lambda words: words[0],
    )
    def test_prints_the_same(self, tmp_path: Path, words: list[str]) -> None:
        said = [
            subprocess.run(
                [str(NODE), str(INSPECTOR), "--cli", *command, "--method", *words],
                cwd=tmp_path,
                env={**environment(tmp_path), "MCP_AUTO_OPEN_ENABLED": "false"},
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
            for command in (EVERYTHING, through(EVERYTHING))
        ]
        assert said[0].returncode == said[1].returncode == 0 and said[0].stdout and said[0].stdout == said[1].stdout


class TestPolicy:
    def test_a_denied_call_of_a_real_server_does_not_happen(self, tmp_path: Path) -> None:
        policy = {"files": {"write": {"deny": ["locked/**"]}}, "tools": {"deny": ["mcp__filesystem__move_file"]}}
        (tmp_path / ".agent-scope.json").write_text(json.dumps(policy))
        (tmp_path / "locked").mkdir()
        messages = [HELLO, READY, ask(1, "tools/list"), call(2, "write_file", path=str(tmp_path / "locked" / "a"), content="x"), call(3, "move_file")]
        found = talk(through([str(NODE), str(NODE_SERVERS / "server-filesystem" / "dist" / "index.js"), str(tmp_path)]), messages, tmp_path)
        names = [one["name"] for one in found["1"]["result"]["tools"]]
        assert "write_file" in names and "move_file" not in names
        assert found["2"]["result"]["isError"] and "files.write.deny" in str(found["2"]) and "tools.deny" in str(found["3"])
        assert list((tmp_path / "locked").iterdir()) == []
