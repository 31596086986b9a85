"""Calls that were made and not carried out: refused by a person, refused by the client, failed for want of permission.
Pure.

The words are those of the clients themselves (Claude Code 2.1, Codex 0.4x, Gemini CLI 0.x, Copilot CLI 1.0) and of the
operating system. Whoever reads too much into an output asks once more than needed; whoever reads too little takes a
refusal for a permission.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from gateway.analysis.event_text import text_of
from gateway.model.event import ERROR, NOTE, TOOL_CALL, TOOL_RESULT, Event

BY_PERSON = "refused by a person"
BY_CLIENT = "refused by the client"
NO_PERMISSION = "failed for want of permission"
REJECTIONS = (BY_PERSON, BY_CLIENT, NO_PERMISSION)

LOOKED_AT = 400
"""Characters at either end of an output that are looked at: a refusal is all there is to say, not a line in the middle
of a test run.
"""
MAX_OPEN = 10_000
"""Most calls of a session whose permission was asked for and not yet answered that are remembered."""

_WHO = r"(?:user|person|human|operator)"
_PERSON = re.compile(
    rf"{_WHO}\b[^.\n]{{0,40}}?\b(?:reject|refus|den(?:y|ied)|declin|cancel|abort|interrupt|stopped|does ?n[o']?t want|do not want|did ?n[o']?t want)"
    rf"|\b(?:reject|refus|deni|declin|cancel|abort|interrupt|stopp)\w* by (?:the )?{_WHO}\b"
    r"|tool use was rejected|\[operation cancell?ed\]",
    re.IGNORECASE,
)
_CLIENT = re.compile(
    r"requires? (?:your |user )?(?:approval|permission)|requested permissions? to|have(?:n't| not) granted"
    r"|permission to (?:use|run|read|write|edit)\b[^\n]{0,200}?(?:denied|not granted)"
    r"|denied by (?:your |the )?(?:permission|polic|setting|rule|hook|sandbox|administrator)"
    r"|directory that is denied|blocked by (?:a |an |the |your )?(?:\w+[ :-]){0,3}?(?:hook|polic|rule|sandbox|permission|guard)"
    r"|hook\b[^\n]{0,80}?\b(?:denied|blocked)|was blocked\. for security|sandbox\(denied|failed in sandbox"
    r"|sandbox denied|could not request permission"
    r"|not allowed by (?:the |your )?(?:polic|rule|permission|setting|sandbox)|is not in the allowlist|disallowed by",
    re.IGNORECASE,
)
_PERMISSION = re.compile(
    r"permission denied|operation not permitted|\be(?:acces|perm|rofs)\b|access (?:is )?denied|accessdenied|read-only file ?system"
    r"|insufficient (?:permission|privilege)|permission to \S+ denied|not authorized|unauthorized|must be (?:run as )?root",
    re.IGNORECASE,
)

_RAN = re.compile(
    r"\s*(?:error:\s*)?(?:exit code|command (?:failed|exited)|process exited|failed in sandbox|exec_command failed|aborted by user after)",
    re.IGNORECASE,
)
"""How the client begins the error of a command that ran, before anything that the command itself printed."""
_HINTS = (
    "user",
    "person",
    "human",
    "operator",
    "reject",
    "operation cancel",
    "requires",
    "require ",
    "requested",
    "grant",
) + ("permission", "denied", "blocked", "sandbox", "not allowed", "allowlist", "disallowed")
"""One of these stands in whatever _PERSON or _CLIENT finds: looking for them costs a hundredth of it."""


def not_let_run(event: Event) -> bool:
    """Whether an error says that a person or the client did not let the call run.

    What was interrupted had begun, and may have acted. What a command prints stands behind the client's own words, so
    that it cannot pass itself off as never run.
    """
    if event.data.get("is_interrupt") is True:
        return False
    text = text_of(event)[: LOOKED_AT // 2]
    lower = text.lower()
    if not any(word in lower for word in _HINTS) or _RAN.match(text):
        return False
    return bool(_PERSON.search(text) or _CLIENT.search(text))


def rejection_of(event: Event) -> str:
    """Return how a call came to nothing, one of REJECTIONS, by what it came back with; "" when that does not say so."""
    if event.type not in (ERROR, TOOL_RESULT):
        return ""
    if event.data.get("is_interrupt") is True:
        return BY_PERSON
    text = text_of(event)
    failed = event.type == ERROR
    shown = text[:LOOKED_AT] + "\n" + text[-LOOKED_AT:] if failed else text[: LOOKED_AT // 4]
    if _PERSON.search(shown):
        return BY_PERSON
    if _CLIENT.search(shown):
        return BY_CLIENT
    return NO_PERMISSION if failed and _PERMISSION.search(shown) else ""


def rejections(events: Iterable[Event]) -> dict[str, str]:
    """Return {call: how it came to nothing} of a session, by the ids of the calls' events.

    A call that a person says no to has no result in the hooks of Claude Code: that permission was asked for is all
    there is of it.
    """
    rejections: dict[str, str] = {}
    names: dict[str, str] = {}
    open_calls: dict[str, Event] = {}
    waiting: dict[str, None] = {}
    for event in events:
        if event.type == TOOL_CALL:
            names[str(event.data.get("tool_use_id"))] = event.id
            open_calls[event.id] = event
            if len(open_calls) > MAX_OPEN:
                open_calls.pop(next(iter(open_calls)))
        elif event.type in (ERROR, TOOL_RESULT):
            open_calls.pop(event.parent, None)
            waiting.pop(event.parent, None)
            rejection = rejection_of(event)
            if rejection:
                rejections[event.parent] = rejection
        elif event.type == NOTE:
            _noted(event, names, open_calls, waiting, rejections)
    return {**dict.fromkeys(waiting, BY_PERSON), **rejections}


def _noted(
    event: Event, names: dict[str, str], open_calls: dict[str, Event], waiting: dict[str, None], found: dict[str, str]
) -> None:
    """Take in what a client told of its own prompts (PermissionRequest has no id of the call, PermissionDenied has)."""
    data = event.data
    hook = data.get("hook_event")
    if hook == "PermissionDenied" and str(data.get("tool_use_id")) in names:
        found[names[str(data.get("tool_use_id"))]] = BY_CLIENT
    elif hook == "PermissionRequest":
        about = (data.get("tool_name"), data.get("tool_input"))
        same = [
            name
            for name, call in open_calls.items()
            if (call.data.get("tool_name"), call.data.get("arguments")) == about
        ]
        waiting.update(dict.fromkeys(same[-1:]))
