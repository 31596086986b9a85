"""Pages look as they looked when somebody last looked at them. `UPDATE_GOLDEN=1` takes new pictures; then look at them."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from tests.reports.web.opened import Opened

pytestmark = pytest.mark.browser

GOLDEN = Path(__file__).parent / "golden"
FONT = "DejaVu Sans"
SHRINK = 4
"""Pictures are compared at a quarter of their size: how letters are smoothed does not matter, where they stand does."""
FAR = 40
"""Difference of a channel, of 255, from which a point counts as another."""
MOST_FAR = 0.01
"""Share of points that may be another."""
MOST_BYTES = 150_000


@pytest.fixture(scope="session", autouse=True)
def same_letters() -> None:
    """Skip where pages are set in other letters than on the golden pictures, except in CI."""
    match = shutil.which("fc-match")
    font = subprocess.run([match, "system-ui"], capture_output=True, text=True, check=True).stdout if match else ""
    if FONT not in font:
        if os.environ.get("CI"):
            pytest.fail(f"pages are set in {font.strip() or 'unknown letters'}, not in {FONT} (Debian package `fonts-dejavu-core`)")
        pytest.skip(f"pages are not set in {FONT} here: their looks were not compared")


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return the share of points in which two pictures differ, 1 when they are not of one size."""
    if one.size != other.size:
        return 1.0
    small = [picture.convert("RGB").reduce(SHRINK) for picture in (one, other)]
    channels = ImageChops.difference(small[0], small[1]).split()
    worst = ImageChops.lighter(ImageChops.lighter(channels[0], channels[1]), channels[2])
    far = sum(worst.histogram()[FAR:])
    return far / (worst.width * worst.height)


def looks(page: Opened, name: str, *, whole: bool = False) -> None:
    """Compare a page with its golden picture, or take a new one."""
    page.page.mouse.move(0, 0)
    page.page.wait_for_timeout(150)
    picture = Image.open(io.BytesIO(page.page.screenshot(full_page=whole, animations="disabled")))
    path = GOLDEN / f"{name}.png"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        picture.convert("RGB").quantize(96, dither=Image.Dither.NONE).save(path, optimize=True)
    assert path.exists(), "take it with UPDATE_GOLDEN=1, look at it, and keep it"
    assert path.stat().st_size < MOST_BYTES
    with Image.open(path) as golden:
        share = difference(picture, golden)
    assert share <= MOST_FAR, f"{share:.1%} of {name} looks otherwise"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
class TestLooks:
    def test_overview(self, opens: Callable[..., Opened], story: Path, width: int, theme: str) -> None:
        looks(opens(story, width=width, height=800, theme=theme), f"overview-{width}-{theme}")

    def test_denied(self, opens: Callable[..., Opened], story: Path, width: int, theme: str) -> None:
        looks(opens(story, "#e29", width=width, height=800, theme=theme), f"denied-{width}-{theme}")

    def test_edit(self, opens: Callable[..., Opened], story: Path, width: int, theme: str) -> None:
        looks(opens(story, "#e11", width=width, height=800, theme=theme), f"edit-{width}-{theme}")

    def test_dashboard(self, opens: Callable[..., Opened], season: Path, width: int, theme: str) -> None:
        looks(opens(season, width=width, height=1000, theme=theme), f"dashboard-{width}-{theme}")


class TestDifference:
    def test_a_moved_block_is_seen_and_smoothing_is_not(self) -> None:
        white = Image.new("RGB", (400, 400), "white")
        moved, smooth = white.copy(), white.copy()
        moved.paste("black", (100, 100, 160, 160))
        smooth.paste((235, 235, 235), (0, 0, 400, 400))
        assert difference(white, moved) > MOST_FAR and difference(white, smooth) == 0
        assert difference(white, Image.new("RGB", (10, 10))) == 1
