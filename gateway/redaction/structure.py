"""What the shape of a value says of its parts: pairs of a name and a value, options before their values, objects full
of credentials. Pure.
"""

from __future__ import annotations

from gateway.redaction.names import TREES, kind_of, words_of
from gateway.redaction.values import is_name, is_reference

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_NAMED_BY = ("name", "key", "Name", "Key", "header", "variable")
_VALUED = ("value", "Value", "val", "default_value")
_PUBLIC = frozenset(
    "user username login name id type kind host hostname port url uri server email database db region service description".split()
)
_LEAST_NUMBER = 1000


def named_value(value: dict[str, Any]) -> tuple[str, str]:
    """Return (member, name) of an object that pairs a name with a value, as lists of variables and headers do; ("", "")
    for others.
    """
    for member in _VALUED:
        if member in value:
            for naming in _NAMED_BY:
                name = value.get(naming)
                if isinstance(name, str) and kind_of(name):
                    return member, name
    return "", ""


def is_tree(name: str, holder: dict[str, Any]) -> bool:
    """Whether a member holds an object full of credentials: `credentials`, `secrets`, the data of a Kubernetes
    secret.
    """
    if name == "data" and holder.get("kind") == "Secret":
        return True
    return "".join(words_of(name)) in TREES


def is_public(name: str) -> bool:
    """Whether a member among credentials is none itself."""
    words = words_of(name)
    return not words or words[-1] in _PUBLIC


def option_kind(option: str) -> str:
    """Return the kind of credential that the word behind a command line option is, "" for none: `--password`,
    `--api-key`.
    """
    return kind_of(option.lstrip("-")) if option.startswith("--") and "=" not in option else ""


def counts(value: str, kind: str) -> bool:
    """Whether a text under a name that announces a credential is one, and not a reference, a word of a program or
    prose.
    """
    bare = value.strip()
    if is_reference(value) or len(bare) < 3:
        return False
    if kind == "pin":
        return bare.isdigit()
    if kind == "password":
        return len(bare) < 1000
    if kind == "cookie":
        return "=" in bare or not is_name(bare)
    if kind == "authorization":
        return " " in bare or len(bare) >= 12
    return not any(space in bare for space in " \n\t")


def number_counts(value: object, kind: str) -> bool:
    """Whether a number under a name that announces a credential is one."""
    return (
        kind in ("password", "pin", "secret")
        and isinstance(value, int | float)
        and not isinstance(value, bool)
        and abs(value) >= _LEAST_NUMBER
    )


def is_number(value: object) -> bool:
    """Whether a value is a number, and not a truth."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def chunks(value: list[Any]) -> list[str] | None:
    """Return the texts of a list that could be a text in pieces: strings, or objects with a `text` each; None for other
    lists.
    """
    texts: list[str] = []
    for item in value:
        text = item.get("text") if isinstance(item, dict) else item
        if not isinstance(text, str):
            return None
        texts.append(text)
    return texts if len(texts) > 1 else None


def with_chunks(value: list[Any], texts: list[str]) -> list[Any]:
    """Return the list with other texts in the same places."""
    return [{**item, "text": text} if isinstance(item, dict) else text for item, text in zip(value, texts, strict=True)]
