from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.redaction import stream
from gateway.redaction.redact import Cleaner
from gateway.redaction.stream import Stream
from tests.redaction.test_blocks import block

TOKEN = "ghp_" + "a1B2c3D4e" * 4
TEXT = f"first {TOKEN}\nDB_PASSWORD=hunter22\n" + block("RSA PRIVATE KEY") + f"\nplain\r\n{{'a': '{TOKEN}'}}\nno end {TOKEN}"


def clean(text: str) -> str:
    """Return a text without credentials."""
    return Cleaner(b"key").text(text)


def passed(pieces: list[str]) -> str:
    """Return what comes out of a stream of pieces."""
    made = Stream(clean)
    return "".join([*(made.feed(piece) for piece in pieces), made.finish()])


class TestStream:
    @settings(max_examples=60)
    @given(st.lists(st.integers(0, len(TEXT)), max_size=12))
    def test_pieces_change_nothing(self, cuts: list[int]) -> None:
        ends = [0, *sorted(cuts), len(TEXT)]
        assert passed([TEXT[start:end] for start, end in zip(ends, ends[1:], strict=False)]) == clean(TEXT)

    def test_one_character_at_a_time(self) -> None:
        assert passed(list(TEXT)) == clean(TEXT) and TOKEN not in clean(TEXT)

    def test_lines_go_on_as_they_end(self) -> None:
        made = Stream(clean)
        assert (made.feed("one\ntw"), made.feed("o\n"), made.finish()) == ("one\n", "two\n", "")

    def test_a_line_without_end_is_cut_between_words(self) -> None:
        source = random.Random(1)
        text = " ".join(source.choice(("plain", TOKEN, "words")) for _ in range(stream.MAX_HELD // 20))
        told = passed([text[at : at + 65536] for at in range(0, len(text), 65536)])
        assert TOKEN[4:12] not in told and told.count("plain") == text.count("plain")

    def test_broken_base64_is_held_until_it_ends(self) -> None:
        import base64

        text = base64.encodebytes(f"{'x' * 50} {TOKEN} {'y' * 50}".encode()).decode() + "end\n"
        assert passed(list(text)) == clean(text) and "[REDACTED:github-token" in passed(list(text))
