"""The filter of `search`, `list` and the other readers: words that must stand in an event, and `key:value` terms. Pure.

All terms must hold, values separated by commas are alternatives, `-` in front turns a term around, and what holds
blanks or a colon of its own stands in quotes. A call and its answer are one: `tool:Bash error:true` are the commands
that failed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from gateway.analysis.call_outcomes import UNKNOWN, CallOutcomes, OpenCall, Settled
from gateway.analysis.event_text import tool_of, verdict_of
from gateway.analysis.natural_dates import FORMS, since, until
from gateway.model.errors import GatewayError
from gateway.model.event import ERROR, EVENT_TYPES, TOOL_CALL, TOOL_RESULT, Event
from gateway.model.globs import alternatives, compile_pattern, match_name, match_parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.analysis.index import SessionSummary
    from gateway.model.globs import Pattern

    PathPattern = tuple[bool, Pattern]
    """(whether it begins at the root, its segments)"""

OF_EVENTS = ("tool", "verdict", "path", "rule", "type", "error")
OF_SESSIONS = ("agent", "user", "project", "branch", "model", "session", "title")
TIMES = ("since", "until")
KEYS = (*OF_EVENTS, *OF_SESSIONS, *TIMES)
VALUES = {
    "verdict": ("allow", "ask", "deny"),
    "error": ("true", "false"),
    "type": EVENT_TYPES,
}
"""Keys whose values are known."""
MAX_OPEN = 10_000
"""Most calls that wait for their answer; the oldest is then told as one without."""
_WORD = re.compile(r'(-?)(?:([A-Za-z_]+):(?!//))?((?:"[^"]*"|[^\s"])*)')
_COMMA = re.compile(r",(?![^{}]*\})")
_PATHS = ("file_path", "path", "notebook_path", "uri", "paths", "files")
_ASIDE = frozenset(
    (
        "decision",
        "facts",
        "actions",
        "cwd",
        "transcript_path",
        "agent_transcript_path",
        "tool_use_id",
        "usage",
        "tool_name",
    )
)


@dataclass(frozen=True, slots=True)
class Term:
    """One condition; `values` are alternatives in lower case, paths as they were written."""

    key: str
    values: tuple[str, ...]
    negated: bool = False


@dataclass(slots=True)
class Hit:
    """A call with its answer, or another event; numbers are the events', 0 for no answer."""

    number: int
    event: Event
    answer_number: int = 0
    answer: Event | None = None

    @property
    def failed(self) -> bool:
        """Whether an error is what is told."""
        return (self.answer or self.event).type == ERROR

    @property
    def outcome(self) -> str:
        """What became of a call, one of OUTCOMES, by its answer alone; "" for another event."""
        if self.event.type != TOOL_CALL:
            return ""
        outcomes = CallOutcomes()
        outcomes.add(self.event)
        settled = outcomes.add(self.answer) if self.answer is not None else None
        return (settled or next(outcomes.rest(), Settled("", OpenCall(), UNKNOWN))).outcome


@dataclass(slots=True)
class Filter:
    """What was asked for.

    words         (text in lower case, negated) that must, or must not, stand in an event
    events        terms about one event
    sessions      terms about its session
    after,before  seconds since the epoch; 0 for none
    """

    words: list[tuple[str, bool]] = field(default_factory=list)
    events: list[Term] = field(default_factory=list)
    sessions: list[Term] = field(default_factory=list)
    after: float = 0.0
    before: float = 0.0

    @property
    def told_by_rows(self) -> bool:
        """Whether the summary of a session alone says if something in it fits."""
        exact = all(
            not term.negated and (term.key in ("tool", "verdict", "rule") or term.values == ("true",))
            for term in self.events
        )
        return exact and not self.words and len(self.events) + bool(self.after or self.before) < 2

    @property
    def needles(self) -> list[bytes]:
        """Bytes, in lower case, each of which a record must hold to have a fitting event."""
        sure = {word for word, negated in self.words if not negated and _stands_as_it_is(word)}
        return [word.encode() for word in sorted(sure, key=len, reverse=True)]


def _stands_as_it_is(word: str) -> bool:
    """Whether JSON can write a text in one way only, but for its case."""
    return word.isascii() and word.isprintable() and not set('"\\/<>&') & set(word)


