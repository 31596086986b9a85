"""Server-sent events: what is read, what is written back, and that the place of a cut never matters."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.doors.mcp.jsonrpc.sse import Event, Reader, event
from gateway.model.errors import ProtocolError


def read(stream: bytes, *cuts: int) -> list[Event]:
    """Return the events of a stream that arrives in these pieces."""
    reader = Reader()
    places = sorted({0, len(stream), *(cut for cut in cuts if 0 <= cut <= len(stream))})
    return [found for start, stop in zip(places, places[1:], strict=False) for found in reader.feed(stream[start:stop])]


def dispatched(stream: bytes) -> list[tuple[bytes, bytes, bytes | None]]:
    """Return (type, data, last event id) of every event of a whole stream: the standard's algorithm, written again as plainly as possible."""
    stream = stream.removeprefix(b"\xef\xbb\xbf")
    found = []
    lines = re.split(rb"\r\n|\n|\r", stream)[:-1]
    data: list[bytes] = []
    name, last = b"", None
    for line in lines:
        if not line:
            if data:
                found.append((name, b"\n".join(data), last))
            data, name, last = [], b"", None
            continue
        if line.startswith(b":"):
            continue
        field, _, value = line.partition(b":")
        value = value[1:] if value.startswith(b" ") else value
        if field == b"data":
            data.append(value)
        elif field == b"event":
            name = value
        elif field == b"id" and b"\0" not in value:
            last = value
    return found


def told(events: list[Event]) -> list[tuple[bytes, bytes, bytes | None]]:
    return [(one.name, one.data, one.id) for one in events if one.data is not None]


TABLE = [
    ("one line", b"data: {}\n\n", [(b"", b"{}", None)]),
    ("no space", b"data:{}\n\n", [(b"", b"{}", None)]),
    ("two spaces keep one", b"data:  x\n\n", [(b"", b" x", None)]),
    ("crlf", b"event: message\r\ndata: {}\r\n\r\n", [(b"message", b"{}", None)]),
    ("cr alone", b"data: {}\r\r", [(b"", b"{}", None)]),
    ("mixed ends", b"data: a\r\ndata: b\rdata: c\n\n", [(b"", b"a\nb\nc", None)]),
    ("several lines", b"data: {\ndata: }\n\n", [(b"", b"{\n}", None)]),
    ("priming", b"id: 7\ndata: \n\n", [(b"", b"", b"7")]),
    ("priming with retry", b"id: 7\r\nretry: 100\r\ndata: \r\n\r\n", [(b"", b"", b"7")]),
    ("field without colon", b"data\n\n", [(b"", b"", None)]),
    ("id alone is no event", b"id: 7\n\n", []),
    ("id with nul is ignored", b"id: a\0b\ndata: x\n\n", [(b"", b"x", None)]),
    ("last id wins", b"id: 1\nid: 2\ndata: x\n\n", [(b"", b"x", b"2")]),
    ("comment inside", b"data: a\n: hello\ndata: b\n\n", [(b"", b"a\nb", None)]),
    ("comment alone", b": ping\n\n", []),
    ("unknown field", b"Data: x\nfoo: y\n\n", []),
    ("bom", b"\xef\xbb\xbfdata: x\n\n", [(b"", b"x", None)]),
    ("a bom later is no bom", b"data: x\n\n\xef\xbb\xbfdata: y\n\n", [(b"", b"x", None)]),
    ("unfinished", b"data: x\n", []),
    ("unfinished after one", b"data: x\n\ndata: y", [(b"", b"x", None)]),
    ("separators that are no line ends", "data: a\u2028b\u0085c\x0bd\n\n".encode(), [(b"", "a\u2028b\u0085c\x0bd".encode(), None)]),
]


