from __future__ import annotations

import os
from pathlib import Path

import pytest

from gateway.host.real_paths import real_path


class TestRealPath:
    @pytest.mark.parametrize(
        ("links", "asked", "want"),
        [
            ({}, "a/b", "a/b"),
            ({"l": "a"}, "l/x", "a/x"),
            ({"l": "m", "m": "a"}, "l/x", "a/x"),
            ({"a/l": "../b"}, "a/l/../c", "c"),
            ({"l": "nowhere/file"}, "l", "nowhere/file"),
            ({"l": "l"}, "l", "l"),
        ],
    )
    def test_links_are_followed_as_far_as_they_exist(self, tmp_path: Path, links: dict[str, str], asked: str, want: str) -> None:
        root = Path(os.path.realpath(tmp_path))
        (root / "a").mkdir()
        for link, target in links.items():
            (root / link).symlink_to(target)
        assert real_path(f"{root}/{asked}") == f"{root}/{want}"

    def test_agrees_with_the_kernel(self, tmp_path: Path) -> None:
        (tmp_path / "d" / "e").mkdir(parents=True)
        (tmp_path / "l").symlink_to("d/e")
        for asked in ("l/..", "l/../x", "d/../l/./../e/", "l//..//e"):
            assert real_path(f"{tmp_path}/{asked}") == os.path.realpath(f"{tmp_path}/{asked}")
