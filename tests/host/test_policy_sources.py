"""A policy file that is there and cannot be read is not an absent one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gateway.host.policy_sources import MAX_POLICY, bytes_of
from gateway.model.errors import PolicyError


class TestBytesOf:
    def test_what_it_holds(self, tmp_path: Path) -> None:
        (tmp_path / "p.json").write_bytes(b"{}")
        assert bytes_of(str(tmp_path / "p.json")) == b"{}"

    @pytest.mark.parametrize("name", ["missing", "missing/p.json", "file/p.json"])
    def test_absent(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "file").write_text("")
        assert bytes_of(str(tmp_path / name)) is None

    @pytest.mark.parametrize("kind", ["folder", "fifo", "loop", "nul"])
    def test_there_and_not_readable(self, tmp_path: Path, kind: str) -> None:
        path = tmp_path / "p.json"
        if kind == "folder":
            path.mkdir()
        elif kind == "fifo":
            os.mkfifo(path)
        elif kind == "loop":
            path.symlink_to("p.json")
        with pytest.raises(PolicyError):
            bytes_of(str(path) + ("\0" if kind == "nul" else ""))

    def test_too_large(self, tmp_path: Path) -> None:
        (tmp_path / "p.json").write_bytes(b" " * MAX_POLICY)
        assert len(bytes_of(str(tmp_path / "p.json")) or b"") == MAX_POLICY
        (tmp_path / "p.json").write_bytes(b" " * (MAX_POLICY + 1))
        with pytest.raises(PolicyError, match="larger than 4 MiB"):
            bytes_of(str(tmp_path / "p.json"))
