"""One event as the lines that `replay` shows: its number, verdict, time, what it is, what it is about, and why it was
refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache

from gateway.analysis.call_outcomes import REJECTED, WORDS
from gateway.analysis.event_text import (
    clock,
    is_command,
    length,
    mark_of,
    one_line,
    reasons_of,
    subject_of,
    text_of,
    tool_of,
    verdict_of,
)
from gateway.analysis.rejections import not_let_run
from gateway.model.event import (
    ASSISTANT_RESPONSE,
    DECISION,
    ERROR,
    FILE_READ,
    FILE_WRITE,
    LLM_REQUEST,
    LLM_RESPONSE,
    NOTE,
    SESSION_END,
    SESSION_START,
    SUBAGENT_START,
    SUBAGENT_STOP,
    TOOL_CALL,
    TOOL_RESULT,
    USER_PROMPT,
    Event,
)
from gateway.reports.colors import BLUE, BOLD, DIM, GREEN, RED, YELLOW, Paint

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

_KINDS = {
    SESSION_START: ("▶ session_start", BOLD),
    SESSION_END: ("■ session_end", BOLD),
    USER_PROMPT: ("👤 user_prompt", BLUE),
    ASSISTANT_RESPONSE: ("🤖 assistant_response", BLUE),
    TOOL_CALL: ("→ tool_call", ""),
    TOOL_RESULT: ("← tool_result", GREEN),
    ERROR: ("✗ error", RED),
    LLM_REQUEST: ("⇢ llm_request", ""),
    LLM_RESPONSE: ("⇠ llm_response", ""),
    FILE_READ: ("◇ file_read", ""),
    FILE_WRITE: ("◈ file_write", ""),
    DECISION: ("◆ decision", YELLOW),
    SUBAGENT_START: ("▷ subagent_start", BOLD),
    SUBAGENT_STOP: ("□ subagent_stop", BOLD),
    NOTE: ("✎ note", ""),
}
_NOT_RUN = "⊘ "
_MARGIN = {"deny": "⛔", "ask": "❓"}
_WORDS = {"deny": ("blocked", RED), "ask": ("asked", YELLOW)}
_NONE = "  "
_WATCHED = "◌ "
_INDENT = " " * 21
_CUT = 160
_LONG = 2_000
"""Characters of a text beyond which nothing of it is seen."""


class Lines:
    """Tells events as lines, in color or without."""

    def __init__(self, paint: Paint) -> None:
        self._paint = paint
        self._marks = {kind: paint(mark, color) if color else mark for kind, (mark, color) in _KINDS.items()}
        self._times = paint("{}", DIM).partition("{}")

    def of(self, number: int, event: Event, at: float) -> str:
        """Return an event as lines, each with its newline; `at` is in seconds since the session began."""
        kind = event.type
        data = event.data
        mark = self._marks.get(kind) or f"· {one_line(kind, 40)}"
        before, _, after = self._times
        margin = _NONE
        tool = ""
        if kind == TOOL_CALL:
            tool = _tool(data)
            agent = data.get("agent_type") or data.get("agent_id")
            if agent:
                tool += f" [{one_line(str(agent), 40)}]"
            margin = _margin(data)
            about = subject_of(event, _CUT)
            if is_command(event):
                about = "$ " + about
        elif kind in (TOOL_RESULT, ERROR):
            tool = _tool(data)
            if event.duration_ms is not None:
                tool += f" ({length(event.duration_ms / 1000)})"
            about = one_line(text_of(event), _CUT)
            if kind == ERROR and not_let_run(event):
                margin, tool = _NOT_RUN, f"{tool}: {WORDS[REJECTED]}"
        else:
            about = _about(event, kind)
            if kind == NOTE and not about:
                return ""  # a mark with nothing to say, such as the end of a batch of calls
        text = f"#{number:<5}{margin} {before}+{clock(at):>9}{after}  {mark}{tool}\n"
        if about:
            text += f"{_INDENT}{about}\n"
        return text if margin in (_NONE, _NOT_RUN) else text + self._why(event)

    def _why(self, event: Event) -> str:
        effect = verdict_of(event)
        if effect in _WORDS:
            word, color = _WORDS[effect]
            reasons = reasons_of(event)[:3] or ["no reason was recorded"]
            return "".join(f"{_INDENT}{self._paint(f'{word}: {reason}', color)}\n" for reason in reasons)
        watched = f"would have been: {_shadow(event.data.get('decision'))}"
        return f"{_INDENT}{self._paint(watched, YELLOW)}\n"


def _margin(data: JsonObject) -> str:
    decision = data.get("decision")
    if type(decision) is not dict:
        return _NONE
    effect = decision.get("effect")
    if effect == "allow" and "shadow" not in decision:
        return _NONE
    return _MARGIN.get(str(effect)) or (_WATCHED if _shadow(decision) else _NONE)


@lru_cache(maxsize=1024)
def _named(tool: str) -> str:
    return f" {one_line(tool, 80)}"


def _tool(data: JsonObject) -> str:
    tool = data.get("tool_name")
    return _named(tool) if type(tool) is str and tool else ""


def _about(event: Event, kind: str) -> str:
    if kind == TOOL_CALL:
        return ("$ " if is_command(event) else "") + subject_of(event, _CUT)
    known = _ABOUT.get(kind)
    if known is not None:
        return known(event)
    if kind in _KINDS:
        return one_line(text_of(event), _CUT)
    return one_line(json.dumps(event.data, ensure_ascii=False), _CUT) if event.data else ""


def _said(event: Event) -> str:
    return f'"{one_line(without_marks(text_of(event)[:_LONG]), _CUT)}"'


def _chosen(event: Event) -> str:
    data = event.data
    others = data.get("alternatives")
    over = [str(other) for other in others if other != data.get("choice")] if isinstance(others, list) else []
    reason = f": {data['reason']}" if data.get("reason") else ""
    text = f"{data.get('choice')}{reason}{' (over ' + ', '.join(over) + ')' if over else ''}"
    return one_line(text, _CUT)


def _model(event: Event) -> str:
    data = event.data
    count = f"{data['message_count']} messages" if data.get("message_count") else ""
    line = one_line(text_of(event), 100)
    return one_line(
        " ".join(part for part in (str(data.get("model") or ""), count, f'"{line}"' if line else "") if part), _CUT
    )


def _file(event: Event) -> str:
    return one_line(str(event.data.get("path") or event.data.get("uri") or ""), _CUT)


_ABOUT: dict[str, Callable[[Event], str]] = {
    USER_PROMPT: _said,
    ASSISTANT_RESPONSE: _said,
    DECISION: _chosen,
    LLM_REQUEST: _model,
    LLM_RESPONSE: _model,
    FILE_READ: _file,
    FILE_WRITE: _file,
    NOTE: mark_of,
}


def without_marks(text: str) -> str:
    """Return a response without its Markdown marks."""
    for mark in ("**", "__", "`", "### ", "## ", "# "):
        text = text.replace(mark, "")
    return text


def _shadow(decision: object) -> str:
    """Return what would have been enforced where the verdict was only watched, or ""."""
    shadow = decision.get("shadow") if isinstance(decision, dict) else None
    return shadow if isinstance(shadow, str) and shadow != "allow" else ""


def data_of(number: int, event: Event, at: float, session: str, depth: int) -> JsonObject:
    """Return an event as one object of a stream."""
    return {
        "session": session,
        "depth": depth,
        "number": number,
        "id": event.id,
        "type": event.type,
        "at": round(at, 6),
        "timestamp": event.timestamp,
        "duration_ms": event.duration_ms,
        "tool": tool_of(event),
        "about": _about(event, event.type),
        "verdict": verdict_of(event),
        "reasons": reasons_of(event) if verdict_of(event) in _WORDS else [],
    }
