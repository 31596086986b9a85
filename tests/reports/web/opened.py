"""A page that is open in the browser, and everything that it did beside being looked at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

WATCH = """
addEventListener("securitypolicyviolation", (event) => (window.__violations ??= []).push(event.violatedDirective + " " + event.blockedURI));
"""


class Opened:
    """One page in a profile of its own.

    noise     what came on the console as a warning or an error, and what was thrown
    requests  what it loaded
    """

    def __init__(
        self, browser: Any, path: Path, mark: str = "", *, width: int = 1400, height: int = 900, theme: str = "light", script: bool = True
    ) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme, java_script_enabled=script)
        self.page = self.context.new_page()
        self.noise: list[str] = []
        self.requests: list[str] = []
        self.url = path.as_uri()
        self.page.on("console", lambda said: self.noise.append(said.text) if said.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.noise.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.script = script
        if script:
            self.page.add_init_script(WATCH)
        self.page.goto(self.url + mark)
        if script:
            self.page.wait_for_selector("html[data-loaded]", timeout=60_000)

    def must_have_kept_quiet(self) -> None:
        """Fail when the page said, loaded or tried anything that it should not."""
        assert self.noise == []
        assert {request.partition("#")[0] for request in self.requests} == {self.url}
        if self.script:
            assert self.page.evaluate("window.__violations ?? []") == []
            assert self.page.evaluate("window.__pwned") is None

    def close(self) -> None:
        """Close it."""
        self.context.close()

    def press(self, *keys: str) -> Opened:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
        self.page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)))")
        return self

    @property
    def mark(self) -> str:
        """What stands behind the # of its address."""
        return str(self.page.url.partition("#")[2])

    @property
    def elements(self) -> int:
        """How many elements it has."""
        return int(self.page.evaluate("document.querySelectorAll('*').length"))

    def text(self, selector: str) -> str:
        """Return the text of an element."""
        return str(self.page.inner_text(selector))

    def texts(self, selector: str) -> list[str]:
        """Return the texts of all elements that fit."""
        return [str(one) for one in self.page.locator(selector).all_inner_texts()]

    def timed(self, name: str) -> int:
        """Return milliseconds from the start of the load to a mark of the page's own."""
        return int(self.page.evaluate(f"document.documentElement.dataset.{name}"))
