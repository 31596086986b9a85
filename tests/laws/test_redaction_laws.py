"""The leak law: whatever credential stands wherever in whatever payload, encoded and split in whatever way, nothing of it is kept."""

from __future__ import annotations

import base64
import gzip
import json
import random
import tempfile
import urllib.parse
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gateway.checkpoint import Checkpoint, Settings
from gateway.model.passage import Capabilities
from gateway.redaction.detector import Detector
from gateway.redaction.redact import Cleaner
from gateway.redaction.stream import Stream
from tests.command_line import run
from tests.redaction.samples import all_detectors, sample, written

DETECTORS = [detector for _, detector in all_detectors()]
WINDOW = 8
FILLER = st.sampled_from(("", "plain text", "x = 1\n", "naïve ☃", "https://example.org/a?b=c", "{}", "a" * 50, "\\n", '"quoted"', "50% of it"))


def escaped(text: str) -> str:
    """Return a JSON text in which every character is escaped."""
    return '{"inner": "' + "".join(f"\\u{ord(char):04x}" for char in text) + '"}'


ENCODINGS: dict[str, Callable[[str], str]] = {
    "plain": lambda text: text,
    "json": lambda text: json.dumps({"inner": [text]}),
    "json in json": lambda text: json.dumps({"inner": json.dumps([text])}),
    "escaped": escaped,
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64url": lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
    "lines of base64": lambda text: base64.encodebytes(("some words before it " * 4 + text).encode()).decode(),
    "hex": lambda text: text.encode().hex(),
    "percent": lambda text: urllib.parse.quote(text, safe=""),
    "all percent": lambda text: "".join(f"%{byte:02x}" for byte in text.encode()),
    "gzip": lambda text: base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode(),
    "zlib": lambda text: base64.b64encode(zlib.compress(text.encode())).decode(),
    "base64 twice": lambda text: base64.b64encode(base64.b64encode(text.encode())).decode(),
}
"""Name -> how a text is written so."""


def random_parts(detector: Detector, value: str) -> list[str]:
    """Return every window of a value that is not part of its form's literal text."""
    literals = "".join(
        part for form in detector.forms for part in (form.anchor, *(each for each in (*form.before, *form.after) if isinstance(each, str)))
    )
    windows = {value[at : at + WINDOW] for at in range(len(value) - WINDOW + 1)}
    return [window for window in windows if window not in literals and len(set(window)) > 3]


