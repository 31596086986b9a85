from __future__ import annotations

import os.path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.model.paths import absolute, below, folder_of, from_file_uri, is_system_program, joined, name_of, normal


class TestAbsolute:
    @pytest.mark.parametrize(
        ("path", "want"),
        [
            ("a", "/w/a"),
            ("./a//b/", "/w/a/b"),
            ("../a", "/a"),
            ("../../../etc", "/etc"),
            ("~/x", "/home/u/x"),
            ("~", "/home/u"),
            ("~other/x", "/w/~other/x"),
            ("/a/./b/../c", "/a/c"),
            ("file:///etc/passwd", "/etc/passwd"),
            ("FILE://localhost/etc/%70asswd", "/etc/passwd"),
            ("file:/etc/passwd?x#y", "/etc/passwd"),
            ("", "/w"),
        ],
    )
    def test_resolves(self, path: str, want: str) -> None:
        assert absolute(path, "/w", "/home/u") == want

    @given(st.text("./a~b", max_size=12))
    def test_agrees_with_posixpath(self, path: str) -> None:
        if not path.startswith("~"):
            assert normal("/w/" + path) == os.path.normpath("/w/" + path)

    def test_joined_keeps_what_only_the_disk_can_tell(self) -> None:
        assert joined("link/../x", "/w", "/h") == "/w/link/../x"


class TestParts:
    def test_below(self) -> None:
        assert (below("/a/b", "/a"), below("/a", "/a"), below("/ab", "/a"), below("/x", "/")) == ("b", "", None, "x")

    def test_name_and_folder(self) -> None:
        assert (name_of("/a/b"), folder_of("/a/b"), folder_of("/a")) == ("b", "/a", "/")

    def test_percent_that_is_none_stays(self) -> None:
        assert from_file_uri("file:///a%zz%") == "/a%zz%"


@pytest.mark.parametrize(
    ("path", "system"),
    [
        ("ls", True),
        ("/usr/bin/ls", True),
        ("/bin/ls", True),
        ("/opt/homebrew/bin/git", True),
        ("./ls", False),
        ("bin/ls", False),
        ("/tmp/ls", False),
        ("/usr/bin/x/ls", False),
        ("/usr/bin/../../tmp/ls", False),
        ("~/bin/ls", False),
        ("C:\\Windows\\System32\\where.exe", True),
        (".\\where.exe", False),
        ("C:\\Windows\\..\\x.exe", False),
    ],
)
def test_programs_of_the_system(path: str, system: bool) -> None:
    assert is_system_program(path) is system
