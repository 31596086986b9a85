"""Names in the store: a session's folder and an event's id. Pure but for fresh random ids."""

from __future__ import annotations

from gateway.lane_os import os
from gateway.model.digest import hex_digest

_FIRST = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
_REST = _FIRST | frozenset("._-")
MAX_ID = 128
_LENGTH = 6
_AT_ONCE = 32
"""Ids that are made at once: asking the kernel costs more than all the rest of an event's head."""


def folder_name(session: str) -> str:
    """Return the folder name of a client's session id: the id itself if it is plain, else a digest of it.

    An id from a payload never becomes a path by itself.
    """
    if 0 < len(session) <= MAX_ID and session[0] in _FIRST and _REST.issuperset(session) and ".." not in session:
        return session
    return "id-" + hex_digest(session)[:32]


def event_id(session: str, call: str) -> str:
    """Return the id of the event of one call: the same wherever it is worked out, so that a result finds its call
    without a lookup.
    """
    return hex_digest(session, call)[:12]


_fresh: list[tuple[int, bytes]] = []


def fresh_id() -> str:
    """Return the id of an event that follows from nothing: random, and another one in every process."""
    pid = os.getpid()
    while True:
        try:
            owner, drawn = _fresh.pop()
        except IndexError:
            owner, drawn = 0, b""
        if owner == pid:  # not what a parent process had left
            return drawn.hex()
        many = os.urandom(_LENGTH * _AT_ONCE)
        _fresh[:] = [(pid, many[at : at + _LENGTH]) for at in range(0, len(many), _LENGTH)]


def made_id(session: str, number: int) -> str:
    """Return the id of a session's call that its client gave none."""
    return f"{session}:{number}"


def is_made(session: str, call: str) -> bool:
    """Whether a call's id is one that was made for it: nothing that anybody else knows it by."""
    return call.startswith(session) and call[len(session) : len(session) + 1] == ":"
