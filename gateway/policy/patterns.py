"""Validating and expanding path patterns before they are compiled. Pure; off the hook lane: the one importer of
wcmatch.
"""

from __future__ import annotations

from gateway.policy.document_fields import Field

MAX_PATTERN = 1024
"""Longest pattern, in characters."""


def expand(text: str, field: Field, *, folded: bool = False) -> list[str]:
    """Return the brace-free patterns that a pattern stands for.

    Raises PolicyError when wcmatch, which defines the meaning (GLOBSTAR, DOTGLOB, BRACE), cannot take it.
    """
    from wcmatch import glob

    if len(text) > MAX_PATTERN:
        raise field.error(f"pattern longer than {MAX_PATTERN} characters")
    if "\0" in text or "\n" in text:
        raise field.error("a pattern has no control characters")
    parts = text.split("/")
    if ".." in parts or "." in parts[1:]:
        raise field.error(
            f"`.` and `..` cannot be matched: `{text}`", "write the path out from the project root, `~/` or `/`"
        )
    flags = glob.GLOBSTAR | glob.DOTGLOB | glob.BRACE
    expanded = braced(text, field)
    try:
        for item in expanded:
            glob.compile(item, flags=flags)
    except ValueError as error:
        raise field.error(f"not a pattern: `{text}`: {error}") from error
    return [item.lower() if folded else item for item in expanded if item]


def braced(text: str, field: Field) -> list[str]:
    """Return what braces expand a text to, at most 1,000 alternatives. Raises PolicyError."""
    import bracex

    if "{" not in text:
        return [text]
    try:
        return list(bracex.expand(text, keep_escapes=True, limit=1000))
    except (ValueError, bracex.ExpansionLimitException) as error:
        raise field.error(f"braces cannot be expanded: `{text}`: {error}") from error
