"""What the record holds of a session already, as far as it takes to see which entries of its transcript are new."""

from __future__ import annotations

from collections import Counter

from gateway.analysis.usage.tokens import tokens_of
from gateway.model.effects import DENY, EFFECTS
from gateway.model.event import (
    ASSISTANT_RESPONSE,
    ERROR,
    LLM_RESPONSE,
    SESSION_END,
    SESSION_START,
    TOOL_CALL,
    TOOL_RESULT,
    USER_PROMPT,
    Event,
)
from gateway.model.json_text import dumps_ascii
from gateway.redaction.selection import PII
from gateway.traces.decode import parsed
from gateway.traces.reader import EVENTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

WORDS = {USER_PROMPT: "prompt", ASSISTANT_RESPONSE: "text"}
"""Where the text of an event stands that two doors may tell of."""

Key = tuple[str, str, str]


class Recorded:
    """What one session's file holds.

    ids       events
    answered  calls (their events' ids) that came back
    refused   calls that policy refused: nothing came back from them
    nameless  (tool, agent, arguments) -> calls that the client gave no id
    words     (event type, agent, text) -> how often hooks told of it and no entry of the transcript stands for it yet
    used      request -> tokens that are recorded of it
    types     agent -> what kind of agent it is
    cwd       where the session was started, "" when nothing says it
    masked    personal data was taken out of what hooks told
    ended     the last that hooks told of is the end of the session
    """

    def __init__(self, store: str, session: str) -> None:
        self.ids: set[str] = set()
        self.answered: set[str] = set()
        self.refused: set[str] = set()
        self.nameless: Counter[Key] = Counter()
        self.words: Counter[Key] = Counter()
        self.used: dict[str, int] = {}
        self.types: dict[str, str] = {}
        self.cwd = ""
        self.masked = False
        self.ended = False
        with open(f"{store}/{session}/{EVENTS}", "rb") as file:
            for line in file:
                event = parsed(line)
                if event is not None:
                    self._add(event)

    def _add(self, event: Event) -> None:
        data, kind = event.data, event.type
        agent = text_of(data, "agent_id")
        self.ids.add(event.id)
        if agent and text_of(data, "agent_type"):
            self.types[agent] = text_of(data, "agent_type")
        if kind == SESSION_START:
            self.cwd = self.cwd or text_of(data, "cwd")
        elif kind == TOOL_CALL:
            self._call(event, agent)
        elif kind in (TOOL_RESULT, ERROR):
            self.answered.add(event.parent)
        elif kind == LLM_RESPONSE:
            name, usage = text_of(data, "message_id"), data.get("usage")
            self.used[name] = max(self.used.get(name, 0), tokens_of(usage).total if isinstance(usage, dict) else 0)
        if data.get("late") is True:
            return
        self.ended = kind == SESSION_END
        self.masked = self.masked or _looked_for_pii(event)
        if kind in WORDS and text_of(data, WORDS[kind]):
            self.words[kind, agent, plain(text_of(data, WORDS[kind]))] += 1

    def _call(self, event: Event, agent: str) -> None:
        decision = event.data.get("decision")
        if isinstance(decision, dict) and decision.get("effect") == EFFECTS[DENY]:
            self.refused.add(event.id)
        if not text_of(event.data, "tool_use_id"):
            self.nameless[call_key(event.data, agent)] += 1


def _looked_for_pii(event: Event) -> bool:
    scan = event.extra.get("scan")
    detectors = text_of(scan, "detectors") if isinstance(scan, dict) else ""
    return PII in detectors.partition("@")[0].split("+")


def call_key(data: JsonObject, agent: str) -> Key:
    """Return what tells a call apart that has no id."""
    return text_of(data, "tool_name"), agent, dumps_ascii(data.get("arguments"), sort_keys=True)


def plain(text: str) -> str:
    """Return a text by its words alone: clients trim what they hand to a hook."""
    return " ".join(text.split())


def text_of(data: JsonObject, key: str) -> str:
    """Return the text under a key, "" when there is none."""
    value = data.get(key)
    return value if isinstance(value, str) else ""
