"""Pinned: what is shown of a server's tools when their definitions change behind the client's back.

A refused call comes too late where a description holds orders to the model: what policy does not let be called is shown
as it was pinned, or not at all (tool poisoning by "rug pull"; CVE-2025-54136 is the same done to a client's
configuration).
"""

from __future__ import annotations

from gateway.doors.mcp.session.tool_pins import Pin, difference, pin_of
from gateway.doors.mcp.session.tool_poisoning import findings
from gateway.model.effects import ALLOW, ASK, DENY
from gateway.model.errors import GatewayError
from gateway.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol

    Data = dict[str, Any]
    Digests = tuple[str, str, str]

    class Pins(Protocol):
        """Where the pins of a server's tools are kept."""

        def kept(self) -> dict[str, Digests]:
            """Return the digests of each tool. Raises GatewayError."""

        def definitions(self) -> dict[str, Data | None]:
            """Return the definitions that were seen, as far as they are kept. Raises GatewayError."""

        def keep(self, found: dict[str, Digests], definitions: dict[str, Data]) -> None:
            """Keep the digests of more tools and what they are of. Raises GatewayError."""


class Listed(Record):
    """What a server's last listing said of one tool.

    schema   the outputSchema that the client was shown, or None
    changed  what differs from the definition that was seen first or approved since, in words; "" when nothing does
    flags    what has no place in its definition
    """

    __slots__ = ("changed", "flags", "schema")

    def __init__(self, schema: object, changed: str, flags: tuple[str, ...]) -> None:
        self.schema = schema
        self.changed = changed
        self.flags = flags


class Page(Record):
    """What becomes of one page of a listing.

    shown   each definition as it is handed on, None where it is left out
    said    what is to be recorded about them, one line each
    """

    __slots__ = ("said", "shown")

    def __init__(self, shown: list[Data | None], said: list[str]) -> None:
        self.shown = shown
        self.said = said


class Pinned:
    """The tools of one server, and the definitions they are held to; without pins everything is new for ever."""

    def __init__(self, pins: Pins | None) -> None:
        self._pins = pins
        self.tools: dict[str, Listed] = {}

    def page(self, entries: list[Any], wanted: object, *, observes: bool) -> Page:
        """Take note of one page of a listing; return what is shown of it.

        wanted    the server's `pin`: True refuses what changed, False takes it as it is, None asks
        observes  nothing is refused, so everything is shown as it came
        """
        known = _Known(self._pins)
        page = Page([], [])
        for entry in entries:
            name = entry.get("name") if isinstance(entry, dict) else None
            if not isinstance(name, str):
                page.shown.append(entry if (observes or wanted is not True) and isinstance(entry, dict) else None)
                continue
            changed, flags = known.compared(name, entry), findings(entry)
            effect = ALLOW if observes else effect_of(changed, flags, wanted)
            before = known.pinned(name) if effect != ALLOW else entry
            shown = before or (entry if effect == ASK else None)
            page.shown.append(shown)
            self.tools[name] = Listed((shown or entry).get("outputSchema"), changed, flags)
            if changed:
                page.said.append(f"the definition of `{name}` has changed: {changed}{_become(entry, shown)}")
            page.said += [f"the definition of `{name}` holds {flag}" for flag in flags]
        page.said += known.keep()
        return page


def effect_of(changed: str, flags: tuple[str, ...], wanted: object) -> int:
    """Return what becomes of calls of a tool by what is known of its definition."""
    if not changed or wanted is False:
        return ALLOW
    return DENY if wanted or flags else ASK


def _become(came: Data, shown: Data | None) -> str:
    if shown is came:
        return ""
    return "; the client is shown the one that was seen before" if shown is not None else "; it is left out of the list"


class _Known:
    """The pins as they are for one page, and what of the page is to be kept."""

    def __init__(self, pins: Pins | None) -> None:
        self._pins = pins
        self._trouble = ""
        self._kept: dict[str, Digests] = {}
        self._definitions: dict[str, Data | None] = {}
        self._fresh: dict[str, Digests] = {}
        self._seen: dict[str, Data] = {}
        try:
            if pins is not None:
                self._kept, self._definitions = pins.kept(), pins.definitions()
        except GatewayError as error:
            self._trouble = str(error)

    def compared(self, name: str, item: Data) -> str:
        """Return what differs from the definition that is kept, "" where nothing does or the tool is new."""
        pin = pin_of(item)
        before = self._kept.get(name) or self._fresh.get(name)
        if before is None:
            if not self._trouble:
                self._fresh[name] = (pin.whole, pin.description, pin.schema)
                self._seen[name] = item
            return self._trouble
        changed = difference(Pin(*before), pin)
        if not changed and name not in self._definitions and name not in self._seen:
            self._fresh[name], self._seen[name] = before, item  # pinned by a version that kept digests alone
        return changed

    def pinned(self, name: str) -> Data | None:
        """Return the definition that a tool is held to, None where it is not there to the letter."""
        found = self._definitions.get(name) or self._seen.get(name)
        kept = self._kept.get(name) or self._fresh.get(name)
        return found if found and kept and pin_of(found).whole == kept[0] else None

    def keep(self) -> list[str]:
        """Keep what is new; return why that was not possible, or nothing."""
        if not self._fresh or self._pins is None:
            return []
        try:
            self._pins.keep(self._fresh, self._seen)
        except GatewayError as error:
            return [str(error)]
        return []
