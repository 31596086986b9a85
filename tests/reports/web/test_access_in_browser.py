"""Pages can be used by people who do not see them, or see them otherwise: axe-core finds nothing serious."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from tests.reports.web.opened import Opened

pytestmark = pytest.mark.browser


def serious(page: Opened) -> list[str]:
    """Return what axe-core finds that would keep somebody out."""
    page.page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found: dict[str, Any] = page.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:200]} {node['failureSummary'][:200]}"
        for one in found["violations"]
        for node in one["nodes"]
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
class TestSession:
    @pytest.mark.parametrize(
        "keys", ["", "n n n", "G", "2", "3", "?", "n n Enter"], ids=["overview", "denied", "last", "files", "commands", "help", "detail"]
    )
    def test_wide(self, opens: Callable[..., Opened], story: Path, theme: str, keys: str) -> None:
        assert serious(opens(story, theme=theme).press(*keys.split())) == []

    def test_narrow(self, opens: Callable[..., Opened], story: Path, theme: str) -> None:
        page = opens(story, width=390, height=780, theme=theme)
        assert serious(page) == []
        page.page.click(".row.event >> nth=3")
        assert serious(page) == []
