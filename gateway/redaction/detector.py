"""Detector: one kind of credential, declared as a row of a family's table. Pure; rows are read when a text calls for
their family.

A row is `id ; forms ; near-misses ; checks`. The near-misses are forms of what must not be taken for the value. A row
of a table of named values is `id ; names ; forms ; near-misses ; checks`: its forms say too little by themselves, and
count only behind one of the names.
"""

from __future__ import annotations

from gateway.redaction.checks import CHECKS
from gateway.redaction.crowds import Crowd
from gateway.redaction.patterns import Form, alone_from, forms_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    Span = tuple[int, int]


class Detector:
    """One kind of value.

    id      what marks call it
    names   where not empty: one of these must stand in the name before the value
    words   the names without the marks that join their words
    forms   what it looks like
    misses  forms that look alike and are not it
    checks  names of further tests of the value (`checks`)
    """

    __slots__ = ("checks", "forms", "id", "misses", "names", "words")

    def __init__(self, name: str, forms: str, misses: str, *, names: str = "", checks: str = "") -> None:
        self.id = name
        self.names = tuple(names.split())
        self.words = frozenset(name.replace("_", "") for name in self.names)
        self.forms = tuple(Form(form) for form in forms_of(forms))
        self.misses = forms_of(misses)
        self.checks = tuple(CHECKS[check] for check in checks.split())

    def find(self, text: str) -> list[Span]:
        """Return where values of this kind stand in a text."""
        return [span for form in self.forms for span in self._matches(form, text)]

    def _matches(self, form: Form, text: str) -> Iterator[Span]:
        """Yield where values of one form stand; what an attempt costs is bounded, and how many there are in one
        unbroken run of its characters.
        """
        anchor, size, apart = form.anchor, len(form.anchor), form.apart
        crowd = Crowd(anchor, form.unbroken)
        at = text.find(anchor)
        while at >= 0:
            if form.opens and (alone := alone_from(text, at)) > at:
                at = text.find(anchor, alone)
                continue
            following = text.find(anchor, at + 1)
            if size <= following - at < apart or not form.begins(text, at):
                at = following
                continue
            span = form.match(text, at)
            if span is not None and self.accepts(text[span[0] : span[1]]):
                yield span
                at = text.find(anchor, span[1]) if span[1] > at else following
            else:
                at = crowd.after(text, at, following)

    def fits(self, value: str) -> bool:
        """Whether a whole value has the form."""
        return any(form.whole(value) for form in self.forms) and self.accepts(value)

    def accepts(self, value: str) -> bool:
        """Whether a value of the right form passes the further tests."""
        return all(check(value) for check in self.checks)


def rows(table: str) -> tuple[Detector, ...]:
    """Return the detectors of a table of forms that speak for themselves."""
    return tuple(Detector(name, forms, misses, checks=checks) for name, forms, misses, checks in _columns(table, 4))


def named_rows(table: str) -> tuple[Detector, ...]:
    """Return the detectors of a table of forms that need a name before them."""
    return tuple(
        Detector(name, forms, misses, names=names, checks=checks)
        for name, names, forms, misses, checks in _columns(table, 5)
    )


def _columns(table: str, count: int) -> list[list[str]]:
    columns = []
    for line in table.strip().splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            columns.append([*(cell.strip() for cell in line.split(";")), *[""] * count][:count])
    return columns