class TestReader:
    @pytest.mark.parametrize(("_", "stream", "expected"), TABLE, ids=[row[0] for row in TABLE])
    def test_reads_what_the_standard_says(self, _: str, stream: bytes, expected: list[object]) -> None:
        assert told(read(stream)) == expected == dispatched(stream)

    @pytest.mark.parametrize(("_", "stream", "expected"), TABLE, ids=[row[0] for row in TABLE])
    def test_one_byte_at_a_time(self, _: str, stream: bytes, expected: list[object]) -> None:
        assert told(read(stream, *range(len(stream)))) == expected

    def test_an_event_is_told_as_soon_as_it_ends(self) -> None:
        reader = Reader()
        assert told(reader.feed(b"data: a\r\n")) == []
        assert told(reader.feed(b"\r\n")) == [(b"", b"a", None)]

    def test_a_comment_does_not_wait_for_an_empty_line(self) -> None:
        assert [one.raw for one in Reader().feed(b": ping\n")] == [b": ping\n"]

    def test_crlf_cut_in_two_is_passed_on_whole(self) -> None:
        reader = Reader()
        assert reader.feed(b"data: a\r\n\r") == []
        assert [one.raw for one in reader.feed(b"\n")] == [b"data: a\r\n\r\n"]

    def test_cr_streams_are_not_held_back(self) -> None:
        reader = Reader()
        assert [one.data for one in reader.feed(b"data: a\r\r")] == [b"a"]
        assert [one.data for one in reader.feed(b"\ndata: b\r\r")] == [b"b"]

    def test_a_line_feed_after_a_cut_carriage_return_ends_no_second_line(self) -> None:
        assert told(read(b"data: x\r\rdata: a\r\ndata: b\n\n", 9, 17)) == [(b"", b"x", None), (b"", b"a\nb", None)]

    def test_an_endless_event_is_refused(self) -> None:
        reader = Reader(limit=100)
        reader.feed(b"data: " + b"x" * 90)
        with pytest.raises(ProtocolError, match="more than 100 bytes"):
            reader.feed(b"x" * 90)

    def test_many_small_lines_are_one_event_for_the_limit(self) -> None:
        reader = Reader(limit=100)
        with pytest.raises(ProtocolError):
            for _ in range(20):
                reader.feed(b"data: x\n")


PIECES = st.sampled_from(
    [
        b"\n",
        b"\r",
        b"\r\n",
        b"data: ",
        b"data:",
        b"id: 1",
        b"event: message",
        b"retry: 10",
        b": c",
        b"x",
        b" ",
        b":",
        b"\xef\xbb\xbf",
        b"\0",
        b'{"a":1}',
    ]
)
STREAMS = st.lists(PIECES, max_size=40).map(b"".join)


class TestLaws:
    @given(STREAMS, st.lists(st.integers(0, 200), max_size=12))
    @settings(max_examples=300, deadline=None)
    def test_cuts_never_matter(self, stream: bytes, cuts: list[int]) -> None:
        whole = dispatched(stream + b"\n")
        assert told(read(stream + b"\n", *cuts)) == whole

    @given(STREAMS, st.lists(st.integers(0, 200), max_size=12))
    @settings(max_examples=300, deadline=None)
    def test_bytes_come_back_as_they_were(self, stream: bytes, cuts: list[int]) -> None:
        joined = b"".join(one.raw for one in read(stream, *cuts))
        assert stream.startswith(joined)
        assert dispatched(joined + b"\n") == dispatched(joined) or b"data" in stream[len(joined) :]

    @given(STREAMS, STREAMS.map(lambda text: text.replace(b"\xef\xbb\xbf", b"")))
    @settings(max_examples=300, deadline=None)
    def test_other_data_changes_nothing_else(self, stream: bytes, data: bytes) -> None:
        for one in read(stream + b"\n\n"):
            if one.data is not None:
                again = read(one.carrying(data))
                assert told(again) == [(one.name, re.sub(rb"\r\n|\r", b"\n", data), one.id)]
                assert told(read(one.emptied())) == []


class TestWriting:
    def test_an_event_of_our_own_has_no_id(self) -> None:
        assert event(b"{}") == b"event: message\ndata: {}\n\n"

    def test_line_ends_in_data_become_lines(self) -> None:
        assert told(read(event(b"{\r\n}"))) == [(b"message", b"{\n}", None)]

    def test_id_retry_and_comments_stay(self) -> None:
        [one] = read(b"id: 4\r\nretry: 9\r\n: c\r\ndata: a\r\ndata: b\r\n\r\n")[-1:]
        assert one.carrying(b"z") == b"id: 4\r\nretry: 9\r\n: c\r\ndata: z\n\n"
        assert one.emptied() == b"id: 4\r\nretry: 9\r\n: c\r\n\n"
