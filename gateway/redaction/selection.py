"""Wanted: which kinds of values are taken out, and how. Pure."""

from __future__ import annotations

from gateway.model.decision import REDACT
from gateway.model.record import Record
from gateway.redaction.custom import Custom
from gateway.redaction.index import ANCHORS, DIGEST, LINKS, LOOSE
from gateway.redaction.names import KINDS as NAMED

EMAIL, PHONE, CARD, SSN, IBAN, ARN, IP = "email", "phone", "payment-card", "us-ssn", "iban", "aws-arn", "ip-address"
PERSON = "person"
"""What only its name gives away: somebody's name, address, date of birth, number in somebody's books."""
_FORMED = (EMAIL, PHONE, CARD, SSN, IBAN, ARN)
PERSONAL = (*_FORMED, PERSON)
"""What `pii` means; IP addresses go only where a policy names them."""
SECRETS = "secrets"
PII = "pii"
_OTHERS = frozenset((*NAMED, "private-key", "url-password", "url-token", "connection-string"))
_USUAL = f"{SECRETS}@{DIGEST}"


class Wanted(Record):
    """What a cleaner looks for.

    secrets   all credentials are taken out
    personal  "" or how all personal data is taken out: MASK keeps its shape, REDACT keeps nothing
    kinds     {id: how} for single kinds
    custom    detectors of the policy's own
    """

    __slots__ = ("custom", "kinds", "personal", "secrets")

    def __init__(
        self,
        *,
        secrets: bool = True,
        personal: str = "",
        kinds: dict[str, str] | None = None,
        custom: tuple[Custom, ...] = (),
    ) -> None:
        self.secrets = secrets
        self.personal = personal
        self.kinds = kinds or {}
        self.custom = custom

    def how(self, kind: str) -> str:
        """Return how values of a kind are taken out, "" where they stay."""
        said = self.kinds.get(kind, "")
        if kind == PERSON and not said and all(item in self.kinds for item in _FORMED):
            said = self.kinds[EMAIL]  # every kind by its name is all of it
        if kind in PERSONAL or kind == IP:
            return (
                REDACT
                if REDACT in (said, self.personal if kind != IP else "")
                else said or (self.personal if kind != IP else "")
            )
        return REDACT if self.secrets or said else ""

    def looks_for_secrets(self) -> bool:
        """Whether any credential is looked for."""
        return self.secrets or bool(self.custom) or any(kind not in PERSONAL and kind != IP for kind in self.kinds)

    def anything(self) -> bool:
        """Whether anything is taken out at all."""
        return self.looks_for_secrets() or bool(self.personal_kinds())

    def personal_kinds(self) -> frozenset[str]:
        """Return the kinds of personal data that are looked for."""
        if not self.personal and not self.kinds:
            return frozenset()
        return frozenset(kind for kind in (*PERSONAL, IP) if self.how(kind))

    def told(self) -> str:
        """Return which detectors run, and of which edition, for the record."""
        if self.secrets and not (self.personal or self.kinds or self.custom):
            return _USUAL
        words = [SECRETS] if self.secrets else []
        words += [PII] if self.personal else []
        words += [*sorted(self.kinds), *(item.id for item in self.custom)]
        return f"{'+'.join(words)}@{DIGEST}"


def is_kind(name: str) -> bool:
    """Whether detectors know a kind of this name."""
    if name in PERSONAL or name == IP or name in _OTHERS:
        return True
    if any(
        name == place.partition("/")[2]
        for table in (ANCHORS, LOOSE, LINKS)
        for places in table.values()
        for place in places.split()
    ):
        return True
    from gateway.redaction.detectors import FAMILIES
    from gateway.redaction.scan import family

    return any(name == item.id for each_family in FAMILIES for item in family(each_family)[1])
