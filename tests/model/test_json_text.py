from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.model.errors import ProtocolError
from gateway.model.json_text import dumps, dumps_ascii, line_of, loads
from tests.pythons import pythons

NO_JSON = {
    "": "not JSON at character 0",
    "{": "not JSON: Expecting property name enclosed in double quotes (character 1)",
    "{x": "not JSON: Expecting property name enclosed in double quotes (character 1)",
    "{'password': pw}": "not JSON: Expecting property name enclosed in double quotes (character 1)",
    '{"a" 1}': "not JSON: Expecting ':' delimiter (character 5)",
    '{"a": 1 "b"}': "not JSON: Expecting ',' delimiter (character 8)",
    '[ "$API_TOKEN" = "x" ]': "not JSON: Expecting ',' delimiter (character 15)",
    '"ab': "not JSON: Unterminated string starting at (character 0)",
    '["\\ud8"]': "not JSON: Invalid \\uXXXX escape (character 3)",
    '["\\x"]': "not JSON: Invalid \\escape (character 2)",
    "[1,": "not JSON at character 3",
    "[nul]": "not JSON at character 1",
    "NaN": "`NaN` is not JSON",
    "[-Infinity]": "`-Infinity` is not JSON",
    "1e999": "`1e999` is too large a number",
    "[-1e999]": "`-1e999` is too large a number",
    "[" * 100_000: "JSON nested too deeply",
    "{} {}": "more than one JSON value, the second at character 3",
}
"""What is no JSON, and what is said of it: the same whatever was imported before, and whichever Python it is."""

BARE = """
import sys
sys.path.append(sys.argv[1])
exec(sys.argv[2])
from gateway.model.json_text import loads
from gateway.model.errors import ProtocolError
def said(text):
    try:
        return loads(text)
    except ProtocolError as error:
        return str(error)
for text in TEXTS:
    found = said(text)
    if found != TEXTS[text]:
        raise SystemExit((text[:40], found))
loaded = {"json", "json.decoder", "re", "enum"} & set(sys.modules)
import json
if json.JSONDecodeError.__module__ != "json.decoder" or said("{x") != TEXTS["{x"] or said("[1]") != [1]:
    raise SystemExit("another json")
print(sorted(loaded))
"""

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


class TestLoads:
    @given(VALUES)
    def test_reads_what_json_writes(self, value: object) -> None:
        assert loads(json.dumps(value)) == value

    @given(st.text())
    def test_only_a_protocol_error_escapes(self, text: str) -> None:
        try:
            loads(text)
        except ProtocolError:
            return

    @pytest.mark.parametrize("text", ["", "{", "[1,]", "{}{}", "NaN", "Infinity", "1 2", "'x'", "[" * 100_000])
    def test_refuses(self, text: str) -> None:
        with pytest.raises(ProtocolError):
            loads(text)

    @pytest.mark.parametrize("text", NO_JSON)
    def test_says_what_is_wrong(self, text: str) -> None:
        with pytest.raises(ProtocolError) as caught:
            loads(text)
        assert str(caught.value) == NO_JSON[text]

    @pytest.mark.parametrize("version", pythons())
    @pytest.mark.parametrize(
        ("before", "loaded"),
        [
            ("", []),
            ("import json", ["enum", "json", "json.decoder", "re"]),
            ("import threading", ["enum", "json", "json.decoder", "re"]),
        ],
    )
    def test_says_the_same_in_a_bare_process(self, version: str, before: str, loaded: list[str]) -> None:
        root = str(Path(__file__).resolve().parents[2])
        done = subprocess.run(
            [pythons()[version], "-I", "-S", "-c", f"TEXTS = {NO_JSON!r}\n{BARE}", root, before], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert eval(done.stdout) == loaded

    def test_the_last_of_two_keys_counts(self) -> None:
        assert loads('{"a": 1, "a": 2}') == {"a": 2}


class TestDumps:
    @given(VALUES)
    def test_json_reads_what_it_writes(self, value: object) -> None:
        assert json.loads(dumps(value)) == value == json.loads(dumps_ascii(value))

    def test_a_line_carries_lone_surrogates(self) -> None:
        assert json.loads(line_of({"a": "\ud800"})) == {"a": "\ud800"}

    def test_refuses_what_json_cannot_say(self) -> None:
        with pytest.raises(ValueError, match="Out of range"):
            dumps(float("nan"))
        with pytest.raises(TypeError):
            dumps(object())
