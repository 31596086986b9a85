"""The one way to make a core value: slots, equality by type and fields, immutable by convention.

Not a dataclass: `dataclasses` costs more to import than a whole verdict costs to reach, and a named
tuple would equal any bare tuple, which a security value must not.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Record:
    """A plain value whose fields are its slots; never assigned to after `__init__` (a gate checks)."""

    __slots__: tuple[str, ...] = ()

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__slots__)

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in self.__slots__)))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"{type(self).__name__}({fields})"


def replaced(value: Any, **changes: object) -> Any:
    """Return a copy of a value with some fields changed."""
    copy = object.__new__(type(value))
    for name in value.__slots__:
        setattr(copy, name, changes[name] if name in changes else getattr(value, name))
    return copy
