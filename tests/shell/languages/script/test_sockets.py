"""Where a connection leads, by what stands in the call that opens it."""

from __future__ import annotations

import pytest

from gateway.model.action import UNKNOWN
from gateway.shell.languages import javascript, lua, perl, php
from gateway.shell.languages.script.language import Language
from gateway.shell.languages.script.sockets import peer_of
from gateway.shell.languages.script.tokens import tokens


@pytest.mark.parametrize(
    ("language", "call", "host"),
    [
        (javascript.LANGUAGE, '(4242, "10.0.0.1", f)', "10.0.0.1"),
        (javascript.LANGUAGE, '({port: 1, host: "db"})', "db"),
        (javascript.LANGUAGE, "(5432)", "localhost"),
        (javascript.LANGUAGE, "()", ""),
        (javascript.LANGUAGE, "(port, host)", UNKNOWN),
        (javascript.LANGUAGE, '("mongodb://a.example/db")', "mongodb://a.example/db"),
        (javascript.LANGUAGE, '(1, function () { write("a.b") })', "a.b"),
        (perl.LANGUAGE, '(PeerAddr=>"h.example", PeerPort=>1)', "h.example"),
        (perl.LANGUAGE, "(S, sockaddr_in(1, inet_aton($i)))", "10.9.8.7"),
        (lua.LANGUAGE, '("10.0.0.1", "1")', "10.0.0.1"),
        (php.LANGUAGE, '($s, "localhost", 1)', "localhost"),
        (lua.LANGUAGE, '("never.ends", ', "never.ends"),
    ],
)
def test_hosts(language: Language, call: str, host: str) -> None:
    written = tokens(language.lexis, call)
    assert written is not None and peer_of(written, {"i": "10.9.8.7"}) == host
