"""What the patches that a call applies would change."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gateway.host.patch_files import MAX_BYTES, patched_in
from gateway.model.call import ToolCall
from gateway.tools import actions_of

PATCH = "--- a/x\n+++ b/x\n"


def told(line: str, folder: Path) -> list[tuple[str, list[str]]]:
    call = ToolCall("Bash", {"command": line}, cwd=str(folder))
    acted = ToolCall("Bash", call.arguments, cwd=str(folder), actions=actions_of(call, home="/h", effects={}))
    return patched_in(acted, "/h", lambda path: path.endswith("/x"))


@pytest.mark.parametrize(
    ("line", "place"),
    [("git apply p", ""), ("patch -p1 < p", ""), ("patch -d sub -p1 < p", "sub"), ("git apply --directory=sub p", "sub"), ("cat p | git apply", "")],
)
def test_what_they_name(line: str, place: str, tmp_path: Path) -> None:
    (tmp_path / "p").write_text(PATCH)
    folder = f"{tmp_path}/{place}".rstrip("/")
    assert (folder, [f"{folder}/x"]) in told(line, tmp_path)


@pytest.mark.parametrize("line", ["git apply gone", "cat p", "git log", "git apply fifo", "git apply ."])
def test_nothing_else(line: str, tmp_path: Path) -> None:
    (tmp_path / "p").write_text(PATCH)
    os.mkfifo(tmp_path / "fifo")
    assert told(line, tmp_path) == []


def test_no_more_is_read_than_that(tmp_path: Path) -> None:
    (tmp_path / "p").write_text(" " * MAX_BYTES + "\n" + PATCH)
    assert told("git apply p", tmp_path) == []