def parsed_filter(text: str, now: float) -> Filter:
    """Return the filter that a text asks for. Raises GatewayError where it asks for something that is none."""
    wanted = Filter()
    if text.count('"') % 2:
        raise GatewayError(f"a quote is not closed in `{text}`")
    for match in _WORD.finditer(text):
        minus, key, rest = match[1], match[2], match[3]
        value = rest.replace('"', "")
        if not match[0]:
            continue
        if key is None:
            if not value:
                raise GatewayError("`-` stands before nothing", "write it in quotes to look for it")
            wanted.words.append((value.lower(), bool(minus)))
        else:
            _take(wanted, key.lower(), value, bool(minus), now)
    return wanted


def _take(wanted: Filter, key: str, value: str, negated: bool, now: float) -> None:
    """Take one term in. Raises GatewayError."""
    if key not in KEYS:
        raise GatewayError(
            f"`{key}:` is no key of a filter", f'known: {", ".join(KEYS)}; text with a colon stands in quotes: "{key}:"'
        )
    values = tuple(filter(None, _COMMA.split(value)))
    if not values:
        raise GatewayError(f"`{key}:` has no value")
    if key in TIMES:
        if negated:
            raise GatewayError(f"`-{key}:` is no term", "turn it around with the other of since and until")
        _take_time(wanted, key, value, now)
        return
    if key != "path":
        values = tuple(item.lower() for item in values)
    for item in values:
        if key in VALUES and item not in VALUES[key]:
            raise GatewayError(f"`{key}:{item}` is no {key}", f"known: {', '.join(VALUES[key])}")
    (wanted.sessions if key in OF_SESSIONS else wanted.events).append(Term(key, values, negated))


def _take_time(wanted: Filter, key: str, value: str, now: float) -> None:
    try:
        if key == "since":
            wanted.after = max(wanted.after, since(value, now))
        else:
            end = until(value, now)
            wanted.before = min(wanted.before or end, end)
    except ValueError:
        raise GatewayError(f"`{key}:{value}` is no time", f"expected {FORMS}") from None


def session_fits(wanted: Filter, row: SessionSummary) -> bool:
    """Whether a session is of the kind that was asked for, and may hold a fitting event."""
    if (wanted.after and row.last < wanted.after) or (wanted.before and row.first >= wanted.before):
        return False
    return all(_row_fits(term, row) != term.negated for term in wanted.sessions) and all(
        term.negated or _row_may_hold(term, row) for term in wanted.events
    )


def _row_fits(term: Term, row: SessionSummary) -> bool:
    names: Iterable[str] = {
        "agent": (row.agent,),
        "user": (row.user,),
        "project": (row.repository, row.repository.rpartition("/")[2]),
        "branch": (row.branch,),
        "model": (model.partition("\t")[0] for model in row.usage),
        "session": (row.session,),
        "title": (row.title,),
    }[term.key]
    return any(_named(value, name) for name in names for value in term.values)


def _row_may_hold(term: Term, row: SessionSummary) -> bool:
    match term.key:
        case "tool":
            return any(
                _named(value, name, whole=True)
                for name, tool in row.tools.items()
                if tool.calls or tool.errors
                for value in term.values
            )
        case "verdict":
            return any(row.verdicts.get(value) for value in term.values)
        case "rule":
            return any(_named(value, rule) for rule in row.rules for value in term.values)
        case "error":
            return "false" in term.values or bool(row.errors)
    return True


def _named(value: str, name: str, *, whole: bool = False) -> bool:
    """Whether a value names something: as a pattern where it has a star, else as its beginning or a part of it."""
    text = name.lower()
    if "*" in value or "?" in value:
        return match_name(value, text)
    return value == text if whole else value in text


def hits(wanted: Filter, events: Iterable[tuple[int, Event]], folder: str = "") -> Iterator[Hit]:
    """Yield what fits, a call where its answer comes; `folder` is the project's, which paths are relative to."""
    holds = _holder(wanted, folder)
    waiting: dict[str, Hit] = {}
    for number, event in events:
        if event.type == TOOL_CALL and event.id:
            earlier = waiting.pop(event.id, None)
            if earlier is None and len(waiting) >= MAX_OPEN:
                earlier = waiting.pop(next(iter(waiting)))
            waiting[event.id] = Hit(number, event)
            told = earlier
        elif event.type in (TOOL_RESULT, ERROR) and event.parent in waiting:
            told = waiting.pop(event.parent)
            told.answer_number, told.answer = number, event
        else:
            told = Hit(number, event)
        if told is not None and holds(told):
            yield told
    yield from filter(holds, waiting.values())


