from __future__ import annotations

from gateway.redaction.scan import Armed, detectors_for, family, merged, provider_kind, provider_spans, spans


class TestScan:
    def test_nothing_is_armed_by_plain_text(self) -> None:
        assert not Armed("def add(a, b):\n    return a + b\n")

    def test_what_overlaps_is_one_of_the_kind_that_says_most(self) -> None:
        token = "ghp_" + "a1" * 18
        text = f"GITHUB_TOKEN={token}"
        assert spans(text, Armed(text)) == [(13, len(text), "github-token")]

    def test_merged(self) -> None:
        assert merged([(0, -5, 3, "a"), (2, -9, 0, "b"), (9, -10, 1, "c")]) == [(0, 9, "b"), (9, 10, "c")]

    def test_families_are_read_once(self) -> None:
        assert family("clouds") is family("clouds") and [one.id for one in detectors_for(["ghp_"])] == ["github-token"]

    def test_a_provider_needs_its_name_and_its_form(self) -> None:
        value = "a1" * 16
        assert provider_kind("algolia_key", value) == "algolia-key" and provider_kind("algebra_key", value) == "" == provider_kind("algolia", "a1")
        assert provider_spans(f"algolia = '{value}'", [value]) == [(11, 43, "algolia-key")]
