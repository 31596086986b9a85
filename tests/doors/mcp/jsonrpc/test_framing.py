"""Framing: the same messages whatever the chunks, in both framings, and nothing a line reader could take for two."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.doors.mcp.jsonrpc.framing import HEADER, LINE, Frame, Framer, framed

TABLE = {
    "one line": (b'{"a":1}\n', [Frame(b'{"a":1}')]),
    "crlf": (b'{"a":1}\r\n', [Frame(b'{"a":1}\r')]),
    "blank lines": (b"\n \r\n{}\n\n", [Frame(b"{}")]),
    "U+2028 is text": ('"\u2028\u0085"\n'.encode(), [Frame('"\u2028\u0085"'.encode())]),
    "a header": (b"Content-Length: 4\r\n\r\n{\n}\n", [Frame(b"{\n}\n", HEADER)]),
    "any spelling": (b"content-length:2\r\nContent-Type: x\r\n\r\n{}", [Frame(b"{}", HEADER)]),
    "both": (b"{}\nContent-Length: 2\r\n\r\n[][]\n", [Frame(b"{}"), Frame(b"[]", HEADER), Frame(b"[]")]),
    "nothing in it": (b"Content-Length: 0\r\n\r\n{}\n", [Frame(b"{}")]),
    "two lengths": (
        b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}\n",
        [Frame(b"", HEADER, "a header without one Content-Length"), Frame(b"{}")],
    ),
    "no length": (b"Content-Type: x\n\n{}\n", [Frame(b"", HEADER, "a header without one Content-Length"), Frame(b"{}")]),
    "a header and no empty line": (
        b"Content-Length: 2\n{}\n",
        [Frame(b"Content-Length: 2", HEADER, "a header without an empty line behind it"), Frame(b"{}")],
    ),
    "too long": (b"x" * 101 + b"\n{}\n", [Frame(b"", LINE, "longer than 100 bytes"), Frame(b"{}")]),
    "too long a body": (b"Content-Length: 101\r\n\r\n" + b"x" * 101 + b"{}\n", [Frame(b"", HEADER, "longer than 100 bytes"), Frame(b"{}")]),
}


class TestFramer:
    @pytest.mark.parametrize("name", TABLE)
    def test_messages(self, name: str) -> None:
        data, frames = TABLE[name]
        assert Framer(100).feed(data) == frames

    @pytest.mark.parametrize("name", TABLE)
    def test_byte_by_byte(self, name: str) -> None:
        data, frames = TABLE[name]
        framer = Framer(100)
        found = [frame for at in range(len(data)) for frame in framer.feed(data[at : at + 1])]
        assert [(one.style, one.problem, one.raw if not one.problem else "") for one in found] == [
            (one.style, one.problem, one.raw if not one.problem else "") for one in frames
        ]

    def test_a_last_line_without_its_newline(self) -> None:
        framer = Framer()
        assert framer.feed(b'{"a"') == [] and framer.feed(b":1}") == []
        assert framer.end() == [Frame(b'{"a":1}')]

    def test_a_torn_body(self) -> None:
        framer = Framer()
        assert framer.feed(b"Content-Length: 5\r\n\r\n{}") == []
        assert framer.end() == [Frame(b"{}", HEADER, "the stream ended inside a message")]

    def test_style_is_the_last_one_seen(self) -> None:
        framer = Framer()
        assert framer.style == LINE
        framer.feed(b"Content-Length: 2\r\n\r\n{}")
        assert framer.style == HEADER


MESSAGES = st.lists(
    st.tuples(
        st.sampled_from((LINE, HEADER)), st.binary(min_size=1, max_size=40).map(lambda raw: b"{" + raw.replace(b"\n", b"").replace(b"\r", b"") + b"}")
    ),
    max_size=6,
)


class TestLaw:
    @settings(max_examples=60)
    @given(MESSAGES, st.lists(st.integers(1, 20), max_size=60))
    def test_any_chunking_yields_the_same_messages(self, messages: list[tuple[str, bytes]], cuts: list[int]) -> None:
        wire = b"".join(framed(raw, style) for style, raw in messages)
        framer = Framer()
        found, at = [], 0
        for cut in [*cuts, len(wire)]:
            found += framer.feed(wire[at : at + cut])
            at += cut
        found += framer.feed(wire[at:])
        assert found == [Frame(raw, style) for style, raw in messages] == Framer().feed(wire)


class TestFramed:
    @pytest.mark.parametrize(
        ("raw", "style", "wire"),
        [
            (b"{}", LINE, b"{}\n"),
            (b"{}\r", LINE, b"{}\r\n"),
            (b'{"a":\r{"method":"x"}\n}', LINE, b'{"a": {"method":"x"} }\n'),
            (b"{\n}", HEADER, b"Content-Length: 3\r\n\r\n{ }"),
        ],
    )
    def test_no_line_end_inside_a_message(self, raw: bytes, style: str, wire: bytes) -> None:
        assert framed(raw, style) == wire
