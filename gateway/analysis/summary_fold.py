"""The fold that makes a session's summary of its events, in one pass; can be kept and gone on with. Pure."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from gateway.analysis.call_outcomes import DONE, FAILED, PREVENTED, CallOutcomes, OpenCall
from gateway.analysis.event_text import is_search, kind_of_tool, one_line, subject_of, text_of
from gateway.analysis.prompts import prompt_of
from gateway.analysis.session_clock import Clock
from gateway.analysis.summary import FAST, LONG, HeldCall, Summary, Times, Tool
from gateway.analysis.usage.recorded import recorded_use
from gateway.analysis.usage.tokens import MOST_DOLLARS
from gateway.model.event import (
    ERROR,
    FILE_READ,
    FILE_WRITE,
    LLM_REQUEST,
    SESSION_END,
    SESSION_START,
    TOOL_CALL,
    TOOL_RESULT,
    USER_PROMPT,
    Event,
)
from gateway.traces.decode import number_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

MAX_FILES = 20_000
"""Most file names that are kept of each kind; the rest are counted as one more each time."""
MAX_ERRORS = 1_000
"""Most errors whose text is kept, and most calls that did not happen."""
_NOT_FILES = frozenset(("tree", "glob", "list", "meta", "search"))
LONG_PROMPT = 200_000
"""Tokens from which on some models have another price for the whole request."""
_RECENT = 256
"""Most requests that are remembered, so that one that is told of again, while it streams or in a copy, counts once."""
WOULD = {"deny": "would_deny", "ask": "would_ask"}
"""How what a rule said counts where nothing was refused for it: it only watched, or the call was over when it was
judged.
"""


_ANSWERED = frozenset((TOOL_CALL, TOOL_RESULT, ERROR))
"""Types whose events are taken into the outcomes where they are counted."""


class Fold:
    """Takes events in, one after the other, and keeps a summary up to date."""

    def __init__(self, summary: Summary | None = None, times: Times | None = None) -> None:
        self.summary = summary or Summary()
        self.times = times
        self._outcomes = CallOutcomes(self.summary.open)
        self._clock = Clock(*self.summary.clock)
        self._now = 0.0
        self._allowed: object = self  # nothing that a revision could be
        self._known: dict[str, tuple[Tool, str]] = {}
        self._by_type = {
            TOOL_CALL: self._call,
            TOOL_RESULT: self._result,
            ERROR: self._error,
            LLM_REQUEST: self._request,
            USER_PROMPT: self._prompt,
            SESSION_START: self._start,
            SESSION_END: self._end,
            FILE_READ: self._file_read,
            FILE_WRITE: self._file_written,
        }

    def add(self, event: Event) -> None:
        """Take one event in."""
        summary = self.summary
        kind = event.type
        summary.events += 1
        types = summary.types
        types[kind] = types.get(kind, 0) + 1
        timestamp = event.timestamp
        if timestamp >= self._now:
            self._now = timestamp
            if not self._clock.begin and timestamp:
                self._begin(timestamp)
        elif timestamp:
            self._back(timestamp)
        known = self._by_type.get(kind)
        if known is not None:
            known(event)
        if kind not in _ANSWERED:
            self._outcomes.add(event)
        data = event.data
        if "usage" in data or "cost_usd" in data:
            self._usage(event)

    def _begin(self, timestamp: float) -> None:
        self._clock.at(timestamp)
        self.summary.first = timestamp

    def _back(self, timestamp: float) -> None:
        """Take in a time before the latest: two writers that passed each other, or a clock that was set back."""
        summary, steps = self.summary, self._clock.steps
        self._clock.at(self._now)
        self._clock.at(timestamp)
        summary.last = max(summary.last, self._now)
        summary.first = min(summary.first, timestamp) if summary.first else timestamp
        if self._clock.steps > steps:
            self._now = timestamp

    def done(self) -> Summary:
        """Return the summary of what was taken in so far."""
        summary = self.summary
        self._clock.at(self._now)
        summary.last = max(summary.last, self._now)
        summary.clock = self._clock.state()
        summary.seconds = self._clock.elapsed
        summary.clock_steps = self._clock.steps
        return summary

    def _tool(self, name: str) -> Tool:
        return self._about(name)[0]

    def _about(self, name: str) -> tuple[Tool, str]:
        """Return (a tool's counts, what it does to files: "run", "read", "write" or "")."""
        found = self._known.get(name)
        if found is None:
            kind = "" if is_search(name) else kind_of_tool(name)
            found = self._known[name] = (self.summary.tools.setdefault(name, Tool()), kind)
        return found

    def _call(self, event: Event) -> None:
        summary = self.summary
        data = event.data
        name = data.get("tool_name")
        name = name if type(name) is str else ""
        tool, kind = self._known.get(name) or self._about(name)
        summary.calls += 1
        tool.calls += 1
        decision = data.get("decision")
        if type(decision) is dict:
            if (
                decision.get("effect") == "allow"
                and decision.get("revision") == self._allowed
                and "shadow" not in decision
            ):
                summary.verdicts["allow"] += 1
            else:
                self._decision(decision)
        if not event.id:
            return
        held = HeldCall(summary.events, subject_of(event), kind not in ("read", "write"))
        if kind == "run":
            if "actions" in data:
                _actions(data["actions"], held)
        elif kind == "read":
            held.read = (held.subject,)
        elif kind:
            held.written = (held.subject,)
        evicted = self._outcomes.add(event)
        if evicted is not None:
            self._settle(evicted.id, evicted.call, evicted.outcome)
        summary.held[event.id] = held

    def _settle(self, key: str, call: OpenCall, outcome: str) -> None:
        """Count what a call came to, and note what it read and wrote if it did."""
        summary = self.summary
        settled = summary.settled
        settled[outcome] = settled.get(outcome, 0) + 1
        held = summary.held.pop(key, None)
        if held is None:
            return
        if outcome == DONE or (outcome == FAILED and held.acts):
            for name in held.read:
                _noted(summary.read, name)
            for name in held.written:
                _noted(summary.written, name)
        elif outcome in PREVENTED and len(summary.prevented) < MAX_ERRORS:
            summary.prevented.append((held.number, outcome, call.tool, held.subject))

    def _decision(self, decision: JsonObject) -> None:
        summary = self.summary
        effect = decision.get("effect")
        if type(effect) is not str:
            return
        summary.verdicts[effect] = summary.verdicts.get(effect, 0) + 1
        revision = decision.get("revision")
        if type(revision) is str and revision and revision not in summary.revisions:
            summary.revisions[revision] = None
        if effect == "allow" and not decision.get("shadow"):
            self._allowed = revision
            return
        reasons = decision.get("reasons")
        for reason in reasons if type(reasons) is list else ():
            if type(reason) is dict and reason.get("effect") != "allow":
                rule = str(reason.get("rule"))
                counts = summary.rules.setdefault(rule, {})
                text = effect if effect != "allow" else WOULD.get(str(reason.get("effect")), "would_deny")
                counts[text] = counts.get(text, 0) + 1
                source = reason.get("source")
                if type(source) is str and source:
                    summary.sources[rule] = source

    def _result(self, event: Event) -> None:
        self._took(event, self._closed(event))

    def _error(self, event: Event) -> None:
        summary = self.summary
        summary.errors += 1
        tool = self._closed(event)
        if tool[0] or event.parent:
            self._tool(tool[0]).errors += 1
        if len(summary.failures) < MAX_ERRORS:
            summary.failures.append((summary.events, tool[0], one_line(text_of(event), 160)))
        self._took(event, tool)

    def _closed(self, event: Event) -> tuple[str, float]:
        settled = self._outcomes.add(event)
        if settled is None:
            name = event.data.get("tool_name")
            return (name if type(name) is str else "", 0.0)
        self._settle(settled.id, settled.call, settled.outcome)
        return settled.call.tool, settled.call.at

    def _took(self, event: Event, call: tuple[str, float]) -> None:
        took = event.duration_ms
        if took is None:
            if not call[1]:
                return
            took = (event.timestamp - call[1]) * 1000
        if took < 0:
            return
        tool = self._tool(call[0])
        tool.timed += 1
        tool.total_ms += took
        if took > tool.max_ms:
            tool.max_ms = took
        if self.times is not None:
            self.times.setdefault(call[0], array("d")).append(took)

    def _request(self, event: Event) -> None:
        self.summary.llm_requests += 1

    def _prompt(self, event: Event) -> None:
        said = prompt_of(event)
        if said is None:
            return
        self.summary.prompts += 1
        if not self.summary.title:
            self.summary.title = one_line(said, 100)

    def _start(self, event: Event) -> None:
        self.summary.ended = False

    def _end(self, event: Event) -> None:
        self.summary.ended = True

    def _file_read(self, event: Event) -> None:
        _noted(self.summary.read, _file_of(event))

    def _file_written(self, event: Event) -> None:
        _noted(self.summary.written, _file_of(event))

    def _usage(self, event: Event) -> None:
        dollars = number_in(event.data.get("cost_usd"), MOST_DOLLARS)
        if dollars is not None:
            self.summary.cost_usd += dollars
        use = recorded_use(event)
        if use is None or use.shared:
            return
        tokens = use.tokens
        counts = [tokens.input, tokens.output, tokens.cache_read, tokens.cache_write_5m, tokens.cache_write_1h]
        model = use.model + (FAST if use.fast else LONG if tokens.prompt > LONG_PROMPT else "")
        recent = self.summary.recent
        before = recent.pop(use.key, None)
        if before is not None and sum(before[1]) > sum(counts):
            model, counts = before
        if before is not None:
            self._use(before[0], [-number for number in before[1]])
        self._use(model, counts)
        if use.key:
            recent[use.key] = (model, counts)
            if len(recent) > _RECENT:
                recent.pop(next(iter(recent)))

    def _use(self, model: str, counts: list[int]) -> None:
        known = self.summary.usage.setdefault(model, [0] * len(counts))
        for at, number in enumerate(counts):
            known[at] += number
        if not any(known):
            del self.summary.usage[model]


def _actions(actions: object, held: HeldCall) -> None:
    """Note the files that a command line reads and writes, as they were found when it was judged."""
    read: list[str] = []
    written: list[str] = []
    for action in actions if type(actions) is list else ():
        if type(action) is dict:
            verb = action.get("verb")
            target = action.get("target")
            if (
                verb in ("read", "write")
                and type(target) is str
                and "\0" not in target
                and not _NOT_FILES.intersection(action.get("how") or ())
            ):
                (read if verb == "read" else written).append(target)
    held.read, held.written = tuple(read), tuple(written)


def _noted(files: dict[str, None], name: str) -> None:
    if name and name not in files and len(files) < MAX_FILES:
        files[name] = None


def _file_of(event: Event) -> str:
    name = event.data.get("path") or event.data.get("uri")
    return name if isinstance(name, str) else ""


def summarized(events: Iterable[Event]) -> Summary:
    """Return what events come to."""
    fold = Fold()
    add = fold.add
    for event in events:
        add(event)
    return fold.done()
