"""Reading typed values out of a document, each error with its pointer, line and hint. Pure; off the hook lane."""

from __future__ import annotations

from gateway.model.errors import PolicyError
from gateway.policy.document_text import pointer_step


class Field:
    """A value in a policy document together with where it stands."""

    __slots__ = ("lines", "pointer", "source", "value")

    def __init__(self, value: object, pointer: str, source: str, lines: dict[str, int]) -> None:
        self.value = value
        self.pointer = pointer
        self.source = source
        self.lines = lines

    @property
    def line(self) -> int:
        """The line the value stands on, 0 when the document has none."""
        return self.lines.get(self.pointer, 0)

    @property
    def place(self) -> str:
        """`file:line`."""
        return f"{self.source}:{self.line}" if self.line else self.source

    @property
    def path(self) -> str:
        """The pointer as people write it: `files.read.deny[2]`."""
        out = ""
        for step in self.pointer.split("/")[1:]:
            name = step.replace("~1", "/").replace("~0", "~")
            out += f"[{name}]" if name.isdigit() and out else ("." if out else "") + name
        return out

    def error(self, problem: str, hint: str = "") -> PolicyError:
        """Return the error that this value is."""
        return PolicyError(problem, hint, pointer=self.pointer or "/", source=self.source, line=self.line)

    def at(self, key: str | int) -> Field:
        """Return a member; None stands for one that is absent."""
        value: object = None
        if isinstance(self.value, dict):
            value = self.value.get(key)
        elif isinstance(self.value, list) and isinstance(key, int):
            value = self.value[key]
        return Field(value, pointer_step(self.pointer, key), self.source, self.lines)

    def members(self, known: tuple[str, ...]) -> dict[str, Field]:
        """Return the members of an object, refusing keys that are not known. Absent members are absent; null counts as
        absent.
        """
        if self.value is None:
            return {}
        if not isinstance(self.value, dict):
            raise self.error(f"expected an object, found {kind_of(self.value)}")
        for key in self.value:
            if key not in known:
                raise self.at(key).error(f"unknown key `{key}`", did_you_mean(key, known))
        return {key: self.at(key) for key in self.value if self.value[key] is not None}

    def free_members(self) -> dict[str, Field]:
        """Return the members of an object whose keys are names that people choose."""
        if self.value is None:
            return {}
        if not isinstance(self.value, dict):
            raise self.error(f"expected an object, found {kind_of(self.value)}")
        return {key: self.at(key) for key in self.value}

    def items(self) -> list[Field]:
        """Return the items of a list; null counts as absent, which is empty."""
        if self.value is None:
            return []
        if not isinstance(self.value, list):
            hint = (
                "put it in a list: [" + repr(self.value).replace("'", '"') + "]" if isinstance(self.value, str) else ""
            )
            raise self.error(f"expected a list, found {kind_of(self.value)}", hint)
        return [self.at(index) for index in range(len(self.value))]

    def text(self) -> str:
        """Return a string that is not empty."""
        if not isinstance(self.value, str):
            raise self.error(f"expected a string, found {kind_of(self.value)}")
        if not self.value.strip():
            raise self.error("expected a string that is not empty")
        return self.value

    def flag(self) -> bool:
        """Return true or false."""
        if not isinstance(self.value, bool):
            hint = (
                f"write {self.value.lower()} without quotes"
                if isinstance(self.value, str) and self.value.lower() in ("true", "false")
                else ""
            )
            raise self.error(f"expected true or false, found {kind_of(self.value)}", hint)
        return self.value

    def number(self) -> float:
        """Return a number that is not negative."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise self.error(f"expected a number, found {kind_of(self.value)}")
        if self.value < 0:
            raise self.error("expected a number that is not negative")
        return self.value

    def choice(self, *names: str) -> str:
        """Return one of the names."""
        text = self.text()
        if text not in names:
            raise self.error(
                f"expected one of {', '.join(f'`{name}`' for name in names)}, found `{text}`", did_you_mean(text, names)
            )
        return text


def kind_of(value: object) -> str:
    """Return what JSON calls a value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    names = {str: "a string", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return names.get(type(value), type(value).__name__)


def did_you_mean(word: str, known: tuple[str, ...]) -> str:
    """Return the hint that names the nearest known word, or the known words."""
    best = min(known, key=lambda name: _distance(word.lower(), name.lower()), default="")
    if best and _distance(word.lower(), best.lower()) <= max(2, len(best) // 3):
        return f"did you mean `{best}`?"
    return "known here: " + ", ".join(known)


def _distance(item: str, other: str) -> int:
    """Return the edit distance of two short words."""
    row = list(range(len(other) + 1))
    for i, left in enumerate(item, 1):
        previous, row[0] = row[0], i
        for j, right in enumerate(other, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (left != right))
    return row[-1]
