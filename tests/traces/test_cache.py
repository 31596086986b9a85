from __future__ import annotations

import os
from pathlib import Path

from gateway.traces.cache import read_cache, write_cache


class TestCache:
    def test_comes_back_as_it_was(self, tmp_path: Path) -> None:
        path = str(tmp_path / ".index")
        assert write_cache(path, b"key", b"one\ntwo\n") and read_cache(path, b"key") == b"one\ntwo\n"
        assert os.stat(path).st_mode & 0o777 == 0o600 and os.listdir(tmp_path) == [".index"]

    def test_another_key_or_another_byte_is_not_believed(self, tmp_path: Path) -> None:
        path = tmp_path / ".index"
        write_cache(str(path), b"key", b"data")
        assert read_cache(str(path), b"other") is None
        path.write_bytes(path.read_bytes() + b"x")
        assert read_cache(str(path), b"key") is None

    def test_a_link_is_not_followed(self, tmp_path: Path) -> None:
        write_cache(str(tmp_path / "real"), b"key", b"data")
        (tmp_path / ".index").symlink_to(tmp_path / "real")
        assert read_cache(str(tmp_path / ".index"), b"key") is None
        assert write_cache(str(tmp_path / ".index"), b"key", b"more") and read_cache(str(tmp_path / "real"), b"key") == b"data"

    def test_a_place_that_cannot_be_written_is_no_trouble(self, tmp_path: Path) -> None:
        assert not write_cache(str(tmp_path / "none" / ".index"), b"key", b"data") and not write_cache("/dev/full/x", b"key", b"")

    def test_nothing_is_none(self, tmp_path: Path) -> None:
        assert read_cache(str(tmp_path / "none"), b"key") is None
        (tmp_path / "empty").write_bytes(b"")
        assert read_cache(str(tmp_path / "empty"), b"key") is None
