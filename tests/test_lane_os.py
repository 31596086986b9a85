"""The lane's stand-in for `os` means what `os` means."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway import lane_os

LIGHT = lane_os._light()
PATHS = st.lists(st.sampled_from(["a", "..", ".", "", "b.c", "é"]), max_size=6).map("/".join)


class TestLight:
    @settings(max_examples=200, deadline=None)
    @given(PATHS)
    def test_path_functions_agree(self, path: str) -> None:
        light = LIGHT.path  # type: ignore[attr-defined]
        assert light.dirname(path) == os.path.dirname(path)
        assert light.basename(path) == os.path.basename(path)
        assert light.abspath("/" + path) == os.path.abspath("/" + path).replace("//", "/")  # POSIX leaves two leading slashes to the system
        assert light.abspath(path) == os.path.abspath(path).replace("//", "/")

    def test_looks_agree(self, tmp_path: Path) -> None:
        (tmp_path / "f").touch()
        (tmp_path / "to-folder").symlink_to(".")
        (tmp_path / "to-nothing").symlink_to("gone")
        for name in ("", "f", "to-folder", "to-nothing", "gone", "f/x", "nul\0"):
            path = f"{tmp_path}/{name}"
            light = LIGHT.path  # type: ignore[attr-defined]
            assert (light.isdir(path), light.islink(path)) == (os.path.isdir(path), os.path.islink(path))
            assert light.lexists(path) == os.path.lexists(path)

    def test_folders_are_made_on_the_way(self, tmp_path: Path) -> None:
        LIGHT.makedirs(f"{tmp_path}/a/b", mode=0o700, exist_ok=True)  # type: ignore[attr-defined]
        LIGHT.makedirs(f"{tmp_path}/a/b", exist_ok=True)  # type: ignore[attr-defined]
        assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700
        with pytest.raises(FileExistsError):
            LIGHT.makedirs(f"{tmp_path}/a/b")  # type: ignore[attr-defined]

    def test_variables(self) -> None:
        code = "import sys; sys.path.insert(0, sys.argv[1])\nfrom gateway.lane_os import os\n"
        code += "print(os.environ.get('X'), os.environ.get('Y', 'none'), 'os' in sys.modules)"
        root = str(Path(lane_os.__file__).parents[1])
        done = subprocess.run([sys.executable, "-I", "-S", "-c", code, root], env={"X": "é"}, capture_output=True, text=True, check=True)
        assert done.stdout.split() == ["é", "none", "False"]

    def test_where_os_is_there_it_is_os(self) -> None:
        assert lane_os.os is os
