"""The shell of a page: its policy lets only its own program run."""

from __future__ import annotations

import base64
import hashlib
import html
import re

import pytest

from gateway.reports.html.page import bundled, page_head, page_tail, security_policy


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
