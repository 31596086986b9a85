"""Parts of the first look, and which of them a text calls for: all, until so much has been looked at that a compiled automaton pays. Pure."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Told = tuple[int, list[str] | None]
    """The parts that could find something, and the anchors that count anywhere, where it is known which stand in the text."""
    Telling = Callable[[str], Told]

ANCHORED = 1
"""A form's anchor stands in a long word of the text,"""
NESTED = 2
"""something is encoded in it,"""
PROVIDED = 4
"""something is assigned that could have a provider's form,"""
TELLING = 8
"""a telling name stands in it,"""
LINKED = 16
"""an address,"""
BLOCKED = 32
"""the head of a private key,"""
OPTIONAL = 64
"""a program that takes passwords as options."""
LOOSE = 128
"""an anchor that counts anywhere,"""
EVERY = 255
IN_WORDS = ANCHORED | NESTED | PROVIDED
"""The parts that look at the text's long words."""

ENOUGH = 2_000_000
"""Characters after which this process has a stake in compiling an automaton: looking at them costs twice what that does."""


class _State:
    """How this process tells; `seen` are the characters it has looked at before it had an automaton."""

    __slots__ = ("seen", "telling")

    def __init__(self) -> None:
        self.seen = 0
        self.telling: Telling = _counting


def told_of(plain: str) -> Told:
    """Return which parts of the first look could find something in an ASCII text."""
    return _state.telling(plain)


def tell_by(telling: Telling | None) -> None:
    """Let an automaton tell from now on; None: every text calls for every part."""
    _state.telling = telling or _every


def _counting(plain: str) -> Told:
    _state.seen += len(plain)
    if _state.seen > ENOUGH:
        from gateway.redaction.hyperscan_prefilter import Automaton

        tell_by(Automaton.compiled())
    return EVERY, None


def _every(_plain: str) -> Told:
    return EVERY, None


_state = _State()
