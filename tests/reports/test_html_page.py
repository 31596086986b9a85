"""The shell of a page: its policy lets only its own program run."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from pathlib import Path

import pytest

from gateway.reports.html_page import bundled, page_head, page_tail, security_policy, whole_file


@pytest.mark.parametrize("name", ["session.js", "dashboard.js"])
class TestPage:
    def test_policy_names_the_hashes_of_what_is_inside(self, name: str) -> None:
        program, style = bundled(name), bundled("style.css")
        page = page_head("t", program, style) + page_tail(program)
        for element in ("script", "style"):
            (inner,) = re.findall(rf"<{element}>(.*?)</{element}>", page, re.DOTALL)
            digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
            assert f"{element}-src 'sha256-{digest}'" in html.unescape(page)

    def test_nothing_in_a_program_would_end_its_element(self, name: str) -> None:
        assert not re.search(r"</script|<!--|\]\]>", bundled(name), re.IGNORECASE)

    def test_a_program_makes_no_markup_and_runs_no_text(self, name: str) -> None:
        assert not re.search(
            r"\beval\(|new Function|\.write\(|insertAdjacentHTML|fetch\(|XMLHttpRequest|WebSocket|sendBeacon|EventSource", bundled(name)
        )


class TestPolicy:
    def test_lets_nothing_else_in(self) -> None:
        policy = security_policy("a", "b")
        assert policy.startswith("default-src 'none'; ") and "unsafe" not in policy and "http" not in policy and "*" not in policy

    def test_title_is_text(self) -> None:
        assert "<title>&lt;script&gt;</title>" in page_head("<script>", "", "")


class TestWholeFile:
    def test_takes_its_place_only_when_all_went_well(self, tmp_path: Path) -> None:
        target = tmp_path / "a.html"
        target.write_text("before")
        with pytest.raises(ValueError, match="no"), whole_file(str(target)) as file:
            file.write(b"half")
            raise ValueError("no")
        assert target.read_text() == "before" and list(tmp_path.iterdir()) == [target]
        with whole_file(str(target)) as file:
            file.write(b"after")
        assert target.read_text() == "after" and target.stat().st_mode & 0o777 == 0o600
