"""Cleaner takes credentials and personal data out of JSON values. Pure."""

from __future__ import annotations

from gateway.model.decision import MASK
from gateway.model.errors import ProtocolError
from gateway.model.json_text import dumps, loads
from gateway.redaction import structure
from gateway.redaction.checks import has_digit
from gateway.redaction.collecting import LARGE, OPENING, TELLING, collect, is_large
from gateway.redaction.names import kind_of
from gateway.redaction.nested import Budget
from gateway.redaction.placeholders import mark_end, masked, redacted, unscanned
from gateway.redaction.scan import Armed, merged, provider_kind, spans, strong_spans
from gateway.redaction.selection import Wanted
from gateway.redaction.values import is_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

    from gateway.redaction.clean_text_cache import Memory

    Span = tuple[int, int, str]

MAX_CHARACTERS = 24 * 1024 * 1024
"""Most characters of one value that are looked at; what lies beyond is not kept."""
BLOCK = LARGE // 2
"""Characters that a large text is looked at by."""


class Cleaner:
    """Takes what it looks for out of values; counts what it removed. One a value: it keeps the count.

    key      the store's key: equal values get equal marks, and nobody without it can test a guess
    wanted   what is taken out, and how
    thorough  there is time to ask a library what a phone number is
    removed  {kind: how many}
    partial  why not everything could be looked at; empty when it could
    memory   texts that need no second look, or None
    """

    __slots__ = (
        "_armed",
        "_found",
        "_in_blocks",
        "_kinds",
        "_known",
        "_left",
        "key",
        "memory",
        "partial",
        "removed",
        "thorough",
        "wanted",
    )

    def __init__(
        self,
        key: bytes,
        *,
        secrets: bool = True,
        pii: bool = False,
        wanted: Wanted | None = None,
        thorough: bool = False,
    ) -> None:
        self.key = key
        self.thorough = thorough
        self.wanted = wanted or Wanted(secrets=secrets, personal=MASK if pii else "")
        self.removed: dict[str, int] = {}
        self.partial: set[str] = set()
        self.memory: Memory | None = None
        self._found: dict[str, str] = {}
        self._left = MAX_CHARACTERS
        self._in_blocks = False
        self._armed = _NOTHING
        self._kinds = self.wanted.personal_kinds()
        self._known: Collection[str] = ()

    def value(self, value: Any) -> Any:
        """Return a JSON value without what is looked for; the same shape."""
        texts: list[str] = []
        large: list[str] = []
        collect(value, texts, large)
        if self.memory is not None and self.memory.too_long(value, texts, large):
            value = self.memory.shortened(value)
            self.partial.add("length")
            texts, large = [], []
            collect(value, texts, large)
        if self.wanted.custom:
            texts, large = texts + large, []
        self._in_blocks = bool(large) and self.wanted.looks_for_secrets()
        if not self._arm(texts) and not large:
            return value
        cleaned = self._value(value, "", inside=False)
        return self._everywhere(cleaned) if self._found else cleaned

    def text(self, text: str) -> str:
        """Return a text without what is looked for."""
        cleaned: str = self.value(text)
        return cleaned

    def _arm(self, texts: list[str]) -> bool:
        """Look at all of a value's texts at once; return whether there is a reason to look at each of them."""
        whole = texts[0] if len(texts) == 1 else "\n".join((*texts, ""))
        budget = Budget()
        self._armed = self._first_look(texts, whole, budget) if self.wanted.looks_for_secrets() else _NOTHING
        if budget.spent:
            self.partial.add("encoded")
        own = bool(self.wanted.custom) and any(item.could_stand_in(whole) for item in self.wanted.custom)
        if self.memory is not None and not self._kinds and not self.wanted.custom:
            self._known = self.memory.quiet
        return bool(self._armed) or own or bool(self._kinds) or len(whole) > self._left

    def _first_look(self, texts: list[str], whole: str, budget: Budget) -> Armed:
        if self.memory is None:
            return Armed(whole, budget)
        fresh = self.memory.new(texts)
        if not fresh:
            return _NOTHING
        armed = Armed("\n".join((*fresh, "")), budget)
        self.memory.learn(fresh, quiet=not armed and not budget.spent)
        return armed

    def _value(self, value: Any, name: str, *, inside: bool) -> Any:
        if isinstance(value, str):
            return self._named(value, name, inside=inside)
        if isinstance(value, dict):
            return self._object(value, inside=inside)
        if isinstance(value, list | tuple):
            return self._list(list(value), name, inside=inside)
        kind = kind_of(name) if name else ""
        if kind and self.wanted.how(kind) and structure.number_counts(value, kind):
            return self._mark(kind, str(value))
        kind = self._personal(name, str(value)) if self._kinds and structure.is_number(value) else ""
        return self._mark(kind, str(value)) if kind else value

    def _personal(self, name: str, value: str) -> str:
        """Return the kind of personal data that a value is by its name, "" where it is none that is looked for."""
        if not name or mark_end(value, 0) > 0:
            return ""
        from gateway.redaction.personal_names import personal_kind

        kind = personal_kind(name, value)
        return kind if kind in self._kinds else ""

    def _object(self, value: dict[str, Any], *, inside: bool) -> dict[str, Any]:
        member, said = structure.named_value(value)
        out: dict[str, Any] = {}
        for key, item in value.items():
            name = said if key == member and said else str(key)
            deeper = isinstance(item, dict | list) and (inside or structure.is_tree(str(key), value))
            cleaned = self._value(item, name, inside=deeper or (inside and not structure.is_public(str(key))))
            out[self._fresh(self._text(str(key)), out)] = cleaned
        return out

    def _fresh(self, key: str, taken: dict[str, Any]) -> str:
        """Return a key that no other member has: two that were different stay two."""
        number = 2
        fresh = key
        while fresh in taken:
            fresh = f"{key}#{number}"
            number += 1
        return fresh

    def _list(self, value: list[Any], name: str, *, inside: bool) -> list[Any]:
        texts = structure.chunks(value)
        if texts is not None:
            value = structure.with_chunks(value, self._chunks(texts))
        out: list[Any] = []
        previous: Any = ""
        for item in value:
            option = structure.option_kind(previous) if isinstance(previous, str) else ""
            if option and isinstance(item, str) and not item.startswith("-"):
                out.append(self._named(item, previous.lstrip("-"), inside=inside))
            else:
                out.append(self._value(item, name, inside=inside))
            previous = item
        return out

    def _chunks(self, texts: list[str]) -> list[str]:
        """Return pieces of a text without what stands across their ends."""
        if not self._armed.detectors and not self._armed.blocks:
            return texts
        ends = [0]
        for text in texts:
            ends.append(ends[-1] + len(text))
        whole = "".join(texts)
        out = list(texts)
        for start, end, kind in reversed(
            merged([(start, -end, 0, kind) for start, end, kind in strong_spans(whole, self._armed)])
        ):
            first = next(at for at in range(len(texts)) if ends[at + 1] > start)
            last = next(at for at in range(len(texts)) if ends[at + 1] >= end)
            if (
                last > first
                and self.wanted.how(kind)
                and self._goes_on(texts[first], texts[first + 1], start - ends[first], whole[ends[first + 1] : end])
            ):
                tail = out[last][end - ends[last] :]
                out[first] = out[first][: start - ends[first]] + self._mark(kind, whole[start:end])
                out[first + 1 : last] = [""] * (last - first - 1)
                out[last] = tail
        return out

    def _goes_on(self, piece: str, following: str, start: int, rest: str) -> bool:
        """Whether a value that starts in a piece goes on in the following ones; the neighbour of a whole value is not
        part of it.
        """
        alone = any(begin == start for begin, _, _ in strong_spans(piece, self._armed))
        own = any(begin == 0 for begin, _, _ in strong_spans(following, self._armed))
        made = has_digit(rest) or rest[1:] not in (rest[1:].lower(), rest[1:].upper())
        return not alone or (len(rest) >= TELLING and made and not own)

    def _named(self, text: str, name: str, *, inside: bool) -> str:
        """Return the text that stands under a name."""
        kind = (kind_of(name) if name else "") or ("credential" if inside else "")
        provider = provider_kind(name, text) if name and self._armed.provided else ""
        if provider and self.wanted.how(provider):
            return self._mark(provider, text)
        if not kind or not text or not self.wanted.how(kind) or not structure.counts(text, kind):
            whose = self._personal(name, text) if self._kinds else ""
            return self._mark(whose, text) if whose else self._text(text)
        scheme, space, rest = text.partition(" ")
        if kind == "authorization" and space and scheme.isalpha():
            return f"{scheme} {self._mark(kind, rest)}"
        finer = spans(text, self._armed) if self._armed else []
        if finer and finer[0][:2] == (0, len(text)):
            kind = finer[0][2]
        return self._mark(kind, text)

    def _text(self, text: str) -> str:
        if len(text) < 6 or text in self._known:
            return text
        kept = text
        if len(text) > self._left:
            self.partial.add("size")
            kept = text[: self._left]
        self._left -= len(kept)
        if self._in_blocks and is_large(kept):
            cleaned = self._blocks(kept)
        elif (self._armed or self._kinds) and kept.lstrip()[:1] in OPENING:
            cleaned = self._json(kept)
        else:
            cleaned = self._plain(kept)
        return cleaned + unscanned(len(text) - len(kept)) if len(kept) < len(text) else cleaned

    def _blocks(self, text: str) -> str:
        """Return a large text cleaned block after block: each is looked at for what stands in it alone."""
        from gateway.redaction.stream import Stream

        stream = Stream(self._block)
        out = [stream.feed(text[at : at + BLOCK]) for at in range(0, len(text), BLOCK)]
        return "".join((*out, stream.finish()))

    def _block(self, text: str) -> str:
        armed, budget = self._armed, Budget()
        self._armed = Armed(text, budget)
        if budget.spent:
            self.partial.add("encoded")
        cleaned = self._plain(text)
        self._armed = armed
        return cleaned

    def _json(self, text: str) -> str:
        """Return a text that is a JSON value, cleaned as one; as it was written, but for what was taken out.

        One that is nested deeper than Python recurses (600 levels, say) is cleaned as the plain text that it is as
        well.
        """
        try:
            return self._json_value(text, loads(text))
        except RecursionError:
            return self._plain(text)
        except ProtocolError:
            lines = text.split("\n")
            if len(lines) > 1 and all(line[:1] in OPENING for line in lines):
                return "\n".join([self._json(line) if line else line for line in lines])
            return self._plain(text)

    def _json_value(self, text: str, value: object) -> str:
        left = self._left
        cleaned = self._value(value, "", inside=False)
        self._left = left
        if cleaned == value:
            return text
        out = text
        for found, mark in self._found.items():
            written = dumps(found)[1:-1]
            out = out.replace(written, mark).replace(written.replace("/", "\\/"), mark)
        try:
            return out if loads(out) == cleaned else dumps(cleaned)
        except ProtocolError:
            return dumps(cleaned)

    def _plain(self, text: str) -> str:
        found = [(start, -end, 0, kind) for item in self.wanted.custom for start, end, kind in item.spans(text)]
        if self._armed:
            found += [(start, -end, 1, kind) for start, end, kind in spans(text, self._armed) if self.wanted.how(kind)]
        if self._kinds:
            from gateway.redaction import personal

            found += [
                (start, -end, 2, kind) for start, end, kind in personal.spans(text, self._kinds, thorough=self.thorough)
            ]
        out: list[str] = []
        last = 0
        for start, end, kind in merged(found):
            out += (text[last:start], self._mark(kind, text[start:end]))
            last = end
        return "".join(out) + text[last:] if out else text

    def _mark(self, kind: str, value: str) -> str:
        if mark_end(value, 0) == len(value):
            return value
        self.removed[kind] = self.removed.get(kind, 0) + 1
        if self.wanted.how(kind) == MASK:
            from gateway.redaction import personal

            return personal.shape(kind, value, masked(kind, value, self.key))
        mark = redacted(kind, value, self.key)
        self._found[value] = mark
        return mark

    def _everywhere(self, value: Any) -> Any:
        """Return a cleaned value without the values that were found in one place and stand in another unannounced."""
        telling = {
            found: mark
            for found, mark in self._found.items()
            if len(found) >= TELLING
            and (has_digit(found) or not is_name(found))
            and not any(found in item for item in self._found.values())
        }
        return _replaced(value, telling) if telling else value


_NOTHING = Armed("")


def _replaced(value: Any, marks: dict[str, str]) -> Any:
    if isinstance(value, str):
        for found, mark in marks.items():
            if found in value:
                value = value.replace(found, mark)
        return value
    if isinstance(value, dict):
        return {_replaced(key, marks): _replaced(item, marks) for key, item in value.items()}
    return [_replaced(item, marks) for item in value] if isinstance(value, list) else value
