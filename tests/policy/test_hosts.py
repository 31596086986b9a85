from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.model.action import UNKNOWN
from gateway.policy.hosts import canonical, compile_host, host_matches, host_may_match, is_loopback


class TestCanonical:
    @pytest.mark.parametrize(
        ("target", "name"),
        [
            ("https://localhost:x@evil.example/p", "evil.example"),
            ("https://evil.org?.example.com", "evil.org"),
            ("https://evil.org#.example.com", "evil.org"),
            ("https://evil.org\\.example.com", "evil.org"),
            ("HTTP://EXAMPLE.com.:8080/x", "example.com"),
            ("git@github.com:owner/repo", "github.com"),
            ("user@host", "host"),
            ("host:22", "host"),
            ("//host/path", "host"),
            ("http://0x7f.1/", "127.0.0.1"),
            ("http://2130706433/", "127.0.0.1"),
            ("http://0177.0.0.1/", "127.0.0.1"),
            ("http://127.1/", "127.0.0.1"),
            ("http://[::ffff:127.0.0.1]:80/", "127.0.0.1"),
            ("http://[::ffff:7f00:1]/", "127.0.0.1"),
            ("http://[64:ff9b::7f00:1]/", "127.0.0.1"),  # NAT64, RFC 6052
            ("http://[64:ff9b::a9fe:a9fe]/", "169.254.169.254"),
            ("http://[::1]/", "::1"),
            ("http://[fe80::1%25eth0]/", "fe80:0:0:0:0:0:0:1"),
            ("http://b\u00fccher.example", "xn--bcher-kva.example"),
            ("http://evil\u3002example", "evil.example"),
            ("https://ev%69l.example/", "evil.example"),
            ("http://x.localhost/", "localhost"),
        ],
    )
    def test_one_spelling(self, target: str, name: str) -> None:
        host = canonical(target)
        assert (host.name, host.bad) == (name, "")

    @pytest.mark.parametrize(
        "target",
        [
            "http://evil\x01.example",
            "http://1.2.3.4.5",
            "http://a b/",
            "http://[::g]/",
            "http://256.1.1.1",
            "http://a<b",
            "http://09.1.1.1",
        ],
    )
    def test_refuses_what_it_cannot_read(self, target: str) -> None:
        assert canonical(target).bad

    def test_ports(self) -> None:
        assert [canonical(target).port for target in ("http://a", "https://a:8443", "a:22", "a")] == [80, 8443, 22, 0]

    @given(st.integers(0, 2**32 - 1))
    def test_every_spelling_of_an_address_is_one(self, value: int) -> None:
        dotted = str(ipaddress.IPv4Address(value))
        spellings = [dotted, str(value), hex(value), f"0x{value >> 24:x}.{value & 0xFFFFFF}", f"[::ffff:{dotted}]"]
        assert {canonical(f"http://{spelling}/").name for spelling in spellings} == {dotted}

    @given(st.text(max_size=40))
    def test_total(self, target: str) -> None:
        canonical(target)


class TestEntries:
    @pytest.mark.parametrize(
        ("entry", "target", "want"),
        [
            ("localhost", "http://127.0.0.1:9200/", True),
            ("localhost", "http://[::1]/", True),
            ("localhost", "http://localhost.evil.example/", False),
            ("*.example.com", "https://a.b.example.com/", True),
            ("*.example.com", "https://example.com/", False),
            ("*.example.com", "https://evilexample.com/", False),
            ("example.com", "https://a.example.com/", False),
            ("10.0.0.0/8", "http://10.200.3.4/", True),
            ("10.0.0.0/8", "http://11.0.0.1/", False),
            ("fd00::/8", "http://[fd12::1]/", True),
            ("https://api.github.com:443", "https://api.github.com/x", True),
            ("https://api.github.com:443", "http://api.github.com/x", False),
            ("api.github.com:8443", "https://api.github.com/", False),
            ("*", "https://anything.example/", True),
        ],
    )
    def test_table(self, entry: str, target: str, want: bool) -> None:
        assert host_matches(compile_host(entry), canonical(target)) is want

    @pytest.mark.parametrize("entry", ["", "a b", "http://a/path", "10.0.0.0/40", "*.", "a*b.example", "1.2.3.4.5"])
    def test_refuses(self, entry: str) -> None:
        with pytest.raises(ValueError, match=r".+"):
            compile_host(entry)

    @pytest.mark.parametrize(
        ("entry", "name", "want"),
        [
            ("*.example.com", f"{UNKNOWN}.example.com", True),
            ("*.example.com", f"{UNKNOWN}.evil.org", False),
            ("a.com", UNKNOWN, True),
            ("a.com", f"b{UNKNOWN}", False),
        ],
    )
    def test_unknown_parts(self, entry: str, name: str, want: bool) -> None:
        assert host_may_match(compile_host(entry), canonical(name)) is want

    def test_loopback(self) -> None:
        assert is_loopback("127.9.9.9") and not is_loopback("127.evil.example")
