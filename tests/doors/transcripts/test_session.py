"""The small readings that every format shares."""

from __future__ import annotations

from pathlib import Path

import pytest

from gateway.doors.transcripts.session import Found, dict_in, found_below, refuse_unread, seconds, text_at, text_in, told
from gateway.model.errors import ProtocolError
from tests.doors.transcripts.rows import write_lines


class TestReadings:
    @pytest.mark.parametrize(
        ("value", "expected"), [("1970-01-01T00:00:02Z", 2.0), (1_770_000_000_000, 1_770_000_000.0), (5, 5.0), ("x", 0.0), (None, 0.0), (True, 0.0)]
    )
    def test_seconds(self, value: object, expected: float) -> None:
        assert seconds(value) == expected

    @pytest.mark.parametrize(
        ("content", "expected"),
        [("a", "a"), ([{"type": "text", "text": "a"}, {"type": "image"}, "b"], "a\nb"), ({"content": [{"text": "c"}]}, "c"), (None, ""), (3, "")],
    )
    def test_text(self, content: object, expected: str) -> None:
        assert text_in(content) == expected

    def test_what_is_of_another_type_is_not_there(self) -> None:
        assert (dict_in({"a": 1}, "a"), dict_in(3, "a"), text_at({"a": 1}, "a"), told(a="", b=0, c=None)) == ({}, {}, "", {"b": 0})

    def test_files_come_in_the_order_of_their_names(self, tmp_path: Path) -> None:
        for name in ("b/2", "b/1", "a/3", "0", "no"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).touch()
        (tmp_path / "b/0").symlink_to("/gone")

        def found(path: str) -> Found:
            return Found("x", "s", path.removeprefix(f"{tmp_path}/"), "", Path(path).stat().st_size, 0.0)

        assert [one.path for one in found_below(str(tmp_path), lambda _, name: name != "no", found)] == ["0", "a/3", "b/1", "b/2"]
        assert list(found_below(f"{tmp_path}/none", lambda *_: True, found)) == []


class TestRefuseUnread:
    @pytest.mark.parametrize("lines", [(), ("{torn",), ({"type": "other"},)])
    def test_a_file_without_a_known_line(self, tmp_path: Path, lines: tuple[object, ...]) -> None:
        with pytest.raises(ProtocolError, match="cannot be read as a session of x"):
            refuse_unread(write_lines(tmp_path / "a.jsonl", *lines), "x", lambda line: line.get("type") == "ours")

    def test_one_known_line_is_enough(self, tmp_path: Path) -> None:
        refuse_unread(write_lines(tmp_path / "a.jsonl", "{torn", {"type": "ours"}), "x", lambda line: line.get("type") == "ours")
