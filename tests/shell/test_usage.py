"""What programs and the walker say to each other: every word of it is one that the other side knows."""

from __future__ import annotations

import pytest

from gateway.catalog.programs import FAMILY
from gateway.model.action import CONNECT, READ, WRITE
from gateway.shell import usage
from gateway.shell.programs import read_program
from gateway.shell.usage import Effect, Start, Usage
from gateway.shell.values import Value

STDIN = {value for name, value in vars(usage).items() if name.startswith("STDIN_")}
STDOUT = {value for name, value in vars(usage).items() if name.startswith("STDOUT_")}
STARTS = {value for name, value in vars(usage).items() if name.startswith("START_")}
ARGUMENTS = ((), ("-x", "a", "b"), ("-c", "x", "y=z"), ("--output", "o", "https://a.example/x", "-"), ("-e", "p", "--", "f"))


@pytest.mark.parametrize("name", sorted(FAMILY))
def test_every_program_speaks_the_words_of_the_walker(name: str) -> None:
    for words in ARGUMENTS:
        found = read_program((Value(name), *(Value(word) for word in words)))
        assert found.stdin in STDIN and found.stdout in STDOUT
        assert {effect.verb for effect in found.effects} <= {READ, WRITE, CONNECT}
        assert {start.kind for start in found.starts} <= STARTS


def test_defaults_claim_nothing() -> None:
    assert (Usage().effects, Usage().starts, Usage().opaque, Usage().stdout) == ((), (), "", usage.STDOUT_UNKNOWN)
    assert Start(usage.START_ARGV) == Start(usage.START_ARGV, argv=())
    assert Effect(READ, Value("a")) != Effect(WRITE, Value("a"))
