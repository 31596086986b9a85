"""A session's page in a real browser: what it shows, how it is driven, that it keeps to itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.reports import scenes
from tests.reports.web.conftest import shared
from tests.reports.web.opened import Opened

pytestmark = pytest.mark.browser

Opens = Callable[..., Opened]
CHOSEN = '.list [aria-selected="true"]'


def number_of(kind: str, tool: str = "", *, which: int = 0, effect: str = "") -> int:
    """Return the number of an event of the story."""
    fits = [
        number
        for number, one in enumerate(scenes.story(), 1)
        if one["event_type"] == kind
        and one["data"].get("tool_name", "") == tool
        and (not effect or one["data"].get("decision", {}).get("effect") == effect)
    ]
    return fits[which]


class TestShows:
    def test_header_tells_integrity_policy_and_verdicts(self, opens: Opens, story: Path) -> None:
        page = opens(story)
        marks = page.texts(".marks li")
        assert marks == ["✓ record intact", "policy 4e4e4e4e", "2 denied", "1 asked"]
        assert page.page.title() == "story · agent-strace"

    def test_overview_leads_to_what_matters(self, opens: Opens, story: Path) -> None:
        page = opens(story)
        first = page.texts(".first button")
        assert [text.split()[:2] for text in first] == [["✕", "denied"], ["✕", "denied"], ["?", "asked"]]
        page.page.click(".first button >> nth=0")
        assert page.mark == f"e{number_of('tool_call', 'Bash', effect='deny')}"

    def test_a_denied_call_names_its_rule_and_where_it_stands(self, opens: Opens, story: Path) -> None:
        page = opens(story, f"#e{number_of('tool_call', 'Bash', effect='deny', which=1)}")
        said = page.text(".decision")
        for part in ("✕ denied", "`git push --force` is in commands.deny", "commands.deny[0]", ".agent-scope.json:14", "push a branch"):
            assert part in said

    def test_an_edit_is_a_diff(self, opens: Opens, story: Path) -> None:
        page = opens(story, f"#e{number_of('tool_call', 'Edit')}")
        assert "    result = 0" in page.texts(".diff .removed") and "    result = Decimal(0)" in page.texts(".diff .added")
        assert page.texts(".diff .code > div:not(.added):not(.removed)") == ["    for item in items:", "        result += item.price * item.count"]

    def test_a_call_shows_what_came_back(self, opens: Opens, story: Path) -> None:
        page = opens(story, f"#e{number_of('tool_call', 'Bash')}")
        assert "AssertionError: assert 3 ==" in page.text(".failed .code") and "uv run pytest" in page.text("section .code")

    def test_subagents_have_tracks_of_their_own(self, opens: Opens, story: Path) -> None:
        page = opens(story)
        assert "2 tracks" in page.page.get_attribute(".timeline", "aria-label")
        page.page.select_option('select[aria-label="Track"]', label="Explore a1b2c3")
        assert page.text(".filters output").startswith("12 of")

    def test_sessions_below_stand_below_with_numbers_of_their_own(self, opens: Opens, tmp_path: Path) -> None:
        store = tmp_path / "store"
        scenes.write(store, "story", scenes.story(), scenes.WHO)
        scenes.write(store, "child", list(scenes.long(9)), {"agent_name": "Explore", "parent_session_id": "story"})
        page = opens(shared(store, "story", tmp_path / "page.html", "child"), "#e40")
        assert page.text(".detail-pane h2").startswith("Explore #3") and page.text(f"{CHOSEN} .number") == "Explore #3"
        assert "3 tracks" in page.page.get_attribute(".timeline", "aria-label") and page.elements < 500
        page.page.wait_for_selector("article[data-why]", state="attached")
        assert all("Explore" in text for text in page.texts(".why .step b"))

    def test_files_and_commands(self, opens: Opens, story: Path) -> None:
        page = opens(story)
        page.page.click("#tab-files")
        assert page.texts(".row.file .what")[0] == "/home/ada/shop/src/basket.py" and len(page.texts(".row.file")) == 8
        page.page.click(".row.file >> nth=0")
        assert page.mark == f"e{number_of('tool_call', 'Read')}"
        page.press("3")
        assert page.texts(".row.command .what")[0] == "uv run pytest -q tests/test_basket.py"

    def test_without_script_it_says_why_it_is_empty(self, opens: Opens, story: Path) -> None:
        assert "needs JavaScript" in opens(story, script=False).text("noscript")


class TestKeys:
    def test_next_and_previous(self, opens: Opens, story: Path) -> None:
        page = opens(story)
        assert page.press("j").mark == "e1" and page.press("j", "j").mark == "e3" and page.press("k").mark == "e2"
        assert page.press("G").mark == f"e{len(scenes.story())}" and page.press("g").mark == "e1"

    def test_notable_ones(self, opens: Opens, story: Path) -> None:
        page = opens(story)
        wanted = [8, *(number for number, one in enumerate(scenes.story(), 1) if one["event_type"] == "error" or _stopped(one))]
        assert [int(page.press("n").mark[1:]) for _ in wanted] == wanted
        assert int(page.press("p").mark[1:]) == wanted[-2]
        page.press("n", "n")
        assert "No notable event" in page.text(".toast")

    def test_search_and_leave_it(self, opens: Opens, story: Path) -> None:
        page = opens(story)
        page.press("/")
        page.page.keyboard.type("ROUND_half")
        page.page.wait_for_selector("text=1 of 37")
        page.press("Escape", "j")
        assert page.mark == f"e{number_of('tool_call', 'Edit')}"
        page.press("Escape")
        assert page.text(".filters output") == "37 events"

    def test_slow_typing_is_not_overwritten(self, opens: Opens, story: Path) -> None:
        page = opens(story)
        page.press("/")
        page.page.keyboard.type("curl", delay=150)
        page.page.keyboard.type(" -s", delay=90)
        page.page.wait_for_selector("text=1 of 37")
        assert page.page.input_value("input[type=search]") == "curl -s"
        page.press("Escape", "Escape")
        assert page.page.input_value("input[type=search]") == "" and page.text(".filters output") == "37 events"

    def test_help_bookmarks_theme_and_cause(self, opens: Opens, story: Path) -> None:
        page = opens(story)
        page.press("?")
        assert "next, previous event" in page.text("dialog")
        page.press("Escape")
        assert page.page.locator("dialog").count() == 0
        page.press("j", "b")
        assert "★ #1" in page.text(".bookmarks")
        page.page.reload()
        page.page.wait_for_selector("html[data-loaded]")
        assert "★ #1" in page.text(".bookmarks")
        page.press("b")
        assert "★ #1" not in page.text(".bookmarks") and "★ #8" in page.text(".bookmarks")

    def test_arrows_in_the_list_and_on_the_timeline(self, opens: Opens, story: Path) -> None:
        page = opens(story, "#e5")
        page.page.focus(".list")
        assert page.press("ArrowDown").mark == "e6" and page.press("End").mark == "e37" and page.press("Home", "ArrowDown").mark == "e2"
        page.page.focus(".timeline")
        assert page.press("ArrowRight").mark == "e3" and "event 3 of 37" in page.page.get_attribute(".timeline", "aria-valuetext")

    def test_everything_can_be_reached_by_tab(self, opens: Opens, story: Path) -> None:
        page = opens(story, f"#e{number_of('tool_call', 'Edit')}")
        reached = set()
        for _ in range(60):
            page.page.keyboard.press("Tab")
            reached.add(page.page.evaluate("document.activeElement.className + '|' + document.activeElement.tagName"))
        assert {"timeline|DIV", "|INPUT", "|SELECT", "detail-pane|SECTION", "step|BUTTON"} <= reached and any("list" in one for one in reached)


class TestPermalink:
    def test_opens_at_the_event_and_follows_the_address(self, opens: Opens, story: Path) -> None:
        page = opens(story, "#e27")
        assert "#27" in page.text(".detail-pane h2") and page.text(f"{CHOSEN} .number") == "#27"
        page.page.evaluate("location.hash = 'e31'")
        page.page.wait_for_selector("text=Commit it on the branch, please. >> visible=true")
        assert "#31" in page.text(".detail-pane h2")

    @pytest.mark.parametrize("mark", ["#e0", "#e99999", "#e-1", "#<script>", "#e1e1"])
    def test_an_address_of_nothing_opens_the_overview(self, opens: Opens, story: Path, mark: str) -> None:
        assert opens(story, mark).text(".detail-pane h2") == "Overview"

    def test_the_link_can_be_copied(self, opens: Opens, story: Path) -> None:
        page = opens(story, "#e27")
        page.press("y")
        assert page.text(".toast") in ("Link copied", f"{page.url}#e27")


class TestFilters:
    @pytest.mark.parametrize(("label", "count"), [("Denied", 2), ("Asked", 1), ("Errors", 1), ("Notable", 4), ("Talk", 5), ("Calls", 16)])
    def test_buttons(self, opens: Opens, story: Path, label: str, count: int) -> None:
        page = opens(story)
        page.page.click(f".shown button:text-is('{label}')")
        assert page.text(".filters output") == f"{count} of 37" and page.page.locator(".row.event").count() == count

    def test_search_finds_words_in_any_field_and_not_the_names_of_fields(self, opens: Opens, story: Path) -> None:
        page = opens(story)
        for query, count in (
            ("paste.example", 1),
            ("commands.deny", 1),
            ("tracker", 2),
            ("file_path", 0),
            ('"0.01"', 1),
            ("PRICE_3 = ", 1),
            ("zzz", 0),
        ):
            page.page.fill("input[type=search]", query)
            page.page.wait_for_selector(f"text=/^{count} of 37$/")
        assert "No event fits" in page.text(".panel")


class TestLooks:
    def test_follows_the_system_until_somebody_chooses(self, opens: Opens, story: Path) -> None:
        def background(page: Opened) -> list[int]:
            colour = page.page.evaluate("getComputedStyle(document.body).backgroundColor")
            return [int(part) for part in colour[4:-1].split(",")]

        assert min(background(opens(story, theme="light"))) > 240
        page = opens(story, theme="dark")
        assert max(background(page)) < 40
        assert max(background(page.press("t"))) < 40 and min(background(page.press("t"))) > 240
        page.page.reload()
        page.page.wait_for_selector("html[data-loaded]")
        assert min(background(page)) > 240

    def test_a_narrow_window_shows_one_pane_at_a_time(self, opens: Opens, story: Path) -> None:
        page = opens(story, width=390, height=780)
        assert page.page.evaluate("document.documentElement.scrollWidth") <= 390
        page.page.click(".row.event >> nth=3")
        assert page.page.is_visible(".detail-pane") and not page.page.is_visible(".events-pane")
        assert page.page.evaluate("document.documentElement.scrollWidth") <= 390
        page.page.click(".close")
        assert page.page.is_visible(".events-pane")

    def test_print_shows_every_event_and_why(self, opens: Opens, story: Path) -> None:
        page = opens(story)
        page.page.emulate_media(media="print")
        page.page.wait_for_selector(".printed")
        assert page.page.locator(".printed > table tbody tr").count() == 37 and "Integer rounding" in page.text(".printed")
        assert "`git push --force` is in commands.deny" in page.text(".printed")
        pdf = page.page.pdf()
        assert pdf.startswith(b"%PDF") and pdf.count(b"/Type /Page\n") >= 2
        page.page.emulate_media(media="screen")
        page.page.wait_for_selector(".events-pane")


class TestLong:
    def test_few_elements_however_many_events(self, opens: Opens, long_page: Callable[[int], Path]) -> None:
        page = opens(long_page(20_000), "#e15001")
        assert page.elements < 500 and page.text(f"{CHOSEN} .number") == "#15001"
        page.press("G")
        assert page.mark == "e20000" and page.elements < 500
        page.page.fill("input[type=search]", "test_part_976")
        page.page.wait_for_selector("text=/^\\d+ of 20,000$/")
        assert page.elements < 500

    def test_a_line_of_five_megabytes(self, opens: Opens, tmp_path: Path) -> None:
        text = "x" * 5_000_000 + " the end"
        lines = [
            scenes.line(1, "tool_call", 0, {"tool_name": "Bash", "arguments": {"command": text}}),
            scenes.line(2, "tool_result", 1, {"tool_name": "Bash", "result": text}, parent=1),
        ]
        scenes.write(tmp_path / "store", "wide", lines)
        page = opens(shared(tmp_path / "store", "wide", tmp_path / "wide.html"), "#e1")
        assert page.elements < 500 and "Show more (5.0 MB left)" in page.text(".more >> nth=0")
        page.page.fill("input[type=search]", "the end")
        page.page.wait_for_selector("text=2 events")


def _stopped(line: dict[str, Any]) -> bool:
    return line["data"].get("decision", {}).get("effect") in ("ask", "deny")
