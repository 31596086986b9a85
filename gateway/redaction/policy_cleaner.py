"""Which cleaner policy asks for, for what is recorded and for what is passed on. Pure."""

from __future__ import annotations

from gateway.model.decision import MASK, RECORD, REDACT
from gateway.model.errors import PolicyError
from gateway.redaction.custom import Custom
from gateway.redaction.redact import Cleaner
from gateway.redaction.selection import PII, SECRETS, Wanted, is_kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gateway.model.compiled_policy import CompiledPolicy


def takes(policy: CompiledPolicy | None, reach: str, *, secrets: bool = False, pii: bool = False) -> bool:
    """Whether anything is taken out on the way to a reach. Raises PolicyError for a kind that nobody knows."""
    return wanted_by(policy, reach, secrets=secrets, pii=pii).anything()


def cleaner_for(
    policy: CompiledPolicy | None,
    reach: str,
    key: bytes,
    *,
    secrets: bool = False,
    pii: bool = False,
    thorough: bool = False,
) -> Cleaner | None:
    """Return what cleans what is recorded or passed on; None where nothing is taken out. Credentials never reach the
    record.

    `secrets` and `pii` (masked) are what the command line asks for beyond the policy; `thorough` is for those who have
    time. Raises PolicyError for a kind that nobody knows.
    """
    wanted = wanted_by(policy, reach, secrets=secrets, pii=pii)
    return Cleaner(key, wanted=wanted, thorough=thorough) if wanted.anything() else None


_last: list[Any] = [None, {}]
"""The policy that was asked about last, and what it wants: a process that lives on asks the same several times a call.
"""


def wanted_by(policy: CompiledPolicy | None, reach: str, *, secrets: bool = False, pii: bool = False) -> Wanted:
    """Return what a policy wants taken out on the way to a reach. Raises PolicyError for a kind that nobody knows."""
    if _last[0] is not policy:
        _last[:] = [policy, {}]
    known: dict[tuple[str, bool, bool], Wanted] = _last[1]
    key = (reach, secrets, pii)
    if key not in known:
        known[key] = _wanted(policy, reach, secrets=secrets, pii=pii)
    return known[key]


def _wanted(policy: CompiledPolicy | None, reach: str, *, secrets: bool, pii: bool) -> Wanted:
    personal = {MASK} if pii else set()
    kinds: dict[str, str] = {}
    own = {name: Custom(name, pattern, keywords) for name, pattern, keywords in (policy["custom"] if policy else ())}
    for how, wanted, what, rule in policy["obligations"] if policy else ():
        if wanted != reach:
            continue
        if what == SECRETS:
            secrets = True
        elif what == PII:
            personal.add(how)
        elif what in own or is_kind(what):
            kinds[what] = REDACT if REDACT in (how, kinds.get(what)) else how
        else:
            raise PolicyError(
                f"`{rule}` names `{what}`, which no detector is called",
                "`secrets`, `pii`, or the kind that a mark tells",
            )
    secrets = secrets or reach == RECORD
    custom = tuple(item for item in own.values() if secrets or item.id in kinds)
    return Wanted(
        secrets=secrets, personal=REDACT if REDACT in personal else MASK if personal else "", kinds=kinds, custom=custom
    )
