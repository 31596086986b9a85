"""Only a regular file, or nothing, is replaced; everything else is written into, and what does not end well changes nothing."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from gateway.host.writing import SHARED, whole_file, write_text


def kinds(folder: Path) -> dict[str, int]:
    """Return what stands in a folder: name -> kind of file."""
    return {entry.name: stat.S_IFMT(os.lstat(entry).st_mode) for entry in folder.iterdir()}


class TestRegular:
    def test_takes_its_place_only_when_all_went_well(self, tmp_path: Path) -> None:
        target = tmp_path / "a.html"
        target.write_text("before")
        with pytest.raises(ValueError, match="no"), whole_file(str(target)) as file:
            file.write(b"half")
            raise ValueError("no")
        assert target.read_text() == "before" and list(tmp_path.iterdir()) == [target]
        with whole_file(str(target)) as file:
            file.write(b"after")
        assert target.read_text() == "after" and target.stat().st_mode & 0o777 == 0o600

    def test_keeps_the_mode_where_it_is_shared(self, tmp_path: Path) -> None:
        target = tmp_path / "a"
        target.write_text("before")
        target.chmod(0o640)
        write_text(str(target), "after", mode=SHARED)
        assert (target.read_text(), target.stat().st_mode & 0o777) == ("after", 0o640)

    def test_a_new_shared_one_obeys_the_umask(self, tmp_path: Path) -> None:
        before = os.umask(0o027)
        try:
            write_text(str(tmp_path / "a"), "x")
        finally:
            os.umask(before)
        assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640

    def test_half_a_character_becomes_a_question_mark(self, tmp_path: Path) -> None:
        write_text(str(tmp_path / "a"), "a\ud800b")
        assert (tmp_path / "a").read_text() == "a?b"

    def test_a_long_name_fits(self, tmp_path: Path) -> None:
        write_text(str(tmp_path / ("n" * 250)), "x")
        assert [len(entry.name) for entry in tmp_path.iterdir()] == [250]

    @pytest.mark.parametrize("path", ["missing/a", "", "a/"])
    def test_what_cannot_be_written_names_the_path(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
        monkeypatch.chdir(tmp_path)
        with pytest.raises(OSError, match=r"directory") as caught:
            write_text(path, "x")
        assert path in str(caught.value.filename) and not list(tmp_path.iterdir())


class TestLinks:
    def test_are_followed_and_stay(self, tmp_path: Path) -> None:
        (tmp_path / "deep").mkdir()
        (tmp_path / "deep" / "real").write_text("before")
        (tmp_path / "middle").symlink_to("deep/real")
        (tmp_path / "link").symlink_to(tmp_path / "middle")
        write_text(str(tmp_path / "link"), "after")
        assert (tmp_path / "deep" / "real").read_text() == "after"
        assert (tmp_path / "link").is_symlink() and (tmp_path / "middle").is_symlink()

    def test_to_nothing_make_their_target(self, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to("new")
        write_text(str(tmp_path / "link"), "x")
        assert (tmp_path / "link").is_symlink() and (tmp_path / "new").read_text() == "x"

    def test_in_a_circle_are_refused(self, tmp_path: Path) -> None:
        (tmp_path / "a").symlink_to("b")
        (tmp_path / "b").symlink_to("a")
        with pytest.raises(OSError, match="symbolic links"):
            write_text(str(tmp_path / "a"), "x")
        assert kinds(tmp_path) == {"a": stat.S_IFLNK, "b": stat.S_IFLNK}

    def test_to_a_descriptor_reach_it(self, tmp_path: Path) -> None:
        reader, writer = os.pipe()
        try:
            (tmp_path / "link").symlink_to(f"/proc/self/fd/{writer}")
            write_text(str(tmp_path / "link"), "through")
            assert os.read(reader, 100) == b"through"
        finally:
            os.close(reader)
            os.close(writer)


class TestOthers:
    @pytest.mark.parametrize("linked", [False, True])
    def test_a_fifo_is_written_into(self, tmp_path: Path, linked: bool) -> None:
        fifo = tmp_path / "fifo"
        os.mkfifo(fifo)
        (tmp_path / "link").symlink_to("fifo")
        got: list[bytes] = []
        reader = threading.Thread(target=lambda: got.append(fifo.read_bytes()))
        reader.start()
        write_text(str(tmp_path / "link" if linked else fifo), "x" * 200_000)
        reader.join(10)
        assert got == [b"x" * 200_000] and kinds(tmp_path) == {"fifo": stat.S_IFIFO, "link": stat.S_IFLNK}

    def test_a_fifo_gets_nothing_of_what_did_not_end_well(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "fifo")
        with pytest.raises(ValueError, match="no"), whole_file(str(tmp_path / "fifo")) as file:
            file.write(b"half")
            raise ValueError("no")
        assert kinds(tmp_path) == {"fifo": stat.S_IFIFO}

    @pytest.mark.parametrize(("minor", "fails"), [(3, False), (7, True)])
    def test_a_device_stays_one(self, tmp_path: Path, minor: int, fails: bool) -> None:
        node = tmp_path / "node"
        try:
            os.mknod(node, stat.S_IFCHR | 0o600, os.makedev(1, minor))  # the numbers of null and full
            os.close(os.open(node, os.O_WRONLY))
        except PermissionError:
            pytest.skip("needs root and a file system that takes devices")
        if fails:
            with pytest.raises(OSError, match="No space left") as caught:
                write_text(str(node), "x")
            assert caught.value.filename == str(node)
        else:
            write_text(str(node), "x")
        assert kinds(tmp_path) == {"node": stat.S_IFCHR}

    def test_a_folder_is_refused_before_anything_is_written(self, tmp_path: Path) -> None:
        with pytest.raises(IsADirectoryError):
            write_text(str(tmp_path), "x")
        assert not list(tmp_path.iterdir())
