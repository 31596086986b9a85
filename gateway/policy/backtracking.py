"""Whether a regular expression can take time out of all proportion to a text: read from its parsed tree, without
running it. Pure.

Python's `re` backtracks: where one text can be matched in several ways, a failure behind it tries all of them. Two
shapes do that: a repetition whose body can split the same text differently (`(a+)+`, `(a|a)*`, `(\\d{1,3})+`), which
doubles with each character, and two unbounded repetitions next to each other that take the same characters
(`\\d+\\d+x`), whose cost is the square of the text at each of its places. The expression becomes the automaton of its
positions (Glushkov's construction); a repetition is ambiguous where an edge of a cycle comes about twice, or where two
copies of the automaton can read one text along different paths and meet again (Weber and Seidl, On the degree of
ambiguity of finite automata, 1991). Fixed counts, possessive repetitions and atomic groups give nothing back. What is
left, a repetition at an expression's beginning, costs at most the square of the longest run it takes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_parser = __import__("re._parser", fromlist=["parse"])
_codes = __import__("re._constants", fromlist=["MAXREPEAT"])

MAX_LENGTH = 4_000
"""Most characters of an expression."""
_MAX_POSITIONS = 600
_MAX_PAIRS = 400_000
_MANY = 10
"""Repetitions from which a bounded one counts like an unbounded one inside another."""
_MAX_WAYS = 1_000
"""Most ways to match one text that a bounded repetition may leave to be tried: the ways of its body to the power of its
count.
"""
_ALPHABET = frozenset([*map(chr, range(128)), "é", "ß", "中", "\u2028", "٣"])
"""Characters that stand for all."""
_CATEGORIES: dict[str, Callable[[str], bool]] = {
    "CATEGORY_DIGIT": str.isdigit,
    "CATEGORY_SPACE": str.isspace,
    "CATEGORY_WORD": lambda char: char.isalnum() or char == "_",
    "CATEGORY_LINEBREAK": lambda char: char == "\n",
}


class _TooLargeError(Exception):
    """The expression has more positions than are looked at."""


class _Part:
    """A piece of the expression: whether it can be empty, and the positions it can start and end with."""

    __slots__ = ("empty", "first", "last")

    def __init__(self, first: Iterable[int] = (), last: Iterable[int] = (), *, empty: bool = True) -> None:
        self.first = frozenset(first)
        self.last = frozenset(last)
        self.empty = empty


class _Automaton:
    """The positions of an expression: what each takes, which can follow which, and by how many ways."""

    def __init__(self, flags: int) -> None:
        self.flags = flags
        self.takes: list[frozenset[str]] = []
        self.follow: list[dict[int, int]] = []
        self.conditional: set[int] = set()
        self.unbounded: set[int] = set()
        self.inner: list[Any] = []
        self.depth = 0
        self.ambiguous = False

    def sequence(self, nodes: Iterable[Any]) -> _Part:
        whole = _Part()
        for node in nodes:
            part = self.node(*node)
            if part is None:
                self.conditional |= whole.last
                continue
            self.join(whole.last, part.first)
            whole = _Part(
                whole.first | part.first if whole.empty else whole.first,
                whole.last | part.last if part.empty else part.last,
                empty=whole.empty and part.empty,
            )
        return whole

    def join(self, ends: Iterable[int], starts: Iterable[int]) -> None:
        for end in ends:
            for start in starts:
                self.follow[end][start] = self.follow[end].get(start, 0) + 1

    def position(self, takes: frozenset[str]) -> _Part:
        if len(self.takes) >= _MAX_POSITIONS:
            raise _TooLargeError
        self.takes.append(takes)
        self.follow.append({})
        place = len(self.takes) - 1
        return _Part((place,), (place,), empty=False)

    def node(self, code: Any, value: Any) -> _Part | None:
        """Return the part that a node of the tree is; None for one that takes nothing and can fail."""
        name = str(code)
        if name in ("AT", "ASSERT", "ASSERT_NOT"):
            self.inner += [value[1]] if name != "AT" else []
            return None
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            return self.repeat(*value, gives_back=name != "POSSESSIVE_REPEAT")
        if name == "SUBPATTERN":
            return self.group(value)
        if name == "ATOMIC_GROUP":
            return self.atomic(value)
        if name == "BRANCH":
            return self.either(value[1])
        if name == "GROUPREF_EXISTS":
            return self.either([item for item in value[1:] if item is not None] + ([[]] if value[2] is None else []))
        if name == "GROUPREF":
            return self.position(_ALPHABET)
        return self.position(self.charset(name, value))

    def group(self, value: Any) -> _Part:
        before = self.flags
        self.flags = (before | value[1]) & ~value[2]
        part = self.sequence(value[3])
        self.flags = before
        return part

    def atomic(self, nodes: Any) -> _Part:
        if len(nodes) == 1 and str(nodes[0][0]) in ("MAX_REPEAT", "MIN_REPEAT"):
            return self.repeat(*nodes[0][1], gives_back=False)
        return self.sequence(nodes)

    def either(self, branches: Iterable[Any]) -> _Part:
        parts = [self.sequence(branch) for branch in branches]
        # `ab|ab` is parsed as `ab(?:|)`: two ways to take nothing are two ways, though no position tells them apart.
        self.ambiguous = self.ambiguous or (self.depth > 0 and sum(part.empty for part in parts) > 1)
        first = frozenset(place for part in parts for place in part.first)
        return _Part(
            first, frozenset(place for part in parts for place in part.last), empty=any(part.empty for part in parts)
        )

    def repeat(self, least: int, most: Any, body: Any, *, gives_back: bool) -> _Part:
        endless = most is _codes.MAXREPEAT or int(most) >= _MANY
        if gives_back and most is not _codes.MAXREPEAT and most > 1 and self.splits_within(body, int(most)):
            self.ambiguous = True
        if least == most or not gives_back or not endless:
            copies = 1 if least == most or not gives_back else max(1, int(most))
            whole = self.sequence([node for _ in range(min(least, copies) or 1) for node in body])
            for _ in range(max(1, least), copies):
                more = self.sequence(body)
                self.join(whole.last, more.first)
                whole = _Part(
                    whole.first | more.first if whole.empty else whole.first, whole.last | more.last, empty=whole.empty
                )
            return _Part(whole.first, whole.last, empty=whole.empty or least == 0)
        self.depth += 1
        part = self.sequence(body)
        self.depth -= 1
        self.join(part.last, part.first)
        if most is _codes.MAXREPEAT:
            self.unbounded |= part.first & part.last
        return _Part(part.first, part.last, empty=part.empty or least == 0)

    def splits_within(self, body: Any, most: int) -> bool:
        """Whether a bounded repetition can share one text among its rounds in more ways than can be tried:
        `(a{1,9}){1,9}`, `(.*a){20}`.
        """
        least, widest = body.getwidth()
        ways = max(min(widest - least + 1, _MAX_WAYS), _alternatives(body))
        if ways ** min(most, _MAX_WAYS.bit_length()) <= _MAX_WAYS:
            return False
        loop = _Automaton(self.flags)
        loop.depth = 1
        part = loop.sequence(body)
        loop.join(part.last, part.first)
        return (part.empty and bool(part.first)) or loop.ambiguous or _splits(loop)

    def charset(self, name: str, value: Any) -> frozenset[str]:
        """Return which characters a node takes."""
        if name == "ANY":
            return _ALPHABET if self.flags & re.DOTALL else _ALPHABET - {"\n"}
        if name == "IN":
            negated = any(str(code) == "NEGATE" for code, _ in value)
            found = frozenset(
                char for code, item in value if str(code) != "NEGATE" for char in self.charset(str(code), item)
            )
            return _ALPHABET - found if negated else found
        if name == "NOT_LITERAL":
            return _ALPHABET - self.cased({chr(value)})
        if name == "LITERAL":
            return self.cased({chr(value)})
        if name == "RANGE":
            return self.cased({char for char in _ALPHABET if value[0] <= ord(char) <= value[1]})
        kind = str(value)
        test = _CATEGORIES.get(kind.replace("CATEGORY_NOT_", "CATEGORY_").replace("UNI_", ""))
        if test is None:
            return _ALPHABET
        return frozenset(char for char in _ALPHABET if test(char) is not ("_NOT_" in kind))

    def cased(self, chars: set[str]) -> frozenset[str]:
        if self.flags & re.IGNORECASE:
            chars = chars | {char.swapcase() for char in chars}
        return frozenset(chars)


def _alternatives(nodes: Any) -> int:
    """Return the most alternatives that one choice among the nodes offers."""
    most = 1
    for code, value in nodes:
        if str(code) == "BRANCH":
            most = max(most, len(value[1]), *(_alternatives(branch) for branch in value[1]))
        elif str(code) == "SUBPATTERN":
            most = max(most, _alternatives(value[3]))
    return most


def danger(pattern: str) -> str:
    """Return why an expression can take for ever, "" for one that cannot; of one that cannot be parsed, what `re` says
    of it.
    """
    if len(pattern) > MAX_LENGTH:
        return f"is longer than {MAX_LENGTH} characters"
    try:
        tree = _parser.parse(pattern)
        return _danger(tree, tree.state.flags)
    except (re.error, OverflowError, ValueError) as error:
        return f"is not a regular expression: {error}"
    except (RecursionError, MemoryError):
        return "is nested too deeply"
    except _TooLargeError:
        return "has too many places to be checked"


def _danger(nodes: Any, flags: int) -> str:
    automaton = _Automaton(flags)
    whole = automaton.sequence(nodes)
    if automaton.ambiguous or _splits(automaton):
        return "can match one text in more ways than can be tried: a repetition inside a repetition, or one whose alternatives overlap"
    ending = whole.last - automaton.conditional
    if _neighbours(automaton, ending):
        return "has two unbounded repetitions that take the same characters and follow each other"
    return next((danger for inner in automaton.inner if (danger := _danger(inner, flags))), "")


def _splits(automaton: _Automaton) -> bool:
    """Whether a cycle of the automaton can read one text along two paths."""
    home = _components(automaton)
    edges = {start: [end for end in ends if home[end] == home[start]] for start, ends in enumerate(automaton.follow)}
    if any(automaton.follow[start][end] > 1 for start, ends in edges.items() for end in ends):
        return True
    pairs: dict[tuple[int, int], set[tuple[int, int]]] = {}
    todo = [(start, start) for start, ends in edges.items() if ends]
    count = 0
    while todo:
        pair = todo.pop()
        if pair in pairs:
            continue
        onward = pairs[pair] = {
            (edge, two)
            for edge in edges[pair[0]]
            for two in edges[pair[1]]
            if automaton.takes[edge] & automaton.takes[two]
        }
        todo += onward
        count += len(onward)
        if count > _MAX_PAIRS:
            raise _TooLargeError
    back: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for pair, onward in pairs.items():
        for item in onward:
            back.setdefault(item, []).append(pair)
    return any(_meets(pair, pairs, back) for pair in pairs if pair[0] < pair[1])


def _meets(
    pair: tuple[int, int],
    pairs: dict[tuple[int, int], set[tuple[int, int]]],
    back: dict[tuple[int, int], list[tuple[int, int]]],
) -> bool:
    """Whether two paths that have parted to a pair of positions started at one position and can meet there again."""
    ahead = {item for item, two in _reached(pair, pairs) if item == two}
    behind = {item for item, two in _reached(pair, back) if item == two}
    return bool(ahead & behind)


def _reached(start: Any, edges: Any) -> set[Any]:
    seen: set[Any] = set()
    todo = [start]
    while todo:
        for edge in edges.get(todo.pop(), ()):
            if edge not in seen:
                seen.add(edge)
                todo.append(edge)
    return seen


def _components(automaton: _Automaton) -> list[int]:
    """Return a number for each position: the same for positions that can reach each other."""
    edges = dict(enumerate(automaton.follow))
    reached = {place: _reached(place, edges) for place in edges}
    return [min((other for other in reached[place] if place in reached[other]), default=-place - 1) for place in edges]


def _neighbours(automaton: _Automaton, ending: frozenset[int]) -> bool:
    """Whether two unbounded repetitions take the same character with nothing between that does not, and a failure can
    follow.
    """
    for first in automaton.unbounded:
        for char in automaton.takes[first]:
            edges = {
                place: [end for end in ends if char in automaton.takes[end]]
                for place, ends in enumerate(automaton.follow)
            }
            for second in _reached(first, edges) & automaton.unbounded:
                if second != first and second not in ending and first not in _reached(second, edges):
                    return True
    return False
