from __future__ import annotations

from gateway.redaction.crowds import TRIED, Crowd


def tried(text: str, literal: str, chars: str) -> list[int]:
    """Return the places that are tried when every attempt fails."""
    crowd = Crowd(literal, lambda part: len(part) - len(part.lstrip(chars)))
    places = []
    at = text.find(literal)
    while at >= 0:
        places.append(at)
        at = crowd.after(text, at, text.find(literal, at + 1))
    return places


class TestCrowd:
    def test_few_places_are_all_tried(self) -> None:
        assert tried("ab" * TRIED, "a", "ab") == list(range(0, 2 * TRIED, 2))

    def test_an_unbroken_run_is_tried_at_both_ends(self) -> None:
        places = tried("ab" * 5_000, "a", "ab")
        assert places[:TRIED] == list(range(0, 2 * TRIED, 2))
        assert places[-TRIED:] == list(range(10_000 - 2 * TRIED, 10_000, 2))
        assert len(places) == 2 * TRIED

    def test_what_ends_a_value_starts_another_run(self) -> None:
        assert len(tried("ab " * 5_000, "a", "ab")) == 5_000

    def test_every_long_run_has_its_own_ends(self) -> None:
        run = "ab" * 500
        places = tried(f"{run} {run}", "a", "ab")
        assert len(run) - 2 in places and len(run) + 1 in places and 2 * len(run) - 1 in places
        assert len(places) <= 6 * TRIED
