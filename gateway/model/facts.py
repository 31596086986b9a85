"""Facts: what the world looked like when a call was judged. Pure data, recorded with the event.

Gathered by `gateway.host.observe` before deciding, so that an audit, a backtest or a what-if can decide again
from the record alone.
"""

from __future__ import annotations

from gateway.model.record import Record


class Facts(Record):
    """The world at the moment of judgement.

    now      seconds since the epoch
    project  absolute project root; paths inside it match anchored patterns
    home     absolute home folder
    real     absolute path as asked -> absolute path with symlinks followed as far as they exist
    globs    absolute glob pattern -> (absolute paths it matches now, whether that is all of them)
    trees    absolute folder read as a tree -> (denied files found below it, whether all of it was looked at)
    folded   names differ only by case on this file system
    guard    places of the guard itself that the call comes near: absolute path -> kind (see gateway.policy.guard)
    """

    __slots__ = ("folded", "globs", "guard", "home", "now", "project", "real", "trees")

    def __init__(
        self,
        *,
        now: float = 0.0,
        project: str = "/",
        home: str = "/root",
        real: dict[str, str] | None = None,
        globs: dict[str, tuple[tuple[str, ...], bool]] | None = None,
        trees: dict[str, tuple[tuple[str, ...], bool]] | None = None,
        folded: bool = False,
        guard: dict[str, str] | None = None,
    ) -> None:
        self.now = now
        self.project = project
        self.home = home
        self.real = real or {}
        self.globs = globs or {}
        self.trees = trees or {}
        self.folded = folded
        self.guard = guard or {}
