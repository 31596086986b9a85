from __future__ import annotations

import pytest

from gateway.reports.table import cells, columns, fitted, padded, short_names


class TestCells:
    @pytest.mark.parametrize(("text", "width"), [("", 0), ("abc", 3), ("größe", 5), ("日本", 4), ("e\u0301", 1), ("👩‍💻", 4), ("ＡＢ", 4)])
    def test_as_many_as_a_terminal_gives(self, text: str, width: int) -> None:
        assert cells(text) == width


class TestFitted:
    @pytest.mark.parametrize(
        ("text", "width", "shown"),
        [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("ab cd", 4, "ab…"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"), ("x", 0, ""), ("xy", 1, "…")],
    )
    def test_cuts_where_no_cell_is_left(self, text: str, width: int, shown: str) -> None:
        assert fitted(text, width) == shown and cells(padded(text, width)) == width


class TestColumns:
    @pytest.mark.parametrize(("said", "width"), [("120", 120), ("10", 60), ("", 80)])
    def test_what_the_environment_says(self, monkeypatch: pytest.MonkeyPatch, said: str, width: int) -> None:
        monkeypatch.setenv("COLUMNS", said)
        assert columns() == width


class TestShortNames:
    def test_as_long_as_it_takes_to_be_alone(self) -> None:
        names = ["agent-aaaa-1", "agent-aaaa-2", "0123456789abcdef", "x", "agent-a"]
        assert short_names(names) == {
            "agent-aaaa-1": "agent-aaaa-1",
            "agent-aaaa-2": "agent-aaaa-2",
            "0123456789abcdef": "01234567",
            "x": "x",
            "agent-a": "agent-a",
        }
