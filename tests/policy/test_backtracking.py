from __future__ import annotations

import pytest

from gateway.policy.backtracking import danger

DANGEROUS = (
    r"(a+)+$",
    r"(a*)*b",
    r"(ab|ab)*$",
    r"(a|a)*$",
    r"(a|aa)+$",
    r"(?:\w+\s?)*:",
    r"(.*a){12}x|(.*a){12,}$",
    r"([a-z]+)*=",
    r"(\d{1,3}){4,}x",
    r"(?:[a-z0-9]{2,40}){3,}!",
    r"\d+\d+x",
    r".*.*=",
    r"a*b?a*c",
    r"\w+[.-]?\w+@corp\.example",
    r"(?=(a+)+$)x",
    r"x(?:\s*|\t)*y",
    r"(?i:(Ab|ab)+)z",
    r"(x+x+)+y",
    r"^(([a-z])+.)+[A-Z]([a-z])+$",
)
HARMLESS = (
    r"ACME-[A-Z0-9]{8}",
    r"ACME-[A-Z0-9]+",
    r"(?:[A-Z0-9]+-)+[A-Z]{3}\b",
    r"([a-z]+\.)*corp\.example",
    r"(\d{1,3}\.){3}\d{1,3}",
    r"\d+\.?\d*",
    r"(?i)api[_-]?key\s*[:=]\s*['\"]?([a-z0-9]{20,})",
    r"(a++)+$",
    r"(?>a+)+$",
    r"\b[A-Z]{20}[A-Z0-9]{20}\b",
    r"foo.*bar",
    r"(?:ab|cd)+e",
    r"(?<=key=)\w{32}",
    r"EMP-(\d{6})-\1",
    r"[^\n]*secret",
    r"(?:red|green|blue|grey|gray){1,3}",
)
BROKEN = (r"a{99999999999}", "(", "(" * 5_000 + "a" + ")" * 5_000, "[z-a]", "a" * 5_000, r"(?P<x>a)(?P<x>b)")


class TestDanger:
    @pytest.mark.parametrize("pattern", DANGEROUS)
    def test_what_backtracks_without_end_is_told(self, pattern: str) -> None:
        assert danger(pattern)

    @pytest.mark.parametrize("pattern", HARMLESS)
    def test_ordinary_patterns_are_not(self, pattern: str) -> None:
        assert danger(pattern) == ""

    @pytest.mark.parametrize("pattern", BROKEN, ids=range(len(BROKEN)))
    def test_what_is_no_pattern_is_told_and_does_not_raise(self, pattern: str) -> None:
        assert danger(pattern)
