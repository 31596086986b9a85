"""What is shown of tools whose definitions changed: by the policy, by what is kept, by what cannot be known."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.doors.mcp.session.pinned_definitions import Pinned, effect_of
from gateway.doors.mcp.session.tool_pins import pin_of
from gateway.model.effects import ALLOW, ASK, DENY
from gateway.model.errors import GatewayError

ONE = {"name": "a", "description": "does a", "inputSchema": {}}
OTHER = {"name": "a", "description": "does b", "inputSchema": {}}


class Shelf:
    """Pins in memory; with a trouble they can be neither read nor written."""

    def __init__(self, trouble: str = "") -> None:
        self.trouble = trouble
        self.digests: dict[str, tuple[str, str, str]] = {}
        self.seen: dict[str, Any] = {}
        self.writes = 0

    def kept(self) -> dict[str, tuple[str, str, str]]:
        if self.trouble:
            raise GatewayError(self.trouble)
        return dict(self.digests)

    def definitions(self) -> dict[str, Any]:
        return dict(self.seen)

    def keep(self, found: dict[str, tuple[str, str, str]], definitions: dict[str, Any]) -> None:
        self.writes += 1
        self.digests |= found
        self.seen |= definitions


class TestEffectOf:
    @pytest.mark.parametrize(
        ("changed", "flags", "wanted", "effect"),
        [
            ("", ("x",), True, ALLOW),
            ("d", (), False, ALLOW),
            ("d", ("x",), False, ALLOW),
            ("d", (), None, ASK),
            ("d", ("x",), None, DENY),
            ("d", (), True, DENY),
        ],
    )
    def test_by_policy_and_flags(self, changed: str, flags: tuple[str, ...], wanted: object, effect: int) -> None:
        assert effect_of(changed, flags, wanted) == effect


class TestPage:
    def page(self, pins: Shelf | None, *entries: Any, wanted: object = True, observes: bool = False) -> list[Any]:
        return Pinned(pins).page(list(entries), wanted, observes=observes).shown

    def test_seen_first_then_held_to(self) -> None:
        shelf = Shelf()
        assert self.page(shelf, ONE) == [ONE] and self.page(shelf, OTHER) == [ONE] and self.page(shelf, OTHER, wanted=False) == [OTHER]
        assert self.page(shelf, OTHER, observes=True) == [OTHER] and self.page(None, OTHER) == [OTHER] and shelf.writes == 1

    def test_digests_without_definitions_get_them_once(self) -> None:
        shelf = Shelf()
        pin = pin_of(ONE)
        shelf.digests["a"] = (pin.whole, pin.description, pin.schema)
        assert self.page(shelf, OTHER) == [None] and self.page(shelf, OTHER, wanted=None) == [OTHER]
        for _ in range(2):
            assert self.page(shelf, ONE) == [ONE] and shelf.seen == {"a": ONE} and shelf.writes == 1
        assert self.page(shelf, OTHER) == [ONE]

    def test_a_definition_that_is_not_the_pinned_one_is_not_shown(self) -> None:
        shelf = Shelf()
        self.page(shelf, ONE)
        shelf.seen["a"] = {**ONE, "description": "written into the file by somebody"}
        assert self.page(shelf, OTHER) == [None] and self.page(shelf, ONE) == [ONE]

    def test_two_definitions_of_one_name(self) -> None:
        assert self.page(Shelf(), ONE, OTHER, ONE) == [ONE, ONE, ONE]

    def test_pins_that_cannot_be_read(self) -> None:
        assert self.page(Shelf("broken"), ONE) == [None] and self.page(Shelf("broken"), ONE, wanted=None) == [ONE]
