"""Classes of names: for some patterns, one name for every combination of them that a name can match. Exact, not
sampled. Pure.

The patterns run side by side as one automaton over characters (Shift-And, one integer of positions); literals are kept
apart by a trie, so that a class is never shown by a name that some rule means literally.
"""

from __future__ import annotations

from collections import deque
from functools import lru_cache

from gateway.model.errors import GatewayError
from gateway.model.globs import ANY, STAR

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.globs import Atom, CharClass

    Wild = tuple[tuple[Atom, ...], bool]
    """Atoms of a pattern, and whether it compares without regard to case."""
    Item = str | int | CharClass

MAX_STATES = 60_000
"""Most states that are looked at before the patterns are called too many."""

_FRESH = "xqkwjzvyhbug0123456789abcdefilmnoprstXQKWJZ_é"
_NOT_NAMES = (".", "..")


@lru_cache(maxsize=512)
def name_classes(literals: frozenset[str], wilds: tuple[Wild, ...]) -> tuple[str, ...]:
    """Return the shortest name of each combination of wildcard patterns that is no literal, then every literal. Raises
    GatewayError for too many.
    """
    return (*_Search(frozenset((*literals, *_NOT_NAMES)), wilds).found(), *sorted(literals))


class _Search:
    """The walk through the product of the patterns and the trie of literals."""

    def __init__(self, literals: frozenset[str], wilds: tuple[Wild, ...]) -> None:
        self.items: list[tuple[Item, bool]] = []
        self.start = self.stars = self.accepts = 0
        for atoms, folded in wilds:
            self.start |= 1 << len(self.items)
            for atom in atoms:
                for item in atom if isinstance(atom, str) else (atom,):
                    if item == STAR and isinstance(item, int):
                        self.stars |= 1 << len(self.items)
                    self.items.append((item, folded))
            self.accepts |= 1 << len(self.items)
            self.items.append(("", False))
        self.trie = _trie(literals)
        self.masks: dict[str, int] = {}

    def found(self) -> list[str]:
        """Return one name for each set of patterns that some name matches."""
        first = (self._closed(self.start), 0)
        seen = {first}
        todo = deque([(first, "")])
        shown: dict[int, str] = {}
        while todo:
            (bits, node), text = todo.popleft()
            literal = node >= 0 and "" in self.trie[node]
            if text and not literal:
                shown.setdefault(bits & self.accepts, text)
            if not bits and node < 0:
                continue
            for char in self._alphabet(bits, node):
                following = (self._step(bits, char), self.trie[node].get(char, -1) if node >= 0 else -1)
                if following not in seen:
                    seen.add(following)
                    todo.append((following, text + char))
            if len(seen) > MAX_STATES:
                raise GatewayError(
                    "the patterns of this policy overlap in too many ways to be compared exactly",
                    "use fewer wildcards inside names",
                )
        return list(shown.values())

    def _closed(self, bits: int) -> int:
        return bits | (bits & self.stars) << 1

    def _step(self, bits: int, char: str) -> int:
        return self._closed((bits & self._mask(char)) << 1 | bits & self.stars)

    def _mask(self, char: str) -> int:
        mask = self.masks.get(char)
        if mask is None:
            mask = self.masks[char] = sum(
                1 << at for at, (item, folded) in enumerate(self.items) if _takes(item, char, folded)
            )
        return mask

    def _alphabet(self, bits: int, node: int) -> list[str]:
        """Return one character of every kind that the live positions and the trie tell apart, one that they do not
        speak of among them.
        """
        points = {char for char in self.trie[node] if char} if node >= 0 else set()
        cuts: set[int] = set()
        live = bits & ~self.stars & ~self.accepts
        while live:
            low = live & -live
            live ^= low
            item, folded = self.items[low.bit_length() - 1]
            if isinstance(item, str):
                points |= {item, item.upper()} if folded and len(item.upper()) == 1 else {item}
            elif isinstance(item, tuple):
                cuts |= {edge for start, end in item[2] for edge in (ord(start), ord(end) + 1)}
                if folded:
                    cuts |= {ord(letter) for letter in "AaZz"} | {ord("Z") + 1, ord("z") + 1}
        kinds = _kinds(cuts, points)
        fresh = next(
            (
                char
                for char in _FRESH
                if char not in points and not any(low <= ord(char) < high for low, high in _spans(cuts))
            ),
            "\u2603",
        )
        return [*sorted(points, key=lambda char: (char.isupper(), char)), *kinds, fresh]


def _trie(words: frozenset[str]) -> list[dict[str, int]]:
    """Return a trie as a list of nodes; the key "" marks the end of a word."""
    nodes: list[dict[str, int]] = [{}]
    for word in sorted(words):
        at = 0
        for char in word:
            if char not in nodes[at]:
                nodes[at][char] = len(nodes)
                nodes.append({})
            at = nodes[at][char]
        nodes[at][""] = 0
    return nodes


def _takes(item: Item, char: str, folded: bool) -> bool:
    if isinstance(item, str):
        return item in (char, char.lower()) if folded else item == char
    if isinstance(item, int):
        return item == ANY
    shown = char.lower() if folded else char
    return any(low <= shown <= high for low, high in item[2]) != item[1]


def _spans(cuts: set[int]) -> list[tuple[int, int]]:
    edges = sorted(cuts)
    return list(zip(edges, edges[1:], strict=False))


def _kinds(cuts: set[int], points: set[str]) -> list[str]:
    """Return one character of every stretch between the edges of character classes, none of the points among them."""
    found = []
    for low, high in _spans(cuts):
        nice = (char for char in _FRESH if low <= ord(char) < high)
        plain = (chr(code) for code in range(low, min(high, low + 300)))
        char = next((item for item in (*nice, *plain) if item not in points and item not in "/\0"), None)
        if char is not None:
            found.append(char)
    return found
