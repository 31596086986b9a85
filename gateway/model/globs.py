"""Path patterns: compiled to plain tuples, matched in time linear in pattern times path. Pure.

The meaning is wcmatch's with GLOBSTAR, DOTGLOB and BRACE (a law compares the two); wcmatch itself costs 16 ms to import
and its `**` is quadratic in the depth of the path, so it validates patterns off the lane and never matches on it.

A compiled pattern is a tuple of segments; a segment is
    GLOBSTAR                any number of parts, none included
    a string                that very name
    a tuple of atoms        atoms being a string (literal run), STAR, ANY or a class ("[", negated, ranges)
"""

from __future__ import annotations

GLOBSTAR = 0
STAR = 1
ANY = 2

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    CharClass = tuple[str, bool, tuple[tuple[str, str], ...]]
    Atom = str | int | CharClass
    Segment = int | str | tuple[Atom, ...]
    Pattern = tuple[Segment, ...]

_POSIX = {
    "alnum": (("0", "9"), ("A", "Z"), ("a", "z")),
    "alpha": (("A", "Z"), ("a", "z")),
    "ascii": (("\0", "\x7f"),),
    "blank": ((" ", " "), ("\t", "\t")),
    "cntrl": (("\0", "\x1f"), ("\x7f", "\x7f")),
    "digit": (("0", "9"),),
    "graph": (("!", "~"),),
    "lower": (("a", "z"),),
    "print": ((" ", "~"),),
    "punct": (("!", "/"), (":", "@"), ("[", "`"), ("{", "~")),
    "space": ((" ", " "), ("\t", "\r")),
    "upper": (("A", "Z"),),
    "word": (("0", "9"), ("A", "Z"), ("a", "z"), ("_", "_")),
    "xdigit": (("0", "9"), ("A", "F"), ("a", "f")),
}


def compile_pattern(text: str) -> Pattern:
    """Return the segments of one brace-free pattern; a leading `/` is the caller's business."""
    return tuple(_segment(part) for part in split_segments(text))


def split_segments(text: str) -> list[str]:
    """Split a pattern at the slashes that are not inside a class."""
    parts: list[str] = []
    start = at = 0
    while at < len(text):
        char = text[at]
        if char == "\\" and at + 1 < len(text):
            at += 2
            continue
        if char == "[":
            at = _class_end(text, at) if _class_end(text, at) > 0 else at + 1
            continue
        if char == "/":
            parts.append(text[start:at])
            start = at + 1
        at += 1
    parts.append(text[start:])
    return [part for part in parts if part]


def _class_end(text: str, at: int) -> int:
    """Return the offset after the class that opens at `at`, or 0 when `[` stands for itself."""
    end = at + 1
    if end < len(text) and text[end] in "!^":
        end += 1
    if end < len(text) and text[end] == "]":
        end += 1
    while end < len(text):
        if text[end] == "/":
            return 0
        if text[end] == "\\":
            end += 2
        elif text.startswith("[:", end) and ":]" in text[end:]:
            end = text.index(":]", end) + 2
        elif text[end] == "]":
            return end + 1
        else:
            end += 1
    return 0


def _segment(text: str) -> Segment:
    if text == "**":
        return GLOBSTAR
    atoms: list[Atom] = []
    run = ""
    at = 0
    while at < len(text):
        char = text[at]
        end = _class_end(text, at) if char == "[" else 0
        if char == "\\" and at + 1 < len(text):
            run += text[at + 1]
            at += 2
        elif char in "*?" or end:
            if run:
                atoms.append(run)
                run = ""
            if char == "*":
                if not atoms or atoms[-1] != STAR:
                    atoms.append(STAR)
            else:
                atoms.append(ANY if char == "?" else _char_class(text[at + 1 : end - 1]))
            at = end or at + 1
        else:
            run += char
            at += 1
    if run:
        atoms.append(run)
    if len(atoms) == 1 and isinstance(atoms[0], str):
        return atoms[0]
    return tuple(atoms)


def _char_class(body: str) -> CharClass:
    negated = body[:1] in ("!", "^")
    at = 1 if negated else 0
    ranges: list[tuple[str, str]] = []
    while at < len(body):
        if body.startswith("[:", at) and body.find(":]", at) > 0:
            end = body.index(":]", at)
            ranges.extend(_POSIX.get(body[at + 2 : end], ()))
            at = end + 2
            continue
        if body[at] == "\\" and at + 1 < len(body):
            at += 1
        low = high = body[at]
        if body[at + 1 : at + 2] == "-" and at + 2 < len(body):
            at += 2
            if body[at] == "\\" and at + 1 < len(body):
                at += 1
            high = body[at]
        if low <= high:
            ranges.append((low, high))
        at += 1
    return ("[", negated, tuple(ranges))


def match_parts(pattern: Pattern, parts: list[str]) -> bool:
    """Whether the pattern matches these path parts, from first to last; `a/**` matches what lies below `a`, not `a`.

    The classical wildcard walk with one point of return: linear in pattern times parts.
    """
    p = i = 0
    back_p, back_i = -1, 0
    size, count = len(pattern), len(parts)
    while i < count:
        segment = pattern[p] if p < size else None
        if isinstance(segment, int):
            back_p, back_i = p, i
            p += 1
        elif segment is not None and match_segment(segment, parts[i]):
            p += 1
            i += 1
        elif back_p >= 0:
            back_i += 1
            p, i = back_p + 1, back_i
        else:
            return False
    return p == size or (p == 0 and all(isinstance(segment, int) for segment in pattern))


