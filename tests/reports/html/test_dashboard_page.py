"""The dashboard's page and what it tells."""

from __future__ import annotations

import base64
import io
import json
import re
import zlib
from pathlib import Path
from typing import Any

from gateway.analysis.index import store_index
from gateway.analysis.store_overview import overview_of
from gateway.analysis.trends import trends
from gateway.reports.html.dashboard_page import pages_beside, refusals_of, save_dashboard, write_dashboard
from gateway.reports.session_cleaner import cleaners
from tests.reports import scenes
from tests.reports.command_line import Run


def dashboard_data(store: str) -> dict[str, Any]:
    """Return the trends of a store."""
    rows = store_index(store)
    return trends(overview_of(rows), refusals_of(store, rows))


def told(data: dict[str, Any], pages: set[str]) -> dict[str, Any]:
    """Return what a page says, read back."""
    file = io.BytesIO()
    write_dashboard(file, data, pages, cleaners("store")())
    (block,) = re.findall(rb'<script type="application/x-pack">(.*?)</script>', file.getvalue())
    found: dict[str, Any] = json.loads(zlib.decompress(base64.b64decode(block)))
    return found


class TestData:
    def test_adds_up(self, tmp_path: Path) -> None:
        scenes.season(tmp_path, 12)
        data = dashboard_data(str(tmp_path))
        assert data["totals"]["sessions"] == 12 and data["totals"]["deny"] > 0
        assert sum(one["deny"] for one in data["rules"]) == data["totals"]["deny"] == sum(one["calls"] for one in data["denied"])
        assert sum(one["ask"] for one in data["rules"]) == data["totals"]["ask"]
        assert {one["tool"] for one in data["tools"]} == {"Bash", "Read", "Edit"}

    def test_only_sessions_with_refusals_are_read(self, tmp_path: Path) -> None:
        scenes.write(tmp_path, "quiet", [scenes.line(1, "user_prompt", 0, {"prompt": "x"})])
        rows = store_index(str(tmp_path))
        (tmp_path / "quiet" / "events.ndjson").unlink()
        assert refusals_of(str(tmp_path), rows).rules == {}


class TestPage:
    def test_links_only_pages_that_lie_beside(self, tmp_path: Path) -> None:
        scenes.season(tmp_path / "store", 3)
        rows = store_index(str(tmp_path / "store"))
        (tmp_path / "session-0001.html").touch()
        assert pages_beside(str(tmp_path), rows) == {"session-0001"}
        assert pages_beside(str(tmp_path / "nowhere"), rows) == set()
        found = told(dashboard_data(str(tmp_path / "store")), {"session-0001"})
        assert [point["page"] for point in found["sessions"]] == ["", "session-0001.html", ""]

    def test_credentials_do_not_leave(self) -> None:
        token = "ghp_" + "aB3d" * 9
        data = {"sessions": [{"session": "s", "title": f"use {token}"}], "denied": [{"subject": token}]}
        assert token not in json.dumps(told(data, set()))

    def test_is_written_whole_for_its_owner_alone(self, tmp_path: Path) -> None:
        scenes.season(tmp_path / "store", 3)
        rows = store_index(str(tmp_path / "store"))
        save_dashboard(str(tmp_path / "index.html"), str(tmp_path / "store"), overview_of(rows))
        assert (tmp_path / "index.html").read_text().startswith("<!doctype html>") and (tmp_path / "index.html").stat().st_mode & 0o777 == 0o600
        assert sorted(path.name for path in tmp_path.iterdir()) == ["index.html", "store"]


class TestCommand:
    def test_writes_the_page(self, store: Path, run: Run, tmp_path: Path) -> None:
        scenes.season(store, 4)
        done = run("dashboard", "--last", 3, "--html", tmp_path / "index.html")
        assert done.code == 0 and done.out == "" and "3 sessions" in done.err
        assert (tmp_path / "index.html").read_text().startswith("<!doctype html>")
