"""Decision: what policy says of a call, with its reasons and obligations. Pure."""

from __future__ import annotations

from gateway.model.effects import EFFECTS
from gateway.model.record import Record

RECORD = "record"
"""Reach of an obligation: only what is written to the trace."""
FORWARD = "forward"
"""Reach of an obligation: also what is passed on to the tool or back to the agent."""

EXPIRED = "expired"
"""The rule of a reason that tells of an entry which speaks no more."""

REDACT = "redact"
MASK = "mask"


class Reason(Record):
    """One rule that spoke.

    effect  ALLOW, ASK or DENY
    rule    its place in the document (`files.read.deny[2]`), its id, or the name of the default that applied
    source  file and line of the document (`.agent-scope.json:7`), or ""
    text    what it says of this call
    hint    what to do instead, or ""
    action  index of the action it spoke of, or -1 for the call as a whole
    shadow  it stands under `mode: observe`: recorded, not enforced
    """

    __slots__ = ("action", "effect", "hint", "rule", "shadow", "source", "text")

    def __init__(
        self,
        effect: int,
        rule: str,
        text: str,
        *,
        source: str = "",
        hint: str = "",
        action: int = -1,
        shadow: bool = False,
    ) -> None:
        self.effect = effect
        self.rule = rule
        self.text = text
        self.source = source
        self.hint = hint
        self.action = action
        self.shadow = shadow


class Obligation(Record):
    """Something the door must do for the decision to hold.

    kind   REDACT (credentials) or MASK (personal data)
    reach  RECORD or FORWARD
    what   the class of values ("secrets", "pii") or one detector's id
    rule   the place in the document that asks for it
    """

    __slots__ = ("kind", "reach", "rule", "what")

    def __init__(self, kind: str, reach: str, what: str, rule: str = "") -> None:
        self.kind = kind
        self.reach = reach
        self.what = what
        self.rule = rule


class Grant(Record):
    """A person's answer that turned a question into an allowed call.

    by       who gave it
    at       when, in seconds since the epoch; `expires`: until when it holds
    digest   what call it is for, keyed (see gateway.host.approvals)
    key      which key that was made with
    seal     shows with the same key that nobody made it up
    """

    __slots__ = ("at", "by", "digest", "expires", "key", "seal")

    def __init__(self, by: str, *, at: float, expires: float, digest: str, key: str, seal: str) -> None:
        self.by = by
        self.at = at
        self.expires = expires
        self.digest = digest
        self.key = key
        self.seal = seal


class Decision(Record):
    """The verdict on one call; cannot be built without a reason.

    effect       what is enforced
    shadow       what would be enforced if nothing stood under `mode: observe` (at least as strict)
    reasons      every rule that spoke, strictest first
    obligations  what the door must do
    revision     `sha256:…` of the policy that judged
    sensitive    sensitive files the call touches, as asked
    grant        the answer of a person that was used up for it, or None

    Raises ValueError when `reasons` is empty.
    """

    __slots__ = ("effect", "grant", "obligations", "reasons", "revision", "sensitive", "shadow")

    def __init__(
        self,
        effect: int,
        reasons: tuple[Reason, ...],
        *,
        shadow: int | None = None,
        obligations: tuple[Obligation, ...] = (),
        revision: str = "",
        sensitive: tuple[str, ...] = (),
        grant: Grant | None = None,
    ) -> None:
        if not reasons:
            raise ValueError("a decision needs a reason")
        self.effect = effect
        self.shadow = effect if shadow is None else shadow
        self.reasons = reasons
        self.obligations = obligations
        self.revision = revision
        self.sensitive = sensitive
        self.grant = grant

    @property
    def verdict(self) -> str:
        """The enforced effect's name."""
        return EFFECTS[self.effect]
