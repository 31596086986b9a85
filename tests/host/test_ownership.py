from __future__ import annotations

import os
from pathlib import Path

import pytest

from gateway.host import ownership
from gateway.host.user_folders import config_folder

MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:30 / /mnt/c rw,noatime - 9p C:\\134 rw,dirsync,aname=drvfs;path=C:\\;uid=1000;gid=1000;symlinkroot=/mnt/
41 22 0:31 / /mnt/with\\040blank rw - vfat /dev/sdb1 rw,fmask=0000
42 22 0:32 / /vm rw - 9p share rw,trans=virtio,access=client
43 40 8:2 / /mnt/c/linux rw - ext4 /dev/sdc1 rw
"""


@pytest.mark.parametrize(
    ("path", "want"),
    [
        ("/home/u/p", True),
        ("/mnt/c/Users/u/p", False),
        ("/mnt/c", False),
        ("/mnt/cat/p", True),
        ("/mnt/with blank/p", False),
        ("/vm/p", True),
        ("/mnt/c/linux/p", True),
    ],
)
def test_drives_without_modes(path: str, want: bool) -> None:
    assert ownership.keeps_modes(path, MOUNTS) is want


def test_without_any_table_modes_are_kept() -> None:
    assert ownership.keeps_modes("/x", "nonsense\n\n")


class TestTrouble:
    def test_what_cannot_be_looked_at(self) -> None:
        assert ownership.trouble("/x", True)[0] == "`/x` cannot be looked at"

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
    def test_a_link_is_asked_for_both_ends(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        os.chown(tmp_path / "file", 54321, -1)
        (tmp_path / "link").symlink_to("file")
        assert "another user" in ownership.trouble(str(tmp_path / "link"), os.lstat(tmp_path / "link"))[0]
        os.chown(tmp_path / "file", 0, -1)
        assert ownership.trouble(str(tmp_path / "link"), os.lstat(tmp_path / "link")) == ("", "")
        os.lchown(tmp_path / "link", 54321, -1)
        assert "another user" in ownership.trouble(str(tmp_path / "link"), os.lstat(tmp_path / "link"))[0]

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
    def test_a_group_that_is_not_ours_alone(self, tmp_path: Path) -> None:
        os.chown(tmp_path, -1, 54321)
        tmp_path.chmod(0o2775)
        problem, hint = ownership.trouble(str(tmp_path), os.lstat(tmp_path))
        assert "its group (gid 54321) may write" in problem and f"`chmod g-w {tmp_path}`" in hint

    def test_the_way_out_names_the_folder(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o777)
        hint = ownership.trouble(str(tmp_path), os.lstat(tmp_path))[1]
        assert f"adds the line `{tmp_path}` to `{config_folder()}/trusted-folders`" in hint


class TestTrusted:
    @pytest.fixture
    def listed(self) -> Path:
        path = Path(config_folder(), "trusted-folders")
        path.parent.mkdir(parents=True)
        return path

    @pytest.mark.parametrize(
        ("line", "want"), [("{p}", True), ("{p}/", True), ("{p}/x", False), ("#{p}", False), ("p", False), ("/", True), ("", False)]
    )
    def test_a_folder_and_what_is_below(self, listed: Path, tmp_path: Path, line: str, want: bool) -> None:
        listed.write_text(f"\n{line.format(p=tmp_path)}\n")
        assert ownership.is_trusted(str(tmp_path)) is want
        assert not ownership.is_trusted(f"{tmp_path}elsewhere") or line == "/"

    def test_a_list_that_others_may_write_says_nothing(self, listed: Path, tmp_path: Path) -> None:
        listed.write_text(f"{tmp_path}\n")
        listed.chmod(0o666)
        assert not ownership.is_trusted(str(tmp_path))

    def test_a_fifo_says_nothing_and_does_not_wait(self, listed: Path) -> None:
        os.mkfifo(listed)
        assert not ownership.is_trusted("/x")


def test_own_groups() -> None:
    assert ownership.is_own_group(0)
    assert not ownership.is_own_group(54322)
