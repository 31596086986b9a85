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
from gateway.redaction.reach import cleaner_for
from gateway.reports.dashboard_page import dashboard_data, pages_beside, refusals_of, write_dashboard
from tests.reports import scenes


def told(data: dict[str, Any], pages: set[str]) -> dict[str, Any]:
    """Return what a page says, read back."""
    cleaner = cleaner_for({}, "record", b"k" * 32)
    assert cleaner is not None
    file = io.BytesIO()
    write_dashboard(file, data, pages, cleaner)
    (block,) = re.findall(rb'<script type="application/x-pack">(.*?)</script>', file.getvalue())
    found: dict[str, Any] = json.loads(zlib.decompress(base64.b64decode(block)))
    return found


class TestData:
    def test_adds_up(self, tmp_path: Path) -> None:
        scenes.season(tmp_path, 12)
        rows = store_index(str(tmp_path))
        data = dashboard_data(str(tmp_path), rows)
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
        found = told(dashboard_data(str(tmp_path / "store"), rows), {"session-0001"})
        assert [point["page"] for point in found["sessions"]] == ["", "session-0001.html", ""]

    def test_credentials_do_not_leave(self) -> None:
        token = "ghp_" + "aB3d" * 9
        data = {"sessions": [{"session": "s", "title": f"use {token}"}], "denied": [{"subject": token}]}
        assert token not in json.dumps(told(data, set()))
