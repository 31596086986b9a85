"""Cleaning costs in proportion to a text, whatever it is made of: anchors, keywords and samples of every detector, cut and repeated."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator

import pytest

from gateway.redaction import names, options
from gateway.redaction.detector import Detector
from gateway.redaction.prefilter import tell_by
from gateway.redaction.redact import Cleaner
from tests.redaction.samples import all_detectors, built, sample

SMALL, LARGE = 8_000, 32_000
ROUNDS = 8
GROWTH = 6.5
"""What a text of four times the length may cost at most: 4 is linear, 8 is n√n, 16 the square."""
FREE = 0.03
"""CPU seconds for the large text below which nothing grew."""
MOST = 20.0
"""What the large text may cost at most, in yardsticks; the dearest takes 7."""


def yardstick() -> float:
    """Return the CPU seconds of a loop: how fast this processor is just now, for one whose other half is busy is half as fast."""
    begun = time.thread_time()
    total = 0
    for number in range(200_000):
        total += number & 3
    return time.thread_time() - begun


def repeated(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


def cost(text: str) -> float:
    """Return the CPU seconds that cleaning a text takes; `tell_by(None)` has every part of the first look run."""
    cleaner = Cleaner(b"key")
    begun = time.thread_time()
    cleaner.text(text)
    return time.thread_time() - begun


def assert_linear(unit: str) -> None:
    """Assert that four times the text costs about four times as much: the best of several rounds, since others want the machine too."""
    tell_by(None)
    small = large = step = float("inf")
    for _ in range(ROUNDS):
        large = min(large, cost(repeated(unit, LARGE)))
        if large < FREE:
            return
        small, step = min(small, cost(repeated(unit, SMALL))), min(step, yardstick())
        if large <= GROWTH * small and large <= MOST * step:
            return
    raise AssertionError(f"{unit!r}: {small * 1000:.1f} ms for {SMALL}, {large * 1000:.1f} ms for {LARGE} characters, {step * 1000:.1f} a yardstick")


def units(detector: Detector) -> Iterator[str]:
    """Yield what texts are made of that keep a detector busy."""
    source = random.Random(detector.id)
    form = source.choice(detector.forms)
    value = sample(detector, form, source)
    for other in detector.forms[:1] if form.anchor == detector.forms[0].anchor else (detector.forms[0], form):
        if other.anchor:
            yield from (other.anchor, f"{other.anchor}.", f"{other.anchor} ")
    yield from (value, value[: len(value) // 2], f"{value[:-1]} ", built(detector.misses[0], source) + " ")
    for name in detector.names[:1]:
        yield from (f"{name}=", f"{name}_key: ")


DETECTORS = dict.fromkeys(detector.id for _, detector in all_detectors())


class TestLinearTime:
    @pytest.mark.parametrize("identity", DETECTORS)
    def test_of_a_detectors_own_texts(self, identity: str) -> None:
        for _, detector in all_detectors():
            if detector.id == identity:
                for unit in dict.fromkeys(units(detector)):
                    assert_linear(unit)

    @pytest.mark.parametrize("word", [*names.WORDS, *(f"{owner}_key" for owner in names.KEY_OWNERS), "bearer", "pin", "otp"])
    def test_of_telling_names(self, word: str) -> None:
        for end in ("", "=", "= ", ": ", '":"', ".", "=='", " x1y2z3a4"):
            assert_linear(word + end)

    @pytest.mark.parametrize("program", options.PROGRAMS)
    def test_of_programs_that_take_passwords(self, program: str) -> None:
        for option in options.PROGRAMS[program]:
            for unit in (program, f"{program} {option}", f"{program} {option} ", f"{program} {option}'", f"{program} {option} a:b"):
                assert_linear(unit)

    @pytest.mark.parametrize(
        "unit",
        [
            "-----BEGIN RSA PRIVATE KEY-----",
            "-----BEGIN PRIVATE KEY-----\n",
            "-----END ",
            "PuTTY-User-Key-File-",
            "machine a login b password ",
            "https://u:p@",
            "://",
            "%41",
            "%",
            "\\u0041",
            "\\x41",
            "\\",
            "[REDACTED:",
            "Authorization: Bearer ",
            "Cookie: a=",
            "Set-Cookie: a1b2c3d4=",
            "x" * 70 + "\n",
            "Ab1c" * 17 + "\n",
            "H4sI",
            "eyJ",
            "=",
            "{",
            "[[",
        ],
    )
    def test_of_whatever_else_is_looked_at(self, unit: str) -> None:
        assert_linear(unit)


class TestCost:
    @pytest.mark.parametrize("unit", ["pwd=", "token=", "eyJ.", "_authToken=", "EAAC.", "cookie= ", "mysql -p", "auth='", 'cookie="'])
    def test_two_hundred_thousand_characters_are_cleaned_in_time(self, unit: str) -> None:
        assert min(cost(repeated(unit, 200_000)) / yardstick() for _ in range(2)) < MOST * 200_000 / LARGE

    def test_a_credential_behind_a_flood_of_its_own_anchor_is_found(self) -> None:
        source = random.Random(3)
        for _, detector in all_detectors():
            if not detector.names and detector.forms[0].anchor:
                value = sample(detector, detector.forms[0], source)
                assert value not in Cleaner(b"key").text(f"{repeated(detector.forms[0].anchor, 2_000)} {value}\n"), detector.id


def test_the_judge_of_all_this_sees_what_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    for power, limit in ((1.0, 0.05), (1.5, 0.05), (2.0, 0.05), (1.0, 90.0)):
        monkeypatch.setattr(sys.modules[__name__], "cost", lambda text, power=power, limit=limit: limit * (len(text) / LARGE) ** power)
        if (power, limit) == (1.0, 0.05):
            assert_linear("a")
        else:
            with pytest.raises(AssertionError, match="characters"):
                assert_linear("a")
