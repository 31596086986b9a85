"""Documents to one policy: which layers hold, what they may relax, what they oblige to. Pure; off the hook lane.

A compiled policy is plain data:
    layers       [{name, level, shadow, builtin, default, default_source, sections}], beneath first
    on_opaque    effect on an action that cannot be seen inside, and where that was said (on_opaque_source)
    labels       compiled sensitive labels
    obligations  [(kind, reach, what, rule)], custom detectors [(id, pattern, keywords)]
    limits       [{name, max, effect, …, shadow}]
    effects      {server: {tool: {verb: [pointer]}}}
    servers      {server: {pin, hide_denied}}
    observing    a managed or user document says `observe`: what stands beneath is not enforced either
    revision     `sha256:…` over every source document
"""

from __future__ import annotations

from gateway.model.decision import FORWARD, MASK, RECORD, REDACT
from gateway.model.effects import ASK
from gateway.model.errors import PolicyError
from gateway.policy.entries import day_before
from gateway.policy.rules.reasons import spoken_name
from gateway.policy.sensitive import compile_labels

BASELINE, MANAGED, USER, PROJECT = "baseline", "managed", "user", "project"
LEVELS = (BASELINE, MANAGED, USER, PROJECT)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gateway.model.compiled_policy import (
        CompiledPolicy,
        Document,
        Entry,
        PolicyLayer,
        Sections,
        ServerRules,
        ToolEffects,
    )


def combine(documents: list[tuple[str, Document]], revision: str) -> CompiledPolicy:
    """Return the policy of parsed documents, each with its level, in the order they hold.

    Raises PolicyError when a project document tries to relax what stands beneath it, or relaxes what is not there.
    """
    relaxed = _relaxed(documents)
    layers: list[PolicyLayer] = []
    policy: CompiledPolicy = {
        "revision": revision,
        "labels": compile_labels(),
        "obligations": [],
        "custom": [],
        "limits": [],
        "effects": {},
        "servers": {},
        "layers": [],
        "ends": [],
        "observing": False,
        "on_opaque": ASK,
        "on_opaque_source": "",
    }
    for level, document in documents:
        builtin = level == BASELINE
        sections = _without(document["sections"], relaxed) if builtin else document["sections"]
        layers.append(
            {
                "name": document["name"],
                "level": level,
                "shadow": bool(document.get("shadow")),
                "builtin": builtin,
                "default": document.get("default"),
                "default_source": document.get("default_source", ""),
                "sections": sections,
                "examples": document.get("examples", []),
            }
        )
        _oblige(policy, document)
        for limit in document.get("limits", ()):
            policy["limits"].append({**limit, "shadow": bool(document.get("shadow"))})
        _serve(policy, sections.get("mcp", {}), level)
    policy["layers"] = layers
    policy["ends"] = _ends([layer["sections"] for layer in layers])
    policy["observing"] = any(layer["shadow"] for layer in layers if layer["level"] in (MANAGED, USER))
    for layer in layers:
        layer["shadow"] = layer["shadow"] or (layer["builtin"] and policy["observing"])
    policy["on_opaque"], policy["on_opaque_source"] = _on_opaque(documents)
    return policy


def _ends(todo: list[Any]) -> list[tuple[float, str, str, str]]:
    """Return (when it ends, rule, source, last day) of every entry that ends by itself: one that is relaxed does not
    speak at all.
    """
    ends: set[tuple[float, str, str, str]] = set()
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            entry: Any = value
            end = entry.get("expires")
            if isinstance(end, float) and end > 0:
                ends.add((end, spoken_name(entry), entry["source"], day_before(end)))
            todo += value.values()
        elif isinstance(value, list):
            todo += value
    return sorted(ends)


def _relaxed(documents: list[tuple[str, Document]]) -> set[str]:
    known = {name for level, document in documents if level == BASELINE for name in _ids(document["sections"])}
    relaxed: set[str] = set()
    for level, document in documents:
        for name, place in document.get("relax", ()):
            source, _, line = place.rpartition(":")
            problem = hint = ""
            if level in (PROJECT, BASELINE):
                problem, hint = "a project file can only tighten", "relax baseline in the user or managed policy file"
            elif name not in known:
                problem, hint = f"baseline has no entry `{name}`", "`agent-strace policy explain` shows the ids"
            if problem:
                raise PolicyError(
                    problem, hint, pointer="/relax", source=source or place, line=int(line) if line.isdigit() else 0
                )
            relaxed.add(name)
    return relaxed


def _entry_lists(sections: Sections) -> list[list[Entry]]:
    entries: list[list[Entry]] = []
    for key in ("commands", "network", "tools", "flows"):
        section: Any = sections.get(key, {})
        entries += [
            listed["entries"] for listed in section.values() if isinstance(listed, dict) and "entries" in listed
        ]
    for lists in sections.get("files", {}).values():
        entries += [listed["entries"] for listed in lists.values()]
    return entries


def _ids(sections: Sections) -> set[str]:
    return {entry["id"] for entries in _entry_lists(sections) for entry in entries if "id" in entry}


def _without(sections: Sections, relaxed: set[str]) -> Sections:
    """Return the sections with the relaxed entries expired; their places in the document stay what they are."""
    if not relaxed:
        return sections
    for entries in _entry_lists(sections):
        for entry in entries:
            if entry.get("id") in relaxed:
                entry["expires"] = 0.0
    return sections


def _oblige(policy: CompiledPolicy, document: Document) -> None:
    for kind, section in ((REDACT, document.get("redact")), (MASK, document.get("mask"))):
        if section is None:
            continue
        for reach, classes in ((RECORD, section.get("record", ())), (FORWARD, section.get("forward", ()))):
            policy["obligations"] += [(kind, reach, what, f"{kind}.{reach}") for what in classes]
        policy["custom"] += section.get("custom", ())


def _serve(policy: CompiledPolicy, servers: dict[str, ServerRules], level: str) -> None:
    for name, rules in servers.items():
        known = policy["effects"].setdefault(name, {}) if "effects" in rules else {}
        for tool, effects in rules.get("effects", {}).items():
            known[tool] = _widened(known[tool], effects) if level == PROJECT and tool in known else effects
        options = policy["servers"].setdefault(name, {})
        for key in ("pin", "hide_denied"):
            if key in rules:
                options[key] = options.get(key, False) or rules[key]


def _widened(known: ToolEffects, more: ToolEffects) -> ToolEffects:
    """Return what a tool's arguments are by what stands above and by a project file, which can add to it and take
    nothing away.
    """
    return {
        verb: [*known.get(verb, ()), *(item for item in more.get(verb, ()) if item not in known.get(verb, ()))]
        for verb in (*known, *more)
    }


def _on_opaque(documents: list[tuple[str, Document]]) -> tuple[int, str]:
    """Return the effect on opaque actions: a managed or user file may set it freely, any other can only tighten it."""
    effect, source = ASK, "baseline"
    for level, document in documents:
        if "on_opaque" not in document:
            continue
        said = document["on_opaque"]
        if level in (MANAGED, USER) or said > effect:
            effect, source = said, document["on_opaque_source"]
    return effect, source
