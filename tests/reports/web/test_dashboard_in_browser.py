"""The dashboard in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reports import scenes
from tests.reports.web.conftest import dashboard_data, written
from tests.reports.web.opened import Opened
from tests.reports.web.test_access_in_browser import serious
from tests.reports.web.test_hostile_in_browser import PAYLOADS, SIGNS

pytestmark = pytest.mark.browser

Opens = Callable[..., Opened]


class TestDashboard:
    def test_tells_the_totals_and_who_stood_in_the_way(self, opens: Opens, season: Path) -> None:
        page = opens(season)
        assert "60\n\nsessions" in page.text(".tiles") or "60 sessions" in page.text(".tiles").replace("\n", " ")
        assert page.page.locator(".chart canvas").count() == 4
        assert "commands.deny[0] .agent-scope.json:14" in page.text(".rankings")
        assert "house-model-2" in page.text(".rankings") and "?" in page.texts(".rankings td.count")

    def test_leads_to_a_session_whose_page_lies_beside(self, opens: Opens, season: Path) -> None:
        page = opens(season)
        assert page.texts(".row.session a") == ["session-0059"]
        page.page.click(".row.session a")
        page.page.wait_for_selector("html[data-loaded]")
        assert page.text("h1") == "session-0059"
        page.requests = [page.url]

    def test_search_and_order(self, opens: Opens, season: Path) -> None:
        page = opens(season)
        page.press("/")
        page.page.keyboard.type("nightly")
        page.page.wait_for_selector("text=12 sessions")
        page.page.click("button:text-is('Calls')")
        calls = [int(text.split()[0]) for text in page.texts(".row.session .count:nth-child(4)")]
        assert calls == sorted(calls, reverse=True) and len(calls) > 5
        page.page.fill("#search", "no such session")
        assert "No session fits" in page.text(".sessions")

    @pytest.mark.parametrize("theme", ["light", "dark"])
    @pytest.mark.parametrize("width", [1400, 390])
    def test_keeps_nobody_out_and_fits(self, opens: Opens, season: Path, width: int, theme: str) -> None:
        page = opens(season, width=width, theme=theme)
        assert serious(page) == []
        assert page.page.evaluate("document.documentElement.scrollWidth") <= width

    def test_print_lists_every_session(self, opens: Opens, season: Path) -> None:
        page = opens(season)
        page.page.emulate_media(media="print")
        page.page.wait_for_selector(".ranking:has(h2:text-is('Sessions')) tbody tr:nth-child(60)")

    def test_nothing_at_all(self, opens: Opens, tmp_path: Path) -> None:
        page = opens(written(dashboard_data(str(tmp_path)), tmp_path / "empty.html", set()))
        assert "no session" in page.text(".head") and "Nothing was denied." in page.text(".rankings")


@pytest.mark.parametrize("name", ["script", "closing", "image", "link", "bidi", "nul", "proto", "half"])
def test_text_stays_text(opens: Opens, tmp_path: Path, name: str) -> None:
    text = PAYLOADS[name]
    decision = scenes.verdict("deny", text, text, source=text)
    lines = [
        scenes.line(1, "user_prompt", 0, {"prompt": text}),
        scenes.line(2, "tool_call", 1, {"tool_name": text, "arguments": {"command": text}, "decision": decision}),
        scenes.line(3, "assistant_response", 2, {"model": text, "usage": {"input_tokens": 5}}),
    ]
    scenes.write(tmp_path / "store", "hostile", lines, {"agent_name": text})
    data = dashboard_data(str(tmp_path / "store"))
    page = opens(written(data, tmp_path / "index.html", {"hostile"}))
    for part in (".row.session", ".ranking:nth-child(1)", ".ranking:nth-child(2)", ".ranking:nth-child(3)", ".ranking:nth-child(4)"):
        assert SIGNS.get(name, text)[:12] in page.text(part) or name in ("nul", "bidi"), part
    assert page.page.locator("img, iframe, svg, base, [onerror], a:not([href='hostile.html'])").count() == 0
