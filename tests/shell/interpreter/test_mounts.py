"""A container's files by the names they have here."""

from __future__ import annotations

import pytest

from gateway.model.action import TREE, UNKNOWN
from gateway.shell import understand
from gateway.shell.interpreter.mounts import MAX_MOUNTS, in_order, on_this_machine
from gateway.shell.values import Value

MOUNTS = in_order((("/w", "/p"), ("/w/deep", "/other"), ("/root", "/home/u")))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/w", "/p"),
        ("/w/.env", "/p/.env"),
        ("/w/../w/./.env", "/p/.env"),
        ("/w/deep/x", "/other/x"),
        ("/w/deeper/x", "/p/deeper/x"),
        ("~/.ssh/id", "/home/u/.ssh/id"),
        (".env", "/p/.env"),
        ("../etc/passwd", None),
        ("/etc/passwd", None),
        ("/wx", None),
        (f"/w/{UNKNOWN}", f"/p/{UNKNOWN}"),
        (UNKNOWN, f"/p/{UNKNOWN}"),
        (f"/etc/{UNKNOWN}", None),
    ],
)
def test_a_name(path: str, expected: str | None) -> None:
    found = on_this_machine(Value(path), "/w", MOUNTS, ())
    assert (found.text if found else None) == expected


@pytest.mark.parametrize(
    ("glob", "expected"),
    [("/w/.e*", "/p/.e*"), ("/*/.env", "/p/.env"), ("/**/.env", "/p/**/.env"), ("/[a-v]/.env", None), ("/etc/*", None), ("*.py", "/p/*.py")],
)
def test_a_pattern(glob: str, expected: str | None) -> None:
    found = on_this_machine(Value(glob, glob=glob), "/w", (("/w", "/p"),), ())
    assert (found.glob if found else None) == expected


def test_a_pattern_matches_the_folder_itself_literally() -> None:
    found = on_this_machine(Value("/w/*", glob="/w/*"), "/", (("/w", "/p[1]"),), ())
    assert found is not None and found.glob == "/p\\[1\\]/*"


def test_a_walk_from_further_up_comes_by() -> None:
    assert on_this_machine(Value("/"), "/", (("/w", "/p"),), (TREE,)) == Value("/p")
    assert on_this_machine(Value("/"), "/", (("/w", "/p"),), ()) is None


def test_what_hangs_on_the_root_has_one_slash() -> None:
    assert on_this_machine(Value("/x/etc/shadow"), "/", (("/x", "/"),), ()) == Value("/etc/shadow")
    assert on_this_machine(Value("/x"), "/", (("/x", "/"),), ()) == Value("/")


def test_more_mounts_than_are_followed_are_no_licence() -> None:
    def opaque(count: int) -> bool:
        line = "docker run " + " ".join(f"-v /a{number}:/b{number}" for number in range(count)) + f" x cat /b{count - 1}/k"
        return any(action.opaque for action in understand(line, cwd="/p", home="/home/u"))

    assert not opaque(MAX_MOUNTS)
    assert opaque(MAX_MOUNTS + 1)
