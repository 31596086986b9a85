"""Naming a finding so that the same one has the same name tomorrow: by its rule and what it was about, not by when.
Pure.
"""

from __future__ import annotations

import hashlib
import re

from gateway.analysis.replay_decision import facts_of
from gateway.model.decision import Reason
from gateway.model.event import Event
from gateway.model.paths import below, normal

_MARK = re.compile(r"\[(REDACTED|MASKED):([^:\]]+)(?::[^\]]*)?\]")
"""A placeholder of something that was taken out; its last part is made with a store's key and differs from store to
store.
"""
_PLACE = re.compile(r"\[\d+\]")


def rule_name(rule: str) -> str:
    """Return a rule's own name: its id where it has one, else the list it stands in, for its place in the list
    moves.
    """
    head, paren, name = rule.partition(" (")
    return name.rstrip(")") if paren else _PLACE.sub("", head)


def fingerprint(event: Event, reason: Reason, folder: str) -> tuple[str, str]:
    """Return (key of a finding, file of the project that it is about, relative, or "").

    The key is a digest over the rule and the action it spoke of, paths taken from the project and the home folder,
    placeholders of secrets without what is particular to a store: nothing in it can be turned back.
    """
    facts = facts_of(event, folder)
    verb, target, path = _action(event, reason.action, facts.project, facts.home, folder)
    text = _MARK.sub(r"[\1:\2]", target)
    for place, mark in ((facts.project, "."), (facts.home, "~")):
        if len(place) > 1:
            text = text.replace(place + "/", mark + "/")
    digest = hashlib.sha256("\0".join((rule_name(reason.rule), verb, text)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:32], path


def _action(event: Event, index: int, project: str, home: str, folder: str) -> tuple[str, str, str]:
    """Return (verb, target as text, relative file) of the recorded action that a reason spoke of; of the whole call
    where it spoke of none.
    """
    actions = event.data.get("actions")
    action = actions[index] if isinstance(actions, list) and 0 <= index < len(actions) else None
    if not isinstance(action, dict):
        return "", f"{event.data.get('tool_name')} {event.data.get('arguments')}", ""
    verb, target = str(action.get("verb")), str(action.get("target"))
    words = action.get("words")
    if isinstance(words, list) and words:
        return verb, " ".join(map(str, words)), ""
    if verb not in ("read", "write"):
        return verb, target, ""
    base = str(action.get("base") or event.data.get("cwd") or folder)
    absolute = normal(
        home + target[1:] if target.startswith("~/") else target if target.startswith("/") else f"{base}/{target}"
    )
    inside = below(absolute, project)
    return verb, absolute if inside is None else f"./{inside}", inside or ""
