"""Which conversation a request belongs to: by session id, by the stream it was told its address on, or by who asks. No
sockets.

One client's messages never reach another's conversation: what cannot be told apart by an id is told apart by the ids in
flight.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from gateway.doors.mcp.session.conversation import Conversation

if TYPE_CHECKING:
    from gateway.doors.mcp.jsonrpc.messages import Key

IDLE = 3600.0
"""Seconds after which a session that nobody speaks on is closed."""
MAX_SESSIONS = 10_000

SERVER, CLIENT = "server", "client"


class Outlet(Protocol):
    """An open stream to the client."""

    async def event(self, data: bytes) -> None:
        """Write one message."""
        ...


class Waiting:
    """A client's request whose answer is held open while a person is asked: what becomes of it arrives in
    `released`.
    """

    __slots__ = ("keys", "released")

    def __init__(self, keys: set[Key]) -> None:
        self.keys = keys
        self.released: asyncio.Queue[tuple[str, bytes]] = asyncio.Queue()


class Session:
    """One conversation and what is open of it.

    name      session id on the wire, or ""
    outlet    the stream for messages that answer nothing, None while there is none
    waiting   requests that a person is asked about
    inflight  ids of requests under way, where nothing else tells clients apart
    headers   the headers of the client's last message, for messages of our own to the server
    place     where the client posts to, as the server calls it
    legacy    it is a stream of the transport before 2025-03-26: answers come on the stream
    """

    __slots__ = ("conversation", "headers", "inflight", "legacy", "name", "outlet", "place", "seen", "users", "waiting")

    def __init__(self, conversation: Conversation, name: str = "") -> None:
        self.conversation = conversation
        self.name = name
        self.outlet: Outlet | None = None
        self.waiting: list[Waiting] = []
        self.inflight: set[Key] = set()
        self.headers: list[tuple[str, str]] = []
        self.place = ""
        self.legacy = False
        self.users = 0
        self.seen = 0.0

    def waits_for(self, key: Key) -> Waiting | None:
        """Return the request that a message with this id is about."""
        return next((item for item in self.waiting if key in item.keys), None)


class Sessions:
    """The open sessions of a proxy."""

    def __init__(self, start: Callable[[], Conversation], clock: Callable[[], float] = time.monotonic) -> None:
        self._start = start
        self._clock = clock
        self._named: dict[str, Session] = {}
        self._placed: dict[str, Session] = {}
        self._by_client: dict[str, list[Session]] = {}

    def new(self) -> Session:
        """Return a session that nothing leads to yet."""
        if self.count() >= MAX_SESSIONS:
            self._close_oldest()
        return self._touched(Session(self._start()))

    def knows(self, name: str) -> bool:
        """Tell whether an id leads to a session already."""
        return name in self._named

    def named(self, name: str) -> Session:
        """Return the session of an id; an id the proxy does not know belongs to a session that began before it."""
        found = self._named.get(name)
        if found is None:
            found = self._named[name] = self.new()
            found.name = name
        return self._touched(found)

    def of_client(self, client: str, keys: set[Key]) -> Session:
        """Return a session for a client that has no id: one of its own in which none of these requests is under way."""
        mine = self._by_client.setdefault(client, [])
        found = next((item for item in mine if not item.inflight & keys), None)
        if found is None:
            found = self.new()
            mine.append(found)
        return self._touched(found)

    def placed(self, place: str) -> Session | None:
        """Return the session whose client was told to post there."""
        found = self._placed.get(place)
        return self._touched(found) if found is not None else None

    def name(self, session: Session, name: str) -> None:
        """Let an id lead to a session."""
        session.name = name
        self._named[name] = session

    def place(self, session: Session, place: str) -> None:
        """Let an address lead to a session. The first stream that was told it keeps it."""
        if self._placed.setdefault(place, session) is session:
            session.place = place

    def adopt(self, session: Session, client: str) -> None:
        """Let a session be the one of a client without ids, before any other."""
        self._by_client.setdefault(client, []).insert(0, session)

    def end(self, session: Session, **known: object) -> None:
        """Close a session and forget it."""
        if self._named.get(session.name) is session:
            del self._named[session.name]
        if self._placed.get(session.place) is session:
            del self._placed[session.place]
        for client, mine in list(self._by_client.items()):
            if session in mine:
                mine.remove(session)
            if not mine:
                del self._by_client[client]
        session.conversation.closed(**known)

    def end_idle(self) -> int:
        """Close what nobody has spoken on for an hour; return how many there were."""
        before = self._clock() - IDLE
        idle = [item for item in self._all() if not item.users and item.seen < before]
        for session in idle:
            self.end(session, ended="idle")
        return len(idle)

    def end_all(self) -> None:
        """Close every session."""
        for session in self._all():
            self.end(session, ended="the proxy stopped")

    def count(self) -> int:
        """Return how many sessions are open."""
        return len(self._all())

    def _all(self) -> list[Session]:
        every = [
            *self._named.values(),
            *self._placed.values(),
            *(item for mine in self._by_client.values() for item in mine),
        ]
        return list({id(item): item for item in every}.values())

    def _close_oldest(self) -> None:
        idle = sorted((item for item in self._all() if not item.users), key=lambda item: item.seen)
        for session in idle[: MAX_SESSIONS // 10]:
            self.end(session, ended="too many sessions")

    def _touched(self, session: Session) -> Session:
        session.seen = self._clock()
        return session
