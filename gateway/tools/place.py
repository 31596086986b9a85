"""Where a call is made from, and what a line or a piece of code would do there. Pure."""

from __future__ import annotations

from gateway.model.action import READ, WRITE, Action

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Arguments = dict[str, Any]


class Place:
    """Where a call happens: its folder, the home folder, and the pointers that policy gives for its arguments."""

    __slots__ = ("cwd", "effects", "home")

    def __init__(self, cwd: str, home: str, effects: dict[str, dict[str, dict[str, list[list[str]]]]]) -> None:
        self.cwd = cwd
        self.home = home
        self.effects = effects


def understood(line: str, *, cwd: str, home: str) -> tuple[Action, ...]:
    """Return what a command line would do; reading one is loaded when there is one."""
    from gateway.shell import understand

    return understand(line, cwd=cwd, home=home)


def moved(actions: tuple[Action, ...], by: int, *, base: str = "") -> list[Action]:
    """Return the actions with `via` counted from where they will stand: behind USE and what is there already.

    base  the folder they were understood in, where it is not the call's own
    """
    shift = by + 1
    return [
        Action(
            action.verb,
            action.target,
            opaque=action.opaque,
            carries=action.carries,
            words=action.words,
            how=action.how,
            base=action.base
            or (base if action.verb in (READ, WRITE) and not action.target.startswith(("/", "~")) else ""),
            via=action.via + shift if action.via >= 0 else -1,
            span=action.span,
        )
        for action in actions
    ]


def understood_code(language: str, code: str, place: Place, count: int = 0) -> list[Action]:
    """Return what a piece of code would do, counted behind `count` actions that are there already."""
    from gateway.shell import understand_code

    return moved(understand_code(language, code, cwd=place.cwd, home=place.home), count)
