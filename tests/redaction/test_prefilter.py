"""Which parts of the first look a text calls for, and from when on an automaton says so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gateway.redaction import first_look, hyperscan_prefilter, prefilter


@pytest.fixture(autouse=True)
def as_at_the_start(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(prefilter, "_state", prefilter._State())
    yield


def test_at_first_every_part_is_called_for() -> None:
    assert prefilter.told_of("nothing") == (first_look.EVERY, None)


def test_an_automaton_is_compiled_once_it_pays(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr(hyperscan_prefilter.Automaton, "compiled", lambda: made.append("one") or (lambda plain: (0, [])))
    prefilter.told_of("x" * (prefilter.ENOUGH - 5))
    assert not made
    assert prefilter.told_of("x" * 10) == (first_look.EVERY, None) and made == ["one"]
    assert prefilter.told_of("x" * 10) == (0, []) and made == ["one"]


def test_without_the_extra_it_is_tried_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr(hyperscan_prefilter.Automaton, "compiled", lambda: made.append("none"))
    for _ in range(3):
        assert prefilter.told_of("x" * (prefilter.ENOUGH + 1)) == (first_look.EVERY, None)
    assert made == ["none"]
