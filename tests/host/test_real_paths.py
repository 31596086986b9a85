from __future__ import annotations

import os
from pathlib import Path

import pytest

from gateway.host.real_paths import MAX_LINKS, Look, real_path


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


class TestLook:
    def test_what_is_known_of_a_folder_is_what_following_it_again_would_find(self, tmp_path: Path) -> None:
        root = os.path.realpath(tmp_path)
        (tmp_path / "d" / "e").mkdir(parents=True)
        (tmp_path / "l").symlink_to("d/e")
        (tmp_path / "loop").symlink_to("loop")
        look = Look()
        for asked in ("l", "l/x", "l/..", "l/../x", "l/x/../..", "loop/x", "loop/x", "./l//x", "l/x/", "d/e/../../l"):
            path = f"{root}/{asked}"
            assert look.real_path(path) == real_path(path), asked
            assert asked.startswith("loop") or real_path(path) == os.path.realpath(path)

    def test_links_count_behind_a_known_folder_too(self, tmp_path: Path) -> None:
        root = os.path.realpath(tmp_path)
        (tmp_path / "0").mkdir()
        for number in range(1, MAX_LINKS + 2):
            (tmp_path / str(number)).symlink_to(str(number - 1))
        (tmp_path / "0" / "back").symlink_to("../1")
        look = Look()
        assert look.real_path(f"{root}/{MAX_LINKS}") == f"{root}/0"
        assert look.real_path(f"{root}/{MAX_LINKS}/back") == f"{root}/{MAX_LINKS}/back" == real_path(f"{root}/{MAX_LINKS}/back")
        assert look.real_path(f"{root}/{MAX_LINKS - 2}/back") == f"{root}/0"

    def test_a_link_laid_anew_is_seen_by_the_next_look(self, tmp_path: Path) -> None:
        root = os.path.realpath(tmp_path)
        (tmp_path / "l").symlink_to("a")
        assert Look().real_path(f"{root}/l") == f"{root}/a"
        (tmp_path / "l").unlink()
        (tmp_path / "l").symlink_to("b")
        assert Look().real_path(f"{root}/l") == f"{root}/b"
