"""What a page would give away: what was taken out of it, and what is left in it. Counts alone, never a value. Pure."""

from __future__ import annotations

from collections.abc import Callable

from gateway.analysis.export_cleaner import Cleans
from gateway.model.event import ASSISTANT_RESPONSE, ERROR, TOOL_CALL, TOOL_RESULT, USER_PROMPT, Event

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

MAX_COUNTED = 1_000
"""Most events whose personal data is counted; looking for it is slow."""
_WORDS = {
    USER_PROMPT: "prompts",
    ASSISTANT_RESPONSE: "responses",
    TOOL_CALL: "tool calls",
    TOOL_RESULT: "results",
    ERROR: "errors",
}


class Disclosure:
    """Counts what a page holds.

    before  kind of value -> how many were taken out when the record was written
    kinds   what it holds -> events
    sizes   what it holds -> bytes of text
    left    kind of personal data -> how often it stands in the first events
    counted how many events were looked at for it
    """

    __slots__ = ("_finder", "before", "counted", "hosts", "kinds", "left", "sizes")

    def __init__(self, finder: Callable[[], Cleans] | None = None) -> None:
        """Make one that also counts personal data, by what would take it out; without `finder` it does not."""
        self._finder = finder
        self.left: dict[str, int] = {}
        self.counted = 0
        self.before: dict[str, int] = {}
        self.kinds: dict[str, int] = {}
        self.sizes: dict[str, int] = {}
        self.hosts: dict[str, None] = {}

    def add(self, event: Event, size: int) -> None:
        """Take in one event as the page shows it, and the bytes of its text."""
        word = _WORDS.get(event.type, "marks")
        self.kinds[word] = self.kinds.get(word, 0) + 1
        self.sizes[word] = self.sizes.get(word, 0) + size
        removed = event.extra.get("redacted")
        if isinstance(removed, dict):
            for kind, count in removed.items():
                self.before[kind] = self.before.get(kind, 0) + (count if isinstance(count, int) else 1)
        elif removed is True:
            self.before["unnamed"] = self.before.get("unnamed", 0) + 1
        if self._finder is not None and self.counted < MAX_COUNTED:
            self.counted += 1
            finder = self._finder()
            finder.value(event.data)
            for kind, count in finder.removed.items():
                self.left[kind] = self.left.get(kind, 0) + count
        actions = event.data.get("actions")
        for action in actions if isinstance(actions, list) else ():
            if isinstance(action, list) and action and action[0] == "connect":
                self.hosts[str(action[1])] = None

    def told(self, removed: dict[str, int], paths: int, names: list[str]) -> JsonObject:
        """Return the disclosure as JSON data: `removed` was taken out now, `paths` are named, `names` say who and
        where.
        """
        return {
            "removed_when_recorded": dict(sorted(self.before.items())),
            "removed_now": dict(sorted(removed.items())),
            "left": {word: {"events": self.kinds[word], "bytes": self.sizes[word]} for word in sorted(self.kinds)},
            "personal_data_left": {"events": self.counted, "kinds": dict(sorted(self.left.items()))},
            "files_named": paths,
            "hosts_named": len(self.hosts),
            "identity": names,
        }
