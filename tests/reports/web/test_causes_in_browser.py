"""The page tells the same causes as the command line: two programs, one meaning."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gateway.analysis.causes import causes
from gateway.traces.event_lookup import Backlog
from tests.reports import scenes
from tests.reports.web.conftest import shared
from tests.reports.web.opened import Opened

pytestmark = pytest.mark.browser

CHAIN = """() => [...document.querySelectorAll(".why li")].map((item) => [
  item.querySelector(".because")?.textContent ?? "", Number(item.querySelector(".step b").textContent.slice(1)),
])"""


def told(page: Opened, number: int) -> list[tuple[int, str, int]]:
    """Return the chain that the page shows of an event, as (cause, why, effect)."""
    page.page.evaluate(f"location.hash = 'e{number}'")
    page.page.wait_for_selector(f"article[aria-label='Event {number}'][data-why]", state="attached")
    steps = page.page.evaluate(CHAIN)
    return [(before[1], why, at) for before, (why, at) in zip(steps, steps[1:], strict=False)]


@pytest.mark.parametrize(("name", "numbers"), [("story", range(1, 38)), ("long", (*range(2, 60, 3), 700, 701, 1009, 1499))])
def test_every_chain_is_the_same(opens: Callable[..., Opened], tmp_path: Path, name: str, numbers: range) -> None:
    scenes.write(tmp_path / "store", name, scenes.story() if name == "story" else list(scenes.long(1500)))
    page = opens(shared(tmp_path / "store", name, tmp_path / "page.html"))
    for number in numbers:
        with Backlog(str(tmp_path / "store"), name, number=number) as backlog:
            wanted = [(link.cause, link.why, link.effect) for link in causes(backlog, number)]
        assert told(page, number) == wanted[-12:], number
