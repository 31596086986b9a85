from __future__ import annotations

from gateway.redaction.detector import Detector, named_rows, rows


class TestDetector:
    def test_finds_every_value_of_every_form(self) -> None:
        detector = Detector("x", "xa_{digit:4} xb_{digit:4}", "xa_{digit:2}")
        assert sorted(detector.find("xa_1234 xb_1234 xa_5678 xa_12")) == [(0, 7), (8, 15), (16, 23)]

    def test_checks_a_value(self) -> None:
        detector = Detector("x", "xa_{alnum:6}", "xa_{digit:2}", checks="mixed")
        assert detector.find("xa_abcdef") == [] and detector.find("xa_aBcde1") == [(0, 9)]


class TestRows:
    def test_a_line_is_a_detector(self) -> None:
        first, second = rows("a ; a_{hex:4} ; a_{hex:2}\n# said\nb ; b_{hex:4} ; b_{hex:2} ; digit")
        assert (first.id, second.id, len(first.checks), len(second.checks)) == ("a", "b", 0, 1)

    def test_named_values_carry_their_names(self) -> None:
        (only,) = named_rows("a ; ink pen ; {hex:4} ; {hex:2}")
        assert only.names == ("ink", "pen") and only.fits("a1b2") and not only.fits("a1b2c")
