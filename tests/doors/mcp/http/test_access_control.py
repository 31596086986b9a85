"""Who may speak to the proxy: tables of hosts, origins and tokens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.doors.mcp.http.access_control import Guard, is_loopback


class Lines:
    """Headers as a server holds them."""

    def __init__(self, *lines: tuple[str, str]) -> None:
        self.lines = lines

    def getall(self, key: str, default: list[str], /) -> list[str]:
        return [value for name, value in self.lines if name.lower() == key] or default


def admit(*lines: tuple[str, str], guard: Guard | None = None, target: str = "/mcp") -> int:
    return (guard or Guard("127.0.0.1")).admit(target, Lines(*lines)).status


HOSTS = [
    ("127.0.0.1:3100", 0),
    ("localhost:3100", 0),
    ("LOCALHOST", 0),
    ("[::1]:3100", 0),
    ("127.0.0.1", 0),
    ("127.0.0.1:", 403),
    ("", 403),
    ("evil.example", 403),
    ("evil.example:3100", 403),
    ("localhost.evil.example", 403),
    ("evil.example#localhost", 403),
    ("localhost@evil.example", 403),
    ("evil.example@localhost", 403),
    ("localhost:3100/evil", 403),
    ("localhost.:3100", 403),
    ("127.1", 403),
    ("0x7f000001", 403),
    ("2130706433", 403),
    ("0.0.0.0", 403),
    ("[::ffff:127.0.0.1]", 403),
    ("[::1", 403),
    ("::1", 403),
    ("localhost:99999", 403),
    ("localhost:3100:80", 403),
    ("local\thost", 403),
    ("127.0.0.1, evil.example", 403),
]
ORIGINS = [
    ("http://localhost:6274", 0),
    ("http://127.0.0.1", 0),
    ("https://[::1]:8443", 0),
    ("null", 403),
    ("", 403),
    ("http://evil.example", 403),
    ("http://localhost.evil.example", 403),
    ("http://localhost@evil.example", 403),
    ("http://evil.example:80#localhost", 403),
    ("file://localhost", 403),
    ("chrome-extension://localhost", 403),
    ("localhost", 403),
]


class TestHost:
    @pytest.mark.parametrize(("host", "status"), HOSTS)
    def test_only_own_names(self, host: str, status: int) -> None:
        assert admit(("Host", host)) == status

    def test_exactly_one(self) -> None:
        assert admit() == 403
        assert admit(("Host", "localhost"), ("Host", "localhost")) == 403

    def test_a_name_of_ones_own(self) -> None:
        guard = Guard("127.0.0.1", names=("Gateway.internal",))
        assert admit(("Host", "gateway.internal:80"), guard=guard) == 0

    def test_every_interface_answers_to_addresses_but_not_to_names(self) -> None:
        guard = Guard("0.0.0.0", token="t")
        known = ("X-Agent-Strace-Token", "t")
        assert admit(("Host", "10.1.2.3:3100"), known, guard=guard) == 0
        assert admit(("Host", "[fe80::1]:3100"), known, guard=guard) == 0
        assert admit(("Host", "evil.example"), known, guard=guard) == 403

    @pytest.mark.parametrize("target", ["http://localhost/mcp", "*", "localhost:80", ""])
    def test_the_target_is_a_path(self, target: str) -> None:
        assert admit(("Host", "localhost"), target=target) == 400

    @given(st.text(), st.text())
    def test_never_raises(self, host: str, origin: str) -> None:
        assert admit(("Host", host), ("Origin", origin)) in (0, 400, 403)


class TestOrigin:
    @pytest.mark.parametrize(("origin", "status"), ORIGINS)
    def test_only_own_pages(self, origin: str, status: int) -> None:
        assert admit(("Host", "localhost"), ("Origin", origin)) == status

    def test_one_good_origin_does_not_cover_another(self) -> None:
        assert admit(("Host", "localhost"), ("Origin", "http://localhost"), ("Origin", "http://evil.example")) == 403

    def test_a_request_that_a_browser_marks_as_foreign(self) -> None:
        assert admit(("Host", "localhost"), ("Sec-Fetch-Site", "cross-site")) == 403
        assert admit(("Host", "localhost"), ("Sec-Fetch-Site", "cross-site"), ("Origin", "http://localhost:6274")) == 0
        assert admit(("Host", "localhost"), ("Sec-Fetch-Site", "same-origin")) == 0


class TestToken:
    @pytest.mark.parametrize(
        ("line", "status", "spent"),
        [
            (("Authorization", "Bearer right"), 0, "authorization"),
            (("Authorization", "bearer  right"), 0, "authorization"),
            (("Proxy-Authorization", "Bearer right"), 0, "proxy-authorization"),
            (("X-Agent-Strace-Token", "right"), 0, "x-agent-strace-token"),
            (("Authorization", "Bearer wrong"), 403, ""),
            (("Authorization", "right"), 403, ""),
            (("Authorization", "Basic right"), 403, ""),
            (("Authorization", "Bearer "), 403, ""),
            (("X-Agent-Strace-Token", "Bearer right"), 403, ""),
            (("X-Agent-Strace-Token", "rïght"), 403, ""),
            (("X-Agent-Strace-Token", "r\udcffght"), 403, ""),
            (("Cookie", "right"), 403, ""),
        ],
    )
    def test_is_wanted_where_set(self, line: tuple[str, str], status: int, spent: str) -> None:
        found = Guard("127.0.0.1", token="right").admit("/", Lines(("Host", "localhost"), line))
        assert (found.status, found.spent) == (status, spent)

    def test_does_not_replace_the_other_checks(self) -> None:
        guard = Guard("127.0.0.1", token="right")
        assert admit(("Host", "evil.example"), ("Authorization", "Bearer right"), guard=guard) == 403

    def test_the_servers_own_authorization_stays_beside_it(self) -> None:
        found = Guard("127.0.0.1", token="right").admit(
            "/", Lines(("Host", "localhost"), ("Authorization", "Bearer theirs"), ("X-Agent-Strace-Token", "right"))
        )
        assert found.spent == "x-agent-strace-token"

    def test_is_never_told(self) -> None:
        found = Guard("127.0.0.1", token="right").admit("/", Lines(("Host", "localhost"), ("Authorization", "Bearer rigth")))
        assert "right" not in found.problem and "rigth" not in found.problem


class TestIsLoopback:
    @pytest.mark.parametrize(
        ("host", "expected"),
        [
            ("127.0.0.1", True),
            ("127.0.0.53", True),
            ("::1", True),
            ("localhost", True),
            ("0.0.0.0", False),
            ("::", False),
            ("10.0.0.1", False),
            ("host", False),
            ("", False),
        ],
    )
    def test_tells(self, host: str, expected: bool) -> None:
        assert is_loopback(host) is expected
