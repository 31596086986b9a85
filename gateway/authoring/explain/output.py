"""`policy explain` as text: the commands one under the other, each with the place where it stands underlined. Pure."""

from __future__ import annotations

from gateway.model.action import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject


MAX_WIDTH = 160
"""Longest stretch of a line that is shown around a place."""


def as_text(data: JsonObject) -> str:
    """Return an explanation for people."""
    out = [f"{data['tool']}: {data['effect']}", ""]
    for command in data["commands"]:
        out += _place(data["text"], command["span"])
        out += _told(command, " ".join(command["words"]))
        for action in command["actions"]:
            out += _told(action, action["target"], "  ")
        out.append("")
    for action in data["actions"]:
        if action["verb"] != "use" or action["reasons"]:
            out += [*_told(action, action["target"]), ""]
    loose = [reason for reason in data["reasons"] if reason["action"] < 0]
    if loose:
        out += [*(line for item in loose for line in _reason(item, "")), ""]
    if data["almost"]:
        out.append("near misses:")
        out += [f"  {item['effect']:<5} {item['rule']}{_source(item)}" for item in data["almost"]]
        out.append("")
    out.append(f"policy {data['policy_revision']}")
    return "\n".join(out) + "\n"


def _place(text: str, span: list[int]) -> list[str]:
    """Return the line that a command stands on, and what underlines it."""
    start, end = span
    if start < 0 or not text:
        return []
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", start)
    last = len(text) if last < 0 else last
    first = max(first, start - MAX_WIDTH // 2)
    last = min(last, first + MAX_WIDTH)
    under = max(min(end, last) - start, 1)
    return [_shown(text[first:last]), " " * (start - first) + "^" * under]


def _told(action: JsonObject, what: str, indent: str = "") -> list[str]:
    how = f" [{', '.join(action['how'])}]" if action["how"] else ""
    carries = f" carrying {', '.join(map(_shown, action['carries']))}" if action["carries"] else ""
    started = f" (started by {action['started_by']})" if action["started_by"] >= 0 else ""
    out = [f"{indent}{action['index']:>3} {action['verb']:<7} {_shown(what)}{how}{carries}{started}"]
    if action["opaque"]:
        out.append(f"{indent}      cannot be seen inside: {_shown(action['why_opaque'])}")
    for reason in action["reasons"]:
        out += _reason(reason, indent + "      ")
    return out


def _reason(reason: JsonObject, indent: str) -> list[str]:
    shadow = " (observed only)" if reason["shadow"] else ""
    out = [
        f"{indent}{reason['effect']}{shadow}: {reason['rule']}{_source(reason)}",
        f"{indent}  {_shown(reason['text'])}",
    ]
    return [*out, f"{indent}  hint: {reason['hint']}"] if reason["hint"] else out


def _source(reason: JsonObject) -> str:
    return f"  {reason['source']}" if reason["source"] else ""


def _shown(text: str) -> str:
    """Return a text that a terminal shows as it is: one column a character, unknown parts as `…`."""
    return "".join("…" if char == UNKNOWN else char if char.isprintable() else "·" for char in text)
