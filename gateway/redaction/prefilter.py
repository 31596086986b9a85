"""Which parts of the first look a text calls for: all, until so much has been looked at that a compiled automaton pays.
Pure.
"""

from __future__ import annotations

from gateway.redaction.first_look import EVERY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.redaction.first_look import Told

    Telling = Callable[[str], Told]

ENOUGH = 2_000_000
"""Characters after which this process has a stake in compiling an automaton: looking at them costs twice what that
does.
"""


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
