"""The page finds what a plain search through everything that is in it finds."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.reports import scenes
from tests.reports.html.test_session_page import columns, pages
from tests.reports.web.conftest import shared
from tests.reports.web.opened import Opened

pytestmark = pytest.mark.browser

FOUND = """async (query) => {
  const [input, output] = [document.querySelector("input[type=search]"), document.querySelector(".filters output")];
  input.value = "";
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  await new Promise((done) => setTimeout(done, 90));
  input.value = query;
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  await new Promise((done) => setTimeout(done, 110));
  return Number(output.textContent.replaceAll(",", "").split(" ")[0]);
}"""


def leaves(value: object) -> Iterator[str]:
    """Yield every text and number in a JSON value; keys are not searched."""
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from leaves(item)
    elif isinstance(value, str):
        yield value
    elif value is not None:
        yield json.dumps(value)


def haystacks(store: Path, name: str) -> list[list[str]]:
    """Return, for each event of a page, everything that a search should look at."""
    _, about, streams, _ = pages(store, name)
    found = columns(about, streams)
    frames = [[], *(list(leaves(json.loads(streams["frames"][start:end]))) for start, end in zip(found["ends"], found["ends"][1:], strict=False))]
    texts = []
    start = 0
    for at, end in enumerate(found["end"]):
        texts.append([*leaves(json.loads(streams["bodies"][start:end])), *frames[found["frame"][at]], about["tools"][found["tool"][at]]])
        start = end
    return texts


def test_same_as_a_plain_search(opens: Callable[..., Opened], tmp_path: Path) -> None:
    lines = [*scenes.story(), scenes.line(38, "user_prompt", 150, {"prompt": 'Größe ÄÖÜ — naïve façade ПРИВЕТ мир 日本語 \\n "quoted" tab\there'})]
    scenes.write(tmp_path / "store", "story", lines)
    page = opens(shared(tmp_path / "store", "story", tmp_path / "page.html"))
    texts = haystacks(tmp_path / "store", "story")
    chance = random.Random(7)
    queries = ["größe", "ÄöÜ", "привет", "日本", '"quoted"', "tab\there", "e", "nf", "ndef", "zz top"]
    for _ in range(24):
        text = chance.choice([text for event in texts for text in event if len(text) > 5])
        start = chance.randrange(len(text) - 4)
        query = text[start : start + chance.randint(2, 14)].partition("\n")[0].strip()
        queries.append(query.swapcase() if chance.random() < 0.5 else query)
    for query in filter(None, queries):
        wanted = sum(any(query.lower() in text.lower() for text in event) for event in texts)
        assert page.page.evaluate(FOUND, query) == wanted, query
