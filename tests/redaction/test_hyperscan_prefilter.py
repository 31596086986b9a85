"""The automaton tells only what can be left out: whatever it says, the same is found."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.redaction import first_look, prefilter
from gateway.redaction.hyperscan_prefilter import Automaton
from gateway.redaction.index import ANCHORS, LINKS, LOOSE, NAMES
from gateway.redaction.keywords import anchors_in, ascii_of, long_words, loose_in, wide_words
from gateway.redaction.names import KEY_OWNERS, WORDS
from gateway.redaction.nested import Budget
from gateway.redaction.options import PROGRAMS
from gateway.redaction.redact import Cleaner
from gateway.redaction.scan import Armed, _all_pieces, provider_spans, spans
from tests.laws.test_redaction_laws import ENCODINGS
from tests.redaction.corpus import blocks
from tests.redaction.samples import all_detectors, sample, written

if not os.environ.get("AGENT_STRACE_REQUIRE_REAL"):
    pytest.importorskip("hyperscan")

AUTOMATON = Automaton.compiled()


@pytest.fixture(autouse=True)
def as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(prefilter, "_state", prefilter._State())
    yield


def looks(text: str) -> list[tuple[object, ...]]:
    """Return what a first look finds without and with the automaton, and where credentials stand then."""
    told = []
    for telling in (None, AUTOMATON):
        prefilter.tell_by(telling)
        armed = Armed(text)
        told.append((sorted(each.id for each in armed.detectors), sorted(armed.words), armed.provided, armed.nested, spans(text, armed)))
    return told


def check(text: str) -> None:
    without, with_it = looks(text)
    assert without == with_it, text[:500]


def test_it_compiles_here() -> None:
    assert AUTOMATON is not None


@pytest.mark.parametrize("detector", [each for _, each in all_detectors()], ids=lambda each: each.id)
def test_every_kind_is_found_in_every_surrounding(detector: object) -> None:
    source = random.Random(detector.id)
    for form in detector.forms[:4]:
        value = sample(detector, form, source)
        for text in written(detector, value):
            check(text)
            check("some words before it " + text + " and\nbehind")


@pytest.mark.parametrize("name", ENCODINGS)
def test_every_encoding_is_looked_into(name: str) -> None:
    source = random.Random(name)
    for _, detector in islice(all_detectors(), 0, None, 9):
        for text in written(detector, sample(detector, detector.forms[0], source))[:3]:
            check(ENCODINGS[name](text))
            check(f"before = {ENCODINGS[name](text)}\nbehind")


def test_installed_files() -> None:
    for _, text in islice(blocks(), 0, 900, 9):
        check(text)


PIECES = st.one_of(
    st.sampled_from(
        (*ANCHORS, *LOOSE, *LINKS, *WORDS, *PROGRAMS, *(f"{one}key" for one in KEY_OWNERS), *(w for n in NAMES.values() for w in n.split()))
    ),
    st.sampled_from(
        (
            " ",
            "\n",
            "=",
            ": ",
            ", ",
            "://",
            "@",
            "-",
            "_",
            ".",
            "/",
            "+",
            "%",
            "\\",
            "\\u00",
            "\\x",
            '"',
            "'",
            "(",
            ">",
            "~",
            "$",
            "\r\n",
            "☃",
            "ſ",
            "K",
        )
    ),
    st.sampled_from(
        ("pin\n", "otp: ", "pin", "PRIVATE KEY", "-----BEGIN ", "machine ", "password ", "H4sI", "eJ", " -p", "API_", "Key", "user:pass")
    ),
    st.text("abcdefXYZ0123456789", min_size=1, max_size=30),
    st.text("ABCDEF0123456789abcdef+/_-.", min_size=14, max_size=90),
    st.text(max_size=5),
)


@settings(max_examples=int(os.environ.get("AUTOMATON_EXAMPLES", "400")), deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_law_nothing_is_left_out_that_could_find_something(text: str) -> None:
    check(text)


@settings(max_examples=int(os.environ.get("AUTOMATON_EXAMPLES", "400")), deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_law_a_part_that_is_not_called_for_finds_nothing(text: str) -> None:
    assert AUTOMATON is not None
    plain = ascii_of(text)
    told, loose = AUTOMATON(plain)
    wide = wide_words(plain)
    assert told & first_look.NESTED or not _all_pieces(plain, Budget(), wide)
    assert told & first_look.ANCHORED or not anchors_in(plain, long_words(wide))
    assert loose is not None and sorted(loose) == sorted(set(loose_in(plain)))
    assert told & first_look.PROVIDED or not provider_spans(text, wide)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(PIECES, max_size=6).map("".join), max_size=6))
def test_law_values_are_cleaned_alike(texts: list[str]) -> None:
    value = {"list": texts, "pairs": dict(zip(texts, texts[::-1], strict=True)), "name": [{"name": one, "value": one} for one in texts]}
    out = []
    for telling in (None, AUTOMATON):
        prefilter.tell_by(telling)
        cleaner = Cleaner(b"key")
        out.append((cleaner.value(value), cleaner.removed, cleaner.partial))
    assert out[0] == out[1]


def test_what_goes_wrong_calls_for_every_part() -> None:
    class Broken:
        def scan(self, *_words: object, **_more: object) -> None:
            raise ArithmeticError("scratch")

    automaton = Automaton(Broken(), ArithmeticError)
    assert automaton("text") == (first_look.EVERY, None)
    assert automaton("text") == (first_look.EVERY, None)
    automaton._free.clear()
    assert automaton("text") == (first_look.EVERY, None)


def test_threads_find_the_same() -> None:
    texts = [f"token = {number}\n" * 500 for number in range(8)]
    prefilter.tell_by(AUTOMATON)
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda text: Armed(text).words, texts * 20))
    assert told == [["token"]] * 160


def test_seeded_red_a_pattern_too_few_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    from gateway.redaction import hyperscan_prefilter as module

    monkeypatch.setattr(module, "_ALL", tuple("nothing-here" if one == "AKIA" else one for one in module._ALL))
    narrow = Automaton.compiled()
    assert narrow is not None and AUTOMATON is not None
    text = "AKIA" + "Q" * 16
    assert AUTOMATON(text)[0] & first_look.ANCHORED and not narrow(text)[0] & first_look.ANCHORED
