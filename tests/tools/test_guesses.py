"""What looks like a path, a command or a host is treated as one."""

from __future__ import annotations

import pytest

from gateway.tools.guesses import MAX_LEAVES, joined, looks_like_path, names_path, urls_in, words_of
from tests.tools.rows import call_rows, told_call

test_rows = call_rows(
    r"""
read_text_file {"path": ".env"} => read .env
write_file {"path": "x", "content": "/etc/passwd"} => write x
deploy {"path": "x", "content": "a"} => write x
delete_thing {"path": "x"} => write x [delete,tree]
list_things {"path": "x"} => read x [list]
copy_file {"source": "a", "destination": "b"} => read a · write a · read b · write b
move_file {"source": "a", "destination": "b"} => read a · write a · read b · write b
search_files {"path": "src", "pattern": "x"} => read src [search]
run {"command": "rm x"} => run rm x · write x [delete]
thing {"cmd": "rm x", "python": "import os; os.remove('y')"} => run rm x · write x [delete] · run python [inline] · write y [delete]
thing {"url": "https://a.example"} => connect https://a.example
thing {"host": "a.example"} => connect a.example
thing {"endpoint": "not a host"} => nothing
thing {"note": "see https://a.example for more"} => nothing
thing {"x": "https://a.example/y"} => connect https://a.example/y
thing {"x": "~/.ssh/id_rsa"} => read ~/.ssh/id_rsa
thing {"x": "/etc/passwd"} => read /etc/passwd
thing {"x": "../secret"} => read ../secret
thing {"x": ".env"} => read .env
thing {"x": "just words and more/words"} => nothing
thing {"x": "file:///etc/passwd"} => read /etc/passwd
thing {"nested": {"deep": [{"file_path": ".env"}]}} => read .env
mcp__filesystem__read_file {"path": ".env"} => read .env
mcp__filesystem__write_file {"path": "x", "content": "y"} => write x
mcp__shell__run_command {"command": "rm x"} => run rm x · write x [delete]
mcp__git__git_log {"repo_path": "/p"} => read /p
mcp__fetch__fetch {"url": "https://a.example"} => connect https://a.example
mcp__github__create_issue {"title": "rm -rf /", "body": "cat .env"} => nothing
mcp__slack__post_message {"text": "hello /world"} => nothing
mcp__db__query {"sql": "select * from t"} => nothing
list_files {"path": "src/*.py"} => read src/*.py [list,glob]
readTextFile {"filePath": "a"} => read a
run {"command": "rm", "args": ["-rf", "a b"]} => run rm -rf a b · write a b [delete,tree]
start {"program": "rm", "arguments": ["x"], "cwd": "/p"} => run rm x · write x [delete] · read /p
thing {"argv": ["rm", "x"]} => run rm x · write x [delete]
thing {"args": ["rm", "x"]} => nothing
thing {"jobs": [{"cmd": "rm", "args": ["x"]}]} => run rm x · write x [delete]
run_python {"code": "import os; os.remove('y')"} => run python [inline] · write y [delete]
mcp__py__run_python {"code": "open('.env').read()"} => run python [inline] · read .env
thing {"code": "rm x"} => nothing
"""
)


@pytest.mark.parametrize(
    ("tool", "words"),
    [
        ("readTextFile", {"read", "text", "file"}),
        ("read-text_file", {"read", "text", "file"}),
        ("ReadMCPResource", {"read", "mcpresource"}),
        ("", set()),
    ],
)
def test_words(tool: str, words: set[str]) -> None:
    assert words_of(tool) == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see https://a.example/x, and (http://b.example)", ["https://a.example/x,", "http://b.example"]),
        ("://", []),
        ("ssh+git://h/x", ["ssh+git://h/x"]),
        ("none", []),
    ],
)
def test_urls(text: str, expected: list[str]) -> None:
    assert urls_in(text) == expected


@pytest.mark.parametrize("text", ["/etc", "~/x", "./x", "../x", ".env", "a/b.py", "a/b/c", "id_rsa"])
def test_paths(text: str) -> None:
    assert looks_like_path(text)


@pytest.mark.parametrize("text", ["//x", "a b/c.py", "and/or", "plain", "1.5", "a\n/b", "x" * 5000])
def test_no_paths(text: str) -> None:
    assert not looks_like_path(text)


@pytest.mark.parametrize(("key", "expected"), [("file-path", True), ("filePath", True), ("save_dir", True), ("title", False), ("profile", False)])
def test_names_of_paths(key: str, expected: bool) -> None:
    assert names_path(key) is expected


@pytest.mark.parametrize(
    ("folder", "pattern", "expected"),
    [("", "*.py", "*.py"), (".", "*.py", "*.py"), ("src/", "*.py", "src/*.py"), ("/", "etc", "/etc"), ("src", "/etc/*", "/etc/*")],
)
def test_joined(folder: str, pattern: str, expected: str) -> None:
    assert joined(folder, pattern) == expected


def test_too_many_values_are_opaque() -> None:
    told = told_call("thing", {"values": ["x"] * (MAX_LEAVES + 5)})
    assert told == "run thing [inline] OPAQUE"


def test_policy_tells_what_arguments_mean() -> None:
    effects = {"fs": {"get": {"read": [["what"]], "text": [["note"]], "run": [["line"]]}}}
    told = told_call("mcp__fs__get", {"what": "a", "note": "/etc/passwd", "line": "rm x"}, effects)
    assert told == "read a · run rm x · write x [delete]"


def test_tools_stand_for_commands_and_paths_have_a_base() -> None:
    effects = {
        "git": {"add": {"base": [["repo"]], "as": [["git add"]], "read": [["files"]]}, "*": {}},
        "fs": {"mv": {"delete": [["from"]], "list": [["in"]]}},
    }
    assert told_call("mcp__git__add", {"repo": "/r", "files": ["a"]}, effects) == "run git add · read a @/r"
    assert told_call("mcp__git__other", {"path": "/etc/passwd"}, effects) == "nothing"
    assert told_call("mcp__fs__mv", {"from": "a", "in": "b"}, effects) == "write a [delete,tree] · read b [list]"