@st.composite
def secrets(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Return (a text that a credential stands in the way it does in files, the parts that must be gone)."""
    detector = draw(st.sampled_from(DETECTORS))
    source = random.Random(draw(st.integers(0, 2**32)))
    value = sample(detector, draw(st.sampled_from(detector.forms)), source)
    return draw(st.sampled_from(written(detector, value)[:3])), random_parts(detector, value)


@st.composite
def payloads(draw: st.DrawFn) -> tuple[Any, list[str]]:
    """Return (a JSON value that a credential stands in, the parts of it that must be gone)."""
    text, parts = draw(secrets())
    encoded = ENCODINGS[draw(st.sampled_from(sorted(ENCODINGS)))](text)
    value: Any = draw(FILLER) + " " + encoded + " " + draw(FILLER)
    value = draw(st.sampled_from((encoded, value)))
    for shape in draw(st.lists(st.sampled_from(("list", "member", "name", "deep", "text")), max_size=4)):
        if shape == "list":
            value = [draw(FILLER), value, 7, None]
        elif shape == "member":
            value = {"a": draw(FILLER), "content": value, "ok": True}
        elif shape == "name" and isinstance(value, str):
            value = {value: draw(FILLER)}
        elif shape == "deep":
            value = {"x": [{"y": [value]}]}
        elif shape == "text":
            value = {"type": "text", "text": json.dumps(value)}
    return {"result": value}, parts


def left(told: str, parts: list[str]) -> list[str]:
    """Return the parts that are still there, in the open or in any of the encodings we know how to write."""
    return [part for part in parts if part in told]


class TestLeakLaw:
    @settings(max_examples=200, deadline=None)
    @given(payloads())
    def test_nothing_of_a_credential_is_left_in_a_value(self, payload: tuple[Any, list[str]]) -> None:
        value, parts = payload
        told = json.dumps(Cleaner(b"key").value(value), ensure_ascii=False)
        assert left(told, parts) == [] and "[REDACTED:" in told

    @settings(max_examples=100, deadline=None)
    @given(payloads())
    def test_cleaning_twice_is_cleaning_once_and_the_shape_stays(self, payload: tuple[Any, list[str]]) -> None:
        once = Cleaner(b"key").value(payload[0])
        again = Cleaner(b"key")
        assert again.value(once) == once and again.removed == {}
        assert shape(once) == shape(payload[0])

    @settings(max_examples=80, deadline=None)
    @given(secrets(), st.sampled_from(("plain", "json", "base64", "lines of base64", "hex", "percent")), st.data())
    def test_nothing_is_left_when_it_is_split(self, secret: tuple[str, list[str]], encoding: str, data: st.DataObject) -> None:
        text = "before\n" + ENCODINGS[encoding](secret[0]) + "\nafter"
        cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
        pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
        stream = Stream(lambda part: Cleaner(b"key").text(part))
        told = "".join([*map(stream.feed, pieces), stream.finish()])
        assert left(told, secret[1]) == [] and told.startswith("before\n") and told.endswith("after")

    @settings(max_examples=60, deadline=None)
    @given(st.sampled_from([each for each in DETECTORS if not each.names]), st.integers(0, 2**32), st.data())
    def test_nothing_is_left_when_pieces_of_it_stand_in_a_list(self, detector: Detector, seed: int, data: st.DataObject) -> None:
        value = sample(detector, data.draw(st.sampled_from(detector.forms)), random.Random(seed))
        cuts = sorted(data.draw(st.lists(st.integers(0, len(value)), min_size=1, max_size=3)))
        pieces = [value[start:end] for start, end in zip([0, *cuts], [*cuts, len(value)], strict=True)]
        told = Cleaner(b"key").value({"chunks": pieces})["chunks"]
        assert left("".join(told), random_parts(detector, value)) == [] and len(told) == len(pieces)

    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(payloads(), min_size=3, max_size=6))
    def test_nothing_reaches_a_store_or_what_is_exported_from_it(self, several: list[tuple[Any, list[str]]]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            checkpoint = Checkpoint(Settings(Capabilities(), trace_dir=folder))
            checkpoint.start("s", {"command": json.dumps(several[0][0])}, cwd=folder)
            for value, _ in several:
                assert checkpoint.note("user_prompt", "s", {"prompt": value, **value}, cwd=folder) == ""
            kept = b"".join(path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()).decode()
            code, out, err = run("--trace-dir", folder, "export", "s", "--format", "ndjson")
            assert code == 0, err
            for _, parts in several:
                assert left(kept + out + err, parts) == []


def shape(value: Any) -> Any:
    """Return the shape of a JSON value: its containers, their sizes, the types of what they hold; names of members may be cleaned."""
    if isinstance(value, dict):
        return [shape(item) for item in value.values()]
    if isinstance(value, list):
        return (len(value), [shape(item) for item in value])
    return type(value).__name__


ANYTHING: Any = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=60)
    | st.sampled_from(
        (
            "-----BEGIN " + "PRIVATE KEY-----",
            "%",
            "%zz%4",
            "\\u00",
            "\\x",
            "https://@:@",
            "://",
            "eyJ",
            "sk-",
            "password=",
            "Authorization:",
            "--token ",
            "[REDACTED:",
            "H4sI" + "A" * 30,
            "eJ" + "w" * 40,
            "+" * 40,
            "{" * 40,
        )
    ),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=12) | st.sampled_from(("token", "value", "name", "data", "kind")), inner, max_size=4)
    ),
    max_leaves=12,
)


class TestTotal:
    @settings(max_examples=150, deadline=None)
    @given(ANYTHING)
    def test_every_value_can_be_cleaned_and_keeps_its_shape(self, value: Any) -> None:
        once = Cleaner(b"key", pii=True).value(value)
        assert Cleaner(b"key", pii=True).value(once) == once

    @settings(max_examples=80, deadline=None)
    @given(st.lists(st.text(max_size=30), max_size=8))
    def test_every_stream_passes(self, pieces: list[str]) -> None:
        stream = Stream(lambda part: Cleaner(b"key", pii=True).text(part))
        told = "".join([*map(stream.feed, pieces), stream.finish()])
        assert told == Cleaner(b"key", pii=True).text("".join(pieces)) or "\n" in "".join(pieces) or "\r" in "".join(pieces)
