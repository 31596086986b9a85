from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import pytest

from gateway.reports.colors import RED, painted, painter, plain


class TestPainter:
    @pytest.mark.parametrize(
        ("wanted", "terminal", "environment", "colored"),
        [
            ("auto", True, {}, True),
            ("auto", False, {}, False),
            ("auto", True, {"NO_COLOR": "1"}, False),
            ("auto", True, {"NO_COLOR": ""}, True),
            ("auto", True, {"TERM": "dumb"}, False),
            ("always", False, {"NO_COLOR": "1"}, True),
            ("never", True, {}, False),
        ],
    )
    def test_where(self, monkeypatch: pytest.MonkeyPatch, wanted: str, terminal: bool, environment: dict[str, str], colored: bool) -> None:
        monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
        monkeypatch.delenv("TERM", raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        context: Any = SimpleNamespace(obj=SimpleNamespace(color=wanted))
        assert painter(context) is (painted if colored else plain)

    def test_paint(self) -> None:
        assert painted("a", RED) == "\x1b[31ma\x1b[0m" and painted("", RED) == "" and plain("a", RED) == "a"
