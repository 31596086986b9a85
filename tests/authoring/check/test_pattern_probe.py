from __future__ import annotations

from gateway.authoring.check.pattern_probe import slowness


class TestSlowness:
    def test_a_pattern_that_does_not_end_is_told_with_its_text(self) -> None:
        assert "characters of" in slowness("(a+)+$")

    def test_the_cube_of_a_run_is_slow(self) -> None:
        assert slowness(r"[a-z]+[a-z0-9]+[a-z]+@")

    def test_an_ordinary_pattern_is_not(self) -> None:
        assert slowness(r"ACME-[A-Z0-9]{8,}", ("ACME-",)) == ""
