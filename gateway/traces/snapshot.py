"""Snapshot: how far a session's events are counted, and to what; a sealed cache beside them, never the truth.

It is believed when its seal was made with this user's key for this very session, and when the events still hold, right
before the place where it left off, what they held then. A torn, damaged, planted or foreign one is as good as none.
"""

from __future__ import annotations

from gateway.lane_os import open_regular, os
from gateway.model.digest import hex_digest
from gateway.model.errors import ProtocolError
from gateway.model.json_text import line_of, loads
from gateway.traces.session_tail import write_whole

MAX_STATES = 4
"""Most states that are kept at once: calls under other limits (another folder's policy) count the same session in
another way.
"""
MAX_BYTES = 8 << 20
_ANCHOR = 4096
"""Bytes before a state's offset that tell that the events are still those that were counted."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject
    from gateway.traces.session_tail import Tail


class Snapshot:
    """The snapshot of the session that a tail belongs to.

    A state is JSON data with `bounds`, what it counts; `offset`, up to where; and whatever else its maker keeps.
    """

    __slots__ = ("_key", "_others", "_tail")

    def __init__(self, tail: Tail, key: bytes) -> None:
        self._tail = tail
        self._key = key
        self._others: list[JsonObject] = []

    def state(self, bounds: JsonObject) -> JsonObject | None:
        """Return the state that was kept for these bounds, None when there is none that can be believed."""
        states = self._states()
        self._others = [state for state in states if state["bounds"] != bounds]
        for state in states:
            if (
                state["bounds"] == bounds
                and 0 <= state["offset"] <= self._tail.size
                and state["anchor"] == self._anchor(state["offset"])
            ):
                return state
        return None

    def keep(self, state: JsonObject, offset: int) -> bool:
        """Keep a state that counts the events up to an offset; return whether that was possible."""
        others = self._others[: MAX_STATES - 1]
        data = line_of({"states": [{**state, "offset": offset, "anchor": self._anchor(offset)}, *others]})
        temporary = f"{self._tail.path}.new"
        try:
            fd = _made(temporary)
            try:
                write_whole(fd, self._seal(data) + b"\n" + data, 0)
            finally:
                os.close(fd)
            os.replace(temporary, self._tail.path)
        except OSError:
            return False
        return True

    @property
    def path(self) -> str:
        """Return where it is kept."""
        return self._tail.path

    def _states(self) -> list[JsonObject]:
        try:
            fd = open_regular(self._tail.path, os.O_RDONLY | os.O_NOFOLLOW)
        except OSError:
            return []
        try:
            seal, _, data = os.read(fd, MAX_BYTES).partition(b"\n")
        except OSError:
            return []
        finally:
            os.close(fd)
        if not data or seal != self._seal(data):
            return []
        try:
            kept = loads(data.decode("utf-8", "replace"))
        except ProtocolError:
            return []
        states: list[JsonObject] = kept["states"] if isinstance(kept, dict) else []
        return states

    def _seal(self, data: bytes) -> bytes:
        session = os.path.basename(os.path.dirname(self._tail.path))
        return hex_digest(self._key, "snapshot 1", session, data).encode()

    def _anchor(self, offset: int) -> str:
        return hex_digest(self._tail.before(offset, _ANCHOR))


def _made(path: str) -> int:
    """Return an empty file of ours; what a process that was killed left there, or what else stands there, gives way."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
    try:
        return open_regular(path, flags)
    except OSError:
        os.unlink(path)
        return open_regular(path, flags)
