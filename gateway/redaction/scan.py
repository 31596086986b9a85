"""The scan of one text: where credentials stand in it, and of what kind each is. Pure."""

from __future__ import annotations

from gateway.redaction import blocks, index, links, options
from gateway.redaction.assignments import name_before, named_spans, providers, value_end, value_start, words_in
from gateway.redaction.first_look import (
    ANCHORED,
    BLOCKED,
    EVERY,
    IN_WORDS,
    LINKED,
    LOOSE,
    NESTED,
    OPTIONAL,
    PROVIDED,
    TELLING,
)
from gateway.redaction.index import ANCHORS, LINKS, NAMES
from gateway.redaction.keywords import anchors_in, ascii_of, long_words, loose_in, wide_words
from gateway.redaction.nested import MAX_DEPTH, Budget, pieces
from gateway.redaction.prefilter import told_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.redaction.detector import Detector

    Span = tuple[int, int, str]

_PROVIDERS: dict[str, list[str]] = {}
for _family, _names in NAMES.items():
    for _name in _names.split():
        _PROVIDERS.setdefault(_name, []).append(_family)

_families: dict[str, tuple[dict[str, Detector], tuple[Detector, ...]]] = {}


def family(name: str) -> tuple[dict[str, Detector], tuple[Detector, ...]]:
    """Return ({id: detector} that speak for themselves, detectors that need a name) of a family, read on first use."""
    if name not in _families:
        module = __import__(f"gateway.redaction.detectors.{name}", fromlist=["DETECTORS"])
        _families[name] = ({detector.id: detector for detector in module.DETECTORS}, module.NAMED)
    return _families[name]


class Armed:
    """What could stand in a text, by a first look at it and at what is encoded in it.

    candidates  the text's wide words, where a value stands behind its provider's name
    provided    a value stands behind its provider's name
    nested      something readable is encoded in the text
    """

    __slots__ = ("blocks", "candidates", "detectors", "links", "nested", "options", "provided", "text", "words")

    def __init__(self, text: str, budget: Budget | None = None) -> None:
        plain = ascii_of(text)
        parts, loose = told_of(plain)
        self.text = text
        self.candidates = wide = wide_words(plain) if parts & IN_WORDS else []
        inner = _all_pieces(plain, budget or Budget(), wide) if parts & NESTED else []
        self.nested = bool(inner)
        if inner:
            words = "\n".join(inner)
            more = ascii_of(words)
            text, plain, parts, loose = f"{text}\n{words}", f"{plain}\n{more}", EVERY, None
            wide = wide + wide_words(more)
        # A value of a provider's form counts behind the provider's name alone: where there is none in all of it, there
        # is none in a part.
        self.provided = bool(parts & PROVIDED and provider_spans(text, wide))
        anchors = (loose_in(text) if loose is None else loose) if parts & LOOSE else []
        self.detectors = detectors_for(anchors + anchors_in(text, long_words(wide)) if parts & ANCHORED else anchors)
        self.words = words_in(plain.lower()) if parts & TELLING else []
        self.links = bool(parts & LINKED) and "://" in text and "@" in text
        self.blocks = bool(parts & BLOCKED) and ("PRIVATE KEY" in text or blocks.PUTTY in text)
        self.options = bool(parts & OPTIONAL) and options.could_stand_in(text)

    def __bool__(self) -> bool:
        return bool(self.detectors or self.words or self.links or self.blocks or self.options or self.provided)


def _all_pieces(text: str, budget: Budget, wide: list[str] | None = None, depth: int = 1) -> list[str]:
    """Return everything that is encoded in a text, and in what it says, down to a depth."""
    found = [said for _, _, said in pieces(text, budget, wide)]
    if depth < MAX_DEPTH:
        found += [deeper for said in found for deeper in _all_pieces(said, budget, None, depth + 1)]
    return found


def detectors_for(anchors: list[str]) -> list[Detector]:
    """Return the detectors whose anchors these are."""
    detectors: dict[str, Detector] = {}
    for anchor in anchors:
        for place in (ANCHORS.get(anchor) or index.LOOSE.get(anchor) or LINKS[anchor]).split():
            name, _, identity = place.partition("/")
            detectors[identity] = family(name)[0][identity]
    return list(detectors.values())


def spans(text: str, armed: Armed, depth: int = 1) -> list[Span]:
    """Return where credentials stand in a text, in order, none overlapping; `armed` is what a look at it, or at more
    than it, found.
    """
    found = [(start, -end, 0, kind) for start, end, kind in strong_spans(text, armed)]
    if armed.links:
        found += [(start, -end, 1, kind) for start, end, kind in links.spans(text)]
    if armed.options:
        found += [(start, -end, 1, kind) for start, end, kind in options.spans(text)]
    if armed.provided:
        words = armed.candidates if text is armed.text else wide_words(ascii_of(text))
        found += [(start, -end, 2, kind) for start, end, kind in provider_spans(text, words)]
    if armed.words:
        found += [(start, -end, 3, kind) for start, end, kind in named_spans(text, armed.words)]
    if armed.nested and depth <= MAX_DEPTH:
        for start, end, answer in pieces(text, Budget()):
            inside = spans(answer, armed, depth + 1)
            found += [(start, -end, 4, inside[0][2])] if inside else []
    return merged(found)


def strong_spans(text: str, armed: Armed) -> list[Span]:
    """Return where credentials stand whose form alone gives them away."""
    spans = [(start, end, detector.id) for detector in armed.detectors for start, end in detector.find(text)]
    return spans + blocks.spans(text) if armed.blocks else spans


def provider_spans(text: str, words: list[str]) -> list[Span]:
    """Return where values of a provider's form stand behind the provider's name; `words` are the text's wide ones, in
    order.
    """
    spans: list[Span] = []
    at = 0
    for word in words:
        place = text.find(word, at)
        if place < 0:
            continue
        at = place + len(word)
        start = value_start(text, place)
        name = name_before(text, start)
        if name and _by_name(name):
            end = value_end(text, start)
            kind = provider_kind(name, text[start:end])
            if kind:
                spans.append((start, end, kind))
    return spans


def provider_kind(name: str, value: str) -> str:
    """Return the kind of a value by the provider whose name stands in its name, "" for none."""
    for detector in _by_name(name):
        if detector.fits(value):
            return detector.id
    return ""


_named: dict[str, tuple[Detector, ...]] = {}


def _by_name(name: str) -> tuple[Detector, ...]:
    """Return the detectors for values of a name."""
    known = _named.get(name)
    if known is None:
        words = providers(name)
        places = dict.fromkeys((word, place) for word in words for place in _PROVIDERS.get(word, ()))
        known = tuple(item for word, place in places for item in family(place)[1] if word in item.words)
        if len(_named) < 4096:
            _named[name] = known
    return known


def merged(found: list[tuple[int, int, int, str]]) -> list[Span]:
    """Return spans in order: overlapping ones as one, of the kind that says most (the lowest rank, then the
    longest).
    """
    out: list[list[object]] = []
    last = -1
    best: tuple[int, int] = (9, 0)
    for start, negative, rank, kind in sorted(found):
        end = -negative
        weight = (rank, start - end)
        if start < last:
            if weight < best:
                out[-1][2] = kind
                best = weight
            if end > last:
                out[-1][1] = last = end
            continue
        out.append([start, end, kind])
        last, best = end, weight
    return [(start, end, kind) for start, end, kind in out]  # type: ignore[misc]
