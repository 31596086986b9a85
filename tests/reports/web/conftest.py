"""A real Chromium for the pages: nothing but the page may be loaded, nothing may be said on the console."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from gateway.analysis.index import store_index
from gateway.analysis.store_overview import overview_of
from gateway.analysis.trends import trends
from gateway.reports.html.dashboard_page import refusals_of, write_dashboard
from gateway.reports.html.session_page import SessionPage
from gateway.reports.session_cleaner import cleaners
from tests.reports import scenes
from tests.reports.web.opened import Opened

ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update"
    " --disable-sync --hide-scrollbars --force-device-scale-factor=1"
).split()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Return a browser. Skips without one, except in CI. For one module: its event loop would be in the way of tests that run their own."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("chromium is not installed (Debian package `chromium`)")
        pytest.skip("chromium is not installed (Debian package `chromium`): no page was looked at in a browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def opens(chromium: Any) -> Iterator[Callable[..., Opened]]:
    """Return a function that opens a page in a fresh profile; at the end every page must have kept quiet."""
    opened: list[Opened] = []

    def open_page(path: Path, mark: str = "", **options: Any) -> Opened:
        opened.append(Opened(chromium, path, mark, **options))
        return opened[-1]

    yield open_page
    for page in opened:
        page.must_have_kept_quiet()
        page.close()


def shared(store: Path, name: str, target: Path, *below: str) -> Path:
    """Write a session's page."""
    page = SessionPage(str(store), [name, *below], mask=False, warn=lambda text: None)
    with target.open("wb") as file:
        page.write(file)
    return target


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of the story."""
    folder = tmp_path_factory.mktemp("story")
    scenes.write(folder / "store", "story", scenes.story(), scenes.WHO, scenes.NOTES)
    return shared(folder / "store", "story", folder / "story.html")


@pytest.fixture(scope="session")
def long_page(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """Return a function that writes the page of a long session, each length once."""
    folder = tmp_path_factory.mktemp("long")

    def written(events: int) -> Path:
        target = folder / f"{events}.html"
        if not target.exists():
            scenes.write(folder / "store", f"long{events}", scenes.long(events), scenes.WHO)
            shared(folder / "store", f"long{events}", target)
        return target

    return written


def dashboard_data(store: str) -> dict[str, Any]:
    """Return the trends of a store."""
    rows = store_index(store)
    return trends(overview_of(rows), refusals_of(store, rows))


def written(data: dict[str, Any], target: Path, pages: set[str]) -> Path:
    """Write a dashboard."""
    with target.open("wb") as file:
        write_dashboard(file, data, pages, cleaners(str(target))())
    return target


@pytest.fixture(scope="session")
def season(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the dashboard of a season of sessions, one of which has a page beside it."""
    folder = tmp_path_factory.mktemp("season")
    store = folder / "store"
    scenes.season(store, 60)
    shared(store, "session-0059", folder / "session-0059.html")
    return written(dashboard_data(str(store)), folder / "index.html", {"session-0059"})
