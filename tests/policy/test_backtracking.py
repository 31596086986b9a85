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
    r"(a{1,9}){1,9}b",
    r"(.*a){20}",
    r"(ab|ab){20}b",
    r"(a?){30}b",
    r"(a{0,9}){9}b",
    r"([a-z]+[._-]?){1,5}@",
    r"x(?:y(a{1,20}){2,8})z",
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
    r"(a|ab)(c|bcd)(d*)",
    r"(\d{1,3}){1,3}x",
    r"(?:[0-9A-F]{2}:?){6}",
    r"(\d{1,3}\.?){1,4}",
    r"(?:[A-Z0-9]{4}[- ]?){4,8}",
    r"([a-z0-9-]+\.){1,3}corp",
    r"(\w+ ){5}",
    r"(?:\d{4}[ -]?){3}\d{4}",
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
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


_LENGTHS = (8, 16, 20, 32, 36, 40, 64)
_WRITTEN = (
    *(rf"\bACME[-_][A-Za-z0-9]{{{length}}}\b" for length in _LENGTHS),
    *(rf"(?i)(?:secret|token|key)['\"]?\s{{0,3}}[:=]\s{{0,3}}['\"]?[0-9a-z._-]{{{length},}}" for length in _LENGTHS),
    *(rf"(?<![A-Za-z0-9])corp_(?:live|test)_[A-Za-z0-9]{{{length}}}(?![A-Za-z0-9])" for length in _LENGTHS),
    *(rf"[A-Z]{{2,4}}-\d{{4,{length}}}" for length in _LENGTHS),
    *(rf"-----BEGIN [A-Z ]{{0,{length}}}KEY-----" for length in _LENGTHS),
    *(rf"https://[a-z0-9-]{{1,{length}}}\.corp\.example/[\w/-]+" for length in _LENGTHS),
    *(rf"\b[0-9a-f]{{{length}}}\b" for length in _LENGTHS),
    *(rf"(?:{word})[ :#]*\d{{5,12}}" for word in ("EMP", "CUST", "Order", "Invoice|Bill", "MRN", "Case|Ticket|Issue")),
    *(rf"\b{form}\b" for form in (r"\d{3}-\d{2}-\d{4}", r"(?:\d[ -]?){13,16}", r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}", r"\d{4}(?:-\d{4}){3}")),
    *(rf"{user}@(?:[a-z0-9-]+\.)+{top}" for user in (r"[\w.+-]{1,64}", r"\b[a-z]+\.[a-z]+") for top in ("com", "example", "(?:org|net)")),
    *(rf"eyJ[\w-]{{10,}}\.[\w-]{{{least},}}\.[\w-]{{{least},}}" for least in (5, 10, 20)),
    *(rf"{scheme}://[^:/\s]{{1,80}}:[^@\s]{{1,80}}@" for scheme in ("postgres(?:ql)?", "mysql", r"mongodb(?:\+srv)?", "redis", "amqps?", "ftp")),
    *(r"\+?\d{1,3}[ -]\d{2,4}[ -]\d{4,8}", r"(?:\d{1,3}\.){3}\d{1,3}", r"(?:[0-9A-F]{2}:){5}[0-9A-F]{2}", r"project (?:Falcon|Osprey|Kestrel)"),
    *(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", r"xox[abpr]-\w+(?:-\w+)*", r"(?m)^password = .+$", r"Bearer [\w.~+/-]+=*"),
)
"""Patterns as people write them for the formats of their own house."""


class TestWritten:
    """Patterns of everyday use are silent, and what is refused is what takes long."""

    def test_none_is_refused(self) -> None:
        assert len(set(_WRITTEN)) >= 80
        assert {pattern: danger(pattern) for pattern in _WRITTEN if danger(pattern)} == {}
