"""How a rule speaks: from an entry that matched to the reason that is recorded and shown. Pure."""

from __future__ import annotations

from gateway.model.decision import Reason
from gateway.model.effects import ALLOW, ASK, DENY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import Entry

SAID = {ALLOW: "is allowed by", ASK: "must be asked about", DENY: "is denied by"}


class Layer:
    """One document as the rules see it: plain data plus what holds for all of its entries.

    now       the moment of judgement, for entries that expire
    opaque    effect on what cannot be seen inside
    builtin   the pack beneath all: it keeps silent where it does not know
    """

    __slots__ = ("builtin", "name", "now", "opaque", "shadow")

    def __init__(self, name: str, *, now: float, opaque: int, shadow: bool = False, builtin: bool = False) -> None:
        self.name = name
        self.now = now
        self.opaque = opaque
        self.shadow = shadow
        self.builtin = builtin


def speak(effect: int, entry: Entry, subject: str, action: int, layer: Layer) -> Reason:
    """Return the reason of an entry that matched."""
    name = entry.get("id") or entry["rule"]
    text = f"{subject} must be asked about ({name})" if effect == ASK else f"{subject} {SAID[effect]} {name}"
    if entry.get("reason"):
        text = f"{text}: {entry['reason']}"
    return Reason(
        effect,
        spoken_name(entry),
        text,
        source=entry["source"],
        hint=entry.get("hint", ""),
        action=action,
        shadow=layer.shadow or bool(entry.get("shadow")),
    )


def spoken_name(entry: Entry) -> str:
    """Return what an entry is called in a reason: its place, and its id where it has one."""
    return entry["rule"] if not entry.get("id") else f"{entry['rule']} ({entry['id']})"


def not_listed(lists: str, source: str, subject: str, action: int, layer: Layer) -> Reason:
    """Return the reason of a closed allow list that does not cover an action."""
    return Reason(
        DENY,
        lists,
        f"{subject} is denied: not in {lists}",
        source=source,
        hint="ask a person to add it to the list if it is needed",
        action=action,
        shadow=layer.shadow,
    )


def cannot_tell(lists: str, source: str, subject: str, action: int, layer: Layer) -> Reason:
    """Return the reason for an action whose target cannot be known, where a list has something to say of such
    actions.
    """
    return Reason(
        layer.opaque,
        lists,
        f"{subject}: what it touches is only known when it runs, and {lists} has a say in it",
        source=source,
        hint="write the target out",
        action=action,
        shadow=layer.shadow,
    )


def is_live(entry: Entry, layer: Layer) -> bool:
    """Whether an entry still speaks."""
    expires = entry.get("expires")
    return expires is None or layer.now < expires