def _holder(wanted: Filter, folder: str) -> Callable[[Hit], bool]:
    patterns = {value: _path_patterns(value) for term in wanted.events if term.key == "path" for value in term.values}

    def holds(hit: Hit) -> bool:
        at = hit.event.timestamp
        if at < wanted.after or (wanted.before and at >= wanted.before):
            return False
        for term in wanted.events:
            if _event_fits(term, hit, patterns, folder) == term.negated:
                return False
        if not wanted.words:
            return True
        text = _text_of(hit).lower()
        return all((word in text) != negated for word, negated in wanted.words)

    return holds


def _event_fits(term: Term, hit: Hit, patterns: dict[str, list[PathPattern]], folder: str) -> bool:
    event = hit.event
    match term.key:
        case "tool":
            tool = tool_of(event)
            return bool(tool) and any(_named(value, tool, whole=True) for value in term.values)
        case "verdict":
            return verdict_of(event) in term.values
        case "rule":
            return any(_named(value, rule) for rule in _rules_of(event) for value in term.values)
        case "type":
            return event.type in term.values or (hit.answer is not None and hit.answer.type in term.values)
        case "error":
            return any((value == "true") == hit.failed for value in term.values)
    paths = list(paths_of(event))
    return any(
        _path_fits(pattern, path, folder) for path in paths for value in term.values for pattern in patterns[value]
    )


def _rules_of(event: Event) -> Iterator[str]:
    decision = event.data.get("decision")
    reasons = decision.get("reasons") if isinstance(decision, dict) else None
    for reason in reasons if isinstance(reasons, list) else ():
        if isinstance(reason, dict) and reason.get("effect") != "allow":
            yield str(reason.get("rule"))


def paths_of(event: Event) -> Iterator[str]:
    """Yield the files that a call names, and those that it was found to read or write."""
    given = event.data.get("arguments")
    for source in (given if isinstance(given, dict) else {}, event.data):
        for key in _PATHS:
            value = source.get(key)
            for item in value if isinstance(value, list) else (value,):
                if isinstance(item, str) and item:
                    yield item.removeprefix("file://")
    actions = event.data.get("actions")
    for action in actions if isinstance(actions, list) else ():
        if (
            isinstance(action, dict)
            and action.get("verb") in ("read", "write")
            and isinstance(action.get("target"), str)
        ):
            yield str(action["target"])


def _path_patterns(value: str) -> list[PathPattern]:
    """Return the patterns of a path: itself and what lies below it, anywhere where it has no slash."""
    plain = value.rstrip("/").removeprefix("./")
    anywhere = plain if "/" in plain else f"**/{plain}"
    return [
        (item.startswith("/"), compile_pattern(item.lstrip("/")))
        for choice in alternatives(anywhere)
        for item in (choice, choice if choice.endswith("**") else f"{choice}/**")
    ]


def _path_fits(pattern: PathPattern, path: str, folder: str) -> bool:
    absolute, segments = pattern
    name = path
    if not absolute:
        name = path[len(folder) + 1 :] if folder and path.startswith(f"{folder.rstrip('/')}/") else path
    elif not path.startswith("/"):
        name = f"{folder}/{path}"
    return match_parts(segments, [part for part in name.split("/") if part not in ("", ".")])


def _text_of(hit: Hit) -> str:
    parts: list[str] = [tool_of(hit.event)]
    for event in (hit.event, hit.answer):
        if event is not None:
            for key, value in event.data.items():
                if key not in _ASIDE:
                    _gather(value, parts)
    return "\n".join(parts)


def _gather(value: object, parts: list[str]) -> None:
    """Collect every text inside a JSON value."""
    todo = [value]
    while todo:
        item = todo.pop()
        if type(item) is str:
            parts.append(item)
        elif type(item) is dict:
            todo += reversed(item.values())
        elif type(item) is list:
            todo += reversed(item)
