"""Limits: every text comes to an end, in proportion to its length, and a limit that is hit says so."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gateway.model.action import RUN
from gateway.shell import understand
from tests.shell.hostile import LIMIT, hostile

MOST_SECONDS = 0.050
TOKENS = (
    "a b $x ${x} ${x:- $( ` ' \" \\ ; & && || | > < << <<< <<EOF EOF ( ) { } (( )) [[ ]] $(( if then else fi for in do done while case esac ;; function f() eval sh -c"
    " bash env sudo xargs find -exec ; + . cat rm python -c perl -e awk sed -n x=1 x=(a) ${x[@]} {a,b} {1..9} * ? [a] ~ $'\\x41' \n \t # ! time coproc trap read alias"
    " export LD_PRELOAD= /dev/tcp/a/1 curl http://a.example | sh 2>&1 \0 \ud800 é"
).split(" ")
scripts = st.lists(st.sampled_from(TOKENS) | st.text(max_size=6), max_size=60).map(" ".join)


def opaque(text: str) -> bool:
    return any(action.opaque for action in understand(text, cwd="/p", home="/home/u"))


@pytest.mark.parametrize(("name", "text"), list(hostile(1_000)), ids=lambda value: value if len(value) < 40 else "")
def test_hostile_texts_end(name: str, text: str) -> None:
    actions = understand(text, cwd="/p", home="/home/u")
    assert len(actions) <= 1_100 + len(text) // 4


@pytest.mark.parametrize(
    "text",
    [
        "echo " + "$(" * 1000 + "rm x" + ")" * 1000,
        "( " * 1000 + "rm x" + " )" * 1000,
        "echo " + "${x:-" * 1000 + "$(rm x)" + "}" * 1000,
        "sudo " * 1000 + "rm x",
        "eval " * 1000 + "rm x",
        "a;" * 5000 + "rm x",
        " && ".join(["a"] * 10_000 + ["rm x"]),
        "for i in {1..99}; do for j in {1..99}; do for k in {1..99}; do a; done; done; done; rm x",
        "f() { f; rm x; }; f",
        "a" * 300_000,
        "rm x # " + "a" * 300_000,
        "python -c '" + "(" * 5_000 + "'",
    ],
    ids=range(12),
)
def test_limits_are_opaque_and_no_licence(text: str) -> None:
    assert opaque(text)


def test_a_chain_of_thousands_is_followed_to_the_limit() -> None:
    actions = understand(" && ".join(["rm x"] * 10_000), cwd="/p", home="/home/u")
    assert sum(action.verb == RUN for action in actions) > 1_500
    assert actions[-1].opaque or any(action.opaque for action in actions)


def test_what_stands_before_a_limit_is_still_found() -> None:
    actions = understand("cat .env; " + "a;" * 9_000, cwd="/p", home="/home/u")
    assert actions[1].target == ".env"


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(scripts)
def test_any_text_is_walked(text: str) -> None:
    for action in understand(text, cwd="/p", home="/home/u"):
        assert action.verb and isinstance(action.target, str) and -1 <= action.span[0] <= action.span[1] <= len(text)


@pytest.mark.long
@pytest.mark.parametrize("count", [1_000, 2_000, 5_000])
def test_hostile_texts_take_no_time(count: int) -> None:
    slow = [(name, seconds) for name, text in hostile(count) if (seconds := _seconds(text)) > MOST_SECONDS]
    assert slow == []


@pytest.mark.long
def test_ten_minutes_of_anything() -> None:
    """Fuzz for ten minutes: nothing is raised, nothing under 10,000 characters takes more than 50 ms."""
    end = time.monotonic() + 600
    worst: tuple[float, str] = (0.0, "")

    @settings(max_examples=2_000, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(scripts, st.integers(1, 200))
    def fuzz(text: str, times: int) -> None:
        nonlocal worst
        for candidate in (text, (text * times)[:LIMIT]):
            worst = max(worst, (_seconds(candidate), candidate))

    while time.monotonic() < end:
        fuzz()
    assert worst[0] <= MOST_SECONDS, worst


def _seconds(text: str) -> float:
    """Return the seconds of processor time that a text takes, the best of three."""
    best = 9.0
    for _ in range(3):
        start = time.process_time()
        understand(text, cwd="/p", home="/home/u")
        best = min(best, time.process_time() - start)
        if best <= MOST_SECONDS:
            return best
    return best
