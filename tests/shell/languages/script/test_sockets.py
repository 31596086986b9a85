"""Where a connection leads, by what stands in the call that opens it."""

from __future__ import annotations

import pytest

from gateway.model.action import UNKNOWN
from gateway.shell.languages.script.sockets import peer_of
from gateway.shell.languages.script.tokens import tokens


@pytest.mark.parametrize(
    ("language", "call", "host"),
    [
        ("javascript", '(4242, "10.0.0.1", f)', "10.0.0.1"),
        ("javascript", '({port: 1, host: "db"})', "db"),
        ("javascript", "(5432)", "localhost"),
        ("javascript", "()", ""),
        ("javascript", "(port, host)", UNKNOWN),
        ("javascript", '("mongodb://a.example/db")', "mongodb://a.example/db"),
        ("javascript", '(1, function () { write("a.b") })', "a.b"),
        ("perl", '(PeerAddr=>"h.example", PeerPort=>1)', "h.example"),
        ("perl", "(S, sockaddr_in(1, inet_aton($i)))", "10.9.8.7"),
        ("lua", '("10.0.0.1", "1")', "10.0.0.1"),
        ("php", '($s, "localhost", 1)', "localhost"),
        ("lua", '("never.ends", ', "never.ends"),
    ],
)
def test_hosts(language: str, call: str, host: str) -> None:
    found = tokens(language, call)
    assert found is not None and peer_of(found, {"i": "10.9.8.7"}) == host