def match_segment(segment: Segment, name: str) -> bool:
    """Whether one segment matches one name."""
    if isinstance(segment, str):
        return segment == name
    if isinstance(segment, int):
        return True
    return _match_atoms(segment, name)


def _match_atoms(atoms: tuple[Atom, ...], name: str) -> bool:
    a = i = 0
    back_a, back_i = -1, 0
    size, length = len(atoms), len(name)
    while True:
        if a < size:
            atom = atoms[a]
            if atom == STAR and isinstance(atom, int):
                back_a, back_i = a, i
                a += 1
                continue
            step = _atom_length(atom, name, i)
            if step:
                a += 1
                i += step
                continue
        elif i == length:
            return True
        if back_a < 0 or back_i >= length:
            return False
        back_i += 1
        a, i = back_a + 1, back_i


def _atom_length(atom: Atom, name: str, at: int) -> int:
    """Return how many characters of the name at `at` the atom takes, 0 when it does not match."""
    if at >= len(name):
        return 0
    if isinstance(atom, str):
        return len(atom) if name.startswith(atom, at) else 0
    if isinstance(atom, int):
        return 1
    char = name[at]
    inside = any(low <= char <= high for low, high in atom[2])
    return 1 if inside != atom[1] else 0


def is_plain(pattern: Pattern) -> bool:
    """Whether every segment is a literal name."""
    return all(isinstance(segment, str) for segment in pattern)


def may_intersect(pattern: Pattern, other: Pattern) -> bool:
    """Whether some path could match both patterns (two classes are taken to overlap)."""
    return _meet(pattern, other, _is_number, _segments_meet)


def _meet(
    item: Sequence[Any], other: Sequence[Any], is_star: Callable[[object], bool], overlap: Callable[[Any, Any], bool]
) -> bool:
    """Walk the product of two wildcard sequences; true when both ends can be reached together."""
    reached = {(0, 0)}
    todo = [(0, 0)]
    while todo:
        a, b = todo.pop()
        if a == len(item) and b == len(other):
            return True
        left = item[a] if a < len(item) else None
        right = other[b] if b < len(other) else None
        steps = []
        if is_star(left):
            steps += [(a + 1, b)] + ([(a, b + 1)] if right is not None else [])
        if is_star(right):
            steps += [(a, b + 1)] + ([(a + 1, b)] if left is not None else [])
        if left is not None and right is not None and not is_star(left) and not is_star(right) and overlap(left, right):
            steps.append((a + 1, b + 1))
        todo += [step for step in steps if step not in reached]
        reached.update(steps)
    return False


def _is_number(item: object) -> bool:
    return isinstance(item, int)


def _is_any_run(item: object) -> bool:
    return isinstance(item, int) and item == STAR


def _segments_meet(segment: Segment, other: Segment) -> bool:
    if isinstance(segment, int) or isinstance(other, int):
        return True
    if isinstance(segment, str):
        return match_segment(other, segment)
    if isinstance(other, str):
        return match_segment(segment, other)
    return _meet(_characters(segment), _characters(other), _is_any_run, _atoms_overlap)


def _characters(atoms: tuple[Atom, ...]) -> list[Atom]:
    out: list[Atom] = []
    for atom in atoms:
        if isinstance(atom, str):
            out.extend(atom)
        else:
            out.append(atom)
    return out


def _atoms_overlap(atom: Atom, other: Atom) -> bool:
    if isinstance(atom, int) or isinstance(other, int):
        return True
    if isinstance(atom, str):
        return _atom_length(other, atom, 0) > 0
    if isinstance(other, str):
        return _atom_length(atom, other, 0) > 0
    return True


def match_name(pattern: str, text: str) -> bool:
    """Whether a pattern matches a whole text, slashes being characters like any other."""
    segments = compile_pattern(pattern.replace("/", "\x02"))
    return match_segment(segments[0], text.replace("/", "\x02")) if segments else not text


MAX_ALTERNATIVES = 64
"""Most patterns that the braces of one stand for; one with more is left as it is."""


def alternatives(text: str) -> tuple[str, ...]:
    """Return the patterns that `{a,b}` makes of one, nested ones too; a brace without a comma or its end is a character
    like any other.
    """
    done: list[str] = []
    todo = [text]
    while todo:
        if len(done) + len(todo) > MAX_ALTERNATIVES:
            return (text,)
        pattern = todo.pop()
        start, choices, end = _brace(pattern)
        if not choices:
            done.append(pattern)
        else:
            todo += [pattern[:start] + choice + pattern[end:] for choice in reversed(choices)]
    return tuple(dict.fromkeys(done))


def _brace(text: str) -> tuple[int, list[str], int]:
    """Return (where the first brace with choices opens, its choices, where it ends), no choices when there is none."""
    start = text.find("{")
    while start >= 0:
        if (start - len(text[:start].rstrip("\\"))) % 2:
            start = text.find("{", start + 1)
            continue
        depth, at, last = 0, start, start + 1
        choices: list[str] = []
        while at < len(text):
            char = text[at]
            if char == "\\":
                at += 1
            elif char == "{":
                depth += 1
            elif char == "," and depth == 1:
                choices.append(text[last:at])
                last = at + 1
            elif char == "}":
                depth -= 1
                if depth == 0:
                    if choices:
                        return start, [*choices, text[last:at]], at + 1
                    break
            at += 1
        start = text.find("{", start + 1)
    return 0, [], 0
