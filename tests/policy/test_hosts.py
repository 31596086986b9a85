from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.model.action import UNKNOWN
from gateway.policy.hosts import as_number, canonical, compile_host, host_matches, host_may_match, is_loopback


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
            ("http://0/", "0.0.0.0"),
            ("http://0x/", "0.0.0.0"),
            ("http://255.255.255.255", "255.255.255.255"),
            ("http://1.2.65535", "1.2.255.255"),
            ("http://1.16777215", "1.255.255.255"),
            ("http://4294967295", "255.255.255.255"),
            ("http://08.example", "08.example"),
            ("http://a.b.c.d.e.0xg", "a.b.c.d.e.0xg"),
            ("http://[::]/", "0:0:0:0:0:0:0:0"),
            ("http://[::2]/", "0.0.0.2"),
            ("http://[1:2:3:4:5:6:7:8]/", "1:2:3:4:5:6:7:8"),
            ("http://[1:2:3:4:5:6:7::]/", "1:2:3:4:5:6:7:0"),
            ("http://[1:2:3:4:5:6:1.2.3.4]/", "1:2:3:4:5:6:102:304"),
            ("http://[ABCD::0f]/", "abcd:0:0:0:0:0:0:f"),
            ("1:2::3", "1:2:0:0:0:0:0:3"),
            ("a@b@host", "host"),
            (" host ", "host"),
            ("a_b-c.9x", "a_b-c.9x"),
            ("git+ssh://host/x", "host"),
            ("x-y.z://host/x", "host"),
            ("http://" + UNKNOWN + ".example.", UNKNOWN + ".example"),
            (UNKNOWN + "p://host", "host"),
            ("http://host/a b", "host"),
            ("http://b\u00fccher" + UNKNOWN, "xn--bcher-kva" + UNKNOWN),
            ("http://1" + UNKNOWN, "1" + UNKNOWN),
            ("", ""),
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
            "http://a\x7f",
            "http://a/\x7f",
            "http://a/\x01",
            "http://a%00b",
            "http://a%01b",
            "http://a~b",
            "http://\ud800",
            "http://4294967296",
            "http://1.16777216",
            "http://1.2.65536",
            "http://1.2.3.256",
            "http://1.256.1",
            "http://0x~",
            "http://1..2",
            "http://.1",
            "http://08",
            "http://[::12345]/",
            "http://[::~]/",
            "http://[::0x~.1.1.1]/",
            "http://a.1",
            "http://[::1.2.3.4.5]/",
            "http://[1::2::3]/",
            "http://[1:2:3:4:5:6:7]/",
            "http://[1:2:3:4:5:6:7:8:9]/",
            "http://[1:2:3:4::5:6:7:8]/",
            "http://[1:::2]/",
            "http://[:1]/",
        ],
    )
    def test_refuses_what_it_cannot_read(self, target: str) -> None:
        host = canonical(target)
        assert host.bad and (host.name, host.scheme in ("", "http")) == ("", True)

    @pytest.mark.parametrize(
        ("target", "scheme", "port"),
        [
            ("http://a", "http", 80),
            ("https://a:8443", "https", 8443),
            ("a:22", "", 22),
            ("a", "", 0),
            ("HTTPS://a", "https", 443),
            ("ws://a", "ws", 80),
            ("wss://a", "wss", 443),
            ("ftp://a", "ftp", 21),
            ("ftps://a", "ftps", 990),
            ("ssh://a", "ssh", 22),
            ("git://a", "git", 9418),
            ("sftp://a", "sftp", 22),
            ("telnet://a", "telnet", 23),
            ("ldap://a", "ldap", 389),
            ("gopher://a", "gopher", 0),
            ("a:65535", "", 65535),
            ("a:065535", "", 0),
            ("a:\u0662", "", 0),
            ("a:x", "", 0),
            ("a:", "", 0),
            ("[::1]:80", "", 80),
            ("[::1]80", "", 0),
            ("[::1]:123456", "", 0),
            ("[::1]:x", "", 0),
            ("::1", "", 0),
            ("a\x01", "", 0),
        ],
    )
    def test_scheme_and_port(self, target: str, scheme: str, port: int) -> None:
        found = canonical(target)
        assert (found.scheme, found.port) == (scheme, port)

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
            ("https://*", "http://anything.example/", False),
            ("https://*", "https://anything.example/", True),
            ("*:8443", "https://anything.example/", False),
            ("https://a.example", "https://a.example:444/", False),
            ("https://a.example", "a.example", True),
            ("HTTPS://a.example/", "https://a.example/", True),
            ("user@a.example", "a.example", True),
            ("a.example:22", "a.example", True),
            ("10.0.0.0/8", "http://a.example/", False),
            ("10.0.0.0/8", "http://[fd00::1]/", False),
            ("10.0.0.0/32", "http://10.0.0.0/", True),
            ("10.0.0.0/32", "http://10.0.0.1/", False),
            ("10.0.0.0/31", "http://10.0.0.1/", True),
            ("0.0.0.0/0", "http://8.8.8.8/", True),
            ("[fd00::]/8", "http://[fd12::1]/", True),
            ("fd00::/128", "http://[fd00::1]/", False),
            ("fd00::/127", "http://[fd00::1]/", True),
            ("fd00::/8", "http://[fe00::1]/", False),
            ("localhost", "http://127.0.0.1.example/", False),
            ("localhost", "http://128.0.0.1/", False),
            ("localhost", "http://localhost/", True),
            ("127.0.0.1", "http://localhost/", False),
            ("*.localhost", "http://127.0.0.1/", False),
            ("[::2]", "http://[::2]/", True),
        ],
    )
    def test_table(self, entry: str, target: str, want: bool) -> None:
        assert host_matches(compile_host(entry), canonical(target)) is want

    @pytest.mark.parametrize(
        "entry",
        [
            "",
            "a b",
            "http://a/path",
            "10.0.0.0/40",
            "*.",
            "a*b.example",
            "1.2.3.4.5",
            "**",
            "a.example/8",
            "10.0.0.0/33",
            "fd00::/129",
            "1.2.3.256/8",
            "http://10.0.0.0/8",
            "a/b/",
            "https://",
            "a~b",
        ],
    )
    def test_refuses(self, entry: str) -> None:
        with pytest.raises(ValueError, match=r".+"):
            compile_host(entry)

    @pytest.mark.parametrize("entry", ["10.0.0.0/x", "10.0.0.0/\u00b2", "a.example/b", "https://a.example/8"])
    def test_what_is_no_network_has_a_path(self, entry: str) -> None:
        with pytest.raises(ValueError, match="no path"):
            compile_host(entry)

    @pytest.mark.parametrize(
        ("entry", "name", "want"),
        [
            ("*.example.com", f"{UNKNOWN}.example.com", True),
            ("*.example.com", f"{UNKNOWN}.evil.org", False),
            ("a.com", UNKNOWN, True),
            ("a.com", f"b{UNKNOWN}", False),
            ("a.com", f"a{UNKNOWN}m", True),
            ("a.com", f"a{UNKNOWN}g", False),
            ("a.com", f"b{UNKNOWN}m", False),
            ("abc.com", f"a{UNKNOWN}x{UNKNOWN}m", True),
            ("*.example.com", f"a.{UNKNOWN}", True),
            ("*.example.com", f"{UNKNOWN}.a.example.com", True),
            ("*.example.com", f"{UNKNOWN}ple.com", True),
            ("*.example.com", f"{UNKNOWN}.xexample.com", False),
            ("*", f"{UNKNOWN}.x", True),
            ("10.0.0.0/8", f"{UNKNOWN}.x", True),
        ],
    )
    def test_unknown_parts(self, entry: str, name: str, want: bool) -> None:
        assert host_may_match(compile_host(entry), canonical(name)) is want

    def test_loopback(self) -> None:
        assert is_loopback("127.9.9.9") and not is_loopback("127.evil.example")
        assert is_loopback("::1") and is_loopback("localhost") and not is_loopback("::2")

    @pytest.mark.parametrize(
        ("name", "value"),
        [("1.2.3.4", (0x01020304, 32)), ("fd00:0:0:0:0:0:0:1", (0xFD << 120 | 1, 128)), ("::1", (1, 128)), ("1.2.3", None), ("a.b.c.d", None)],
    )
    def test_addresses_as_numbers(self, name: str, value: tuple[int, int] | None) -> None:
        assert as_number(name) == value

    @pytest.mark.parametrize(
        ("entry", "compiled"),
        [
            ("*", ("any", "", 0, "", 0)),
            ("https://*", ("any", "", 443, "https", 0)),
            ("*.A.example", ("below", "a.example", 0, "", 0)),
            ("localhost:80", ("local", "localhost", 80, "", 0)),
            ("*.localhost.", ("below", "localhost", 0, "", 0)),
            ("ssh://a", ("name", "a", 22, "ssh", 0)),
            ("gopher://a", ("name", "a", 0, "gopher", 0)),
            ("10.1/16", ("net", "10.0.0.1", 0, "", 16)),
        ],
    )
    def test_compiled(self, entry: str, compiled: tuple[str, str, int, str, int]) -> None:
        assert compile_host(entry) == compiled
