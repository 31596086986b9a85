"""The baseline of an audit: findings that are known and do not fail it again, by keys that give nothing away."""

from __future__ import annotations

import json
from typing import Any

from gateway.analysis.audit import Audit
from gateway.analysis.fingerprints import rule_name
from gateway.model.effects import EFFECTS
from gateway.model.errors import PolicyError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

VERSION = 1


def known_keys(path: str) -> frozenset[str]:
    """Return the keys of a baseline file. Raises PolicyError when it is none."""
    try:
        with open(path, encoding="utf-8") as file:
            value: Any = json.load(file)
        if value["version"] != VERSION:
            raise PolicyError(
                f"a baseline of version {value['version']}", f"this gateway knows version {VERSION}", source=path
            )
        return frozenset(str(finding["key"]) for finding in value["findings"])
    except OSError as error:
        raise PolicyError(f"cannot be read: {error.strerror}", "make it with --write-baseline", source=path) from None
    except (ValueError, KeyError, TypeError):
        raise PolicyError("not a baseline of an audit", "make it with --write-baseline", source=path) from None


def baseline_text(audits: list[Audit]) -> str:
    """Return the baseline that knows every finding of some audits: keys, rules and counts, no call and no path."""
    found: dict[str, JsonObject] = {}
    for audit in audits:
        for kept in (audit.violations, audit.asked, audit.known):
            for call in kept.calls:
                entry = found.setdefault(
                    call.key,
                    {
                        "key": call.key,
                        "rule": rule_name(call.reasons[0].rule),
                        "effect": EFFECTS[call.effect],
                        "count": 0,
                    },
                )
                entry["count"] += 1
    ordered = sorted(found.values(), key=lambda entry: (entry["rule"], entry["key"]))
    return json.dumps({"version": VERSION, "findings": ordered}, indent=2) + "\n"
