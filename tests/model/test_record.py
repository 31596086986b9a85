from __future__ import annotations

from gateway.model.record import Record


class Point(Record):
    __slots__ = ("x", "y")

    def __init__(self, x: int, y: int) -> None:
        self.x = x
        self.y = y


class Other(Point):
    __slots__ = ()


class TestRecord:
    def test_equal_by_fields(self) -> None:
        assert Point(1, 2) == Point(1, 2) and hash(Point(1, 2)) == hash(Point(1, 2)) and Point(1, 2) != Point(2, 1)

    def test_never_equal_to_a_tuple_or_another_type(self) -> None:
        assert Point(1, 2) != (1, 2) and Point(1, 2) != Other(1, 2)

    def test_shows_its_fields(self) -> None:
        assert repr(Point(1, 2)) == "Point(x=1, y=2)"
