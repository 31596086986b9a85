"""What the owner of a project wrote stays: the denies and asks of the policy in force, and what is no list at all, in a
learned document. Pure.
"""

from __future__ import annotations

from typing import Any

Document = dict[str, Any]

LISTED = ("files.read", "files.write", "files.delete", "commands", "network", "tools")
WHOLE = ("extends", "flows", "mcp", "redact", "mask", "limits")
_STRICT = ("allow", "ask", "deny")
HARMLESS = {
    "files.read": "/dev/null",
    "files.write": "/dev/null",
    "files.delete": "/dev/null",
    "commands": "true",
    "tools": "agent-strace",
}
"""What a closed list holds that lists nothing else: an empty one says nothing."""
LISTED_FOR_ASKING = "listed so that it is asked about, not denied: a list of what is allowed is closed"


def with_kept(document: Document, own: Document) -> Document:
    """Return a document with the denies and asks of another one after its own, so that its entries keep their places.

    An allow list is closed, so an entry that shall be asked about is listed there, too. `{}` takes nothing but the
    denies and asks.
    """
    out: Document = {**document}
    if "files" in document or isinstance(own.get("files"), dict):
        out["files"] = {**document.get("files", {})}
    for name in LISTED:
        section, part = name.partition(".")[::2]
        theirs = own.get(section) or {}
        theirs = (theirs.get(part) or {}) if part else theirs
        kept: Document = {
            effect: list(theirs[effect])
            for effect in ("ask", "deny")
            if isinstance(theirs.get(effect), list) and theirs[effect]
        }
        if name == "network" and theirs.get("deny_all") is True:
            kept["deny_all"] = True
        if kept:
            place = out["files"] if part else out
            place[part or section] = _merged(place.get(part or section, {}), kept, name)
    out |= {key: own[key] for key in WHOLE if own.get(key)}
    for key in ("default", "on_opaque"):
        stricter = max(out.get(key) or "allow", own.get(key) or "allow", key=_STRICT.index)
        if key in out or stricter != "allow":
            out[key] = stricter
    return {key: out[key] for key in sorted(out, key=[*document, *own, *out].index) if out[key] != {}}


def _merged(lists: Document, kept: Document, name: str) -> Document:
    if lists.get("deny") and "allow" not in lists and name in HARMLESS:  # everything is denied: closed without a list
        lists = {"allow": [{"match": HARMLESS[name], "reason": lists["deny"][0]["reason"]}]}
    out: Document = {**lists}
    for effect in ("ask", "deny"):
        if kept.get(effect):
            out[effect] = [*out.get(effect, ()), *kept[effect]]
    if kept.get("deny_all"):
        out["deny_all"] = True
    if "allow" in out or out.get("deny_all"):
        more = [
            entry
            for entry in map(listed_for_asking, kept.get("ask", ()))
            if entry is not None and entry["match"] not in [_match(item) for item in out.get("allow", ())]
        ]
        if more:
            out["allow"] = [*out.get("allow", ()), *more]
    return out


def _match(entry: object) -> object:
    return entry.get("match") if isinstance(entry, dict) else entry


def listed_for_asking(entry: object) -> Document | None:
    """Return the allow entry of what is asked about, None for a question that ends or is not enforced: that would be a
    permission.
    """
    if not isinstance(entry, dict):
        return {"match": entry, "reason": LISTED_FOR_ASKING}
    if entry.get("expires") or entry.get("mode") == "observe" or str(entry.get("match", "")).startswith("<"):
        return None
    return {**{key: entry[key] for key in ("match", "unless", "with") if entry.get(key)}, "reason": LISTED_FOR_ASKING}
